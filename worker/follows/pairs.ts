import { sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import type { Db, Statement } from '../kernel/db.ts'
import { randomToken } from '../kernel/ids.ts'
import { pairDue } from './schema.ts'

/** Before all follows, of which an account that opens may begin thousands at once. */
const first = 0

/** The row that has rooms told that one of two people shut the other out, or no more: put it into the batch that makes it, then nudge the drain. */
export function shutOutChanged(db: Db, one: AccountId, other: AccountId): Statement {
  const [low, high] = one < other ? [one, other] : [other, one]
  const fresh = { version: randomToken(), attempts: 0, nextAt: first, shuts: true }
  return db
    .insert(pairDue)
    .values({ low, high, ...fresh })
    .onConflictDoUpdate({ target: [pairDue.low, pairDue.high], set: fresh })
}

/** The same for follows that begin or end: `edges` is a select of `follower` and `followee` as they are before the batch changes them. */
export function followsChanged(db: Db, edges: SQL): Statement {
  const fresh = { version: randomToken(), attempts: 0, nextAt: now() }
  return db
    .insert(pairDue)
    .select(
      sql`select min(follower, followee), max(follower, followee), ${fresh.version}, 0, cast(${fresh.nextAt} as integer), 0
        from (${edges}) where true`,
    )
    .onConflictDoUpdate({ target: [pairDue.low, pairDue.high], set: fresh })
}
