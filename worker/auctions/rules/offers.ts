import { offers as limits } from '../../contract/limits.ts'
import type { Won } from '../../contract/money.ts'
import type { Instant } from '../../contract/time.ts'
import type { Lot } from './lot.ts'

/** One offer to a bidder, at their own highest bid. */
export interface Offered<Account> {
  /** 1 to 3, in the order in which they were made. */
  number: number
  to: Account
  amount: Won
  at: Instant
  /** Not to be accepted at or after it. */
  expiresAt: Instant
  state: 'open' | 'accepted' | 'declined' | 'lapsed'
  answeredAt: Instant | null
  /** Rises with each change. */
  version: number
}

/** A bidder with their own highest accepted bid. */
export interface BidOfOne<Account> {
  account: Account
  amount: Won
  /** Order in which it was placed. */
  place: number
}

export type OfferRefusal = 'no-offer-now' | 'offer-open'

interface Question<Account> {
  lot: Pick<Lot, 'state' | 'reserve' | 'endedAt'>
  offers: readonly Offered<Account>[]
  /** When the last deal of this auction came to nothing through its buyer; null where it did not, or there was none. */
  failedAt: Instant | null
}

/**
 * Why no offer may be made now; null when one may. After an end below the reserve the first bidder is asked, after a deal that came
 * to nothing through its buyer the next.
 */
export function offerRefusal<Account>({ lot, offers, failedAt }: Question<Account>, at: Instant): OfferRefusal | null {
  if (offers.some((offer) => isOpen(offer, at))) return 'offer-open'
  const hasSold = lot.state === 'sold' || offers.some(({ state }) => state === 'accepted')
  const missedReserve = lot.state === 'unsold' && lot.reserve === 'not-met' ? lot.endedAt : null
  const since = hasSold ? failedAt : missedReserve
  const isTooLate = since === null || at >= since + limits.withinMs
  return isTooLate || offers.length >= limits.most ? 'no-offer-now' : null
}

/** Who is to be asked, in order: the highest bid first, of equal ones the earlier. Nobody is asked twice. */
export function nextBidders<Account>(
  bids: readonly BidOfOne<Account>[],
  { winner, offers }: { winner: Account | null; offers: readonly Offered<Account>[] },
): BidOfOne<Account>[] {
  const asked = new Set([...offers.map(({ to }) => to), ...(winner === null ? [] : [winner])])
  return bids
    .filter(({ account }) => !asked.has(account))
    .toSorted((one, other) => other.amount - one.amount || one.place - other.place)
}

/** Quick auctions have quick offers. What counts is how long it ran: soft close and outages make it longer, a purchase shorter. */
export function openForMs({ terms: { startsAt }, endsAt }: Pick<Lot, 'terms' | 'endsAt'>): number {
  return endsAt - startsAt <= limits.quickMinutes * 60_000 ? limits.quickOpenMs : limits.openMs
}

export function isOpen({ state, expiresAt }: Pick<Offered<unknown>, 'state' | 'expiresAt'>, at: Instant): boolean {
  return state === 'open' && at < expiresAt
}

/** An offer that ran out has lapsed at its own time, however late somebody looks. */
export function lapsed<Account>(offer: Offered<Account>, at: Instant): Offered<Account> | null {
  if (offer.state !== 'open' || isOpen(offer, at)) return null
  return { ...offer, state: 'lapsed', answeredAt: offer.expiresAt, version: offer.version + 1 }
}
