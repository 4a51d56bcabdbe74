import { lt, sql, type SQL } from 'drizzle-orm'
import { auctions } from '../../contract/limits.ts'
import { now } from '../../kernel/clock.ts'
import type { Db } from '../../kernel/db.ts'
import { Problem } from '../../kernel/problem.ts'
import { auction, auctionOrderPart, isOpen, type OrderKind } from '../schema.ts'

const slotMs = 60_000
/** Entries in one row: a page looks through one or two of them, however long the order is. */
const partSize = 500
const popularForMs = 7 * 24 * 60 * 60_000

/** Where a reader walks: the minute whose order was fixed, and the place of the next entry. */
export interface Walk {
  slot: number
  place: number
}

/** Walks that began longer ago than the order is kept are over. */
export function walkFrom(position: (string | number)[] | null): Walk {
  if (!position) return { slot: currentSlot(), place: 0 }
  const [slot, place] = position
  if (typeof slot !== 'number' || typeof place !== 'number' || slot < oldestSlot()) throw new Problem('bad-cursor')
  return { slot, place }
}

function currentSlot(): number {
  return Math.floor(now() / slotMs)
}

function oldestSlot(): number {
  return currentSlot() - auctions.orderFixedMs / slotMs
}

/** The entries of a fixed order from a place on, as `entry` of `part`. */
export function entriesOf(kind: OrderKind, { slot, place }: Walk): { table: SQL; on: SQL } {
  const part = Math.floor(place / partSize)
  return {
    table: sql`auction_order_part as part cross join json_each(part.entries) as entry`,
    on: sql`part.kind = ${kind} and part.slot = ${slot} and part.part >= ${part} and ${entryPlace} >= ${place}
      and ${auction.id} = entry.value ->> 0`,
  }
}

export const entryPlace = sql<number>`part.part * ${sql.raw(String(partSize))} + entry.key`
/** Parts come in their order from the index, so SQLite sorts within one and stops when a page is full. */
export const entryOrder = [sql`part.part`, sql`entry.key`]
export const entryReason = sql<'popular' | 'new'>`entry.value ->> 1`

/** Fixes the order of this minute, unless another reader was first, and drops those that nobody may walk any more. */
export function fixOrder(db: Db, kind: OrderKind, slot: number) {
  const placed = kind === 'popular' ? byPopularity : mixed(slot * slotMs - popularForMs)
  return [
    db
      .insert(auctionOrderPart)
      .select(
        sql`select ${kind}, ${slot}, place / ${partSize} as part, json_group_array(json_array(id, why) order by place)
            from (${placed})
            where not exists (select 1 from auction_order_part where kind = ${kind} and slot = ${slot})
            group by part`,
      )
      .onConflictDoNothing(),
    db.delete(auctionOrderPart).where(lt(auctionOrderPart.slot, oldestSlot())),
  ] as const
}

const byPopularity = sql`
  select id, 'popular' as why,
    row_number() over (order by present desc, likes_count desc, bid_count desc, id) - 1 as place
  from auction where ${isOpen}`

/** One of the popular of the last seven days, one of the new, and so on until everything open has come. */
function mixed(since: number): SQL {
  return sql`
    with scored as materialized (
      select id, published_at, iif(published_at > ${since}, 5 * present + 2 * likes_count + bid_count, 0) as score
      from auction where ${isOpen}),
    ranked as (
      select id,
        iif(score > 0, 2 * row_number() over (order by score desc, published_at desc, id) - 1, null) as popular,
        2 * row_number() over (order by published_at desc, id) as new
      from scored),
    once as (select id, iif(popular < new, 'popular', 'new') as why, iif(popular < new, popular, new) as at from ranked)
    select id, why, row_number() over (order by at) - 1 as place from once`
}
