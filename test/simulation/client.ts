import type { ServerFrame } from '../../worker/contract/live.ts'
import { factsIn, type Stream } from '../model/predicates.ts'
import type { Chance } from './platform/chance.ts'
import type { Ear, Line } from './platform/lines.ts'
import type { Timeline } from './platform/timeline.ts'

export interface ClientDeps {
  timeline: Timeline
  chance: Chance
  open(name: string, headers: Record<string, string>, ear: Ear): void
  /** A new ticket for each socket; null for a visitor. */
  ticket: (() => string) | null
}

/** So long a client waits for a socket and its welcome. */
const welcomeWithinMs = 5_000
const seenEveryMs = 2_000

/** Somebody's window on the room: keeps every frame in order, says what it has seen, comes back after every end and goes on where it was. */
export class Client {
  readonly name: string
  readonly stream: Stream
  seq: number | null = null
  isLive = false
  /** It does not want to be there. */
  isAway = true
  /** How many are there, by what it heard last. */
  present: number | null = null
  /** Answers to what it has not asked, or had answered before. */
  readonly strays: ServerFrame[] = []
  private readonly deps: ClientDeps
  private epoch: string | null = null
  private line: Line | null = null
  private attempt = 0
  private deafUntil = 0
  private seenAt = -Infinity
  private isSeenPlanned = false
  private readonly answers = new Map<string, (frame: ServerFrame | null) => void>()

  constructor(name: string, deps: ClientDeps) {
    this.name = name
    this.deps = deps
    this.stream = { name, parts: [] }
  }

  come(): void {
    this.isAway = false
    const { timeline, open, ticket } = this.deps
    const mine = ++this.attempt
    const isMine = () => mine === this.attempt
    const headers = { upgrade: 'websocket', 'x-hallabong-from': this.name }
    this.stream.parts.push([])
    open(this.name, ticket ? { ...headers, 'x-hallabong-ticket': ticket() } : headers, {
      opened: (line) => {
        if (!isMine()) return line.hangUp()
        this.line = line
        line.ask({
          type: 'hello',
          ...(this.epoch === null || this.seq === null ? {} : { epoch: this.epoch, seq: this.seq }),
        })
      },
      frame: (frame) => {
        if (isMine()) this.hear(frame)
      },
      closed: () => {
        if (isMine()) this.comeBack()
      },
    })
    timeline.after(welcomeWithinMs, () => {
      if (isMine() && !this.isLive) this.comeBack()
    })
  }

  private comeBack(): void {
    const { timeline, chance } = this.deps
    this.line?.hangUp()
    this.line = null
    this.isLive = false
    const mine = ++this.attempt
    for (const answer of this.answers.values()) answer(null)
    this.answers.clear()
    timeline.after(chance.between(20, 4_000), () => {
      if (mine === this.attempt) this.come()
    })
  }

  /** What it asked on the line that it still has, and was not answered. */
  get unanswered(): string[] {
    return [...this.answers.keys()]
  }

  /** Hangs up and stays away until it comes again. */
  leave(): void {
    this.isAway = true
    this.line?.hangUp()
    this.line = null
    this.isLive = false
    this.attempt += 1
    this.answers.clear()
  }

  cut(noticedAfterMs: number, heardAfterMs: number | null): void {
    this.line?.cut(noticedAfterMs, heardAfterMs)
  }

  /** Takes what comes, but says nothing of it. */
  stopReading(ms: number): void {
    this.deafUntil = this.deps.timeline.now + ms
  }

  /** Asks with a reference and gives the answer; null when the line went first. */
  ask(frame: { type: string; ref: string; [field: string]: unknown }): Promise<ServerFrame | null> {
    return new Promise((resolve) => {
      const { line } = this
      if (!line || !this.isLive) return resolve(null)
      this.answers.set(frame.ref, resolve)
      line.ask(frame)
    })
  }

  private hear(frame: ServerFrame): void {
    this.stream.parts.at(-1)?.push(frame)
    if (frame.type === 'welcome') this.isLive = true
    if (frame.type === 'snapshot') {
      this.epoch = frame.epoch
      this.seq = frame.seq
    }
    const last = factsIn(frame).at(-1)
    if (last) {
      this.seq = last.seq
      this.saySeen()
    }
    if (frame.type === 'presence') this.present = frame.count
    if (frame.type === 'snapshot') this.present = frame.presence.count
    if ('ref' in frame && frame.ref !== undefined) {
      const answer = this.answers.get(frame.ref)
      if (answer) answer(frame)
      else this.strays.push(frame)
      this.answers.delete(frame.ref)
    }
  }

  private saySeen(): void {
    const { timeline } = this.deps
    if (this.isSeenPlanned) return
    this.isSeenPlanned = true
    timeline.plan(Math.max(this.seenAt + seenEveryMs, this.deafUntil, timeline.now), () => {
      this.isSeenPlanned = false
      this.seenAt = timeline.now
      if (this.isLive && this.seq !== null) this.line?.ask({ type: 'seen', seq: this.seq })
    })
  }
}
