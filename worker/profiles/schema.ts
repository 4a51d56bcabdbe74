import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AccountId, MediaId } from '../contract/ids.ts'
import type { Grades } from '../contract/profiles.ts'

/**
 * What a person shows to others. `phoneVerified` and `suspendedUntil` are told by accounts in the batch that changes them, counts
 * and manner by those who own them, so that a card needs this table alone.
 */
export const profile = sqliteTable(
  'profile',
  {
    account: text().$type<AccountId>().primaryKey(),
    handle: text().notNull().unique(),
    handleChangedAt: integer(),
    name: text().notNull(),
    bio: text().notNull().default(''),
    links: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    picture: text().$type<MediaId>(),
    isPublic: integer({ mode: 'boolean' }).notNull().default(true),
    phoneVerified: integer({ mode: 'boolean' }).notNull().default(false),
    suspendedUntil: integer(),
    /** Told by follows, in the batch that moves an edge. */
    followsCount: integer().notNull().default(0),
    followersCount: integer().notNull().default(0),
    /** Told by reviews: the score in tenths, and what it was made of. `deals` are completed ones. */
    manner: integer().notNull().default(400),
    grades: text({ mode: 'json' }).$type<Grades>().notNull().default({ best: 0, good: 0, poor: 0, bad: 0 }),
    deals: integer().notNull().default(0),
    noShows: integer().notNull().default(0),
    joinedAt: integer().notNull(),
    version: integer().notNull().default(1),
  },
  // For finding people by how their names begin.
  (table) => [index('profile_name').on(sql`lower(${table.name})`)],
)

/** Handles that were given up: they lead to their last owner and are nobody else's for 90 days. */
export const formerHandle = sqliteTable(
  'former_handle',
  {
    handle: text().primaryKey(),
    account: text().$type<AccountId>().notNull(),
    givenUpAt: integer().notNull(),
  },
  (table) => [index('former_handle_given_up_at').on(table.givenUpAt)],
)
