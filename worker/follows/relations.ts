import { sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import type { Db } from '../kernel/db.ts'

/** How a viewer stands to somebody. */
export interface Relation {
  /** The viewer follows them, they follow the viewer, the viewer asks to follow them. */
  isFollowing: boolean
  isFollower: boolean
  requested: boolean
  /** By the viewer, and by them. */
  isBlocking: boolean
  isBlockedBy: boolean
  isMuted: boolean
}

const strangers: Relation = {
  isFollowing: false,
  isFollower: false,
  requested: false,
  isBlocking: false,
  isBlockedBy: false,
  isMuted: false,
}

/** How the viewer stands to each of these, in one query; everybody is in the map. */
export async function relationsOf(
  db: Db,
  viewer: AccountId,
  others: readonly AccountId[],
): Promise<Map<AccountId, Relation>> {
  if (others.length === 0) return new Map()
  const other = sql`json_each.value`
  // Not as a union of six: D1 takes five terms of a compound at most.
  const rows = await db.all<Record<keyof Relation, 0 | 1> & { other: AccountId }>(sql`
    select ${other} as other,
      ${followsAs(viewer, other)} as isFollowing,
      ${followsAs(other, viewer)} as isFollower,
      exists (select 1 from follow_request where asker = ${viewer} and asked = ${other}) as requested,
      exists (select 1 from block where blocker = ${viewer} and blocked = ${other}) as isBlocking,
      exists (select 1 from block where blocker = ${other} and blocked = ${viewer}) as isBlockedBy,
      exists (select 1 from mute where account = ${viewer} and muted = ${other}) as isMuted
    from json_each(${JSON.stringify(others)})`)
  return new Map(
    rows.map((row) => [
      row.other,
      {
        isFollowing: row.isFollowing === 1,
        isFollower: row.isFollower === 1,
        requested: row.requested === 1,
        isBlocking: row.isBlocking === 1,
        isBlockedBy: row.isBlockedBy === 1,
        isMuted: row.isMuted === 1,
      },
    ]),
  )
}

export async function relationOf(db: Db, viewer: AccountId, other: AccountId): Promise<Relation> {
  return (await relationsOf(db, viewer, [other])).get(other) ?? strangers
}

/** Whether either blocks the other, as SQL. */
export function blockedPair(one: AccountId | SQL, other: AccountId | SQL): SQL<boolean> {
  return sql`exists (select 1 from block where (blocker = ${one} and blocked = ${other}) or (blocker = ${other} and blocked = ${one}))`
}

/** Whether the viewer is to hear nothing of somebody, as SQL: either blocks the other, or the viewer has muted them. */
export function hearsNothingOf(viewer: AccountId | SQL, other: AccountId | SQL): SQL<boolean> {
  return sql`(${blockedPair(viewer, other)} or exists (select 1 from mute where account = ${viewer} and muted = ${other}))`
}

export function followsAs(follower: AccountId | SQL, followee: AccountId | SQL): SQL<boolean> {
  return sql`exists (select 1 from follow where follower = ${follower} and followee = ${followee})`
}

/** Accounts that block the viewer or are blocked by them: a subquery, for lists that leave them out. */
export function blockedEitherWay(viewer: AccountId): SQL {
  return sql`(select blocked from block where blocker = ${viewer} union all select blocker from block where blocked = ${viewer})`
}

/** The same with those whom the viewer has muted: for where people are put forward. */
export function hiddenFrom(viewer: AccountId): SQL {
  return sql`(select * from ${blockedEitherWay(viewer)} union all select muted from mute where account = ${viewer})`
}

export async function follows(db: Db, follower: AccountId, followee: AccountId): Promise<boolean> {
  const [row] = await db.all<{ is: number }>(sql`select ${followsAs(follower, followee)} as "is"`)
  return row?.is === 1
}

export interface Hidden {
  blocked: AccountId[]
  muted: AccountId[]
}

/** Everybody whom the viewer is not to meet (either way), and whom they do not want to hear of. */
export async function hiddenFor(db: Db, viewer: AccountId): Promise<Hidden> {
  const rows = await db.all<{ other: AccountId; how: keyof Hidden }>(sql`
    select blocked as other, 'blocked' as how from block where blocker = ${viewer}
    union select blocker, 'blocked' from block where blocked = ${viewer}
    union all select muted, 'muted' from mute where account = ${viewer}`)
  const of = (kind: keyof Hidden) => rows.flatMap(({ other, how }) => (how === kind ? [other] : []))
  return { blocked: of('blocked'), muted: of('muted') }
}
