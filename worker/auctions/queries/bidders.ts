import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import { hearsNothingOf } from '../../follows/api.ts'
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

/**
 * Who likes an auction, in the order of ids, from after one on: for telling all of them, page by page. Who is to hear nothing of its
 * seller is passed over by the query, so that a page is as long as it can be.
 */
export async function likersOf(db: Db, id: AuctionId, after: string | null, limit: number): Promise<AccountId[]> {
  const seller = sql`(select seller from auction where id = ${id})`
  const hears = sql`not ${hearsNothingOf(sql`${auctionLike.account}`, seller)}`
  return audience(db, auctionLike, { id, after, limit, hears })
}

/** The same for those who have bid there: whatever has come between them and the seller, a standing bid binds. */
export async function biddersOf(db: Db, id: AuctionId, after: string | null, limit: number): Promise<AccountId[]> {
  return audience(db, auctionBidder, { id, after, limit })
}

async function audience(
  db: Db,
  table: typeof auctionLike | typeof auctionBidder,
  { id, after, limit, hears }: { id: AuctionId; after: string | null; limit: number; hears?: SQL },
): Promise<AccountId[]> {
  const rows = await db
    .select({ account: table.account })
    .from(table)
    .where(and(eq(table.auction, id), gt(table.account, (after ?? '') as AccountId), hears))
    .orderBy(asc(table.account))
    .limit(limit)
  return rows.map(({ account }) => account)
}
