import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Recipients } from '../contract/notifications.ts'
import type { Notice } from './commands.ts'

/**
 * Notices on their way to Inboxes, in the order in which what caused them became true. `reached` is the account up to which an
 * audience has been told. Gone when everyone was.
 */
export const noticeQueue = sqliteTable(
  'notice_queue',
  {
    place: integer().primaryKey({ autoIncrement: true }),
    /** The notice's id and its audience: what is queued twice is one. */
    key: text().notNull().unique(),
    to: text({ mode: 'json' }).$type<Recipients>().notNull(),
    notice: text({ mode: 'json' }).$type<Notice>().notNull(),
    reached: text(),
    attempts: integer().notNull().default(0),
    nextAt: integer().notNull().default(0),
  },
  (table) => [index('notice_queue_next_at').on(table.nextAt, table.place)],
)
