import type { BidEntry, Entry, Hash, PublishedEntry, ReserveState } from '../../../../worker/contract/ledger.ts'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { isWon, raised, type Won } from '../../../../worker/contract/money.ts'
import { anyAmount, atLeast, atMost, exactly, isAbove, isLesser, isNotAbove, lesser, type Range } from './range.ts'
import { stop } from './report.ts'

/** Secret amounts by commitment: opened ones are exact, the rest is narrowed by what the entries say. */
export type Maxima = Map<Hash, Range>

/** A commitment as the entries show it, with who made it. */
export interface Commitment {
  commitment: Hash
  bidder: number
  entry: number
}

/** What a lead costs: a plain amount, or the lower of one maximum and of the other plus its step. */
type Cost = number | { own: Range; other: Range }

/**
 * Price, leader and reserve, computed again bid by bid. Maxima that were never opened are known only as ranges; the
 * entries must leave room for at least one amount in each.
 */
export class Bidding {
  readonly #maxima: Maxima
  readonly #buyNowPrice: Won | null
  readonly #seen: Commitment[] = []
  /** The leader's maximum: the amount of an exact bid, or what hides behind the last commitment. */
  #most: Range = anyAmount()
  #reserve: ReserveState = 'none'
  #reservePrice: Range = anyAmount()
  /** Commitments of the leader since taking the lead: only these may stay closed after the end. */
  #reign: Hash[] = []
  #bidders = 0
  price: number
  leader: number | null = null
  count = 0

  constructor(published: PublishedEntry, maxima: Maxima) {
    if (!isWon(published.startPrice) || published.startPrice < limits.price.min)
      stop('prices', 'amount-invalid', published)
    this.#maxima = maxima
    this.#buyNowPrice = published.buyNowPrice
    this.price = published.startPrice
    if (published.reserveCommitment === null) return
    this.#reserve = 'not-met'
    this.#reservePrice = { low: published.startPrice + limits.price.step, high: limits.price.max }
  }

  get isReserveMissed(): boolean {
    return this.#reserve === 'not-met'
  }

  /** Every commitment of the entries, for comparing the openings. */
  get commitments(): readonly Commitment[] {
    return this.#seen
  }

  /** Commitments of maxima that somebody beat. */
  get beaten(): readonly Commitment[] {
    return this.#seen.filter(({ commitment }) => !this.#reign.includes(commitment))
  }

