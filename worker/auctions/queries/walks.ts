import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Category } from '../../contract/auctions.ts'
import type { AuctionId } from '../../contract/ids.ts'
import type { Db } from '../../kernel/db.ts'
import { auction, listed, open } from '../schema.ts'
import { cardColumns, isShown, type LeftOut } from './lists.ts'

/** Rows of an order that somebody else made. `place` is where in it the row stood. */
interface Walked {
  place: number
  limit: number
}

/** Auctions of this order from a place on, those that are on public lists. One row more than asked tells whether others follow. */
export function walkIds(db: Db, ids: readonly string[], { place, limit }: Walked) {
  return db
    .select({ ...cardColumns, place: sql<number>`entry.key`.as('place') })
    .from(auction)
    .innerJoin(
      sql`json_each(${JSON.stringify(ids)}) as entry`,
      sql`${auction.id} = entry.value and entry.key >= ${place}`,
    )
    .where(inArray(sql`+${auction.shelf}`, listed))
    .orderBy(sql`entry.key`)
    .limit(limit + 1)
}

/** An auction and the one that it is near to. */
export type Near = [auction: string, because: string]

/** The same for open auctions that were picked for one reader, with the title of what each is near to. */
export function walkNear(db: Db, near: readonly Near[], { place, limit, leftOut }: Walked & { leftOut: LeftOut }) {
  return db
    .select({
      ...cardColumns,
      place: sql<number>`entry.key`.as('place'),
      because: sql<string>`entry.value ->> 1`.as('because'),
      becauseTitle: sql<string | null>`(select title from auction as near where near.id = entry.value ->> 1)`.as(
        'because_title',
      ),
    })
    .from(auction)
    .innerJoin(
      sql`json_each(${JSON.stringify(near)}) as entry`,
      sql`${auction.id} = entry.value ->> 0 and entry.key >= ${place}`,
    )
    .where(and(inArray(sql`+${auction.shelf}`, open), ...isShown(leftOut)))
    .orderBy(sql`entry.key`)
    .limit(limit + 1)
}

/** Open ones of a category, newest first. */
export function newestOf(db: Db, category: Category, { limit, leftOut }: { limit: number; leftOut: LeftOut }) {
  return db
    .select(cardColumns)
    .from(auction)
    .where(and(inArray(auction.shelf, open), eq(auction.category, category), ...isShown(leftOut)))
    .orderBy(desc(auction.publishedAt), auction.id)
    .limit(limit)
}

export interface AuctionOutline {
  id: AuctionId
  seller: typeof auction.$inferSelect.seller
  category: Category | null
}

/** What deciding about signals and likeness needs to know of published auctions. Drafts and absent ones are missing. */
export function outlinesOf(db: Db, ids: readonly string[]): Promise<AuctionOutline[]> {
  return db
    .select({ id: auction.id, seller: auction.seller, category: auction.category })
    .from(auction)
    .where(
      and(
        sql`${auction.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        sql`${auction.shelf} <> 'draft'`,
      ),
    )
}
