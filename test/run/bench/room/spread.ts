import type { Spread } from './frames.ts'

const bucketMs = 0.1
const buckets = 200_000

/** Millions of durations in little memory: to a tenth of a millisecond, up to 20 s. */
export class Durations {
  private readonly counts = new Uint32Array(buckets)
  private total = 0
  private most = 0

  add(ms: number): void {
    const bucket = Math.min(buckets - 1, Math.max(0, Math.floor(ms / bucketMs)))
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1
    this.total += 1
    this.most = Math.max(this.most, ms)
  }

  spread(): Spread {
    return { p50: this.at(0.5), p99: this.at(0.99), most: this.most }
  }

  private at(share: number): number {
    if (this.total === 0) return Number.NaN
    let left = Math.ceil(this.total * share)
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      left -= this.counts[bucket] ?? 0
      if (left <= 0) return bucket * bucketMs
    }
    return Number.NaN
  }
}

/** This computer's clock, finer than a millisecond and the same in every process. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}