  takeRaises(entry: Entry): void {
    for (const commitment of entry.raises) {
      const leader = this.leader ?? stop('course', 'raise-without-leader', entry)
      const raise = this.#maximumOf(commitment)
      if (!isAbove(raise, this.#most)) stop('maxima', 'raise-not-higher', entry)
      // A raise that reached the reserve would have been an entry of its own.
      if (this.#reserve === 'not-met' && !isAbove(this.#reservePrice, raise)) stop('prices', 'reserve-differs', entry)
      this.#raise(raise, commitment)
      this.#seen.push({ commitment, bidder: leader, entry: entry.seq })
    }
  }

  takeBid(entry: BidEntry): void {
    // Numbers are given in the order of first accepted bids.
    const isNumber = Number.isSafeInteger(entry.bidder) && entry.bidder >= 1 && entry.bidder <= this.#bidders + 1
    if (!isNumber) stop('prices', 'bidder-differs', entry, this.#bidders + 1, entry.bidder)
    const minimum = this.count === 0 ? this.price : raised(this.price as Won)
    if (entry.kind === 'buy-now') this.#takePurchase(entry)
    else {
      const offer = this.#offerOf(entry)
      if (entry.bidder === this.leader) this.#takeOwnRaise(entry, offer)
      else {
        if (!atLeast(offer, minimum)) stop('prices', 'below-next-bid', entry, minimum, offer.high)
        this.#takeChallenge(entry, offer)
      }
    }
    this.price = entry.price
    this.#bidders = Math.max(this.#bidders, entry.bidder)
    this.count += 1
  }

  #offerOf(entry: BidEntry): Range {
    if (entry.kind === 'exact') {
      const amount = entry.amount
      if (amount === null || entry.commitment !== null || !isWon(amount) || amount > limits.bid.max)
        return stop('prices', 'amount-invalid', entry)
      return exactly(amount)
    }
    const commitment = entry.commitment
    if (entry.kind !== 'max' || entry.amount !== null || commitment === null)
      return stop('prices', 'amount-invalid', entry)
    this.#seen.push({ commitment, bidder: entry.bidder, entry: entry.seq })
    return this.#maximumOf(commitment)
  }

  #takeChallenge(entry: BidEntry, offer: Range): void {
    const before = this.leader
    if (entry.leader === before && before !== null) {
      if (!isNotAbove(offer, this.#most)) stop('prices', 'leader-differs', entry, entry.bidder, entry.leader)
      return this.#agree(entry, { own: this.#most, other: offer }, this.#most)
    }
    const isBeaten = before === null || isAbove(offer, this.#most)
    if (entry.leader !== entry.bidder || !isBeaten)
      stop('prices', 'leader-differs', entry, isBeaten ? entry.bidder : (before ?? entry.bidder), entry.leader)
    // A proxy pays the step above the maximum it beat, or all it has; the first one opens at the start price.
    const cost = entry.kind === 'exact' ? offer.low : before === null ? this.price : { own: offer, other: this.#most }
    this.#agree(entry, cost, offer)
    this.leader = entry.bidder
    this.#most = offer
    this.#reign = entry.commitment === null ? [] : [entry.commitment]
  }

  /** A leader's own raise is an entry only where it lifts the price to the reserve. */
  #takeOwnRaise(entry: BidEntry, offer: Range): void {
    if (entry.kind !== 'max' || this.#reserve !== 'not-met' || entry.reserve !== 'met' || entry.commitment === null)
      return stop('prices', 'leader-may-not-bid', entry)
    if (entry.leader !== entry.bidder) stop('prices', 'leader-differs', entry, entry.bidder, entry.leader)
    if (!isAbove(offer, this.#most)) stop('maxima', 'raise-not-higher', entry)
    this.#agree(entry, this.price, offer)
    if (entry.price === this.price) stop('prices', 'price-differs', entry, raised(this.price as Won), entry.price)
    this.#raise(offer, entry.commitment)
  }

  #takePurchase(entry: BidEntry): void {
    const price = this.#buyNowPrice
    if (price === null || this.count > 0) return stop('prices', 'buy-now-gone', entry)
    if (entry.price !== price || entry.amount !== price) stop('prices', 'price-differs', entry, price, entry.price)
    if (entry.leader !== entry.bidder) stop('prices', 'leader-differs', entry, entry.bidder, entry.leader)
    if (entry.commitment !== null) stop('prices', 'amount-invalid', entry)
    this.#agree(entry, price, exactly(price))
    this.leader = entry.bidder
    this.#most = exactly(price)
  }

  /**
   * The price is what the bidding costs, or the reserve where a maximum has just reached it. The reserve itself is never
   * published: that jump is the one moment in which it becomes known.
   */
  #agree(entry: BidEntry, cost: Cost, most: Range): void {
    const { price } = entry
    if (!isWon(price)) stop('prices', 'price-differs', entry)
    const isReached = this.#reserve === 'not-met' && entry.reserve === 'met'
    if (!isReached) {
      if (entry.reserve !== this.#reserve) stop('prices', 'reserve-differs', entry, this.#reserve, entry.reserve)
      const agrees = typeof cost === 'number' ? price === cost : isLesser(price, cost.own, cost.other)
      if (!agrees) stop('prices', 'price-differs', entry, expected(cost), price)
      if (this.#reserve === 'not-met' && !isAbove(this.#reservePrice, most))
        stop('prices', 'reserve-differs', entry, 'met', entry.reserve)
      return
    }
    // Only who leads can reach it: a beaten challenge stays below a maximum that was itself below the reserve.
    if (entry.leader !== entry.bidder) stop('prices', 'reserve-differs', entry, this.#reserve, entry.reserve)
    const bounds = typeof cost === 'number' ? exactly(cost) : lesser(cost.own, cost.other)
    if (price < bounds.low || !atLeast(most, price)) stop('prices', 'price-differs', entry, bounds.low, price)
    if (!atMost(this.#reservePrice, price)) stop('prices', 'reserve-differs', entry, 'not-met', entry.reserve)
    if (price > bounds.high && !atLeast(this.#reservePrice, price))
      stop('prices', 'price-differs', entry, this.#reservePrice.high, price)
    this.#reserve = 'met'
  }

  #raise(most: Range, commitment: Hash): void {
    this.#most = most
    this.#reign.push(commitment)
  }

  #maximumOf(commitment: Hash): Range {
    const known = this.#maxima.get(commitment) ?? anyAmount()
    this.#maxima.set(commitment, known)
    return known
  }
}

function expected(cost: Cost): number {
  return typeof cost === 'number' ? cost : lesser(cost.own, cost.other).high
}
