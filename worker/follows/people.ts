import type { AccountId } from '../contract/ids.ts'
import type { PersonRow } from '../contract/profiles.ts'
import type { AppContext } from '../kernel/context.ts'
import type { Db } from '../kernel/db.ts'
import { Problem } from '../kernel/problem.ts'
import { personCards, profileByHandle } from '../profiles/api.ts'
import { relationOf, relationsOf, type Relation } from './relations.ts'

export interface Person {
  account: AccountId
  handle: string
  isPublic: boolean
}

/** The person of the path or body, blocked or not; Problem `not-found` for nobody. */
export async function anybodyOf(c: AppContext, handle: string | undefined): Promise<Person> {
  const row = handle === undefined ? null : await profileByHandle(c.var.db, handle.toLowerCase())
  if (!row) throw new Problem('not-found')
  return row
}

/** The same for one whom the viewer may see: blocked either way is as good as absent. Oneself is a stranger to oneself. */
export async function personOf(
  c: AppContext,
  viewer: AccountId,
  handle: string | undefined,
): Promise<{ person: Person; relation: Relation }> {
  const person = await anybodyOf(c, handle)
  const relation = await relationOf(c.var.db, viewer, person.account)
  if (relation.isBlocking || relation.isBlockedBy) throw new Problem('not-found')
  return { person, relation }
}

/** These people as rows for a viewer, in this order; those who are gone are left out. */
export async function personRows(db: Db, viewer: AccountId, accounts: readonly AccountId[]): Promise<PersonRow[]> {
  const [cards, relations] = await Promise.all([personCards(db, accounts), relationsOf(db, viewer, accounts)])
  return accounts.flatMap((account) => {
    const [card, relation] = [cards.get(account), relations.get(account)]
    if (!card || !relation) return []
    const { isFollowing, isFollower, requested } = relation
    return [{ ...card, isFollowing, isFollower, requested }]
  })
}
