import { Durations } from './spread.ts'

/** When which amount was seen by somebody, millions of times, until it is known when their bids left. */
export class Sightings {
  private amounts: Float64Array = new Float64Array(1 << 16)
  private times: Float64Array = new Float64Array(1 << 16)
  private count = 0

  add(amount: number, at: number): void {
    if (this.count === this.amounts.length) {
      this.amounts = doubled(this.amounts)
      this.times = doubled(this.times)
    }
    this.amounts[this.count] = amount
    this.times[this.count] = at
    this.count += 1
  }

  since(sentAt: ReadonlyMap<number, number>): Durations {
    const durations = new Durations()
    for (let place = 0; place < this.count; place += 1) {
      const left = sentAt.get(this.amounts[place] ?? 0)
      if (left !== undefined) durations.add((this.times[place] ?? 0) - left)
    }
    return durations
  }
}

function doubled(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(numbers.length * 2)
  more.set(numbers)
  return more
}
