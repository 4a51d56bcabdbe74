import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { AccountId, LoginId } from '../../contract/ids.ts'
import { accounts } from '../../contract/limits.ts'
import { after, type Key, type Position } from '../../kernel/cursor.ts'
import { batchResults, inChunks, type Db, type Statement } from '../../kernel/db.ts'
import type { Generations } from '../rules/refresh.ts'
import { login, refreshGeneration } from '../schema.ts'

export type LoginRow = typeof login.$inferSelect

/** A sign-in with its first refresh token. */
export function insertLogin(db: Db, row: LoginRow): Statement[] {
  return [
    db.insert(login).values(row),
    db.insert(refreshGeneration).values({ login: row.id, generation: 1, issuedAt: row.signedInAt }),
  ]
}

export async function loginWithGenerations(
  db: Db,
  id: LoginId,
): Promise<{ row: LoginRow; generations: Generations } | null> {
  const [[row], issued] = await db.batch([
    db.select().from(login).where(eq(login.id, id)),
    db.select().from(refreshGeneration).where(eq(refreshGeneration.login, id)),
  ])
  if (!row) return null
  const issuedAt = new Map(issued.map((one) => [one.generation, one.issuedAt]))
  return { row, generations: { signedInAt: row.signedInAt, issuedAt } }
}

/** The next generation; whoever comes second finds it made. */
export function rotate(db: Db, id: LoginId, next: { generation: number; forget: number[] }, at: number): Statement[] {
  return [
    db.insert(refreshGeneration).values({ login: id, generation: next.generation, issuedAt: at }).onConflictDoNothing(),
    db
      .delete(refreshGeneration)
      .where(and(eq(refreshGeneration.login, id), inArray(refreshGeneration.generation, next.forget))),
    db.update(login).set({ lastUsedAt: at }).where(eq(login.id, id)),
  ]
}

const order: Key[] = [
  { column: login.signedInAt, order: 'desc' },
  { column: login.id, order: 'desc' },
]

/** Sign-ins that stand and could still be renewed. */
function standing(account: AccountId, at: number) {
  return and(
    eq(login.account, account),
    isNull(login.endedAt),
    gt(login.lastUsedAt, at - accounts.refreshSlidingMs),
    gt(login.signedInAt, at - accounts.refreshTotalMs),
  )
}

export async function loginsOf(db: Db, account: AccountId, at: number, position: Position | null, limit: number) {
  return db
    .select()
    .from(login)
    .where(and(standing(account, at), after(order, position)))
    .orderBy(desc(login.signedInAt), desc(login.id))
    .limit(limit + 1)
}

/** One sign-in of an account, all, or all but one. */
type Which = { only: LoginId } | { except: LoginId | null }

/** Ends what stands of these. Answers which. */
export async function endLogins(db: Db, account: AccountId, which: Which, at: number): Promise<LoginId[]> {
  const ended = await ending(db, account, which, at)
  return ended.map((row) => row.id)
}

/**
 * The same in one batch with what they end for: none of it happens without the other. Null, with nothing done, when something that
 * `mustHold` did not.
 */
export async function endLoginsWith(
  db: Db,
  why: Statement[],
  { account, which, at }: { account: AccountId; which: Which; at: number },
): Promise<LoginId[] | null> {
  const results = await batchResults(db, [...why, ending(db, account, which, at)])
  return results && (results.at(-1) as { id: LoginId }[]).map((row) => row.id)
}

function ending(db: Db, account: AccountId, which: Which, at: number) {
  const chosen =
    'only' in which ? eq(login.id, which.only) : which.except === null ? undefined : sql`${login.id} <> ${which.except}`
  return db
    .update(login)
    .set({ endedAt: at })
    .where(and(eq(login.account, account), isNull(login.endedAt), chosen))
    .returning({ id: login.id })
}

export async function loginIds(db: Db, account: AccountId): Promise<LoginId[]> {
  const rows = await db
    .select({ id: login.id })
    .from(login)
    .where(and(eq(login.account, account), isNull(login.endedAt)))
  return rows.map((row) => row.id)
}

export async function isKnownDevice(db: Db, account: AccountId, device: string): Promise<boolean> {
  const [row] = await db
    .select({ id: login.id })
    .from(login)
    .where(and(eq(login.account, account), eq(login.device, device)))
    .limit(1)
  return row !== undefined
}

/** Forgets sign-ins that nothing can renew, with a while for `isKnownDevice` to remember their devices. */
export async function sweepLogins(db: Db, at: number): Promise<void> {
  const gone = await db
    .delete(login)
    .where(lt(login.lastUsedAt, at - accounts.refreshTotalMs))
    .returning({ id: login.id })
  for (const chunk of inChunks(gone))
    await db.delete(refreshGeneration).where(
      inArray(
        refreshGeneration.login,
        chunk.map((row) => row.id),
      ),
    )
}
