import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { AccountId, DealId, ReviewId } from '../contract/ids.ts'
import type { Grade } from '../contract/statements.ts'
import { after, type Key, type Position } from '../kernel/cursor.ts'
import type { Db } from '../kernel/db.ts'
import { review } from './schema.ts'
import { inSet } from './sets.ts'

export type ReviewRow = typeof review.$inferSelect

export async function insertReview(db: Db, row: ReviewRow): Promise<void> {
  await db.insert(review).values(row)
}

export async function reviewById(db: Db, id: ReviewId): Promise<ReviewRow | null> {
  const [row] = await db.select().from(review).where(eq(review.id, id))
  return row ?? null
}

export interface ReviewFields {
  grade: Grade
  statements: string[]
  text: string | null
}

const asItWas = ({ id, version }: ReviewRow) =>
  and(eq(review.id, id), eq(review.version, version), isNull(review.releasedAt))

/** Writes over a review that waits. False when it was released or changed meanwhile. */
export async function rewrite(db: Db, row: ReviewRow, fields: ReviewFields): Promise<boolean> {
  const changed = await db
    .update(review)
    .set({ ...fields, version: row.version + 1 })
    .where(asItWas(row))
    .returning({ id: review.id })
  return changed.length > 0
}

export async function takeBack(db: Db, row: ReviewRow): Promise<boolean> {
  const gone = await db.delete(review).where(asItWas(row)).returning({ id: review.id })
  return gone.length > 0
}

const newest: Key[] = [
  { column: review.writtenAt, order: 'desc' },
  { column: review.id, order: 'desc' },
]

export async function reviewsBy(db: Db, author: AccountId, position: Position | null, limit: number) {
  return db
    .select()
    .from(review)
    .where(and(eq(review.author, author), after(newest, position)))
    .orderBy(desc(review.writtenAt), desc(review.id))
    .limit(limit + 1)
}

/** Of these deals those that the author has reviewed. */
export async function reviewedAmong(db: Db, author: AccountId, deals: readonly DealId[]): Promise<Set<DealId>> {
  const rows = await db
    .select({ deal: review.deal })
    .from(review)
    .where(and(inSet(review.deal, deals), eq(review.author, author)))
  return new Set(rows.map(({ deal }) => deal))
}

/**
 * What can be read about somebody, the latest release first. Inside a release the order is that of the ids, which are drawn by lot:
 * it says nothing, and stays. `last` is the id where a page ended; a time has no place in a cursor, which anyone can read.
 */
export async function reviewsAbout(db: Db, subject: AccountId, last: string | null, limit: number) {
  const released = and(eq(review.subject, subject), isNotNull(review.releasedAt), eq(review.isAbsorbed, false))
  const beyond =
    last === null
      ? undefined
      : sql`(${review.releasedAt}, ${review.id}) < (select released_at, id from ${review} as last where last.id = ${last})`
  return db
    .select()
    .from(review)
    .where(and(released, beyond))
    .orderBy(desc(review.releasedAt), desc(review.id))
    .limit(limit + 1)
}
