import { actOnSuspension } from '../accounts/api.ts'
import type { AccountId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { runBatch, type Statement } from '../kernel/db.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { nudgeNotices } from '../notifications/api.ts'
import { endDecision, suspendAsOf, type Where } from './deciding.ts'
import { endStatements } from './ending.ts'
import { standingSuspensions, suspensionsAre } from './queries.ts'

/** Ends every suspension that holds. Answers false when another came meanwhile, and nothing was done. */
export async function liftSuspensions(
  where: Where,
  account: AccountId,
  at: Instant,
  also: Statement[],
): Promise<boolean> {
  const { db, env, ctx } = where
  const standing = await standingSuspensions(db, account, at)
  const [last] = standing
  const done = await runBatch(db, [
    ...also,
    suspensionsAre(db, account, at, standing),
    ...standing.map((row) => endDecision(db, row, 'lifted', at)),
    ...suspendAsOf(db, account, []),
    ...(last ? endStatements(where, last, at) : []),
  ])
  if (!done) return false
  await actOnSuspension(db, env, account, { until: null })
  nudgeDrain(env, ctx)
  nudgeNotices(env, ctx)
  return true
}
