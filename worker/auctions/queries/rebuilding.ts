import { and, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import type { AuctionId } from '../../contract/ids.ts'
import type { Db, Statement } from '../../kernel/db.ts'
import type { ArchivedLot } from '../rules/archived.ts'
import { auction, auctionBidder, auctionNote } from '../schema.ts'
import { auctionSearch } from './search.ts'

export interface StandingRow {
  logSeq: number
  state: typeof auction.$inferSelect.state
}

/** Where D1 thinks that these stand. */
export async function standingRows(db: Db, ids: readonly AuctionId[]): Promise<Map<AuctionId, StandingRow>> {
  const rows = await db
    .select({ id: auction.id, logSeq: auction.logSeq, state: auction.state })
    .from(auction)
    .where(inArray(auction.id, [...ids]))
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** Writes a row as the archive has it, unless it moved since it was read. Likes are counted again from their own rows. */
export async function moveTo(db: Db, lot: ArchivedLot, { logSeq, state }: StandingRow): Promise<boolean> {
  const moved = await db
    .update(auction)
    .set({
      logSeq: lot.logSeq,
      state: lot.state,
      price: lot.price,
      bidCount: lot.bidCount,
      leader: lot.leader,
      leaderNumber: lot.leaderNumber,
      winner: lot.winner,
      winnerNumber: lot.winnerNumber,
      reserve: lot.reserve,
      openBuyNow: lot.buyNowPrice,
      startsAt: lot.startsAt,
      plannedEndAt: lot.plannedEndAt,
      endsAt: lot.endsAt,
      hardEndAt: lot.hardEndAt,
      endedAt: lot.endedAt,
      deal: lot.deal,
      cancelReason: lot.cancelReason,
      termsHash: lot.termsHash,
      reserveCommitment: lot.reserveCommitment,
      publishedAt: sql`coalesce(${auction.publishedAt}, ${auction.publishingAt}, ${lot.publishedAt})`,
      publishingAt: null,
      likesCount: sql`(select count(*) from auction_like where auction_like.auction = ${lot.auction})`,
    })
    .where(and(eq(auction.id, lot.auction), eq(auction.logSeq, logSeq), eq(auction.state, state)))
    .returning({ id: auction.id })
  return moved.length > 0
}

/** Exactly the bidders that the archive names; who has come since its last entry stays. */
export function rewriteBidders(db: Db, { auction: id, newBidders, lastAt }: ArchivedLot): Statement[] {
  const list = JSON.stringify(newBidders.map(({ account, number, at }) => [account, number, at]))
  return [
    db
      .delete(auctionBidder)
      .where(
        and(
          eq(auctionBidder.auction, id),
          lt(auctionBidder.at, lastAt),
          sql`${auctionBidder.account} not in (select value ->> 0 from json_each(${list}))`,
        ),
      ),
    db
      .insert(auctionBidder)
      .select(sql`select value ->> 0, ${id}, value ->> 1, value ->> 2 from json_each(${list}) where true`)
      .onConflictDoUpdate({
        target: [auctionBidder.account, auctionBidder.auction],
        set: { number: sql`excluded.number`, at: sql`excluded.at` },
      }),
  ]
}

export function rewriteNotes(db: Db, { auction: id, newNotes, logSeq }: ArchivedLot): Statement[] {
  const list = JSON.stringify(newNotes.map((note) => [note.logSeq, note.text, note.at]))
  return [
    db
      .delete(auctionNote)
      .where(
        and(
          eq(auctionNote.auction, id),
          lte(auctionNote.logSeq, logSeq),
          sql`${auctionNote.logSeq} not in (select value ->> 0 from json_each(${list}))`,
        ),
      ),
    db
      .insert(auctionNote)
      .select(sql`select ${id}, value ->> 0, value ->> 1, value ->> 2 from json_each(${list}) where true`)
      .onConflictDoUpdate({
        target: [auctionNote.auction, auctionNote.logSeq],
        set: { text: sql`excluded.text`, at: sql`excluded.at` },
      }),
  ]
}

/** The words of these, from D1's own terms: gone and there again in one transaction, so no search misses them. */
export function rewriteWords(db: Db, ids: readonly AuctionId[]): Statement[] {
  const among = [...ids]
  return [
    db.delete(auctionSearch).where(inArray(auctionSearch.auction, among)),
    db.insert(auctionSearch).select(
      db
        .select({ auction: auction.id, title: auction.title, content: auction.content })
        .from(auction)
        .where(and(inArray(auction.id, among), sql`${auction.state} <> 'draft'`)),
    ),
  ]
}
