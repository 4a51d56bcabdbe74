import type { Host } from './host.ts'
import { Line } from './lines.ts'
import type { Planned, Timeline } from './timeline.ts'

export interface ThreadDeps {
  timeline: Timeline
  /** How long one way on the line of that name takes, ms. */
  delayMs(name: string): number
}

/**
 * The one thread of the process, which works for one object after the other. Whoever is at work owns the timers that are set and the
 * sockets that are made; with nobody at work it is the edge.
 */
export class Thread {
  host: Host | null = null
  private readonly deps: ThreadDeps

  constructor(deps: ThreadDeps) {
    this.deps = deps
  }

  /** Between two events. */
  endTurn(): void {
    this.host?.endTurn()
    this.host = null
  }

  setTimer(work: () => void, ms: number): Planned {
    return this.host ? this.host.setTimer(work, ms) : this.deps.timeline.after(ms, work)
  }

  clearTimer(timer: Planned): void {
    if (this.host) this.host.clearTimer(timer)
    else this.deps.timeline.cancel(timer)
  }

  /** Both ends of a new socket, as `WebSocketPair` makes them. The edge makes one only to refuse it. */
  pair(): { 0: Line; 1: Line } {
    const line = this.host ? this.host.line() : this.refusal()
    return { 0: line, 1: line }
  }

  private refusal(): Line {
    const { timeline, delayMs } = this.deps
    return new Line({
      now: () => timeline.now,
      delayMs,
      plan: (at, work) => timeline.plan(at, work),
      say: (work) => work(),
      message: () => {},
      gone: () => {},
    })
  }
}
