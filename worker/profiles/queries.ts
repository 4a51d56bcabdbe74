import { and, eq, gt, inArray, lt, ne, sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { accounts } from '../contract/limits.ts'
import { inChunks, mustHold, type Db, type Statement } from '../kernel/db.ts'
import { outboxRow } from '../kernel/outbox.ts'
import { formerHandle, profile } from './schema.ts'

export type ProfileRow = typeof profile.$inferSelect

export function selectProfile(db: Db, account: AccountId) {
  return db.select().from(profile).where(eq(profile.account, account))
}

export async function profileByHandle(db: Db, handle: string): Promise<ProfileRow | null> {
  const [row] = await db.select().from(profile).where(eq(profile.handle, handle))
  return row ?? null
}

export async function profilesOf(db: Db, ids: readonly AccountId[]): Promise<ProfileRow[]> {
  const chunks = inChunks([...new Set(ids)])
  const rows = await Promise.all(
    chunks.map((chunk) => db.select().from(profile).where(inArray(profile.account, chunk))),
  )
  return rows.flat()
}

/** Accounts of these handles; those nobody has are missing. */
export async function accountsByHandle(db: Db, handles: readonly string[]): Promise<Map<string, AccountId>> {
  const rows = await Promise.all(
    inChunks([...new Set(handles)]).map((chunk) =>
      db
        .select({ account: profile.account, handle: profile.handle })
        .from(profile)
        .where(inArray(profile.handle, chunk)),
    ),
  )
  return new Map(rows.flat().map((row) => [row.handle, row.account]))
}

/** Who has the handle now, or had it within 90 days; null when it is free for all. */
export async function holderOf(
  db: Db,
  handle: string,
  at: number,
): Promise<{ account: AccountId; isFormer: boolean } | null> {
  const [now, before] = await db.batch([
    db.select({ account: profile.account }).from(profile).where(eq(profile.handle, handle)),
    db
      .select({ account: formerHandle.account })
      .from(formerHandle)
      .where(and(eq(formerHandle.handle, handle), gt(formerHandle.givenUpAt, at - accounts.handle.heldMs))),
  ])
  if (now[0]) return { account: now[0].account, isFormer: false }
  return before[0] ? { account: before[0].account, isFormer: true } : null
}

/** Who gave the handle up within 90 days, or null. */
export async function formerHolder(
  db: Db,
  handle: string,
  at: number,
): Promise<Pick<ProfileRow, 'account' | 'handle'> | null> {
  const [row] = await db
    .select({ account: profile.account, handle: profile.handle })
    .from(formerHandle)
    .innerJoin(profile, eq(profile.account, formerHandle.account))
    .where(and(eq(formerHandle.handle, handle), gt(formerHandle.givenUpAt, at - accounts.handle.heldMs)))
  return row ?? null
}

/** After every text that begins with the same letters. */
const beyond = '\u{10FFFF}'

/** Where a page of people found by their names ended: how well the last one matched, and their handle. */
export type PlaceAmongNames = [rank: number, handle: string]

interface NamesLike {
  limit: number
  without: AccountId
  /** Subquery of further accounts that are left out. */
  hidden?: SQL
  after?: PlaceAmongNames | null
}

/**
 * People whose handle or name begins like this: the very handle first, then handles, then names. Both are looked up in an index.
 * The case of A to Z is the same to both; no other letter's is, for SQLite folds none.
 */
export async function peopleLike(
  db: Db,
  typed: string,
  { limit, without, hidden, after = null }: NamesLike,
): Promise<{ account: AccountId; place: PlaceAmongNames }[]> {
  const text = typed.replace(/^@/, '').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (text === '') return []
  const begins = (column: SQL) => sql`(${column} >= ${text} and ${column} < ${text + beyond})`
  const handle = sql`${profile.handle}`
  const name = sql`lower(${profile.name})`
  const rank = sql`case when ${handle} = ${text} then 0 when ${begins(handle)} then 1 else 2 end`
  const rows = await db
    .select({ account: profile.account, handle: profile.handle, rank: sql<number>`${rank}` })
    .from(profile)
    .where(
      and(
        sql`(${begins(handle)} or ${begins(name)})`,
        ne(profile.account, without),
        hidden && sql`${profile.account} not in ${hidden}`,
        after ? sql`(${rank}, ${handle}) > (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(rank, profile.handle)
    .limit(limit)
  return rows.map(({ account, rank: matched, handle: own }) => ({ account, place: [matched, own] }))
}

/** The same, where no page follows. */
export async function accountsLike(db: Db, typed: string, wanted: NamesLike): Promise<AccountId[]> {
  const found = await peopleLike(db, typed, wanted)
  return found.map(({ account }) => account)
}

/** Whether the account is open to everyone, as SQL. */
export function isPublicAccount(account: AccountId): SQL {
  return sql`exists (select 1 from ${profile} where ${profile.account} = ${account} and ${profile.isPublic})`
}

/** Moves a counter of these accounts, a list in SQL. Goes with the rows that it counts, in one batch. */
export function moveCount(db: Db, counter: 'followsCount' | 'followersCount', accounts: SQL, by: SQL): Statement {
  return db
    .update(profile)
    .set({ [counter]: sql`${profile[counter]} + ${by}` })
    .where(sql`${profile.account} in ${accounts}`)
}

export interface ProfileFields {
  handle: string
  name: string
  bio: string
  links: string[]
  picture: ProfileRow['picture']
  isPublic: boolean
}

/** Statements that write `next` over `row`, unless it was changed meanwhile or the new handle is somebody else's. */
export function saveProfile(db: Db, row: ProfileRow, next: ProfileFields, at: number): Statement[] {
  const isRenamed = next.handle !== row.handle
  const save = db
    .update(profile)
    .set({ ...next, version: row.version + 1, ...(isRenamed ? { handleChangedAt: at } : {}) })
    .where(eq(profile.account, row.account))
  const isUnchanged = mustHold(
    db,
    sql`exists (select 1 from ${profile} where ${profile.account} = ${row.account} and ${profile.version} = ${row.version})`,
  )
  return isRenamed ? [isUnchanged, ...giveUpHandle(db, row, next.handle, at), save] : [isUnchanged, save]
}

function giveUpHandle(db: Db, row: ProfileRow, taken: string, at: number): Statement[] {
  return [
    db.delete(formerHandle).where(eq(formerHandle.handle, taken)),
    db
      .insert(formerHandle)
      .values({ handle: row.handle, account: row.account, givenUpAt: at })
      .onConflictDoUpdate({ target: formerHandle.handle, set: { account: row.account, givenUpAt: at } }),
  ]
}

/** A first profile; telling of it makes people findable from the start. */
export function openProfile(
  db: Db,
  opened: { account: AccountId; handle: string; name: string; phoneVerified: boolean; joinedAt: number },
): Statement[] {
  const { account, handle, name } = opened
  const shown = { account, handle, name, bio: '', picture: null, isPublic: true }
  return [db.insert(profile).values(opened), outboxRow(db, 'profiles', { type: 'profile-changed', payload: shown })]
}

export function setPhoneVerified(db: Db, account: AccountId): Statement {
  return db.update(profile).set({ phoneVerified: true }).where(eq(profile.account, account))
}

export function setSuspended(db: Db, account: AccountId, until: number | null): Statement {
  return db.update(profile).set({ suspendedUntil: until }).where(eq(profile.account, account))
}

/** What reviews make of somebody: told in the batch that changes it, worked out from their rows. */
export function setManner(
  db: Db,
  account: AccountId,
  told: Record<'manner' | 'grades' | 'deals' | 'noShows', SQL>,
): Statement {
  return db.update(profile).set(told).where(eq(profile.account, account))
}

/** Handles whose time is over lead nowhere. For the cron. */
export async function sweepFormerHandles(db: Db, at: number): Promise<void> {
  await db.delete(formerHandle).where(lt(formerHandle.givenUpAt, at - accounts.handle.heldMs))
}
