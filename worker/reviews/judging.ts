import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { AccountId, DecisionId } from '../contract/ids.ts'
import { reviews as limits } from '../contract/limits.ts'
import type { DecisionRule } from '../contract/moderation.ts'
import { instant, type Instant } from '../contract/time.ts'
import { mustHold, type Db } from '../kernel/db.ts'
import { decide, type Where } from '../moderation/api.ts'
import { badInARow, fellBelowZero } from './rules.ts'
import { mannerEntry } from './schema.ts'
import { inSet } from './sets.ts'

/**
 * Looks whether somebody's entries suspend them: two bad ones in a row, or a score below zero. Every entry is used once, so calling
 * it again changes nothing.
 */
export async function judgeManner(where: Where, account: AccountId, at: Instant): Promise<void> {
  const { db } = where
  const entries = await entriesOf(db, account)
  const ids = (used: readonly { id: string }[]) => used.map(({ id }) => id).toSorted()
  const pair = badInARow(entries)
  if (pair) await suspendFor(where, { account, at, rule: 'bad-in-a-row', column: 'streak', used: ids(pair) })
  const below = fellBelowZero(entries, at)
  if (below) await suspendFor(where, { account, at, rule: 'below-zero', column: 'belowZero', used: ids(below) })
  // A second pair is found by looking again: the first is used up by then.
  if (pair) return judgeManner(where, account, at)
  await db
    .update(mannerEntry)
    .set({ isJudged: true })
    .where(
      inSet(
        mannerEntry.id,
        entries.map(({ id }) => id),
      ),
    )
}

/** Entries that nobody has judged yet, since whoever wrote them died or had no time. For the cron. */
export async function judgeWaiting(where: Where, at: Instant): Promise<void> {
  const waiting = await where.db
    .selectDistinct({ account: mannerEntry.account })
    .from(mannerEntry)
    .where(eq(mannerEntry.isJudged, false))
    .limit(50)
  for (const { account } of waiting) await judgeManner(where, account, at)
}

/** What moves or has moved the score. A fault without points does not: the bad review of its deal is among them. */
export async function entriesOf(db: Db, account: AccountId) {
  return db
    .select()
    .from(mannerEntry)
    .where(
      and(
        eq(mannerEntry.account, account),
        isNull(mannerEntry.withdrawnAt),
        or(ne(mannerEntry.cause, 'fault'), ne(mannerEntry.grade, 0)),
      ),
    )
}

interface Suspending {
  account: AccountId
  at: Instant
  rule: DecisionRule
  column: 'streak' | 'belowZero'
  used: string[]
}

async function suspendFor(where: Where, { account, at, rule, column, used }: Suspending): Promise<void> {
  const { db, ids } = where
  const cause: [string, ...string[]] = [rule, account, ...used]
  const decision: DecisionId = ids.derive('decision', ...cause)
  const areFresh = sql`(select count(*) from ${mannerEntry} where ${inSet(mannerEntry.id, used)}
    and ${mannerEntry[column]} is null and ${mannerEntry.withdrawnAt} is null) = ${used.length}`
  await decide(where, {
    account,
    at,
    rule,
    cause,
    action: 'suspend',
    target: account,
    facts: null,
    by: null,
    until: instant(at + limits.suspensionMs),
    also: [
      mustHold(db, areFresh),
      db
        .update(mannerEntry)
        .set({ [column]: decision })
        .where(inSet(mannerEntry.id, used)),
    ],
  })
}
