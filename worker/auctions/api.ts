import type { LedgerPage } from '../contract/auctions.ts'
import type { AccountId, AuctionId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import type { Db } from '../kernel/db.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { markOver, scheduledOf } from './queries/auction.ts'
import { roomOf } from './room-client.ts'

export { listsTag } from './page-tags.ts'
export { openAmong, openOf, walkFound, walkRecommended } from './picking.ts'
export { tellRoomsOfPair } from './relating.ts'
export { biddersOf, isBiddingNow, likersOf } from './queries/bidders.ts'
export type { LeftOut } from './queries/lists.ts'
export { walkFrom } from './queries/orders.ts'
export { idsByWords, titlesByWords } from './queries/search.ts'
export { outlinesOf, type AuctionOutline, type Near } from './queries/walks.ts'

interface Where {
  env: Pick<Env, 'AUCTION_ROOM'>
  db: Db
}

/** No winner, no deal, whatever was bid. The room has the public pages forgotten when it projects. */
export async function voidAuction({ env, db }: Where, id: AuctionId, reason: string): Promise<Outcome<null>> {
  const outcome = await roomOf(env, id).void(reason)
  if (outcome.ok) await markOver(db, id, { state: 'void', reason, at: now() })
  return outcome
}

/** What a suspended seller had only announced does not take place. Running auctions and standing bids go on. */
export async function cancelScheduledOf({ env, db }: Where, seller: AccountId): Promise<void> {
  for (const { id } of await scheduledOf(db, seller)) {
    const outcome = await roomOf(env, id).cancel({ account: seller }, null)
    // One that has started or ended meanwhile is not called off any more.
    if (outcome.ok) await markOver(db, id, { state: 'cancelled', reason: null, at: now() })
  }
}

/** The public ledger, for who gathers it beside other things. */
export function ledgerOf(
  env: Pick<Env, 'AUCTION_ROOM'>,
  id: AuctionId,
  from: number,
  limit: number,
): Promise<Outcome<LedgerPage>> {
  return roomOf(env, id).ledger(from, limit)
}
