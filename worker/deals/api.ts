import type { Fault, Stage } from '../contract/deal-steps.ts'
import type { AccountId, DealId } from '../contract/ids.ts'
import { instant, type Instant } from '../contract/time.ts'
import { refused } from '../kernel/outcome.ts'
import type { DealOpening } from './commands.ts'
import { dealOf } from './deal-client.ts'

export { maySeeEvidence } from './evidence.ts'
export type { DealOpening } from './commands.ts'
export { dealForReview, dealsToReview, dealTitles, isPartyOf } from './reviewing.ts'
export { completedDeals, completedDealsOf, dealOfAuction, latestDealOf, openDealsOf } from './queries.ts'

/**
 * Makes a deal and, from its own outbox, its room: exactly once per id. Done when the deal is kept; throws where it could not be
 * asked, for an owner that repeats it from an outbox.
 */
export async function openDeal(env: Pick<Env, 'DEAL'>, opening: DealOpening): Promise<void> {
  const outcome = await dealOf(env, opening.deal).open(opening)
  if (!outcome.ok) throw refused(outcome)
}

/** Takes back the fault that a ruling found with this account, any number of times. A deal that is not there has none. */
export async function liftFault(env: Pick<Env, 'DEAL'>, id: DealId, account: AccountId): Promise<void> {
  await dealOf(env, id).liftFault(account)
}

/** How a deal stands this moment, as its own object says; null where it was never opened. */
export async function dealNow(
  env: Pick<Env, 'DEAL'>,
  id: DealId,
): Promise<{
  buyer: AccountId
  stage: Stage
  fault: Fault | null
  endedAt: Instant | null
  wasPassedOn: boolean
} | null> {
  const reading = await dealOf(env, id).read('house')
  if (!reading.ok) return null
  const { opening, standing, steps } = reading.value
  const { stage, fault, endedAt } = standing
  return {
    buyer: opening.buyer,
    stage,
    fault,
    endedAt: endedAt === null ? null : instant(endedAt),
    wasPassedOn: steps.some(({ kind }) => kind === 'passed-on'),
  }
}

/** Ends an open deal whose buyer is suspended, for the seller to ask the next bidder. Null where it has gone too far for that. */
export async function passOnFrom(
  env: Pick<Env, 'DEAL'>,
  id: DealId,
  seller: AccountId,
  key: string,
): Promise<Instant | null> {
  const outcome = await dealOf(env, id).take(seller, key, { type: 'pass-on' }, null)
  return outcome.ok ? ((await dealNow(env, id))?.endedAt ?? null) : null
}
