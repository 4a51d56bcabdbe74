import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Language, Preferences } from '../../contract/accounts.ts'
import type { AccountId } from '../../contract/ids.ts'
import { instant } from '../../contract/time.ts'
import { inChunks, type Db, type Statement } from '../../kernel/db.ts'
import type { Actor, FindActor, SignIn } from '../../kernel/sessions.ts'
import { selectProfile, type ProfileRow } from '../../profiles/api.ts'
import { account, login } from '../schema.ts'

export type AccountRow = typeof account.$inferSelect
type NewAccount = typeof account.$inferInsert

export function insertAccount(db: Db, row: NewAccount): Statement {
  return db.insert(account).values(row)
}

export function updateAccount(db: Db, id: AccountId, changes: Partial<NewAccount>): Statement {
  return db.update(account).set(changes).where(eq(account.id, id))
}

export async function accountById(db: Db, id: AccountId): Promise<AccountRow | null> {
  return first(db, eq(account.id, id))
}

export async function accountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  return first(db, eq(account.email, email))
}

/** `phone` is the fingerprint of the number. */
export async function accountByPhone(db: Db, phone: string): Promise<AccountRow | null> {
  return first(db, eq(account.phone, phone))
}

async function first(db: Db, condition: SQL): Promise<AccountRow | null> {
  const [row] = await db.select().from(account).where(condition)
  return row ?? null
}

/** Where an account is written to, and in which language; null for one without an address. */
export async function mailReaderOf(db: Db, id: AccountId): Promise<{ email: string; language: Language } | null> {
  const [row] = await db
    .select({ email: account.email, language: account.language })
    .from(account)
    .where(eq(account.id, id))
  return row?.email == null ? null : { email: row.email, language: row.language }
}

export async function preferencesOf(db: Db, id: AccountId): Promise<Preferences | null> {
  const [row] = await db
    .select({
      language: account.language,
      messagesFrom: account.messagesFrom,
      showInRooms: account.showInRooms,
      showBidName: account.showBidName,
      personalised: account.personalised,
    })
    .from(account)
    .where(eq(account.id, id))
  return row ?? null
}

/** Whose first messages these accounts take. Unknown accounts are missing. */
export async function messagesFromOf(
  db: Db,
  ids: readonly AccountId[],
): Promise<Map<AccountId, Preferences['messagesFrom']>> {
  const rows = await Promise.all(
    inChunks([...new Set(ids)]).map((chunk) =>
      db.select({ id: account.id, messagesFrom: account.messagesFrom }).from(account).where(inArray(account.id, chunk)),
    ),
  )
  return new Map(rows.flat().map((row) => [row.id, row.messagesFrom]))
}

/** Who a sign-in belongs to, in one round trip; null once it has ended. */
export const findActor: FindActor = async (db, signIn): Promise<Actor | null> => {
  const [[row], [shown]] = await db.batch([
    db.select(ofSignIn).from(login).innerJoin(account, eq(account.id, login.account)).where(stands(signIn)),
    selectProfile(db, signIn.account),
  ])
  return row && shown ? actorOf(signIn, row, shown) : null
}

/** What an actor is made of, beside the profile. */
export const ofSignIn = {
  role: account.role,
  phone: account.phone,
  suspendedUntil: account.suspendedUntil,
  signedInAt: login.signedInAt,
}

/** Of the rows of `login` the one of this sign-in, while it has not ended. */
export function stands(signIn: SignIn): SQL | undefined {
  return and(eq(login.id, signIn.login), eq(login.account, signIn.account), isNull(login.endedAt))
}

type SignInRow = Pick<AccountRow, 'role' | 'phone' | 'suspendedUntil'> & Pick<typeof login.$inferSelect, 'signedInAt'>

export function actorOf(signIn: SignIn, row: SignInRow, shown: Pick<ProfileRow, 'handle' | 'name'>): Actor {
  return {
    ...signIn,
    handle: shown.handle,
    name: shown.name,
    role: row.role,
    trader: row.phone !== null,
    suspendedUntil: row.suspendedUntil === null ? null : instant(row.suspendedUntil),
    signedInAt: instant(row.signedInAt),
  }
}
