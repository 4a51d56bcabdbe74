import { and, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { PhonePurpose } from '../../contract/accounts.ts'
import type { AccountId } from '../../contract/ids.ts'
import { accounts } from '../../contract/limits.ts'
import { mustHold, type Db, type Statement } from '../../kernel/db.ts'
import { phoneChallenge, registration, resetLink } from '../schema.ts'

type ChallengeRow = typeof phoneChallenge.$inferSelect
export type RegistrationRow = typeof registration.$inferSelect

/** A new code; those before it for the same number and purpose are dead. */
export function openChallenge(
  db: Db,
  row: Pick<ChallengeRow, 'id' | 'phone' | 'purpose' | 'code' | 'expiresAt'>,
  at: number,
): Statement[] {
  return [
    db
      .update(phoneChallenge)
      .set({ closedAt: at })
      .where(
        and(
          eq(phoneChallenge.phone, row.phone),
          eq(phoneChallenge.purpose, row.purpose),
          isNull(phoneChallenge.closedAt),
        ),
      ),
    db.insert(phoneChallenge).values(row),
  ]
}

/** Counts a try before it is judged, so that parallel guesses are counted too. Null when there is none left, `absent` when unknown. */
export async function tryChallenge(db: Db, id: string, at: number): Promise<ChallengeRow | 'spent' | 'absent'> {
  const [row] = await db
    .update(phoneChallenge)
    .set({ tries: sql`${phoneChallenge.tries} + 1` })
    .where(
      and(
        eq(phoneChallenge.id, id),
        isNull(phoneChallenge.closedAt),
        gt(phoneChallenge.expiresAt, at),
        lt(phoneChallenge.tries, accounts.phoneCode.tries),
      ),
    )
    .returning()
  if (row) return row
  const [known] = await db.select({ id: phoneChallenge.id }).from(phoneChallenge).where(eq(phoneChallenge.id, id))
  return known ? 'spent' : 'absent'
}

/** Turns a right code into a proof. False when another request has just done so. */
export async function proveChallenge(
  db: Db,
  id: string,
  proof: { hash: string; expiresAt: number },
  at: number,
): Promise<boolean> {
  const rows = await db
    .update(phoneChallenge)
    .set({ closedAt: at, proof: proof.hash, proofExpiresAt: proof.expiresAt })
    .where(and(eq(phoneChallenge.id, id), isNull(phoneChallenge.closedAt)))
    .returning({ id: phoneChallenge.id })
  return rows.length > 0
}

/** The number that a proof stands for, if it is good for one of the purposes. Looks, does not use up. */
export async function provenPhone(
  db: Db,
  proof: string,
  purposes: readonly PhonePurpose[],
  at: number,
): Promise<string | null> {
  const [row] = await db
    .select({ phone: phoneChallenge.phone, purpose: phoneChallenge.purpose })
    .from(phoneChallenge)
    .where(unusedProof(proof, at))
  return row && purposes.includes(row.purpose) ? row.phone : null
}

/** Statements that use the proof up, or undo their batch where it was used meanwhile. */
export function useProof(db: Db, proof: string, at: number): Statement[] {
  return [
    mustHold(db, sql`exists (select 1 from ${phoneChallenge} where ${unusedProof(proof, at)})`),
    db.update(phoneChallenge).set({ proofUsedAt: at }).where(eq(phoneChallenge.proof, proof)),
  ]
}

function unusedProof(proof: string, at: number) {
  return and(eq(phoneChallenge.proof, proof), isNull(phoneChallenge.proofUsedAt), gt(phoneChallenge.proofExpiresAt, at))
}

export function insertRegistration(db: Db, row: RegistrationRow): Statement {
  return db.insert(registration).values(row)
}

export async function registrationById(db: Db, id: string, at: number): Promise<RegistrationRow | null> {
  const [row] = await db
    .select()
    .from(registration)
    .where(and(eq(registration.id, id), gt(registration.expiresAt, at)))
  return row ?? null
}

export async function registrationByKey(db: Db, key: string, at: number): Promise<RegistrationRow | null> {
  const [row] = await db
    .select()
    .from(registration)
    .where(and(eq(registration.key, key), isNotNull(registration.key), gt(registration.expiresAt, at)))
  return row ?? null
}

/** As `tryChallenge`, for the code in a mail. */
export async function tryRegistration(db: Db, id: string, at: number): Promise<RegistrationRow | null> {
  const [row] = await db
    .update(registration)
    .set({ tries: sql`${registration.tries} + 1` })
    .where(
      and(eq(registration.id, id), gt(registration.expiresAt, at), lt(registration.tries, accounts.emailCode.tries)),
    )
    .returning()
  return row ?? null
}

/** Gives a registration a new code and key; the old ones are dead. */
export function renewRegistration(
  db: Db,
  id: string,
  next: Pick<RegistrationRow, 'code' | 'key' | 'expiresAt'>,
): Statement {
  return db
    .update(registration)
    .set({ ...next, tries: 0 })
    .where(eq(registration.id, id))
}

/** Statements that use a registration up, or undo their batch where it was used meanwhile. */
export function useRegistration(db: Db, id: string): Statement[] {
  return [
    mustHold(db, sql`exists (select 1 from ${registration} where ${registration.id} = ${id})`),
    db.delete(registration).where(eq(registration.id, id)),
  ]
}

/** A new link; the account's earlier ones are dead. */
export function insertResetLink(db: Db, row: typeof resetLink.$inferInsert): Statement[] {
  return [deleteResetLinks(db, row.account), db.insert(resetLink).values(row)]
}

/** All links of an account are dead. */
export function deleteResetLinks(db: Db, account: AccountId): Statement {
  return db.delete(resetLink).where(eq(resetLink.account, account))
}

export async function accountOfLink(db: Db, token: string, at: number): Promise<AccountId | null> {
  const [row] = await db
    .select({ account: resetLink.account })
    .from(resetLink)
    .where(and(eq(resetLink.token, token), gt(resetLink.expiresAt, at)))
  return row?.account ?? null
}

/** Statements that use a link up, or undo their batch where it was used meanwhile. */
export function useResetLink(db: Db, token: string): Statement[] {
  return [
    mustHold(db, sql`exists (select 1 from ${resetLink} where ${resetLink.token} = ${token})`),
    db.delete(resetLink).where(eq(resetLink.token, token)),
  ]
}

/** Forgets what nobody can use any more. */
export async function sweepCodes(db: Db, at: number): Promise<void> {
  await db.batch([
    db.delete(registration).where(lt(registration.expiresAt, at)),
    db.delete(resetLink).where(lt(resetLink.expiresAt, at)),
    db.delete(phoneChallenge).where(lt(phoneChallenge.expiresAt, at - accounts.phoneProofMs)),
  ])
}
