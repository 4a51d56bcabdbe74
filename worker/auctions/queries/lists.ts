import { and, desc, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { ListQuery } from '../../contract/auctions.ts'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import { auctions } from '../../contract/limits.ts'
import { after, type Key, type Position } from '../../kernel/cursor.ts'
import type { Db } from '../../kernel/db.ts'
import { auction, isOpen, listed, open, type OrderKind } from '../schema.ts'
import { entriesOf, entryOrder, entryPlace, entryReason, fixOrder, type Walk } from './orders.ts'
import { isFound } from './search.ts'

/** What a card needs of a row. */
export const cardColumns = {
  id: auction.id,
  seller: auction.seller,
  title: auction.title,
  cover: sql<string | null>`${auction.images} ->> 0`.as('cover'),
  category: auction.category,
  event: auction.event,
  condition: auction.condition,
  region: auction.region,
  state: auction.state,
  startPrice: auction.startPrice,
  price: auction.price,
  openBuyNow: auction.openBuyNow,
  bidCount: auction.bidCount,
  startsAt: auction.startsAt,
  endsAt: auction.endsAt,
  leader: auction.leader,
  likesCount: auction.likesCount,
  present: auction.present,
}

const nowColumns = {
  id: auction.id,
  state: auction.state,
  startPrice: auction.startPrice,
  price: auction.price,
  bidCount: auction.bidCount,
  endsAt: auction.endsAt,
  present: auction.present,
}

type Filters = Pick<ListQuery, 'category' | 'status' | 'search'>

function filtersOf({ category, search }: Filters): (SQL | undefined)[] {
  return [isOf(category), search === undefined ? undefined : isFound(search)]
}

function isOf(category: Filters['category']): SQL | undefined {
  return category === 'event' ? isNotNull(auction.event) : category && eq(auction.category, category)
}

/** What a list is ordered by: none of these moves while the auction stays on the list. */
export type Ordering = 'publishedAt' | 'plannedEndAt' | 'endedAt' | 'bidCount'

export function orderingOf({ sort, status }: Pick<ListQuery, 'sort' | 'status'>): Ordering {
  if (sort === 'newest') return 'publishedAt'
  if (sort === 'popular') return 'bidCount'
  return status === 'ended' ? 'endedAt' : 'plannedEndAt'
}

function keysOf(ordering: Ordering): Key[] {
  const order = ordering === 'plannedEndAt' ? 'asc' : 'desc'
  return [
    { column: auction[ordering], order },
    { column: auction.id, order },
  ]
}

export function orderBy(keys: Key[]): SQL[] {
  return keys.map(({ column, order }) => (order === 'asc' ? sql`${column}` : sql`${column} desc`))
}

/**
 * A page is found by walking the index that has its order: a plus in front of a column keeps SQLite away from an index of that
 * column, which would mean sorting all that it leads to. Staff labels alone are so few that their own index serves every order.
 */
function shelfOf({ status, sort, category }: ListQuery): SQL {
  const isWalked = category !== 'event'
  if (status) return isWalked ? eq(auction.shelf, status) : eq(sql`+${auction.shelf}`, status)
  if (sort === 'newest') return inArray(sql`+${auction.shelf}`, listed)
  return isWalked ? isOpen : inArray(sql`+${auction.shelf}`, open)
}

function walkedFilters({ sort, category, search }: ListQuery): (SQL | undefined)[] {
  if (sort === 'newest' || category === undefined || category === 'event') return filtersOf({ category, search })
  return [eq(sql`+${auction.category}`, category), ...filtersOf({ search })]
}

/** One row more than asked tells whether another page follows. */
export function listAuctions(db: Db, query: ListQuery, position: Position | null) {
  const ordering = orderingOf(query)
  const keys = keysOf(ordering)
  return db
    .select({
      ...cardColumns,
      publishedAt: auction.publishedAt,
      plannedEndAt: auction.plannedEndAt,
      endedAt: auction.endedAt,
    })
    .from(auction)
    .where(and(shelfOf(query), isNotNull(auction[ordering]), ...walkedFilters(query), after(keys, position)))
    .orderBy(...orderBy(keys))
    .limit(query.limit + 1)
}

interface Walking extends Filters {
  kind: OrderKind
  walk: Walk
  limit: number
  leftOut?: LeftOut
}

/** What one reader is not shown. It is looked at whenever a page is read, whatever order the page is of. */
export interface LeftOut {
  auctions: readonly string[]
  sellers: readonly AccountId[]
}

export function isShown({ auctions: ids, sellers }: LeftOut): SQL[] {
  const among = (list: readonly string[]) => sql`(select value from json_each(${JSON.stringify(list)}))`
  return [
    ...(ids.length > 0 ? [sql`${auction.id} not in ${among(ids)}`] : []),
    ...(sellers.length > 0 ? [sql`${auction.seller} not in ${among(sellers)}`] : []),
  ]
}

/** A page of a fixed order. What ended meanwhile is left out at reading; what came later waits for the next order. */
export async function walkAuctions(db: Db, walking: Walking) {
  const { kind, walk } = walking
  const page = walkedPage(db, walking)
  const rows = await page
  if (rows.length > 0 || walk.place > 0) return rows
  // The first reader of this minute; or nothing is open, and then asking twice costs little.
  const [, , fixed] = await db.batch([...fixOrder(db, kind, walk.slot), page])
  return fixed
}

export function walkedPage(db: Db, walking: Walking) {
  const { kind, walk, limit, status, leftOut } = walking
  const entries = entriesOf(kind, walk)
  return (
    db
      .select({ ...cardColumns, place: entryPlace.as('place'), why: entryReason.as('why') })
      .from(entries.table)
      // A cross join makes SQLite go through the order and look the auctions up, not the other way round.
      .crossJoin(auction)
      .where(
        and(
          entries.on,
          inArray(sql`+${auction.shelf}`, status ? [status] : open),
          ...(leftOut ? isShown(leftOut) : []),
          ...filtersOf(walking),
        ),
      )
      .orderBy(...entryOrder)
      .limit(limit + 1)
  )
}

/** Scheduled and running, most people present first, then likes. */
export function popularAuctions(db: Db) {
  return db
    .select(cardColumns)
    .from(auction)
    .where(isOpen)
    .orderBy(desc(auction.present), desc(auction.likesCount), desc(auction.bidCount), auction.id)
    .limit(auctions.popular)
}

export function auctionsNow(db: Db, ids: AuctionId[]) {
  return db
    .select(nowColumns)
    .from(auction)
    .where(and(inArray(auction.id, ids), sql`${auction.shelf} <> 'draft'`))
}

/** What one seller has published, newest first. */
export function auctionsOf(
  db: Db,
  seller: AccountId,
  { status, limit, position }: { status: ListQuery['status']; limit: number; position: Position | null },
) {
  const keys = keysOf('publishedAt')
  return db
    .select({ ...cardColumns, publishedAt: auction.publishedAt })
    .from(auction)
    .where(
      and(
        eq(auction.seller, seller),
        status ? eq(auction.shelf, status) : inArray(sql`+${auction.shelf}`, listed),
        after(keys, position),
      ),
    )
    .orderBy(...orderBy(keys))
    .limit(limit + 1)
}
