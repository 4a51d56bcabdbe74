import { raised, type Won } from '../../../worker/contract/money.ts'

/** Chance from a seed: the same questions in the same order. When they meet which death is the machine's own chance. */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A whole number from 0 to `most` - 1. */
  below(most: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most
  }

  /** Mostly what is next, sometimes too little, sometimes a maximum some steps up. Prices stay low, so that the ladder lasts. */
  offer(price: number): { kind: 'exact' | 'max'; amount: number } {
    const next = raised(Math.max(price, 10_000) as Won)
    const step = next - Math.max(price, 10_000)
    switch (this.below(6)) {
      case 0:
        return { kind: 'exact', amount: Math.max(100, next - 2 * step) }
      case 1:
        return { kind: 'max', amount: next + step * this.below(4) }
      case 2:
        return { kind: 'max', amount: next + step }
      default:
        return { kind: 'exact', amount: next }
    }
  }
}
