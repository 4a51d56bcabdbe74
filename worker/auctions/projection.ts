import { and, eq, lte, notInArray, sql } from 'drizzle-orm'
import type { AuctionId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import { inChunks, type Db, type Statement } from '../kernel/db.ts'
import type { Fold } from './commands.ts'
import { auctionTag, pageTags } from './page-tags.ts'
import { makeFindable } from './queries/search.ts'
import { auction, auctionBidder, auctionNote } from './schema.ts'

const finalStates = ['sold', 'unsold', 'cancelled', 'void'] as const

/**
 * Writes the room's latest fold into D1: any number of times, in any order, it only moves forward. Returns the tags of the public
 * pages that show something else from now on, none while only bids came. The room calls it at most once a second, and at once
 * when the state changed; it has the tags purged afterwards, since a page made in between would keep the old rows.
 */
export async function projectAuction(db: Db, fold: Fold): Promise<string[]> {
  const [[before]] = await db.batch([
    db.select({ state: auction.state }).from(auction).where(eq(auction.id, fold.auction)),
    makeFindable(db, fold.auction),
    moveForward(db, fold),
    ...newBidders(db, fold),
    ...newNotes(db, fold),
  ])
  if (!before) return []
  if (before.state !== fold.state) return pageTags(fold.auction)
  return fold.newNotes.length > 0 ? [auctionTag(fold.auction)] : []
}

/** People present; the room calls it at most every 10 s. It purges nothing: cards ask for themselves. */
export async function projectPresence(db: Db, id: AuctionId, count: number): Promise<void> {
  await db.update(auction).set({ present: count }).where(eq(auction.id, id))
}

function moveForward(db: Db, fold: Fold) {
  const isFinal = (finalStates as readonly string[]).includes(fold.state)
  return db
    .update(auction)
    .set({
      logSeq: fold.logSeq,
      state: fold.state,
      price: fold.price,
      bidCount: fold.bidCount,
      leader: fold.leader,
      leaderNumber: fold.leaderNumber,
      winner: fold.winner,
      winnerNumber: fold.winnerNumber,
      reserve: fold.reserve,
      openBuyNow: fold.buyNowPrice,
      startsAt: fold.startsAt,
      plannedEndAt: sql`coalesce(${auction.plannedEndAt}, ${fold.endsAt})`,
      endsAt: fold.endsAt,
      hardEndAt: fold.hardEndAt,
      endedAt: fold.endedAt,
      deal: fold.deal,
      cancelReason: fold.cancelReason,
      termsHash: fold.termsHash,
      reserveCommitment: fold.reserveCommitment,
      publishedAt: sql`coalesce(${auction.publishedAt}, ${auction.publishingAt}, ${now()})`,
      publishingAt: null,
    })
    .where(
      and(
        eq(auction.id, fold.auction),
        lte(auction.logSeq, fold.logSeq),
        // A route may have written the end already; a fold from before must not take it back.
        isFinal ? undefined : notInArray(auction.state, [...finalStates]),
      ),
    )
}

/** Four values a row. */
const rowsPerStatement = 20

function newBidders(db: Db, { auction: id, newBidders }: Fold): Statement[] {
  return inChunks(newBidders, rowsPerStatement).map((chunk) =>
    db
      .insert(auctionBidder)
      .values(chunk.map(({ account, number, at }) => ({ account, auction: id, number, at })))
      .onConflictDoNothing(),
  )
}

function newNotes(db: Db, { auction: id, newNotes }: Fold): Statement[] {
  return inChunks(newNotes, rowsPerStatement).map((chunk) =>
    db
      .insert(auctionNote)
      .values(chunk.map(({ logSeq, text, at }) => ({ auction: id, logSeq, text, at })))
      .onConflictDoNothing(),
  )
}
