import { and, desc, gt, inArray, sql } from 'drizzle-orm'
import { reviewUntilOf, type Fault, type Side, type Stage } from '../contract/deal-steps.ts'
import type { AccountId, DealId } from '../contract/ids.ts'
import { deals as limits } from '../contract/limits.ts'
import { instant, type Instant } from '../contract/time.ts'
import type { Db } from '../kernel/db.ts'
import { findDeal, isParty, sideOf, type DealRecordRow } from './queries.ts'
import { deal } from './schema.ts'

/** What reviewing has to know of a deal. */
export interface DealForReview {
  id: DealId
  side: Side
  author: AccountId
  receiver: AccountId
  title: string
  stage: Stage
  fault: Fault | null
  endedAt: Instant
  /** Not at or after it. */
  until: Instant
}

/** A deal that this party may review, or could have; null for others' deals and for those that are not completed or failed. */
export async function dealForReview(db: Db, id: DealId, account: AccountId): Promise<DealForReview | null> {
  const row = await findDeal(db, id)
  return row && forReview(row, account)
}

/** The deals of an account that it may review at `at`, whether it has or not, the latest end first. */
export async function dealsToReview(db: Db, account: AccountId, at: Instant): Promise<DealForReview[]> {
  const rows = await db
    .select()
    .from(deal)
    .where(
      and(
        isParty(account),
        inArray(deal.stage, ['completed', 'failed']),
        gt(deal.endedAt, instant(at - limits.reviewWithinMs)),
      ),
    )
    .orderBy(desc(deal.endedAt), desc(deal.id))
    .limit(100)
  return rows.flatMap((row) => forReview(row, account) ?? [])
}

function forReview(row: DealRecordRow, account: AccountId): DealForReview | null {
  const side = sideOf(row, account)
  const until = reviewUntilOf(row)
  if (!side || until === null || row.endedAt === null) return null
  const { id, title, stage, fault, endedAt, seller, buyer } = row
  const receiver = side === 'seller' ? buyer : seller
  return { id, side, author: account, receiver, title, stage, fault, endedAt, until: instant(until) }
}

export async function isPartyOf(db: Db, id: DealId, account: AccountId): Promise<boolean> {
  const row = await findDeal(db, id)
  return row !== null && sideOf(row, account) !== null
}

export async function dealTitles(db: Db, ids: readonly DealId[]): Promise<Map<DealId, string>> {
  const rows = await db
    .select({ id: deal.id, title: deal.title })
    .from(deal)
    .where(inArray(deal.id, sql`(select value from json_each(${JSON.stringify(ids)}))`))
  return new Map(rows.map(({ id, title }) => [id, title]))
}
