import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AccountId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import type { TargetKind } from './rules.ts'

const at = () => integer().$type<Instant>()
const accountId = () => text().$type<AccountId>()

/** Strong interests. All of it goes at once when its owner forgets, and by itself after a while. */
export const interest = sqliteTable(
  'interest',
  {
    account: accountId().notNull(),
    target: text().notNull(),
    kind: text().$type<TargetKind>().notNull(),
    /** The latest time. */
    at: at().notNull(),
    /** When it was last looked at long enough to be left out for a while; null where only its page was opened. */
    seenAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.target] }),
    index('interest_latest').on(table.account, table.at),
    index('interest_at').on(table.at),
  ],
)

/** Of this, less. */
export const lessMark = sqliteTable(
  'less_mark',
  { account: accountId().notNull(), target: text().notNull(), at: at().notNull() },
  (table) => [primaryKey({ columns: [table.account, table.target] })],
)

/** Whose things somebody does not want to be recommended. */
export const hiddenAuthor = sqliteTable(
  'hidden_author',
  { account: accountId().notNull(), author: accountId().notNull(), at: at().notNull() },
  (table) => [primaryKey({ columns: [table.account, table.author] })],
)

/** Accounts that switched personalisation off: of these nothing is written into the tables above. Told by accounts. */
export const impersonal = sqliteTable('impersonal', { account: accountId().primaryKey() })

/**
 * Views of the last 24 hours, so that each counts once. `mark` is a hash of viewer and target under a key of that day: it says
 * nothing about either, and after two days nobody could even make it again to compare.
 */
export const viewMark = sqliteTable('view_mark', { mark: text().primaryKey(), at: at().notNull() }, (table) => [
  index('view_mark_at').on(table.at),
])

/** What is near to somebody's interests, in the order that a first page fixed. Named by its content: a page read again adds no row. */
export const nearOrder = sqliteTable(
  'near_order',
  {
    account: accountId().notNull(),
    id: text().notNull(),
    at: at().notNull(),
    entries: text({ mode: 'json' }).$type<[target: string, because: string][]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.id] }), index('near_order_at').on(table.at)],
)

/** What was found by some words, in the order that a first page fixed. Named by its content: equal findings are one row. */
export const foundOrder = sqliteTable(
  'found_order',
  { id: text().primaryKey(), at: at().notNull(), entries: text({ mode: 'json' }).$type<string[]>().notNull() },
  (table) => [index('found_order_at').on(table.at)],
)
