import { and, eq, isNull, sql } from 'drizzle-orm'
import { actOnSuspension } from '../accounts/api.ts'
import { moderation as limits } from '../contract/limits.ts'
import type { AnswerAppeal, Appeal } from '../contract/moderation.ts'
import { fromIso, instant, type Instant } from '../contract/time.ts'
import { isPartyOf } from '../deals/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isTaken, mustHold, runBatch, type Statement } from '../kernel/db.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import { attachMedia, ownPrivateViews } from '../media/api.ts'
import { noticeRow, nudgeNotices } from '../notifications/api.ts'
import { endDecision, suspendAsOf, type Where } from './deciding.ts'
import { endStatements } from './ending.ts'
import {
  auditRow,
  decisionById,
  standingSuspensions,
  suspensionsAre,
  type Decided,
  type DecisionRow,
} from './queries.ts'
import { remedyOf } from './remedies.ts'
import { appeal, decision } from './schema.ts'
import { mayAppealUntil, type AppealedDecision } from './views.ts'

/** A decision of the reader's; those about others are not there. */
export async function ownDecision(c: AppContext, { account }: Actor, id: string): Promise<Decided> {
  const found = await decisionById(c.var.db, c.var.ids.require('decision', id))
  if (!found || found.decision.account !== account) throw new Problem('not-found')
  return found
}

export async function sendAppeal(c: AppContext, actor: Actor, id: string, wish: Appeal): Promise<void> {
  const { db } = c.var
  const at = now()
  const found = await ownDecision(c, actor, id)
  if (found.appeal) throw new Problem('already-appealed')
  if (found.decision.ending !== null) throw new Problem('decision-over')
  if (mayAppealUntil(found.decision, at) === null) throw new Problem('too-late')
  const media = [...new Set(wish.media ?? [])]
  const ready = await ownPrivateViews(db, media, { owner: actor.account, purpose: 'evidence' })
  const missing = media.findIndex((one) => !ready.has(one))
  if (missing >= 0)
    throw new Problem('media-not-ready', { errors: [{ pointer: `/media/${missing}`, code: 'not-ready' }] })
  const row = {
    decision: found.decision.id,
    account: actor.account,
    text: wish.text,
    media,
    at,
    dueAt: instant(at + limits.answerWithinMs),
  }
  try {
    const attached = attachMedia(db, { owner: actor.account, target: found.decision.id, ids: media })
    if (!(await runBatch(db, [...attached, db.insert(appeal).values(row)]))) throw new Problem('media-not-ready')
  } catch (error) {
    if (isTaken(error, 'appeal.decision')) throw new Problem('already-appealed')
    throw error
  }
}

/** Answered once, and not by who decided it, whom it is about, or who is a party of the deal that it is about. */
export async function answerAppeal(c: AppContext, actor: Actor, id: string, wish: AnswerAppeal): Promise<void> {
  const { decision: of, appeal: against } = await appealed(c, id)
  if (against.answeredAt !== null) throw new Problem('appeal-answered')
  if (of.by === actor.account) throw new Problem('own-decision')
  if (of.account === actor.account) throw new Problem('not-oneself')
  const { db, ids } = c.var
  if (ids.isGenuine('deal', of.target) && (await isPartyOf(db, of.target, actor.account))) throw new Problem('own-deal')
  const at = now()
  const where: Where = { env: c.env, db, ids, ctx: c.executionCtx }
  const { outcome, reason } = wish
  const done = await runBatch(db, [
    mustHold(
      db,
      sql`exists (select 1 from ${appeal} where ${appeal.decision} = ${of.id} and ${appeal.answeredAt} is null)`,
    ),
    db
      .update(appeal)
      .set({ outcome, answer: reason, answeredBy: actor.account, answeredAt: at })
      .where(and(eq(appeal.decision, of.id), isNull(appeal.answeredAt))),
    auditRow(db, { at, staff: actor.account, action: `appeal-${outcome}`, target: of.id, reason }),
    ...(await effectOf(where, of, wish, at)),
    tellAnswer(where, of, outcome, at),
  ])
  if (!done) throw new Problem('conflict')
  if (of.action === 'suspend') await actOnSuspension(db, c.env, of.account, { until: null })
  nudgeDrain(c.env, c.executionCtx)
  nudgeNotices(c.env, c.executionCtx)
}

async function appealed(c: AppContext, id: string): Promise<AppealedDecision> {
  const found = await decisionById(c.var.db, c.var.ids.require('decision', id))
  if (!found?.appeal) throw new Problem('not-found')
  return { decision: found.decision, appeal: found.appeal }
}

async function effectOf(where: Where, of: DecisionRow, wish: AnswerAppeal, at: Instant): Promise<Statement[]> {
  if (wish.outcome === 'uphold') return []
  if (wish.outcome === 'change') return endSooner(where, of, fromIso(wish.until ?? ''), at)
  if (of.ending !== null) return []
  const undone = of.remedy === null ? [] : await remedyOf(of.remedy)(where, of.remedyData ?? {}, at)
  return [endDecision(where.db, of, 'overturned', at), ...undone, ...(await withoutIt(where, of, at))]
}

/** What is left of the account's suspension when one of its decisions holds no more. */
export async function withoutIt(where: Where, of: DecisionRow, at: Instant): Promise<Statement[]> {
  if (of.action !== 'suspend' || of.until === null || of.until <= at) return []
  const standing = await standingSuspensions(where.db, of.account, at)
  const left = standing.filter(({ id }) => id !== of.id)
  return [
    // Read before this batch ends it, so the guard counts what is left.
    suspensionsAre(where.db, of.account, at, left),
    ...suspendAsOf(where.db, of.account, left),
    ...(left.length === 0 ? endStatements(where, of, at) : []),
  ]
}

/** An appeal never makes it worse: what lasts can only end sooner. */
async function endSooner(where: Where, of: DecisionRow, until: Instant, at: Instant): Promise<Statement[]> {
  if (of.until === null || of.ending !== null || of.until <= at) throw new Problem('decision-over')
  if (until <= at || until >= of.until) throw invalidField('/until', 'not-sooner')
  const { db } = where
  const standing = await standingSuspensions(db, of.account, at)
  const changed = standing.map((row) => (row.id === of.id ? { ...row, until } : row))
  return [
    suspensionsAre(db, of.account, at, standing),
    db.update(decision).set({ until }).where(eq(decision.id, of.id)),
    ...(of.action === 'suspend' ? suspendAsOf(db, of.account, changed) : []),
  ]
}

function tellAnswer({ db, ids }: Where, { id, account }: DecisionRow, outcome: string, at: Instant): Statement {
  return noticeRow(
    db,
    { kind: 'account', account },
    {
      id: ids.derive('notification', 'appeal-answered', id),
      kind: 'appeal-answered',
      target: id,
      actor: null,
      data: { outcome },
      expiresAt: null,
      at,
    },
  )
}
