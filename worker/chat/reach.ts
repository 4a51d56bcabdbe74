import type { AccountId } from '../contract/ids.ts'
import { messagesFromOf } from '../accounts/api.ts'
import { relationsOf } from '../follows/api.ts'
import type { Db } from '../kernel/db.ts'
import type { Reach } from './rules/reach.ts'

/** How `from` stands with others to whom something would come for the first time. Unknown accounts are missing. */
export async function reachOf(db: Db, from: AccountId, others: readonly AccountId[]): Promise<Map<AccountId, Reach>> {
  const [takers, relations] = await Promise.all([messagesFromOf(db, others), relationsOf(db, from, others)])
  return new Map(
    [...takers].map(([account, messagesFrom]) => {
      const relation = relations.get(account)
      const isBlocked = relation !== undefined && (relation.isBlocking || relation.isBlockedBy)
      return [account, { messagesFrom, follows: relation?.isFollower ?? false, isBlocked }]
    }),
  )
}
