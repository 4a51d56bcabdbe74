import { eq } from 'drizzle-orm'
import { actOnSuspension, suspensionStatements } from '../accounts/api.ts'
import { cancelScheduledOf } from '../auctions/api.ts'
import type { AccountId, DecisionId } from '../contract/ids.ts'
import type { DecisionAction, DecisionRule } from '../contract/moderation.ts'
import { iso, type Instant } from '../contract/time.ts'
import { runBatch, type Db, type Statement } from '../kernel/db.ts'
import type { Ids } from '../kernel/ids.ts'
import { nudgeDrain, type Background } from '../kernel/outbox.ts'
import { noticeRow, nudgeNotices } from '../notifications/api.ts'
import {
  decisionById,
  markEnforced,
  standingSuspensions,
  suspensionsAre,
  toEnforce,
  type DecisionRow,
} from './queries.ts'
import { decision } from './schema.ts'

export interface Where {
  env: Env
  db: Db
  ids: Ids
  ctx: Background
}

export interface NewDecision {
  account: AccountId
  action: DecisionAction
  rule: DecisionRule
  /** What it is about: a deal, or the account itself. */
  target: string
  /** In the words of the moderator; null where the rule says it all. */
  facts: string | null
  /** The moderator; null where it follows by itself. */
  by: AccountId | null
  at: Instant
  /** The end of what lasts; null for what does not. */
  until: Instant | null
  /** What `addRemedy` knows to undo when the decision is overturned. */
  remedy?: { kind: string; data: Record<string, string> }
  /** Names what is decided on: the same again is the same decision. */
  cause: [string, ...(string | number)[]]
  /** What becomes true together with it, such as the audit's row. */
  also?: Statement[]
}

/**
 * Decides about somebody: the statement of reasons, the act itself, and its notice, all or none. Once per cause, however often it is
 * called. False when something in `also` did not hold.
 */
export async function decide(where: Where, wish: NewDecision): Promise<DecisionId | false> {
  const { db, ids } = where
  const id = ids.derive('decision', ...wish.cause)
  for (let attempt = 1; ; attempt += 1) {
    if (await decisionById(db, id)) return id
    const row = rowOf(id, wish)
    const standing = await standingSuspensions(db, wish.account, wish.at)
    const done = await runBatch(db, [
      ...(wish.also ?? []),
      suspensionsAre(db, wish.account, wish.at, standing),
      db.insert(decision).values(row),
      ...(row.action === 'suspend' ? suspendAsOf(db, wish.account, [...standing, row]) : []),
      noticeOf(where, row),
    ])
    if (done) {
      await enforce(where, row)
      nudgeNotices(where.env, where.ctx)
      return id
    }
    if (attempt === 3) return false
  }
}

function rowOf(id: DecisionId, { cause: _cause, also: _also, remedy, at, ...told }: NewDecision): DecisionRow {
  return {
    id,
    ...told,
    from: at,
    createdAt: at,
    remedy: remedy?.kind ?? null,
    remedyData: remedy?.data ?? null,
    ending: null,
    endedAt: null,
    enforcedAt: null,
    endToldAt: null,
  }
}

/** The account is suspended by whichever of these ends last; by none of them, it is free. */
export function suspendAsOf(db: Db, account: AccountId, standing: readonly DecisionRow[]): Statement[] {
  const [last] = standing.toSorted((one, other) => Number(other.until) - Number(one.until))
  return suspensionStatements(db, account, { until: last?.until ?? null, decision: last?.id ?? null })
}

function noticeOf({ db, ids }: Where, { id, account, action, rule, until, createdAt }: DecisionRow): Statement {
  const kind = action === 'suspend' ? 'suspension-started' : 'decision'
  return noticeRow(
    db,
    { kind: 'account', account },
    {
      id: ids.derive('notification', kind, id),
      kind,
      target: id,
      actor: null,
      data: { action, rule, until: until === null ? null : iso(until) },
      expiresAt: null,
      at: createdAt,
    },
  )
}

/** Closes the sockets of who was suspended and calls off what they had announced. May be done again. */
async function enforce({ env, db, ctx }: Where, { id, account, action, until, createdAt }: DecisionRow): Promise<void> {
  if (action !== 'suspend') return
  await actOnSuspension(db, env, account, { until })
  await cancelScheduledOf({ env, db }, account)
  await markEnforced(db, id, createdAt)
  nudgeDrain(env, ctx)
}

/** Suspensions that were decided, but whose decider died before they were carried out. For the cron. */
export async function enforceDecisions(where: Where, at: Instant): Promise<void> {
  for (const row of await toEnforce(where.db, at, 20)) await enforce(where, row)
}

/** Ends a decision before its time. Statements for the batch that says why. */
export function endDecision(
  db: Db,
  { id }: Pick<DecisionRow, 'id'>,
  ending: NonNullable<DecisionRow['ending']>,
  at: Instant,
): Statement {
  return db.update(decision).set({ ending, endedAt: at }).where(eq(decision.id, id))
}
