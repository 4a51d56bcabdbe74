import { instant, type Instant } from '../../contract/time.ts'

/** Bids that come closer together than this are written together. */
const gatherMs = 2

interface Waiting<Item, Result> {
  item: Item
  settle: (result: Result) => void
  fail: (error: unknown) => void
}

/**
 * Gathers what arrives while the object is busy, so that one commit pays for many bids. A quiet room waits for nothing.
 * What was given is worked through in the order of arrival.
 */
export class Batch<Item, Result> {
  private readonly work: (items: Item[]) => Result[]
  private readonly clock: () => Instant
  private waiting: Waiting<Item, Result>[] = []
  private timer: ReturnType<typeof setTimeout> | null = null
  private lastAt: Instant = instant(0)

  constructor(clock: () => Instant, work: (items: Item[]) => Result[]) {
    this.clock = clock
    this.work = work
  }

  /** The result once it is written. Called outside of any other work on the same tables. */
  add(item: Item): Promise<Result> {
    return new Promise((settle, fail) => {
      this.waiting.push({ item, settle, fail })
      if (this.timer !== null) return
      const isBusy = Math.abs(this.clock() - this.lastAt) < gatherMs
      if (isBusy) this.timer = setTimeout(() => this.flush(), gatherMs)
      else this.flush()
    })
  }

  /** Works through all that waits, now: whoever looks at the clock does this first. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    const batch = this.waiting.splice(0)
    if (batch.length === 0) return
    this.lastAt = this.clock()
    try {
      const results = this.work(batch.map(({ item }) => item))
      batch.forEach(({ settle }, index) => settle(results[index] as Result))
    } catch (error) {
      if (batch.length === 1) batch[0]?.fail(error)
      // One that cannot be worked through must not take its neighbours with it.
      else for (const one of batch) this.workAlone(one)
    }
  }

  private workAlone({ item, settle, fail }: Waiting<Item, Result>): void {
    try {
      settle(this.work([item])[0] as Result)
    } catch (error) {
      fail(error)
    }
  }
}
