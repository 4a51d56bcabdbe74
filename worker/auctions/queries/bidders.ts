import { and, asc, eq, gt } from 'drizzle-orm'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import type { Db } from '../../kernel/db.ts'
import { auction, auctionBidder, auctionLike } from '../schema.ts'

/** Whether the account has a bid in an auction that is still running. */
export async function isBiddingNow(db: Db, account: AccountId): Promise<boolean> {
  const [row] = await db
    .select({ auction: auctionBidder.auction })
    .from(auctionBidder)
    .innerJoin(auction, eq(auction.id, auctionBidder.auction))
    .where(and(eq(auctionBidder.account, account), eq(auction.state, 'running')))
    .limit(1)
  return row !== undefined
}

/** Who likes an auction, in the order of ids, from after one on: for telling all of them, page by page. */
export async function likersOf(db: Db, id: AuctionId, after: string | null, limit: number): Promise<AccountId[]> {
  return audience(db, auctionLike, { id, after, limit })
}

/** The same for those who have bid there. */
export async function biddersOf(db: Db, id: AuctionId, after: string | null, limit: number): Promise<AccountId[]> {
  return audience(db, auctionBidder, { id, after, limit })
}

async function audience(
  db: Db,
  table: typeof auctionLike | typeof auctionBidder,
  { id, after, limit }: { id: AuctionId; after: string | null; limit: number },
): Promise<AccountId[]> {
  const rows = await db
    .select({ account: table.account })
    .from(table)
    .where(and(eq(table.auction, id), gt(table.account, (after ?? '') as AccountId)))
    .orderBy(asc(table.account))
    .limit(limit)
  return rows.map(({ account }) => account)
}
