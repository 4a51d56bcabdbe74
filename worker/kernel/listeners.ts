import { sockets as limits } from '../contract/limits.ts'
import { closeCodes } from '../contract/live.ts'
import { machineTime, type ObjectClock } from './alarms.ts'
import { liveLimits } from './live-limits.ts'
import { closeQuietly, dismiss, sendQuietly } from './sockets.ts'
import type { LiveSession } from './live-session.ts'
import { Turns } from './turns.ts'

interface Numbered {
  seq: number
}

export interface ListenerDeps<Fact extends Numbered> {
  clock: ObjectClock
  /** Facts that nobody was sent yet; taken out when they are. */
  unsent: Fact[]
  /** What writes the facts of one flush, or the last of them, as one frame. */
  writer(facts: Fact[]): (part: Fact[]) => string
  /** Everything up to this fact has gone to the sockets. */
  flushed(seq: number): void
  /** When the platform last answered a ping of this socket by itself; 0 for never. */
  lastPing(socket: WebSocket): number
}

/** Consecutive facts on their way to everybody. */
export interface Bundle {
  first: number
  last: number
  /** The frame for those who have all that comes before this place. Made once for each place. */
  from(first: number): string
}

/** A bundle that some of those who are here may not have been sent yet. */
interface Round {
  bundle: Bundle
  at: number
  left: Iterator<LiveSession<object>>
  /** What was sent last, for its size. */
  text: string | null
}

interface Flush {
  last: number
  at: number
  /** Bytes sent to a socket that got everything, this flush included. */
  bytes: number
}

const smallRoom = 50
/** With no more than these a frame waits its whole time. */
const fewFacts = 5
/** When the timer of a hello has run out, however late it was. */
const helloSurelyLateMs = 2 * limits.helloWithinMs

