import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AccountId } from '../contract/ids.ts'

/** Who follows whom. Counted in `profile`, in the batch that moves a row. */
export const follow = sqliteTable(
  'follow',
  {
    follower: text().$type<AccountId>().notNull(),
    followee: text().$type<AccountId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.follower, table.followee] }),
    index('follow_follower_at').on(table.follower, table.at, table.followee),
    index('follow_followee_at').on(table.followee, table.at, table.follower),
  ],
)

/** Who asks to follow a private account. */
export const followRequest = sqliteTable(
  'follow_request',
  {
    asker: text().$type<AccountId>().notNull(),
    asked: text().$type<AccountId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.asker, table.asked] }),
    index('follow_request_asked_at').on(table.asked, table.at, table.asker),
  ],
)

export const block = sqliteTable(
  'block',
  {
    blocker: text().$type<AccountId>().notNull(),
    blocked: text().$type<AccountId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.blocker, table.blocked] }),
    index('block_blocker_at').on(table.blocker, table.at, table.blocked),
    index('block_blocked').on(table.blocked, table.blocker),
  ],
)

export const mute = sqliteTable(
  'mute',
  {
    account: text().$type<AccountId>().notNull(),
    muted: text().$type<AccountId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.muted] }),
    index('mute_account_at').on(table.account, table.at, table.muted),
  ],
)

/**
 * Pairs between whom something changed that rooms have to be told of: the open auctions of either, and, where one was shut out or let
 * in again, their direct room and both Inboxes. How they stand is looked up when it is told; `version` says whether it changed once
 * more meanwhile.
 */
export const pairDue = sqliteTable(
  'pair_due',
  {
    low: text().$type<AccountId>().notNull(),
    high: text().$type<AccountId>().notNull(),
    version: text().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: integer().notNull(),
    /** A block or a mute is among what changed, and not follows alone. */
    shuts: integer({ mode: 'boolean' }).notNull().default(true),
  },
  (table) => [primaryKey({ columns: [table.low, table.high] }), index('pair_due_next_at').on(table.nextAt)],
)

/** Accepted requests whose askers have not been told yet: many at once when a private account opens. */
export const acceptance = sqliteTable(
  'acceptance',
  {
    follower: text().$type<AccountId>().notNull(),
    followee: text().$type<AccountId>().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.follower, table.followee] })],
)
