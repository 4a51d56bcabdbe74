import { z } from 'zod'
import { sockets } from '../contract/limits.ts'

/** What every socket brings along through hibernation. What an object adds has to be small too: a few hundred bytes in all. */
export const sessionShape = {
  openedAt: z.number(),
  authUntil: z.number().nullable(),
  hasSaidHello: z.boolean(),
  malformed: z.number(),
  greetings: z.number().default(0),
  /** Place of the last fact that it had with its last hello. */
  greetedWith: z.number().default(0),
}
const Shape = z.object(sessionShape)
type Shape = z.infer<typeof Shape>

/** What is new about a socket that has just opened. */
export const atFirst = { hasSaidHello: false, malformed: 0, greetings: 0, greetedWith: 0 } as const

/** One socket of an object and what is known of it. Its times are the machine's: distances that no moved clock may change. */
export class LiveSession<Own extends object> {
  readonly socket: WebSocket
  protected kept: Own & Shape
  /** Last fact that was sent to it, and the last that it says it has. Lost with memory; a resume sets them anew. */
  sent = 0
  seen = 0
  /** Its last frame in this life of the object. The platform knows of its pings, of which a socket that was asleep is known by alone. */
  heardAt: number
  private frames = { since: 0, count: 0 }
  private atOnce = { at: 0, left: sockets.frames.atOnce as number }
  private helloTimer: ReturnType<typeof setTimeout> | null = null

  protected constructor(socket: WebSocket, kept: Own & Shape) {
    this.socket = socket
    this.kept = kept
    this.heardAt = kept.openedAt
  }

  get openedAt(): number {
    return this.kept.openedAt
  }
  get authUntil(): number | null {
    return this.kept.authUntil
  }
  /** Facts go to those who have said hello. */
  get isListening(): boolean {
    return this.kept.hasSaidHello
  }

  /** Without a hello in time `late` runs. While the timer runs the object cannot sleep, so it ends with hello or close. */
  mustGreet(withinMs: number, late: () => void): void {
    this.helloTimer = setTimeout(late, withinMs)
  }

  leave(): void {
    if (this.helloTimer !== null) clearTimeout(this.helloTimer)
    this.helloTimer = null
  }

  greet(sent: number): void {
    this.leave()
    this.sent = sent
    this.seen = sent
    this.kept.hasSaidHello = true
    this.kept.greetedWith = sent
    this.keep()
  }

  /** After a sleep: it has what went to all, and what it was greeted with, which may be more. */
  resume(flushed: number): void {
    this.sent = Math.max(flushed, this.kept.greetedWith)
    this.seen = this.sent
  }

  isAuthorityOver(at: number): boolean {
    return this.kept.authUntil !== null && at >= this.kept.authUntil
  }

  /** Counts a malformed frame; true when it is one too many. */
  strike(): boolean {
    this.kept.malformed += 1
    this.keep()
    return this.kept.malformed >= sockets.malformedFrames
  }

  /** Counts a hello; false when there are too many. */
  takesGreeting(): boolean {
    this.kept.greetings += 1
    this.keep()
    return this.kept.greetings <= sockets.greetings
  }

  /** Counts a frame; false when there are too many. */
  takesFrame(at: number): boolean {
    const { most, windowMs } = sockets.frames
    if (at - this.frames.since >= windowMs) this.frames = { since: at, count: 0 }
    this.frames.count += 1
    return this.frames.count <= most
  }

  /** Whether a frame goes before what others say meanwhile. So many may; then it is as many as may come for long. */
  comesAtOnce(at: number): boolean {
    const { most, windowMs, atOnce } = sockets.frames
    const left = Math.min(atOnce, this.atOnce.left + ((at - this.atOnce.at) * most) / windowMs)
    const isOne = left >= 1
    this.atOnce = { at, left: isOne ? left - 1 : left }
    return isOne
  }

  protected keep(): void {
    this.socket.serializeAttachment(this.kept)
  }
}
