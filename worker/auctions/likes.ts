import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AccountId, AuctionId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { blockedPair } from '../follows/api.ts'
import { runBatch, type Db } from '../kernel/db.ts'
import { outboxRow } from '../kernel/outbox.ts'
import { auction, auctionLike } from './schema.ts'

export interface Liking {
  account: AccountId
  auction: AuctionId
}

/** Count and own like of a published auction, and whether its seller and the viewer are kept apart; null for one that is not there. */
export async function likesOf(db: Db, id: AuctionId, viewer: AccountId | null) {
  const [row] = await db
    .select({
      seller: auction.seller,
      likesCount: auction.likesCount,
      liked: sql<number>`exists (select 1 from auction_like where account = ${viewer} and auction = ${id})`,
      blocked: viewer === null ? sql<number>`0` : sql<number>`${blockedPair(viewer, sql`${auction.seller}`)}`,
    })
    .from(auction)
    .where(and(eq(auction.id, id), sql`${auction.shelf} <> 'draft'`))
  return row ? { ...row, liked: row.liked === 1, blocked: row.blocked === 1 } : null
}

const isLiked = ({ account, auction: id }: Liking) =>
  sql`exists (select 1 from auction_like where account = ${account} and auction = ${id})`

/** The counter moves only with the row, in one transaction: whoever likes twice, or twice at once, counts once. */
export async function addLike(db: Db, liking: Liking, at: Instant): Promise<void> {
  await runBatch(db, [
    db
      .update(auction)
      .set({ likesCount: sql`${auction.likesCount} + 1` })
      .where(and(eq(auction.id, liking.auction), sql`not ${isLiked(liking)}`)),
    db
      .insert(auctionLike)
      .values({ ...liking, at })
      .onConflictDoNothing(),
    outboxRow(db, 'likes', { type: 'auction-liked', payload: { auction: liking.auction, account: liking.account } }),
  ])
}

export async function removeLike(db: Db, liking: Liking): Promise<void> {
  await runBatch(db, [
    db
      .update(auction)
      .set({ likesCount: sql`${auction.likesCount} - 1` })
      .where(and(eq(auction.id, liking.auction), isLiked(liking))),
    db.delete(auctionLike).where(and(eq(auctionLike.account, liking.account), eq(auctionLike.auction, liking.auction))),
    outboxRow(db, 'likes', { type: 'auction-unliked', payload: { auction: liking.auction, account: liking.account } }),
  ])
}

/** Which of these the viewer likes. */
export async function likedAmong(db: Db, viewer: AccountId, ids: AuctionId[]): Promise<AuctionId[]> {
  const rows = await db
    .select({ auction: auctionLike.auction })
    .from(auctionLike)
    .where(and(eq(auctionLike.account, viewer), inArray(auctionLike.auction, ids)))
  return rows.map((row) => row.auction)
}
