import type { ServerFrame } from '../../../worker/contract/live.ts'

/** What a client hears of its line. */
export interface Ear {
  opened(line: Line): void
  frame(frame: ServerFrame): void
  /** The line is gone, or never came to be. */
  closed(code: number): void
}

/** What a line knows of the world between its ends. */
export interface Wire {
  now(): number
  /** How long the next thing on the line of that name takes, ms. */
  delayMs(name: string): number
  plan(at: number, work: () => void): void
  /** Runs work as an event of the object that lives now. */
  message(line: Line, text: string): void
  gone(line: Line, code: number): void
  /** Says something for the life that is at work: it leaves when all that was written before is confirmed. */
  say(work: () => void): void
}

const pingMs = 25_000

/**
 * A socket between a client and the object. Each direction keeps its order, as TCP does; what is under way when it is cut is lost.
 * Pings are answered by the platform, so they are not sent: only the time of the last is worked out when asked for.
 */
export class Line {
  name = ''
  private attachment = 'null'
  /** The object's end: `leaving` has been closed by the object, and the client has not answered yet. */
  server: 'open' | 'leaving' | 'gone' = 'open'
  private client: 'waiting' | 'open' | 'closed' = 'waiting'
  private readonly wire: Wire
  private readonly openedAt: number
  private ear: Ear | null = null
  private lastIn = 0
  private lastOut = 0
  private cutAt: number | null = null
  private refusedWith: number | null = null

  constructor(wire: Wire) {
    this.wire = wire
    this.openedAt = wire.now()
  }

  // the client's end

  /** The answer to the upgrade goes to the client. */
  carryTo(name: string, ear: Ear): void {
    this.name = name
    this.ear = ear
    this.out(() => {
      this.client = 'open'
      ear.opened(this)
    })
    const code = this.refusedWith
    if (code !== null) this.out(() => this.shut(code, true))
  }

  ask(frame: object): void {
    if (this.client !== 'open') return
    const text = JSON.stringify(frame)
    this.in(() => this.wire.message(this, text))
  }

  /** The client hangs up. */
  hangUp(code = 1000): void {
    if (this.client === 'closed') return
    this.client = 'closed'
    this.in(() => this.leave(code))
  }

  /** Nothing passes any more. The object hears of it after `heardAfterMs`, or never; the client after `noticedAfterMs`. */
  cut(noticedAfterMs: number, heardAfterMs: number | null): void {
    if (this.cutAt !== null) return
    this.cutAt = this.wire.now()
    this.wire.plan(this.cutAt + noticedAfterMs, () => this.shut(1006))
    if (heardAfterMs !== null) this.wire.plan(this.cutAt + heardAfterMs, () => this.leave(1006))
  }

  // the object's end

  /** When the platform last answered a ping, null before the first. */
  lastPing(): number | null {
    const until = this.cutAt ?? this.wire.now()
    const pings = Math.floor((until - this.openedAt) / pingMs)
    return pings === 0 ? null : this.openedAt + pings * pingMs
  }

  get readyState(): number {
    if (this.server === 'open') return WebSocket.OPEN
    return this.server === 'leaving' ? WebSocket.CLOSING : WebSocket.CLOSED
  }

  accept(): void {}

  send(text: string): void {
    if (this.server !== 'open') throw new TypeError('the socket is closed')
    this.wire.say(() => this.out(() => this.ear?.frame(JSON.parse(text) as ServerFrame)))
  }

  close(code: number): void {
    if (this.server !== 'open') throw new TypeError('the socket is closed')
    this.server = 'leaving'
    if (this.ear) this.wire.say(() => this.out(() => this.shut(code, true)))
    else this.refusedWith = code
  }

  serializeAttachment(value: unknown): void {
    this.attachment = JSON.stringify(value)
  }

  deserializeAttachment(): unknown {
    return JSON.parse(this.attachment)
  }

  /** The object died, and its end of the line with it. */
  die(noticedAfterMs: number): void {
    this.server = 'gone'
    this.wire.plan(this.wire.now() + noticedAfterMs, () => this.shut(1006))
  }

  private leave(code: number): void {
    if (this.server === 'gone') return
    this.server = 'gone'
    this.wire.gone(this, code)
  }

  private shut(code: number, answers = false): void {
    if (this.client === 'closed') return
    this.client = 'closed'
    this.ear?.closed(code)
    if (answers) this.in(() => this.leave(code))
  }

  private in(arrive: () => void): void {
    this.lastIn = Math.max(this.lastIn, this.wire.now() + this.wire.delayMs(this.name))
    this.wire.plan(this.lastIn, () => {
      if (this.cutAt === null && this.server !== 'gone') arrive()
    })
  }

  private out(arrive: () => void): void {
    this.lastOut = Math.max(this.lastOut, this.wire.now() + this.wire.delayMs(this.name))
    this.wire.plan(this.lastOut, () => {
      if (this.cutAt === null && this.client !== 'closed') arrive()
    })
  }
}
