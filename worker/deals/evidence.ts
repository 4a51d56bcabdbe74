import type { AccountId, DealId } from '../contract/ids.ts'
import { createDb } from '../kernel/db.ts'
import { sha256 } from '../kernel/ids.ts'
import { staffSees } from '../moderation/api.ts'
import type { PartyCommand } from './commands.ts'
import { findDeal, sideOf } from './queries.ts'

/**
 * Under this the pictures of one step are attached. From the step too: another one under the same key must not touch the
 * pictures of the step that has it. Until 2026-11 it was the key alone, so of a target only the deal may be read.
 */
export function evidenceTarget(deal: DealId, account: AccountId, key: string, step: PartyCommand): string {
  return `${deal}/${sha256(`${account} ${key} ${sha256(JSON.stringify(step))}`)}`
}

/** Evidence is for the two of its deal, and for staff that is not suspended. */
export async function maySeeEvidence(env: Env, account: AccountId, target: string): Promise<boolean> {
  const [deal = ''] = target.split('/')
  const row = await findDeal(createDb(env.DB), deal as DealId)
  if (!row) return false
  return sideOf(row, account) !== null || staffSees(env, account)
}
