import { and, eq, sql } from 'drizzle-orm'
import type { AccountId, DealId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { liftFault } from '../deals/api.ts'
import type { Db, Statement } from '../kernel/db.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Remedy } from '../moderation/api.ts'
import { noticeRow } from '../notifications/api.ts'
import { mannerEntry, review } from './schema.ts'
import { refreshManner } from './standing.ts'

interface Where {
  db: Db
  ids: Ids
}

/** A deal that has reached its end. `other` stands for ends after which nothing is reviewed: cancelled together, lapsed. */
export interface EndedDeal {
  deal: DealId
  title: string
  seller: AccountId
  buyer: AccountId
  outcome: 'completed' | 'failed' | 'other'
  /** Whose fault it was. */
  fault: AccountId | null
  endedAt: Instant
}

/**
 * What the end of a deal means for manner: put these into the batch that projects it, after the deal's own row. Counts it for both,
 * enters a fault with its points, and tells both that they can review. Again for the same deal it changes nothing. Then
 * `judgeManner` of whose fault it was, and `nudgeNotices`; cron does both, too.
 */
export function dealEnded(where: Where, ended: EndedDeal, at: Instant): Statement[] {
  const { db } = where
  const { outcome, seller, buyer } = ended
  return [
    ...enterFault(db, ended),
    ...refreshManner(db, seller, at),
    ...refreshManner(db, buyer, at),
    ...(outcome === 'other' ? [] : [tellDue(where, ended, seller), tellDue(where, ended, buyer)]),
  ]
}

/** Of a fault and a bad review of the same deal one counts: where the review was released before, the fault is a no-show without points. */
function enterFault(db: Db, { deal, fault, seller, buyer, endedAt }: EndedDeal): Statement[] {
  if (fault === null) return []
  const other = fault === seller ? buyer : seller
  const isCounted = sql`exists (select 1 from ${mannerEntry} where ${mannerEntry.deal} = ${deal}
    and ${mannerEntry.account} = ${fault} and ${mannerEntry.cause} = 'release' and ${mannerEntry.grade} = -20)`
  // Without points there is nothing to judge.
  const row = sql`select ${faultId(deal, fault)}, ${fault}, 'fault', iif(${isCounted}, 0, -20), ${endedAt}, ${deal}, ${other},
    null, null, ${isCounted}, null, null where true`
  return [db.insert(mannerEntry).select(row).onConflictDoNothing()]
}

function faultId(deal: DealId, account: AccountId): string {
  return `${deal} ${account}`
}

function tellDue({ db, ids }: Where, { deal, title, endedAt }: EndedDeal, account: AccountId): Statement {
  return noticeRow(
    db,
    { kind: 'account', account },
    {
      id: ids.derive('notification', 'review-due', deal, account),
      kind: 'review-due',
      target: deal,
      actor: null,
      data: { title },
      expiresAt: null,
      at: endedAt,
    },
  )
}

/** Of a decision that found a fault: `{ deal, account }`. */
export const faultRemedy = 'deal-fault'

/**
 * Undoes a fault, as if it had never been: its points, its no-show, and the silence about a review that it stood for. The deal is told first,
 * so that it never tells D1 of a fault again.
 */
export const undoFault: Remedy = async ({ env, db }, data, at) => {
  const { deal, account } = data as { deal: DealId; account: AccountId }
  await liftFault(env, deal, account)
  return [
    db
      .update(mannerEntry)
      .set({ withdrawnAt: at, nextChangeAt: null })
      .where(eq(mannerEntry.id, faultId(deal, account))),
    db
      .update(review)
      .set({ releasedAt: null, isAbsorbed: false })
      .where(and(eq(review.deal, deal), eq(review.subject, account), eq(review.isAbsorbed, true))),
    ...refreshManner(db, account, at),
  ]
}
