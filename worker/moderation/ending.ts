import { and, eq, isNull } from 'drizzle-orm'
import { now } from '../kernel/clock.ts'
import { runBatch, type Statement } from '../kernel/db.ts'
import { noticeRow, nudgeNotices } from '../notifications/api.ts'
import type { Instant } from '../contract/time.ts'
import { enforceDecisions, type Where } from './deciding.ts'
import { standingSuspensions, toEnd, type DecisionRow } from './queries.ts'
import { decision } from './schema.ts'

/** What time alone makes due: suspensions that end, and those whose decider died before they were carried out. For the cron. */
export async function workOnDecisions(where: Where): Promise<void> {
  const at = now()
  await enforceDecisions(where, at)
  for (const row of await toEnd(where.db, at, 50)) await tellEnd(where, row, at)
}

/** Told once, and only where no other suspension goes on. The suspension itself is over by its time, whoever looks. */
async function tellEnd(where: Where, row: DecisionRow, at: Instant): Promise<void> {
  const goesOn = (await standingSuspensions(where.db, row.account, at)).length > 0
  const isSilent = goesOn || row.endedAt !== null
  await runBatch(where.db, isSilent ? [markTold(where, row, at)] : endStatements(where, row, at))
  nudgeNotices(where.env, where.ctx)
}

/** Marks the end as told, and tells it. */
export function endStatements(where: Where, row: DecisionRow, at: Instant): Statement[] {
  const { db, ids } = where
  const { id, account } = row
  return [
    markTold(where, row, at),
    noticeRow(
      db,
      { kind: 'account', account },
      {
        id: ids.derive('notification', 'suspension-ended', id),
        kind: 'suspension-ended',
        target: id,
        actor: null,
        data: {},
        expiresAt: null,
        at,
      },
    ),
  ]
}

function markTold({ db }: Where, { id }: DecisionRow, at: Instant): Statement {
  return db
    .update(decision)
    .set({ endToldAt: at })
    .where(and(eq(decision.id, id), isNull(decision.endToldAt)))
}
