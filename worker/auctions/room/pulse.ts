import type { Instant } from '../../contract/time.ts'
import type { ObjectClock } from '../../kernel/alarms.ts'
import type { Book } from './book.ts'
import { beatMs, edgeSoonMs, isBeating, nextEdge } from './timers.ts'

export interface PulseDeps {
  clock: ObjectClock
  book: Book
  isWatched(): boolean
  look(): void
}

/**
 * The timers that live in memory: one for the millisecond of start or end while somebody watches, and the beat of the last
 * minutes, which by running keeps the object from sleeping. Alarms bring back an object that lost them.
 */
export class Pulse {
  private readonly deps: PulseDeps
  private edge: { at: Instant; timer: ReturnType<typeof setTimeout> } | null = null
  private beating: ReturnType<typeof setTimeout> | null = null

  constructor(deps: PulseDeps) {
    this.deps = deps
  }

  arrange(): void {
    const now = this.deps.clock.now()
    this.arrangeEdge(now)
    this.arrangeBeat(now)
  }

  /** Writes down that the room is alive, where that matters. */
  beat(): void {
    const { clock, book } = this.deps
    const now = clock.now()
    if (isBeating(book.lot, now)) book.store.put('beat', now)
  }

  dropTimers(): void {
    if (this.edge) clearTimeout(this.edge.timer)
    if (this.beating !== null) clearTimeout(this.beating)
    this.edge = null
    this.beating = null
  }

  private arrangeEdge(now: Instant): void {
    const at = nextEdge(this.deps.book.lot)
    const isWanted = at !== null && this.deps.isWatched() && at - now <= edgeSoonMs
    if (this.edge && (!isWanted || this.edge.at !== at)) {
      clearTimeout(this.edge.timer)
      this.edge = null
    }
    if (isWanted) this.edge ??= { at, timer: setTimeout(() => this.onEdge(), Math.max(0, at - now)) }
  }

  private onEdge(): void {
    this.edge = null
    this.deps.look()
    // A timer may ring a little early.
    this.arrange()
  }

  private arrangeBeat(now: Instant): void {
    if (this.beating !== null || !isBeating(this.deps.book.lot, now)) return
    this.beat()
    this.beating = setTimeout(() => {
      this.beating = null
      this.deps.look()
      this.arrange()
    }, beatMs)
  }
}
