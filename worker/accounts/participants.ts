import { eq, sql } from 'drizzle-orm'
import type { AccountId, LoginId } from '../contract/ids.ts'
import { accounts } from '../contract/limits.ts'
import type { Instant } from '../contract/time.ts'
import { blockedPair, followsAs } from '../follows/api.ts'
import type { Db } from '../kernel/db.ts'
import { isSuspended, type Actor, type Role, type SignIn } from '../kernel/sessions.ts'
import { profilesOf, selectProfile, type ProfileRow } from '../profiles/api.ts'
import { actorOf, ofSignIn, stands } from './queries/accounts.ts'
import { account, login } from './schema.ts'

/**
 * Everything a room has to know about one who bids, writes or watches there. It travels with the redeemed ticket or beside a REST
 * call, so that the room asks nobody.
 */
export interface Participant {
  account: AccountId
  login: LoginId
  handle: string
  name: string
  role: Role
  trader: boolean
  manner: number
  deals: number
  noShows: number
  /** Follows the seller. */
  following: boolean
  /** Either blocks the other, seller and participant. */
  blocked: boolean
  showInRooms: boolean
  showBidName: boolean
  suspended: boolean
}

/** What decides whether these people may buy from `seller`, for who is not asking themselves. Closed accounts are left out. */
export async function bidderFacts(db: Db, accounts: readonly AccountId[], seller: AccountId) {
  const rows = await profilesOf(db, accounts)
  if (rows.length === 0) return []
  const ids = sql`(select value from json_each(${JSON.stringify(accounts)}))`
  const relations = await db.all<{ account: AccountId; following: number; blocked: number }>(sql`
    select value as account, ${followsAs(sql`value`, seller)} as following, ${blockedPair(sql`value`, seller)} as blocked from ${ids}`)
  const related = new Map(relations.map((relation) => [relation.account, relation]))
  return rows.map((row) => ({
    account: row.account,
    trader: row.phoneVerified,
    manner: row.manner / 10,
    deals: row.deals,
    noShows: row.noShows,
    following: related.get(row.account)?.following === 1,
    blocked: related.get(row.account)?.blocked === 1,
    suspended: isSuspended({ suspendedUntil: row.suspendedUntil as Instant | null }),
  }))
}

/** The participant behind an actor in a room of `seller`. */
export async function participantOf(db: Db, actor: Actor, seller: AccountId): Promise<Participant> {
  const [[chosen], [profile]] = await db.batch([
    db.select(towards(actor.account, seller)).from(account).where(eq(account.id, actor.account)),
    selectProfile(db, actor.account),
  ])
  return participant(actor, chosen, profile)
}

/** The same for who comes with a ticket, in one round trip with who that is; null once the sign-in has ended. */
export async function findParticipant(db: Db, signIn: SignIn, seller: AccountId): Promise<Participant | null> {
  const [[row], [profile]] = await db.batch([
    db
      .select({ ...ofSignIn, ...towards(signIn.account, seller) })
      .from(login)
      .innerJoin(account, eq(account.id, login.account))
      .where(stands(signIn)),
    selectProfile(db, signIn.account),
  ])
  return row && profile ? participant(actorOf(signIn, row, profile), row, profile) : null
}

/** What somebody chose for rooms, and how they and `seller` stand to each other. */
function towards(who: AccountId, seller: AccountId) {
  return {
    showInRooms: account.showInRooms,
    showBidName: account.showBidName,
    following: sql<number>`${followsAs(who, seller)}`,
    blocked: sql<number>`${blockedPair(who, seller)}`,
  }
}

type Chosen = Pick<typeof account.$inferSelect, 'showInRooms' | 'showBidName'> & { following: number; blocked: number }

function participant(actor: Actor, chosen: Chosen | undefined, profile: ProfileRow | undefined): Participant {
  return {
    account: actor.account,
    login: actor.login,
    handle: actor.handle,
    name: actor.name,
    role: actor.role,
    trader: actor.trader,
    manner: profile ? profile.manner / 10 : accounts.mannerStart,
    deals: profile?.deals ?? 0,
    noShows: profile?.noShows ?? 0,
    following: chosen?.following === 1,
    blocked: chosen?.blocked === 1,
    showInRooms: chosen?.showInRooms ?? false,
    showBidName: chosen?.showBidName ?? false,
    suspended: isSuspended(actor),
  }
}
