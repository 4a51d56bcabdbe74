import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AccountId, DealId, DecisionId, ReviewId } from '../contract/ids.ts'
import { reviewRoles, type Grade } from '../contract/statements.ts'
import type { Instant } from '../contract/time.ts'

const instant = () => integer().$type<Instant>()
const account = () => text().$type<AccountId>()

/** One person's word on another after a deal. `author` is for its author's eyes and for staff inside a report, nobody else. */
export const review = sqliteTable(
  'review',
  {
    id: text().$type<ReviewId>().primaryKey(),
    deal: text().$type<DealId>().notNull(),
    author: account().notNull(),
    subject: account().notNull(),
    /** Of the subject. */
    role: text({ enum: reviewRoles }).notNull(),
    grade: integer().$type<Grade>().notNull(),
    statements: text({ mode: 'json' }).$type<string[]>().notNull(),
    text: text(),
    /** When the deal ended: a review is due so long after. */
    endedAt: instant().notNull(),
    writtenAt: instant().notNull(),
    /** The release it belongs to: a Monday 01:00, never the moment of the work. */
    releasedAt: instant(),
    /** The fault of the same deal tells it already: counted there, shown nowhere. */
    isAbsorbed: integer({ mode: 'boolean' }).notNull().default(false),
    version: integer().notNull().default(1),
  },
  (table) => [
    uniqueIndex('review_once').on(table.deal, table.author),
    index('review_author').on(table.author, table.writtenAt),
    index('review_subject').on(table.subject, table.releasedAt),
    index('review_waiting')
      .on(table.subject)
      .where(sql`released_at is null`),
  ],
)

/** What moves somebody's score: a released review or a fault. Rows are only added; one that was overturned is `withdrawn`. */
export const mannerEntry = sqliteTable(
  'manner_entry',
  {
    /** The review's id, or the deal's with the account's: written twice it is one. */
    id: text().primaryKey(),
    account: account().notNull(),
    cause: text({ enum: ['release', 'fault'] }).notNull(),
    /** 0 of a fault whose bad review was released before: a no-show, and no points twice. */
    grade: integer().$type<Grade>().notNull(),
    at: instant().notNull(),
    deal: text().$type<DealId>().notNull(),
    /** The other person of the deal. */
    other: account().notNull(),
    withdrawnAt: instant(),
    /** When score or no-shows change next by time alone. */
    nextChangeAt: instant(),
    /** Whether the rules of suspension have seen it, and the decisions that used it up. */
    isJudged: integer({ mode: 'boolean' }).notNull().default(false),
    streak: text().$type<DecisionId>(),
    belowZero: text().$type<DecisionId>(),
  },
  (table) => [
    index('manner_entry_account').on(table.account, table.at),
    index('manner_entry_next_change').on(table.nextChangeAt),
    index('manner_entry_to_judge')
      .on(table.account)
      .where(sql`is_judged = 0`),
  ],
)

/** How far each Monday's release has come: all receivers up to `cursor`; `doneAt` when there are no more. */
export const reviewRelease = sqliteTable('review_release', {
  at: instant().primaryKey(),
  cursor: account(),
  doneAt: instant(),
})
