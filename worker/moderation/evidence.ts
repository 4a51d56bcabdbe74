import { standingsOf } from '../accounts/api.ts'
import type { AccountId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import { createDb } from '../kernel/db.ts'

/** Whether an account may see the pictures of an appeal, which are their owner's and staff's. */
export async function staffSees(env: Pick<Env, 'DB'>, account: AccountId): Promise<boolean> {
  const standing = (await standingsOf(createDb(env.DB), [account])).get(account)
  if (!standing || standing.role === 'member') return false
  return standing.suspendedUntil === null || standing.suspendedUntil <= now()
}