/** The sockets of one object, and how numbered facts reach them: one frame for all, gathered the longer the more are listening. */
export class Listeners<Session extends LiveSession<object>, Fact extends Numbered> {
  /** In which those are heard who say much at once. */
  readonly turns = new Turns<Session>()
  protected readonly sessions = new Map<WebSocket, Session>()
  private readonly listening: ListenerDeps<Fact>
  private timer: ReturnType<typeof setTimeout> | null = null
  private flushedAt = 0
  /** Bundles that are on their way, in order, and the turn in which it goes on. */
  private readonly rounds: Round[] = []
  private turn: ReturnType<typeof setTimeout> | null = null
  /** What somebody may not have seen yet, oldest first, for finding those who fell behind. */
  private flushes: Flush[] = []
  private lateTimer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: ListenerDeps<Fact>) {
    this.listening = deps
  }

  get size(): number {
    return this.sessions.size
  }

  all(): Session[] {
    return [...this.sessions.values()]
  }

  find(socket: WebSocket): Session | undefined {
    return this.sessions.get(socket)
  }

  add(session: Session): void {
    this.sessions.set(session.socket, session)
  }

  remove(socket: WebSocket): void {
    const session = this.sessions.get(socket)
    if (!session) return
    session.leave()
    this.sessions.delete(socket)
    this.turns.release(session)
    this.left()
  }

  /** To be told that somebody went. */
  protected left(): void {}

  close(session: Session, code: number, reason: string): void {
    this.remove(session.socket)
    closeQuietly(session.socket, code, reason)
  }

  /** Sends somebody away who is to come back. */
  dismiss(session: Session, reason: string): void {
    this.remove(session.socket)
    dismiss(session.socket, reason)
  }

  send(session: Session, frame: object): void {
    this.sendText(session, JSON.stringify(frame))
  }

  sendText(session: Session, text: string): void {
    if (!sendQuietly(session.socket, text)) this.remove(session.socket)
  }

  /** Makes room for one more among these, who are one person's: the oldest goes. `mine` is one that is there already. */
  makeRoom(theirs: Session[], mine: Session | null = null): void {
    const others = theirs.filter((session) => session !== mine)
    const oldestFirst = others.sort((a, b) => a.openedAt - b.openedAt)
    for (const session of oldestFirst.slice(0, Math.max(0, others.length + 1 - limits.perAccount)))
      this.close(session, closeCodes.tooManySockets, 'too many sockets')
  }

  /** A socket that was opened has a few seconds to say hello. */
  expectHello(session: Session): void {
    const { clock } = this.listening
    const due = machineTime(clock) + limits.helloWithinMs
    session.mustGreet(limits.helloWithinMs, () => {
      // Where the machine lags, a hello may have come and wait its turn: it gets as much longer as this has come late.
      const lag = Math.min(limits.helloWithinMs, Math.max(0, machineTime(clock) - due))
      session.mustGreet(lag, () => {
        if (this.find(session.socket) === session && !session.isListening)
          this.close(session, closeCodes.malformed, 'no hello')
      })
    })
  }

  /** To be called after facts were committed: at once when it was quiet, else with the next flush. */
  facts(): void {
    const { unsent, clock } = this.listening
    // What comes while a bundle is on its way goes with the next.
    if (unsent.length === 0 || this.rounds.length > 0) return
    const wait = this.flushedAt + this.gatherMs() - machineTime(clock)
    if (wait <= 0 || wait > limits.flushMs.max) this.bundleUp()
    else this.timer ??= setTimeout(() => this.bundleUp(), wait)
  }

  /** How many a flush costs a frame each. */
  protected get reach(): number {
    return this.sessions.size
  }

  /**
   * Frames are the cost, not facts: 16 ms for a small room, 100 ms for 1,000 sockets, a quarter of a second for 2,500. The more facts
   * wait, the more a frame brings and the sooner it goes: with more than five, down to half the time with ten.
   */
  private gatherMs(): number {
    const { min, max } = limits.flushMs
    const share = Math.min(1, Math.max(0.5, fewFacts / this.listening.unsent.length))
    return Math.min(max, Math.max(min, (this.reach / 10) * share))
  }

  /** Sends all there is to everybody, now. */
  flush(): void {
    this.bundleUp()
    this.goOn(Infinity)
  }

  private bundleUp(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    const { unsent, writer, flushed } = this.listening
    const facts = unsent.splice(0)
    const [first, last] = [facts[0]?.seq, facts.at(-1)?.seq]
    if (first === undefined || last === undefined) return
    flushed(last)
    const write = writer(facts)
    const texts = new Map<number, string>()
    const from = (place: number): string => {
      const text = texts.get(place) ?? write(place <= first ? facts : facts.filter(({ seq }) => seq >= place))
      texts.set(place, text)
      return text
    }
    this.deliver({ first, last, from })
  }

  /** Sends a bundle to everybody who lacks it: some in each turn, so that a bid which comes meanwhile waits for some frames, not for thousands. */
  protected deliver(bundle: Bundle): void {
    this.flushedAt = machineTime(this.listening.clock)
    this.rounds.push({ bundle, at: this.flushedAt, left: this.sessions.values(), text: null })
    if (this.turn === null) this.goOn(liveLimits().audience.turn)
  }

  /** So many frames more, those of one bundle before those of the next. */
  private goOn(frames: number): void {
    if (this.turn !== null) clearTimeout(this.turn)
    this.turn = null
    for (let round = this.rounds[0]; round; round = this.rounds[0]) {
      frames -= this.sendSome(round, frames)
      if (frames <= 0) {
        this.turn = setTimeout(() => this.goOn(liveLimits().audience.turn), 0)
        return
      }
      this.rounds.shift()
      if (round.text !== null) this.remember(round, new TextEncoder().encode(round.text).byteLength)
    }
    this.facts()
  }

  /** Sends as many as that, and answers how many it sent: fewer where nobody is left. Whoever comes meanwhile has it from the greeting. */
  private sendSome(round: Round, most: number): number {
    const { first, last, from } = round.bundle
    let sent = 0
    while (sent < most) {
      const next = round.left.next()
      if (next.done) break
      const session = next.value
      if (!session.isListening || session.sent >= last) continue
      // Who greeted a moment ago has the first of these already.
      round.text = from(Math.max(first, session.sent + 1))
      if (sendQuietly(session.socket, round.text)) session.sent = last
      else this.remove(session.socket)
      sent += 1
    }
    return sent
  }

  private remember({ bundle: { last }, at }: Round, size: number): void {
    const bytes = (this.flushes.at(-1)?.bytes ?? 0) + size
    this.flushes.push({ last, at, bytes })
    this.dropSlow()
  }

  /** Notes what a client has; it says so at most every 2 s. */
  seen(session: Session, seq: number): void {
    session.seen = Math.max(session.seen, Math.min(seq, session.sent))
    const newest = this.flushes.at(-1)?.last ?? 0
    // With nobody left to wait for, the object may sleep. A large room does not look through everyone each time.
    if (this.sessions.size <= smallRoom && session.seen >= newest && !this.isAnyoneBehind(newest)) this.stopWaiting()
  }

  private isAnyoneBehind(newest: number): boolean {
    for (const { isListening, seen } of this.sessions.values()) if (isListening && seen < newest) return true
    return false
  }

  private stopWaiting(): void {
    if (this.lateTimer !== null) clearTimeout(this.lateTimer)
    this.lateTimer = null
  }

  /** Closes who did not see a fact for 10 s or left a mebibyte unseen. Nobody else waits for them; they resume. */
  private dropSlow(): void {
    this.stopWaiting()
    const now = machineTime(this.listening.clock)
    const newest = this.flushes.at(-1)
    if (!newest) return
    let leastSeen = newest.last
    for (const session of this.all()) {
      if (!session.isListening || session.seen >= newest.last) continue
      const at = this.flushes.findIndex(({ last }) => last > session.seen)
      const oldest = this.flushes[at]
      if (!oldest) continue
      const unseen = newest.bytes - (this.flushes[at - 1]?.bytes ?? 0)
      if (now - oldest.at >= limits.unseenMs || unseen > limits.unseenBytes)
        this.close(session, closeCodes.tooSlow, 'too slow')
      else leastSeen = Math.min(leastSeen, session.seen)
    }
    const first = this.flushes.findIndex(({ last }) => last > leastSeen)
    this.flushes = first === -1 ? [newest] : this.flushes.slice(Math.max(0, first - 1))
    const oldest = this.flushes.find(({ last }) => last > leastSeen)
    if (oldest) this.lateTimer = setTimeout(() => this.dropSlow(), oldest.at + limits.unseenMs - now + 1)
  }

  /** Closes who never said hello, who has fallen silent without a close, and whose authority has run out. */
  sweep(): void {
    const now = machineTime(this.listening.clock)
    for (const session of this.all()) {
      const lastAt = Math.max(session.heardAt, this.listening.lastPing(session.socket))
      if (!session.isListening && now - session.openedAt >= helloSurelyLateMs)
        this.close(session, closeCodes.malformed, 'no hello')
      else if (session.isAuthorityOver(now)) this.close(session, closeCodes.authorityOver, 'authority over')
      else if (now - lastAt >= limits.silentMs) this.close(session, 1001, 'silent')
    }
  }

  dropTimers(): void {
    // No object sleeps in the middle of it.
    while (this.rounds.length > 0) this.goOn(Infinity)
    for (const timer of [this.timer, this.lateTimer]) if (timer !== null) clearTimeout(timer)
    this.timer = this.lateTimer = null
    this.turns.releaseAll()
    for (const session of this.all()) session.leave()
  }
}
