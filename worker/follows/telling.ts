import { and, asc, eq, lte, min } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { instant } from '../contract/time.ts'
import { readConfig } from '../env.ts'
import { now } from '../kernel/clock.ts'
import { createDb, runBatch, type Db } from '../kernel/db.ts'
import type { Work } from '../kernel/drain.ts'
import { createIds, type Ids } from '../kernel/ids.ts'
import { describeError, log } from '../kernel/log.ts'
import { nudgeNotices } from '../notifications/api.ts'
import { edge } from './edges.ts'
import { edgeNotice } from './notices.ts'
import { relationOf, type Relation } from './relations.ts'
import { acceptance, pairDue } from './schema.ts'

/** The drain that tells rooms how two people stand to each other, and askers that they were accepted. */
export const followsDrain = 'follows'

/** How two people stand, for the rooms that have both. `toHigh` is how `low` stands to `high`. */
export interface Pair {
  low: AccountId
  high: AccountId
  toHigh: Relation
}

/** Tells what depends on a pair. May be called again with the same or newer; a throw is worth another try. */
export type TellPair = (env: Env, pair: Pair) => Promise<void>

const atOnce = 20
const pause = { firstMs: 1_000, mostMs: 60_000 } as const

/** The features that keep a picture of two people of their own. */
export interface Tellers {
  /** Told of everything. */
  follows: readonly TellPair[]
  /** Told where one was shut out or let in again. */
  shutOuts: readonly TellPair[]
}

/** Works off what changed between people. */
export function workOnFollows(tellers: Tellers): (env: Env, ctx: DurableObjectState) => Work {
  return (env, ctx) => {
    const db = createDb(env.DB)
    let last: Promise<unknown> = Promise.resolve()
    /** One run after the other: an older look at a pair must not be told after a newer one. */
    return () => {
      const run = last.then(async () => {
        if (await queueAcceptances(db, createIds(readConfig(env).idSecret))) nudgeNotices(env, ctx)
        return tellDuePairs(env, db, tellers)
      })
      last = run.catch(() => {})
      return run
    }
  }
}

async function tellDuePairs(env: Env, db: Db, tellers: Tellers): Promise<number | null> {
  for (;;) {
    const due = await db
      .select()
      .from(pairDue)
      .where(lte(pairDue.nextAt, now()))
      .orderBy(asc(pairDue.nextAt))
      .limit(atOnce)
    if (due.length === 0) break
    await Promise.all(due.map((row) => tellPair(env, db, tellers, row)))
  }
  const [next] = await db.select({ at: min(pairDue.nextAt) }).from(pairDue)
  return next?.at == null ? null : Math.max(0, next.at - now())
}

async function tellPair(
  env: Env,
  db: Db,
  tellers: Tellers,
  { low, high, version, attempts, shuts }: typeof pairDue.$inferSelect,
): Promise<void> {
  // Only if nothing came meanwhile: what is newer is told once more.
  const same = and(eq(pairDue.low, low), eq(pairDue.high, high), eq(pairDue.version, version))
  try {
    const toHigh = await relationOf(db, low, high)
    const told = shuts ? [...tellers.follows, ...tellers.shutOuts] : tellers.follows
    await Promise.all(told.map((tell) => tell(env, { low, high, toHigh })))
    await db.delete(pairDue).where(same)
  } catch (error) {
    log('warn', 'pair-not-told', { attempt: attempts + 1, ...describeError(error) })
    const waitMs = Math.min(pause.mostMs, pause.firstMs * 2 ** attempts) * (0.5 + Math.random() / 2)
    await db
      .update(pairDue)
      .set({ attempts: attempts + 1, nextAt: Math.round(now() + waitMs) })
      .where(same)
  }
}

/** Makes notices of acceptances, in pages: an account that opens may have thousands. Answers whether there were any. */
async function queueAcceptances(db: Db, ids: Ids): Promise<boolean> {
  for (let count = 0; ; count += 1) {
    const rows = await db.select().from(acceptance).orderBy(asc(acceptance.follower)).limit(atOnce)
    if (rows.length === 0) return count > 0
    await runBatch(
      db,
      rows.flatMap((row) => [
        edgeNotice(db, ids, { kind: 'follow-accepted', from: row.followee, to: row.follower, at: instant(row.at) }),
        db.delete(acceptance).where(edge(row)),
      ]),
    )
  }
}
