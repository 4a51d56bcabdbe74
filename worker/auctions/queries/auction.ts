import { and, eq, gt, inArray, min, ne, or, sql, type SQL } from 'drizzle-orm'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import type { Won } from '../../contract/money.ts'
import type { Instant } from '../../contract/time.ts'
import { mustHold, type Db, type Statement } from '../../kernel/db.ts'
import type { Published } from '../commands.ts'
import { auction, auctionNote } from '../schema.ts'
import { makeFindable } from './search.ts'

export type AuctionRow = typeof auction.$inferSelect

export async function findAuction(db: Db, id: AuctionId): Promise<AuctionRow | null> {
  const [row] = await db.select().from(auction).where(eq(auction.id, id))
  return row ?? null
}

/** What deciding about an auction needs, without its texts. */
export async function findOutline(db: Db, id: AuctionId) {
  const [row] = await db
    .select({ id: auction.id, seller: auction.seller, state: auction.state, shelf: auction.shelf })
    .from(auction)
    .where(eq(auction.id, id))
  return row ?? null
}

/** One auction with what its page shows beside it, and what it is to `viewer`, in one query. */
export async function readAuction(db: Db, id: AuctionId, viewer: AccountId | null) {
  const [found] = await db
    .select({
      row: auction,
      notes: sql<string>`(select json_group_array(json_object('text', text, 'at', at))
        from (select text, at from auction_note where auction = ${id} order by log_seq))`,
      isLiked: isOf('auction_like', id, viewer),
      hasBid: isOf('auction_bidder', id, viewer),
      selling: sql<number>`(select count(*) from auction as other
        where other.seller = auction.seller and other.shelf in ('scheduled', 'running'))`,
    })
    .from(auction)
    .where(eq(auction.id, id))
  if (!found) return null
  return {
    ...found,
    notes: JSON.parse(found.notes) as { text: string; at: Instant }[],
    isLiked: found.isLiked === 1,
    hasBid: found.hasBid === 1,
  }
}

function isOf(table: 'auction_like' | 'auction_bidder', id: AuctionId, viewer: AccountId | null): SQL<number> {
  return sql`exists (select 1 from ${sql.identifier(table)} where account = ${viewer} and auction = ${id})`
}

/** The columns that hold the terms of a draft. */
export const termColumns = [
  'title',
  'content',
  'images',
  'category',
  'condition',
  'defects',
  'startPrice',
  'expectedPrice',
  'reservePrice',
  'buyNowPrice',
  'startsAt',
  'durationMinutes',
  'softClose',
  'handover',
  'shippingFee',
  'region',
  'bidderRules',
] as const satisfies (keyof AuctionRow)[]

export type DraftFields = Partial<Pick<AuctionRow, (typeof termColumns)[number]>>

export function insertDraft(
  db: Db,
  { id, seller, at, fields }: { id: AuctionId; seller: AccountId; at: Instant; fields: DraftFields },
): Statement {
  return db.insert(auction).values({ id, seller, createdAt: at, updatedAt: at, ...fields })
}

/** Still a draft at that version, and not on its way to the room. */
export function isLooseDraft(id: AuctionId, version: number): SQL {
  return sql`exists (select 1 from ${auction} where ${auction.id} = ${id} and ${auction.version} = ${version}
    and ${auction.state} = 'draft' and ${auction.publishingAt} is null)`
}

export function updateDraft(
  db: Db,
  { id, version, at, fields }: { id: AuctionId; version: number; at: Instant; fields: DraftFields },
): Statement {
  return db
    .update(auction)
    .set({ ...fields, version: version + 1, updatedAt: at })
    .where(eq(auction.id, id))
}

export function deleteDraft(db: Db, id: AuctionId): Statement {
  return db.delete(auction).where(and(eq(auction.id, id), eq(auction.state, 'draft')))
}

/**
 * Holds a place among the seller's auctions and freezes the draft until the room has answered; the batch fails where `most`
 * are taken or the draft changed. The count stands in the same transaction, so two publications at one moment cannot both
 * take the last place.
 */
