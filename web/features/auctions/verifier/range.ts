import { auctions } from '../../../../worker/contract/limits.ts'
import { raised, type Won } from '../../../../worker/contract/money.ts'

/**
 * What is known of a secret amount: it lies between these two, both included. An opened one has both equal. Each fact of
 * the ledger narrows it; where nothing is left between them, the facts contradict each other.
 */
export interface Range {
  low: number
  high: number
}

export function anyAmount(): Range {
  return { low: auctions.price.min, high: auctions.bid.max }
}

export function exactly(amount: number): Range {
  return { low: amount, high: amount }
}

export function atLeast(range: Range, amount: number): boolean {
  range.low = Math.max(range.low, amount)
  return range.low <= range.high
}

export function atMost(range: Range, amount: number): boolean {
  range.high = Math.min(range.high, amount)
  return range.low <= range.high
}

export function isAbove(higher: Range, lower: Range): boolean {
  return atLeast(higher, lower.low + auctions.price.step) && atMost(lower, higher.high - auctions.price.step)
}

export function isNotAbove(lower: Range, higher: Range): boolean {
  return atMost(lower, higher.high) && atLeast(higher, lower.low)
}

/** The least amount that with its step reaches `target`. The step grows with the amount, so halving finds it. */
function leastReaching(target: number): number {
  let low = 0
  let high = Math.ceil(target / auctions.price.step)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (raised((middle * auctions.price.step) as Won) >= target) high = middle
    else low = middle + 1
  }
  return low * auctions.price.step
}

/** `price` is the lower of `own` and of `other` plus its step: what a proxy bid pays, or a defended lead costs. */
export function isLesser(price: number, own: Range, other: Range): boolean {
  const reaching = leastReaching(price)
  if (!atLeast(own, price) || !atLeast(other, reaching)) return false
  if (own.low > price) return raised(reaching as Won) === price && atMost(other, reaching)
  if (raised(other.low as Won) > price) return atMost(own, price)
  return true
}

/** The bounds of that lower one before the price is known. */
export function lesser(own: Range, other: Range): Range {
  return {
    low: Math.min(own.low, raised(other.low as Won)),
    high: Math.min(own.high, raised(other.high as Won)),
  }
}
