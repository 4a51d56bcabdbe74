import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../../contract/ids.ts'
import { recommendations } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'
import { mustHold, type Db, type Statement } from '../../kernel/db.ts'
import type { Taste, TargetKind } from '../rules.ts'
import { hiddenAuthor, impersonal, interest, lessMark, nearOrder } from '../schema.ts'
import { isPersonalised } from './signals.ts'

/** Of each kind of mark as many of the newest count: more would be a page of parameters, and nobody makes so many. */
const marksMost = 2_000

/** All that is known of a reader, in one query. */
export async function tasteOf(db: Db, account: AccountId, at: Instant): Promise<Taste> {
  const since = at - recommendations.seenForMs
  const [row] = await db
    .select({
      isPersonalised: sql<number>`${isPersonalised(account)}`.as('is_personalised'),
      interests: list(
        sql`json_array(target, kind)`,
        sql`select target, kind from ${interest} where account = ${account} order by at desc, target limit ${recommendations.interests}`,
      ).as('interests'),
      seen: list(
        sql`json_array(target, seen_at)`,
        sql`select target, seen_at from ${interest} where account = ${account} and at > ${since} and seen_at > ${since}
          order by at desc limit ${marksMost}`,
      ).as('seen'),
      less: list(
        sql`target`,
        sql`select target from ${lessMark} where account = ${account} order by at desc limit ${marksMost}`,
      ).as('less'),
      hidden: list(
        sql`author`,
        sql`select author from ${hiddenAuthor} where account = ${account} order by at desc limit ${marksMost}`,
      ).as('hidden'),
    })
    .from(sql`(select 1)`)
  if (!row) throw new Error('a query without a row')
  return {
    isPersonalised: row.isPersonalised === 1,
    interests: (JSON.parse(row.interests) as [string, TargetKind][]).map(([target, kind]) => ({ target, kind })),
    seen: (JSON.parse(row.seen) as [string, Instant][]).map(([target, seenAt]) => ({ target, at: seenAt })),
    less: JSON.parse(row.less) as string[],
    hiddenAuthors: JSON.parse(row.hidden) as AccountId[],
  }
}

function list(item: SQL, rows: SQL): SQL<string> {
  return sql<string>`(select json_group_array(${item}) from (${rows}))`
}

/** Statements of one verdict; the batch fails where personalisation is off. */
export function markLess(db: Db, account: AccountId, target: string, at: Instant): Statement[] {
  return [
    mustHold(db, isPersonalised(account)),
    db.insert(lessMark).values({ account, target, at }).onConflictDoNothing(),
  ]
}

export function hideAuthor(db: Db, account: AccountId, author: AccountId, at: Instant): Statement[] {
  return [
    mustHold(db, isPersonalised(account)),
    db.insert(hiddenAuthor).values({ account, author, at }).onConflictDoNothing(),
  ]
}

export function undoMarks(
  db: Db,
  account: AccountId,
  { target, author }: { target: string; author: AccountId },
): Statement[] {
  return [
    mustHold(db, isPersonalised(account)),
    db.delete(lessMark).where(and(eq(lessMark.account, account), eq(lessMark.target, target))),
    db.delete(hiddenAuthor).where(and(eq(hiddenAuthor.account, account), eq(hiddenAuthor.author, author))),
  ]
}

/** Everything that was collected about somebody, and what was made of it. */
export function forgetTaste(db: Db, account: AccountId): Statement[] {
  return [interest, lessMark, hiddenAuthor, nearOrder].map((table) =>
    db.delete(table).where(eq(table.account, account)),
  )
}

/** From now on nothing personal is collected, or it may be again. */
export function setImpersonal(db: Db, account: AccountId, isOff: boolean): Statement {
  return isOff
    ? db.insert(impersonal).values({ account }).onConflictDoNothing()
    : db.delete(impersonal).where(eq(impersonal.account, account))
}