export function beginPublication(
  db: Db,
  { row, at, most, abandonedAt }: { row: AuctionRow; at: Instant; most: number; abandonedAt: Instant },
): Statement[] {
  const { id, seller, version } = row
  return [
    mustHold(
      db,
      sql`exists (select 1 from ${auction} where ${auction.id} = ${id} and ${auction.version} = ${version}
            and ${auction.state} = 'draft' and coalesce(${auction.publishingAt}, 0) < ${abandonedAt})
          and (${openCount(db, seller, { abandonedAt, except: id })}) < ${most}`,
    ),
    db.update(auction).set({ publishingAt: at }).where(eq(auction.id, id)),
  ]
}

interface Others {
  abandonedAt: Instant
  except: AuctionId
}

/** How many the seller has scheduled, running or on their way to the room. */
function openCount(db: Db, seller: AccountId, others: Others) {
  return db
    .select({ count: sql<number>`count(*)` })
    .from(auction)
    .where(holdsPlace(seller, others))
}

/** The same, and when the first of them ends; null while none is in its room yet. */
export function placesTaken(db: Db, seller: AccountId, others: Others) {
  return db
    .select({ count: sql<number>`count(*)`, firstEndsAt: min(auction.endsAt) })
    .from(auction)
    .where(holdsPlace(seller, others))
}

function holdsPlace(seller: AccountId, { abandonedAt, except }: Others) {
  return and(
    eq(auction.seller, seller),
    ne(auction.id, except),
    or(inArray(auction.shelf, ['scheduled', 'running']), gt(auction.publishingAt, abandonedAt)),
  )
}

/** The room refused or never heard of it: the draft is free again. */
export function abandonPublication(db: Db, id: AuctionId) {
  return db
    .update(auction)
    .set({ publishingAt: null })
    .where(and(eq(auction.id, id), eq(auction.state, 'draft')))
}

/** What the room answered. A projection may have been faster and know more. */
export function finishPublication(
  db: Db,
  row: AuctionRow,
  { published, at }: { published: Published; at: Instant },
): Statement[] {
  return [
    makeFindable(db, row.id),
    db
      .update(auction)
      .set({
        state: published.state,
        logSeq: 1,
        price: row.startPrice ?? (0 as Won),
        reserve: row.reservePrice === null ? 'none' : 'not-met',
        openBuyNow: row.buyNowPrice,
        termsHash: published.termsHash,
        reserveCommitment: published.reserveCommitment,
        startsAt: published.startsAt,
        plannedEndAt: published.endsAt,
        endsAt: published.endsAt,
        hardEndAt: published.hardEndAt,
        publishedAt: at,
        publishingAt: null,
        version: row.version + 1,
        updatedAt: at,
      })
      .where(and(eq(auction.id, row.id), eq(auction.state, 'draft'))),
  ]
}

/** Final, so no fold from before can take it back. */
export function markOver(
  db: Db,
  id: AuctionId,
  { state, reason, at }: { state: 'cancelled' | 'void'; reason: string | null; at: Instant },
) {
  return db
    .update(auction)
    .set({ state, cancelReason: reason, endedAt: at, updatedAt: at })
    .where(and(eq(auction.id, id), inArray(auction.state, ['scheduled', 'running'])))
}

export function insertNote(db: Db, note: typeof auctionNote.$inferInsert) {
  return db.insert(auctionNote).values(note).onConflictDoNothing()
}

export function openAuctionsOf(db: Db, seller: AccountId) {
  return db
    .select({ id: auction.id })
    .from(auction)
    .where(and(eq(auction.seller, seller), inArray(auction.shelf, ['scheduled', 'running'])))
}

export function scheduledOf(db: Db, seller: AccountId) {
  return db
    .select({ id: auction.id })
    .from(auction)
    .where(and(eq(auction.seller, seller), eq(auction.shelf, 'scheduled')))
}
