import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { EventType } from '../contract/events.ts'

/** Answers kept for repeated `Idempotency-Key`s. `status` is null while the first request is at work. */
export const storedAnswer = sqliteTable(
  'stored_answer',
  {
    key: text().primaryKey(),
    request: text().notNull(),
    status: integer(),
    headers: text({ mode: 'json' }).$type<Record<string, string>>(),
    body: text(),
    startedAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (table) => [index('stored_answer_expires_at').on(table.expiresAt)],
)

/** Facts that D1 owns, on their way to the relay; gone when it has them. `id` is never used again and rises with each commit. */
export const outbox = sqliteTable('outbox', {
  id: integer().primaryKey({ autoIncrement: true }),
  stream: text().notNull(),
  type: text().$type<EventType>().notNull(),
  version: integer().notNull(),
  at: text().notNull(),
  payload: text({ mode: 'json' }).notNull(),
})

/** Facts that no relay would take, kept for a person to look at. */
export const outboxAside = sqliteTable('outbox_aside', {
  id: integer().primaryKey(),
  stream: text().notNull(),
  seq: integer().notNull(),
  event: text({ mode: 'json' }).notNull(),
  reason: text().notNull(),
  at: integer().notNull(),
})

/** Letters and text messages on their way, sealed; gone when sent or too late. */
export const job = sqliteTable(
  'job',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['mail', 'sms'] }).notNull(),
    sealed: text().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (table) => [index('job_next_at').on(table.nextAt)],
)
