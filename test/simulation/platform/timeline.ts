export interface Planned {
  at: number
  order: number
  work: (() => void) | null
}

/** What is going to happen, in the order of its time; of the same moment what was planned first. A binary heap. */
export class Timeline {
  now: number
  private readonly heap: Planned[] = []
  private planned = 0

  constructor(now: number) {
    this.now = now
  }

  /** Nothing happens between two milliseconds: a clock shows whole ones, and a timer never rings early. */
  plan(at: number, work: () => void): Planned {
    const one = { at: Math.ceil(Math.max(at, this.now)), order: this.planned++, work }
    this.heap.push(one)
    this.rise(this.heap.length - 1)
    return one
  }

  after(ms: number, work: () => void): Planned {
    return this.plan(this.now + ms, work)
  }

  cancel(one: Planned): void {
    one.work = null
  }

  /** Moves time to the next thing and gives it; null when nothing is going to happen any more. */
  next(): (() => void) | null {
    for (;;) {
      const first = this.heap[0]
      const last = this.heap.pop()
      if (first === undefined || last === undefined) return null
      if (first !== last) {
        this.heap[0] = last
        this.sink()
      }
      if (first.work === null) continue
      this.now = first.at
      return first.work
    }
  }

  private rise(at: number): void {
    const { heap } = this
    const one = heap[at] as Planned
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as Planned
      if (!isBefore(one, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = one
  }

  private sink(): void {
    const { heap } = this
    const one = heap[0] as Planned
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Planned, heap[below] as Planned)) below += 1
      if (!isBefore(heap[below] as Planned, one)) break
      heap[at] = heap[below] as Planned
      at = below
    }
    heap[at] = one
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
