import type { AccountId, DealId } from '../contract/ids.ts'
import { standingsOf } from '../accounts/api.ts'
import { createDb } from '../kernel/db.ts'
import { sha256 } from '../kernel/ids.ts'
import { findDeal, sideOf } from './queries.ts'

/** Under this the pictures of one step are attached. */
export function evidenceTarget(deal: DealId, account: AccountId, key: string): string {
  return `${deal}/${sha256(`${account} ${key}`)}`
}

/** Evidence is for the two of its deal, and for staff. */
export async function maySeeEvidence(env: Env, account: AccountId, target: string): Promise<boolean> {
  const db = createDb(env.DB)
  const [deal = ''] = target.split('/')
  const row = await findDeal(db, deal as DealId)
  if (!row) return false
  if (sideOf(row, account)) return true
  const standing = (await standingsOf(db, [account])).get(account)
  return standing !== undefined && standing.role !== 'member'
}
