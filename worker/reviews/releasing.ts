import { and, asc, eq, gt, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AccountId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { mustHold, runBatch, type Db, type Statement } from '../kernel/db.ts'
import { purgeNow } from '../kernel/purge.ts'
import type { Where } from '../moderation/api.ts'
import { noticeRow, nudgeNotices } from '../notifications/api.ts'
import { personTag } from '../profiles/api.ts'
import { judgeManner } from './judging.ts'
import { dueAt, groupToRelease, releaseAt, type Waiting } from './rules.ts'
import { mannerEntry, review, reviewRelease } from './schema.ts'
import { inSet } from './sets.ts'
import { refreshManner } from './standing.ts'

/** Receivers looked at in one run of cron; the next minute goes on. */
const receiversPerRun = 50

type Candidate = Waiting & { id: string; subject: AccountId; isToldByFault: boolean }

/**
 * Monday's release, a part at a time until all receivers were looked at. What is released and when follows from the rows as of that
 * Monday, so a run that comes late, twice or at the same time as another releases the same.
 */
export async function releaseReviews(where: Where, at: Instant): Promise<void> {
  const { db } = where
  const release = releaseAt(at)
  const [progress] = await db.select().from(reviewRelease).where(eq(reviewRelease.at, release))
  if (progress && progress.doneAt !== null) return
  const receivers = await receiversAfter(db, progress?.cursor ?? null, release)
  const waiting = await waitingFor(db, receivers, release)
  for (const receiver of receivers) {
    const theirs = waiting.filter(({ subject }) => subject === receiver)
    await absorb(db, theirs, release)
    const group = groupToRelease(
      theirs.filter(({ isToldByFault }) => !isToldByFault),
      release,
    )
    if (group.length > 0) await releaseTo(where, receiver, group, { release, at })
  }
  const cursor = receivers.at(-1) ?? progress?.cursor ?? null
  const doneAt = receivers.length < receiversPerRun ? at : null
  await db
    .insert(reviewRelease)
    .values({ at: release, cursor, doneAt })
    .onConflictDoUpdate({ target: reviewRelease.at, set: { cursor, doneAt } })
}

async function receiversAfter(db: Db, cursor: AccountId | null, release: Instant): Promise<AccountId[]> {
  const rows = await db
    .selectDistinct({ subject: review.subject })
    .from(review)
    .where(
      and(
        isNull(review.releasedAt),
        lte(review.writtenAt, release),
        cursor === null ? undefined : gt(review.subject, cursor),
      ),
    )
    .orderBy(asc(review.subject))
    .limit(receiversPerRun)
  return rows.map(({ subject }) => subject)
}

async function waitingFor(db: Db, receivers: readonly AccountId[], release: Instant): Promise<Candidate[]> {
  if (receivers.length === 0) return []
  const back = alias(review, 'back')
  return db
    .select({
      id: review.id,
      author: review.author,
      subject: review.subject,
      writtenAt: review.writtenAt,
      endedAt: review.endedAt,
      // Whether and when the other side wrote, not what: that review may be released or not.
      answeredAt: back.writtenAt,
      isToldByFault: sql<boolean>`${isToldByFault()}`.mapWith(Boolean),
    })
    .from(review)
    .leftJoin(back, and(eq(back.deal, review.deal), eq(back.author, review.subject)))
    .where(
      and(isNull(review.releasedAt), lte(review.writtenAt, release), inArray(review.subject, receivers as AccountId[])),
    )
}

/** A bad review of a deal whose fault is in the ledger already says the same once more. */
function isToldByFault(): SQL {
  return sql`(${review.grade} = -20 and exists (select 1 from ${mannerEntry} where ${mannerEntry.account} = ${review.subject}
    and ${mannerEntry.deal} = ${review.deal} and ${mannerEntry.cause} = 'fault' and ${mannerEntry.withdrawnAt} is null))`
}

/** Of two that say the same only the fault counts, and only it is seen: a review that moved nothing would name its author. */
async function absorb(db: Db, theirs: readonly Candidate[], release: Instant): Promise<void> {
  const told = theirs.filter((one) => one.isToldByFault && dueAt(one) <= release)
  if (told.length === 0) return
  await db
    .update(review)
    .set({ releasedAt: release, isAbsorbed: true })
    .where(
      and(
        inSet(
          review.id,
          told.map(({ id }) => id),
        ),
        isNull(review.releasedAt),
        isToldByFault(),
      ),
    )
}

async function releaseTo(
  where: Where,
  receiver: AccountId,
  group: readonly Candidate[],
  { release, at }: { release: Instant; at: Instant },
): Promise<void> {
  const { db, env, ctx } = where
  const isGroup = inSet(
    review.id,
    group.map(({ id }) => id),
  )
  const isWhole = sql`(select count(*) from ${review} where ${isGroup} and ${review.releasedAt} is null
    and not ${isToldByFault()}) = ${group.length}`
  const entries = sql`select ${review.id}, ${review.subject}, 'release', ${review.grade}, ${release}, ${review.deal},
    ${review.author}, null, null, 0, null, null from ${review} where ${isGroup}`
  const done = await runBatch(db, [
    mustHold(db, isWhole),
    db.insert(mannerEntry).select(entries),
    db.update(review).set({ releasedAt: release }).where(isGroup),
    ...refreshManner(db, receiver, at),
    tellReleased(where, receiver, group.length, release),
  ])
  // Somebody was quicker, or changed what they wrote at this moment: the next Monday will find it.
  if (!done) return
  nudgeNotices(env, ctx)
  await judgeManner(where, receiver, at)
  await purgeNow({ executionCtx: ctx }, [personTag(receiver)])
}

function tellReleased({ db, ids }: Where, receiver: AccountId, count: number, release: Instant): Statement {
  return noticeRow(
    db,
    { kind: 'account', account: receiver },
    {
      id: ids.derive('notification', 'review-released', receiver, release),
      kind: 'review-released',
      target: receiver,
      actor: null,
      data: { count },
      expiresAt: null,
      at: release,
    },
  )
}

/** People of whose entries one loses weight, or a no-show its time, by now. */
export async function refreshFading(where: Where, at: Instant): Promise<void> {
  const { db, ctx } = where
  const fading = await db
    .selectDistinct({ account: mannerEntry.account })
    .from(mannerEntry)
    .where(lte(mannerEntry.nextChangeAt, at))
    .limit(receiversPerRun)
  for (const { account } of fading) {
    await runBatch(db, refreshManner(db, account, at))
    await judgeManner(where, account, at)
    await purgeNow({ executionCtx: ctx }, [personTag(account)])
  }
}
