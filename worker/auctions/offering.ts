import type { AccountId, AuctionId, DealId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { bidderFacts } from '../accounts/api.ts'
import { dealNow, passOnFrom } from '../deals/api.ts'
import type { AppContext } from '../kernel/context.ts'
import { requireKey } from '../kernel/idempotency.ts'
import { settled } from '../kernel/outcome.ts'
import type { OfferGiven } from './commands.ts'
import { roomOf } from './room-client.ts'

/**
 * Asks the room to offer it to the next bidder. What a room cannot know is looked up for it: how the deal before stands, and who may
 * still buy. A failed deal stays failed, so nothing said here can have changed for the worse when the room decides; who was
 * shut out in the meantime is asked again when they accept.
 */
export async function offerToNext(c: AppContext, auction: AuctionId, seller: AccountId): Promise<OfferGiven> {
  const room = roomOf(c.env, auction)
  const { deal, candidates } = settled(await room.offerQuestion())
  const failedAt = deal === null ? null : await failureOf(c, deal, seller)
  const facts = await bidderFacts(c.var.db, candidates, seller)
  return settled(await room.makeOffer({ facts, failedAt }))
}

/**
 * When the deal came to nothing through its buyer: by their fault, or ended in any way while they are suspended. One that is still
 * open with a suspended buyer is ended by this very offer.
 */
async function failureOf(c: AppContext, id: DealId, seller: AccountId): Promise<Instant | null> {
  const deal = await dealNow(c.env, id)
  if (!deal) return null
  if (deal.stage === 'failed' && (deal.fault === 'buyer' || deal.wasPassedOn)) return deal.endedAt
  const [buyer] = await bidderFacts(c.var.db, [deal.buyer], seller)
  if (!buyer?.suspended || deal.stage === 'completed') return null
  if (deal.endedAt !== null) return deal.endedAt
  return passOnFrom(c.env, id, seller, requireKey(c))
}
