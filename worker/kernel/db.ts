import { sql, type SQL } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { BatchItem } from 'drizzle-orm/batch'

export type Db = DrizzleD1Database
export type Statement = BatchItem<'sqlite'>

const known = new WeakMap<D1Database, Db>()

/** The same one for as long as the binding lives: it keeps nothing of a request, and a new one would think all names of columns out again. */
export function createDb(database: D1Database): Db {
  const db = known.get(database) ?? drizzle(database, { casing: 'snake_case' })
  known.set(database, db)
  return db
}

/**
 * Runs the statements in order in one transaction: all or none. D1 has no other kind. Answers false, with nothing done, when
 * something that `mustHold` did not.
 */
export async function runBatch(db: Db, statements: Statement[]): Promise<boolean> {
  return (await batchResults(db, statements)) !== null
}

/** The same for who needs what each statement returned; null instead of false. */
export async function batchResults(db: Db, statements: Statement[]): Promise<readonly unknown[] | null> {
  const [first, ...rest] = statements
  if (!first) return []
  try {
    return await db.batch([first, ...rest])
  } catch (error) {
    if (says(error, 'malformed JSON')) return null
    throw error
  }
}

/**
 * A statement that undoes its whole batch unless the condition holds at that point: how a decision and its writes stay one. SQL
 * has no "abort" outside triggers, so a broken condition is made to fail as JSON.
 */
export function mustHold(db: Db, condition: SQL): Statement {
  // A builder rather than `db.run`: drizzle cannot bind a raw statement inside a D1 batch.
  return db.select({ held: sql`json(iif(${condition}, 'null', 'broken'))` }).from(sql`(select 1)`)
}

/** Whether a write failed because another row holds the value that must be unique, e.g. `account.email`. */
export function isTaken(thrown: unknown, column: string): boolean {
  return says(thrown, `UNIQUE constraint failed: ${column}`)
}

function says(thrown: unknown, words: string): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) if (error.message.includes(words)) return true
  return false
}

/** D1 takes 100 bound parameters per statement: splits a list of keys so that each query stays below. */
export function inChunks<T>(list: readonly T[], size = 90): T[][] {
  const chunks: T[][] = []
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size))
  return chunks
}
