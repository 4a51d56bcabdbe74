import { and, desc, eq, sql } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import type { AppContext } from '../kernel/context.ts'
import { after, cursorOf, pageOf } from '../kernel/cursor.ts'
import { blockedEitherWay } from './relations.ts'
import { block, follow, followRequest, mute } from './schema.ts'

/** The lists of people: whose rows they are, who stands on them, and when they came. */
const lists = {
  follows: { table: follow, owner: follow.follower, person: follow.followee, at: follow.at },
  followers: { table: follow, owner: follow.followee, person: follow.follower, at: follow.at },
  requests: { table: followRequest, owner: followRequest.asked, person: followRequest.asker, at: followRequest.at },
  blocks: { table: block, owner: block.blocker, person: block.blocked, at: block.at },
  mutes: { table: mute, owner: mute.account, person: mute.muted, at: mute.at },
} as const

export type PeopleList = keyof typeof lists

interface Asked {
  list: PeopleList
  owner: AccountId
  cursor?: string | undefined
  limit: number
}

/** One page of a list, latest first. From others' lists whoever is blocked either way is left out, so pages are as long as can be. */
export async function pageOfPeople(c: AppContext, viewer: AccountId, { list, owner, cursor: text, limit }: Asked) {
  const { table, owner: whose, person, at } = lists[list]
  const cursor = cursorOf(c, list, { owner })
  const keys = [at, person].map((column) => ({ column, order: 'desc' as const }))
  const isVisible = list === 'blocks' ? undefined : sql`${person} not in ${blockedEitherWay(viewer)}`
  const found = await c.var.db
    .select({ person: sql<AccountId>`${person}`, at: sql<number>`${at}` })
    .from(table)
    .where(and(eq(whose, owner), isVisible, after(keys, cursor.read(text))))
    .orderBy(desc(at), desc(person))
    .limit(limit + 1)
  const { rows, nextCursor } = pageOf(found, limit, cursor, (row) => [row.at, row.person])
  return { people: rows.map((row) => row.person), nextCursor }
}
