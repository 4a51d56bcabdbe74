import { and, desc, eq, gte, inArray, lt, notInArray, sql } from 'drizzle-orm'
import type { AccountId } from '../../contract/ids.ts'
import { recommendations, search } from '../../contract/limits.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { sha256 } from '../../kernel/ids.ts'
import { runBatch, type Db, type Statement } from '../../kernel/db.ts'
import { foundOrder, nearOrder } from '../schema.ts'

type NearEntries = (typeof nearOrder.$inferSelect)['entries']

/** So many orders of one reader, and so many findings in all, are kept; more would be somebody's filling the disk. */
const most = { near: 20, found: 20_000 } as const

function nameOf(entries: unknown): string {
  return sha256(JSON.stringify(entries)).slice(0, 22)
}

/** Keeps what is near to somebody for as long as its pages may be walked, and answers its name. */
export async function keepNear(db: Db, account: AccountId, entries: NearEntries, at: Instant): Promise<string> {
  const id = nameOf(entries)
  const newest = db
    .select({ id: nearOrder.id })
    .from(nearOrder)
    .where(and(eq(nearOrder.account, account), gte(nearOrder.at, instant(at - recommendations.orderFixedMs))))
    .orderBy(desc(nearOrder.at))
    .limit(most.near)
  await runBatch(db, [
    db
      .insert(nearOrder)
      .values({ account, id, at, entries })
      .onConflictDoUpdate({ target: [nearOrder.account, nearOrder.id], set: { at } }),
    db.delete(nearOrder).where(and(eq(nearOrder.account, account), notInArray(nearOrder.id, newest))),
  ])
  return id
}

/** Null once it was forgotten or its time is over. */
export async function nearOf(
  db: Db,
  { account, id, at }: { account: AccountId; id: string; at: Instant },
): Promise<NearEntries | null> {
  const [row] = await db
    .select({ entries: nearOrder.entries })
    .from(nearOrder)
    .where(
      and(
        eq(nearOrder.account, account),
        eq(nearOrder.id, id),
        gte(nearOrder.at, instant(at - recommendations.orderFixedMs)),
      ),
    )
  return row?.entries ?? null
}

/** Keeps an order of findings and answers its name. */
export async function keepFound(db: Db, entries: string[], at: Instant): Promise<string> {
  const id = nameOf(entries)
  await db.insert(foundOrder).values({ id, at, entries }).onConflictDoUpdate({ target: foundOrder.id, set: { at } })
  return id
}

export async function foundOf(db: Db, id: string, at: Instant): Promise<string[] | null> {
  const [row] = await db
    .select({ entries: foundOrder.entries })
    .from(foundOrder)
    .where(and(eq(foundOrder.id, id), gte(foundOrder.at, instant(at - search.orderFixedMs))))
  return row?.entries ?? null
}

/** Orders that nobody may walk any more. For the cron. */
export function sweepOrders(db: Db, at: Instant): Statement[] {
  const beyond = sql`(select id from found_order order by at desc limit -1 offset ${most.found})`
  return [
    db.delete(nearOrder).where(lt(nearOrder.at, instant(at - recommendations.orderFixedMs))),
    db.delete(foundOrder).where(lt(foundOrder.at, instant(at - search.orderFixedMs))),
    db.delete(foundOrder).where(inArray(foundOrder.id, beyond)),
  ]
}
