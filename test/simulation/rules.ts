import type { Command, Decision } from '../../worker/auctions/rules.ts'
import type { Bid, Standing, Verdict } from '../../worker/auctions/rules/judge.ts'
import type { Course, Lot, LotTerms } from '../../worker/auctions/rules/lot.ts'
import type { Instant } from '../../worker/contract/time.ts'
import { rules, type Rules } from '../model/desk.ts'

export { countedBids } from '../../worker/auctions/rules/rate.ts'

/**
 * The rules as the simulated room imports them: the product's own, unless a mutant took their place. Whoever tells a story may look
 * at the lot that the last decision left, to aim at what nobody outside may know.
 */
let current: Rules = rules
let latest: Lot | null = null

export function judgeBy(other: Rules): void {
  current = other
  latest = null
}

export function latestLot(): Lot | null {
  return latest
}

/** A death took back what was not confirmed. */
export function lotFellBackTo(lot: Lot | null): void {
  latest = lot
}

function seen<T extends { lot: Lot }>(course: T): T {
  latest = course.lot
  return course
}

export function publish(terms: LotTerms, now: Instant): Course {
  return seen(current.publish(terms, now))
}

export function decide(lot: Lot, command: Command, clock: Instant): Decision {
  return seen(current.decide(lot, command, clock))
}

export function placeBid(lot: Lot, who: Standing, bid: Bid, clock: Instant): Decision<Verdict> {
  return decide(lot, { type: 'place-bid', who, bid }, clock) as Decision<Verdict>
}

export function waitBeforeBid(judged: readonly Instant[], at: Instant): number | null {
  return current.waitBeforeBid(judged, at)
}
