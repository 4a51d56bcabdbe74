import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mediaPurposes, rejectionReasons } from '../contract/media.ts'
import type { AccountId, MediaId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'

const instant = () => integer().$type<Instant>()

export const mediaRowStates = ['pending', 'processing', 'ready', 'rejected', 'removing'] as const

/** One upload and what became of it. `original` is a random storage key that no answer ever holds. */
export const media = sqliteTable(
  'media',
  {
    id: text().$type<MediaId>().primaryKey(),
    owner: text().$type<AccountId>().notNull(),
    purpose: text({ enum: mediaPurposes }).notNull(),
    contentType: text().notNull(),
    bytes: integer().notNull(),
    alt: text().notNull(),
    original: text().notNull(),
    state: text({ enum: mediaRowStates }).notNull(),
    reason: text({ enum: rejectionReasons }),
    /** Upright size of the original. */
    width: integer(),
    height: integer(),
    thumbhash: text(),
    sizes: text({ mode: 'json' }).$type<{ nominal: number; width: number; height: number }[]>(),
    hasShare: integer({ mode: 'boolean' }).notNull().default(false),
    attempts: integer().notNull().default(0),
    /** While processing: not tried again before. Doubles as the lease of whoever is at it. */
    nextTryAt: instant(),
    /** When its ticket runs out; moved on while the store cannot say whether the file has come. */
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    /** When its last attachment ended, or it came. A sweep sets it out of reach while something shows it. */
    unattachedSince: instant().notNull(),
    /**
     * When the store is asked next to remove what may not stay: of a picture that is ready its original, of the others all there
     * is. Null once that is gone for good.
     */
    clearUpAt: instant().default(0 as Instant),
  },
  (table) => [
    index('media_to_try')
      .on(table.nextTryAt)
      .where(sql`state = 'processing'`),
    index('media_to_come')
      .on(table.expiresAt)
      .where(sql`state = 'pending'`),
    index('media_unattached').on(table.unattachedSince),
    index('media_to_clear_up')
      .on(table.clearUpAt)
      .where(sql`clear_up_at is not null`),
  ],
)

/** What shows a picture. A frozen attachment has promised its description to others (the terms of an auction). */
export const mediaAttachment = sqliteTable(
  'media_attachment',
  {
    target: text().notNull(),
    media: text()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id),
    isFrozen: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.target, table.media] }), index('media_attachment_media').on(table.media)],
)
