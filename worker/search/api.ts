import type { AccountId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import { runBatch, type Db, type Statement } from '../kernel/db.ts'
import { sweepOrders } from './queries/orders.ts'
import { sweepSignals } from './queries/signals.ts'
import { forgetTaste, setImpersonal } from './queries/taste.ts'

/**
 * Statements that go with the choice of an account: switched off, what was collected goes in the same transaction, and from then on
 * nothing personal is collected or used.
 */
export function personalise(db: Db, account: AccountId, isOn: boolean): Statement[] {
  return [setImpersonal(db, account, !isOn), ...(isOn ? [] : forgetTaste(db, account))]
}

/** Forgets interests and marks that had their time, and orders that nobody may walk any more. For the cron. */
export async function sweepSearch(db: Db): Promise<void> {
  const at = now()
  await runBatch(db, [...sweepSignals(db, at), ...sweepOrders(db, at)])
}
