import { and, asc, desc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { AccountId, DecisionId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { after, type Key, type Position } from '../kernel/cursor.ts'
import { mustHold, type Db, type Statement } from '../kernel/db.ts'
import { appeal, audit, decision } from './schema.ts'

export type DecisionRow = typeof decision.$inferSelect
export type AppealRow = typeof appeal.$inferSelect

/** A decision with the appeal against it. */
export interface Decided {
  decision: DecisionRow
  appeal: AppealRow | null
}

const newest: Key[] = [
  { column: decision.createdAt, order: 'desc' },
  { column: decision.id, order: 'desc' },
]

export async function decisionsOf(db: Db, account: AccountId, position: Position | null, limit: number) {
  return db
    .select({ decision, appeal })
    .from(decision)
    .leftJoin(appeal, eq(appeal.decision, decision.id))
    .where(and(eq(decision.account, account), after(newest, position)))
    .orderBy(desc(decision.createdAt), desc(decision.id))
    .limit(limit + 1)
}

export async function decisionById(db: Db, id: DecisionId): Promise<Decided | null> {
  const [row] = await db
    .select({ decision, appeal })
    .from(decision)
    .leftJoin(appeal, eq(appeal.decision, decision.id))
    .where(eq(decision.id, id))
  return row ?? null
}

/** The suspensions that hold at `at`, the one that ends last first. */
export async function standingSuspensions(db: Db, account: AccountId, at: Instant): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decision)
    .where(
      and(
        eq(decision.account, account),
        eq(decision.action, 'suspend'),
        isNull(decision.endedAt),
        gt(decision.until, at),
      ),
    )
    .orderBy(desc(decision.until))
}

/** Undoes the batch when another suspension came or went since these were read. */
export function suspensionsAre(db: Db, account: AccountId, at: Instant, read: readonly DecisionRow[]): Statement {
  return mustHold(
    db,
    sql`(select coalesce(group_concat(id || ' ' || until), '') from (select ${decision.id} as id, ${decision.until} as until
      from ${decision} where ${decision.account} = ${account} and ${decision.action} = 'suspend' and ${decision.endedAt} is null
      and ${decision.until} > ${at} order by ${decision.until} desc)) = ${read.map(({ id, until }) => `${id} ${until}`).join()}`,
  )
}

export async function toEnforce(db: Db, at: Instant, limit: number): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decision)
    .where(
      and(
        eq(decision.action, 'suspend'),
        isNull(decision.enforcedAt),
        isNull(decision.endedAt),
        gt(decision.until, at),
      ),
    )
    .limit(limit)
}

export function markEnforced(db: Db, id: DecisionId, at: Instant) {
  return db.update(decision).set({ enforcedAt: at }).where(eq(decision.id, id))
}

/** Suspensions whose time is over and whose end has not been told. */
export async function toEnd(db: Db, at: Instant, limit: number): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decision)
    .where(and(eq(decision.action, 'suspend'), isNull(decision.endToldAt), lte(decision.until, at)))
    .orderBy(asc(decision.until))
    .limit(limit)
}

const oldest: Key[] = [
  { column: appeal.dueAt, order: 'asc' },
  { column: appeal.decision, order: 'asc' },
]
const latest: Key[] = [
  { column: appeal.answeredAt, order: 'desc' },
  { column: appeal.decision, order: 'desc' },
]

/** Appeals that wait, the most urgent first; or those that were answered, the latest first. */
export async function appealsBy(db: Db, state: 'open' | 'answered', position: Position | null, limit: number) {
  const keys = state === 'open' ? oldest : latest
  const order =
    state === 'open' ? [asc(appeal.dueAt), asc(appeal.decision)] : [desc(appeal.answeredAt), desc(appeal.decision)]
  return db
    .select({ decision, appeal })
    .from(appeal)
    .innerJoin(decision, eq(decision.id, appeal.decision))
    .where(and(state === 'open' ? isNull(appeal.answeredAt) : isNotNull(appeal.answeredAt), after(keys, position)))
    .orderBy(...order)
    .limit(limit + 1)
}

export async function auditTrail(db: Db, position: Position | null, limit: number) {
  return db
    .select()
    .from(audit)
    .where(after([{ column: audit.id, order: 'desc' }], position))
    .orderBy(desc(audit.id))
    .limit(limit + 1)
}

export function auditRow(
  db: Db,
  row: { at: Instant; staff: AccountId; action: string; target: string; reason: string },
): Statement {
  return db.insert(audit).values(row)
}
