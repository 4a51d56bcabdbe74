import type { CompleteTerms } from '../../contract/auctions.ts'
import { auctions } from '../../contract/limits.ts'
import { raised, won } from '../../contract/money.ts'
import { fromIso, instant, type Instant } from '../../contract/time.ts'

/** A term that does not fit the others, as the problem `invalid-fields` lists it. */
export interface TermsFault {
  pointer: string
  code: 'not-above-start' | 'not-above-first-step' | 'below-reserve' | 'in-the-past' | 'too-late' | 'window-too-long'
}

type Crossing = Pick<
  CompleteTerms,
  'startPrice' | 'reservePrice' | 'buyNowPrice' | 'startsAt' | 'durationMinutes' | 'softClose'
>

/** A start that passed while the seller was looking at the preview is taken for now. */
const startMayHavePassedMs = 5 * 60_000

/** What of the terms spans several fields, or the clock; what one field may be by itself is the contract's schema. */
export function faultsOf(terms: Crossing, now: Instant): TermsFault[] {
  const { startPrice, reservePrice, buyNowPrice, durationMinutes, softClose } = terms
  const faults: TermsFault[] = []
  const add = (isWrong: boolean, pointer: string, code: TermsFault['code']) => {
    if (isWrong) faults.push({ pointer, code })
  }
  add(reservePrice !== null && reservePrice <= startPrice, '/reservePrice', 'not-above-start')
  add(buyNowPrice !== null && buyNowPrice <= raised(won(startPrice)), '/buyNowPrice', 'not-above-first-step')
  add(buyNowPrice !== null && buyNowPrice < (reservePrice ?? 0), '/buyNowPrice', 'below-reserve')
  const startsAt = terms.startsAt === null ? now : fromIso(terms.startsAt)
  add(startsAt < now - startMayHavePassedMs, '/startsAt', 'in-the-past')
  add(startsAt > now + auctions.startWithinMs, '/startsAt', 'too-late')
  add(softClose.windowSeconds * 2 > durationMinutes * 60, '/softClose/windowSeconds', 'window-too-long')
  return faults
}

/** The stored start and end of terms that are published now. */
export function timesOf(
  { startsAt, durationMinutes }: Pick<CompleteTerms, 'startsAt' | 'durationMinutes'>,
  now: Instant,
): { startsAt: Instant; endsAt: Instant } {
  const start = startsAt === null ? now : Math.max(now, fromIso(startsAt))
  return { startsAt: instant(start), endsAt: instant(start + durationMinutes * 60_000) }
}

/** How many auctions may be scheduled or running at once for one who has completed so many deals. */
export function placesFor(deals: number): number {
  const { most, beforeThreeDeals, dealsForMost } = auctions.atOnce
  return deals >= dealsForMost ? most : beforeThreeDeals
}
