import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AccountId, DecisionId } from '../contract/ids.ts'
import { decisionActions, decisionRules } from '../contract/moderation.ts'
import type { Instant } from '../contract/time.ts'

const instant = () => integer().$type<Instant>()
const account = () => text().$type<AccountId>()

/** A statement of reasons: what was decided about somebody, by whom or by itself, and how it ended. */
export const decision = sqliteTable(
  'decision',
  {
    id: text().$type<DecisionId>().primaryKey(),
    account: account().notNull(),
    action: text({ enum: decisionActions }).notNull(),
    target: text().notNull(),
    rule: text({ enum: decisionRules }).notNull(),
    facts: text(),
    /** The moderator; null where it followed by itself. */
    by: account(),
    from: instant().notNull(),
    until: instant(),
    /** What has to be undone beyond the action itself when it is overturned: which remedy, and what it needs. */
    remedy: text(),
    remedyData: text({ mode: 'json' }).$type<Record<string, string>>(),
    ending: text({ enum: ['lifted', 'overturned'] }),
    endedAt: instant(),
    /** When sockets were closed and announced auctions cancelled. */
    enforcedAt: instant(),
    /** When its end by time was told. */
    endToldAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index('decision_account').on(table.account, table.createdAt),
    index('decision_to_enforce')
      .on(table.createdAt)
      .where(sql`action = 'suspend' and enforced_at is null`),
    index('decision_to_end')
      .on(table.until)
      .where(sql`action = 'suspend' and end_told_at is null`),
  ],
)

/** One appeal per decision. */
export const appeal = sqliteTable(
  'appeal',
  {
    decision: text().$type<DecisionId>().primaryKey(),
    account: account().notNull(),
    text: text().notNull(),
    media: text({ mode: 'json' }).$type<string[]>().notNull(),
    at: instant().notNull(),
    dueAt: instant().notNull(),
    outcome: text({ enum: ['uphold', 'overturn', 'change'] }),
    answer: text(),
    answeredBy: account(),
    answeredAt: instant(),
  },
  (table) => [index('appeal_open').on(table.answeredAt, table.dueAt)],
)

/** Who of the staff did what, to whom, when and why. Triggers refuse to change or delete a row. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: instant().notNull(),
    staff: account().notNull(),
    action: text().notNull(),
    target: text().notNull(),
    reason: text().notNull(),
  },
  (table) => [index('audit_staff').on(table.staff)],
)
