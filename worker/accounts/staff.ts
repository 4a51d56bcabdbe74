import { inArray, sql } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { inChunks, mustHold, type Db, type Statement } from '../kernel/db.ts'
import { outboxRow } from '../kernel/outbox.ts'
import type { Role } from '../kernel/sessions.ts'
import { accountById, updateAccount } from './queries/accounts.ts'
import { loginsOf } from './queries/logins.ts'
import { account } from './schema.ts'

/** What staff sees of accounts beside their profiles. */
export interface AccountStanding {
  role: Role
  suspendedUntil: number | null
  hasEmail: boolean
  openedAt: number
}

export async function standingsOf(db: Db, ids: readonly AccountId[]): Promise<Map<AccountId, AccountStanding>> {
  const rows = await Promise.all(
    inChunks(ids).map((chunk) =>
      db
        .select({
          id: account.id,
          role: account.role,
          suspendedUntil: account.suspendedUntil,
          openedAt: account.createdAt,
          hasEmail: sql`${account.email} is not null`.mapWith(Boolean),
        })
        .from(account)
        .where(inArray(account.id, chunk)),
    ),
  )
  return new Map(rows.flat().map(({ id, ...standing }) => [id, standing]))
}

export async function emailOf(db: Db, id: AccountId): Promise<string | null> {
  return (await accountById(db, id))?.email ?? null
}

export interface SignInSeen {
  device: string | null
  place: string | null
  firstUsedAt: number
  lastUsedAt: number
}

/** The latest sign-ins that stand. */
export async function signInsOf(db: Db, id: AccountId, at: Instant): Promise<SignInSeen[]> {
  const rows = await loginsOf(db, id, at, null, 20)
  return rows.map(({ label, place, signedInAt, lastUsedAt }) => ({
    device: label,
    place,
    firstUsedAt: signedInAt,
    lastUsedAt,
  }))
}

/** Gives a role; the batch is undone where nobody would be admin any more. Then `forgetSignInsOf`. */
export function roleStatements(db: Db, id: AccountId, role: Role): Statement[] {
  const stays = sql`${role} = 'admin' or exists (select 1 from ${account} where ${account.role} = 'admin' and ${account.id} <> ${id})`
  return [
    mustHold(db, stays),
    updateAccount(db, id, { role }),
    outboxRow(db, 'accounts', { type: 'role-changed', payload: { account: id, role } }),
  ]
}
