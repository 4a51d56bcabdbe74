import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { languages, messageSenders, phonePurposes, roles } from '../contract/accounts.ts'
import type { AccountId, LoginId } from '../contract/ids.ts'

/** A person's account. The phone number itself is nowhere: `phone` is a keyed hash, good for finding and nothing else. */
export const account = sqliteTable('account', {
  id: text().$type<AccountId>().primaryKey(),
  email: text().unique(),
  phone: text().unique(),
  phoneAttachedAt: integer(),
  password: text().notNull(),
  role: text({ enum: roles }).notNull().default('member'),
  language: text({ enum: languages }).notNull(),
  messagesFrom: text({ enum: messageSenders }).notNull().default('everyone'),
  showInRooms: integer({ mode: 'boolean' }).notNull().default(true),
  showBidName: integer({ mode: 'boolean' }).notNull().default(false),
  personalised: integer({ mode: 'boolean' }).notNull().default(true),
  suspendedUntil: integer(),
  suspensionDecision: text(),
  termsVersion: text().notNull(),
  termsAcceptedAt: integer().notNull(),
  createdAt: integer().notNull(),
})

/** One sign-in on one device. Its refresh tokens follow from `seed` and their generation; `device` is a hash of its cookie. */
export const login = sqliteTable(
  'login',
  {
    id: text().$type<LoginId>().primaryKey(),
    account: text().$type<AccountId>().notNull(),
    seed: text().notNull(),
    device: text().notNull(),
    label: text(),
    place: text(),
    signedInAt: integer().notNull(),
    lastUsedAt: integer().notNull(),
    endedAt: integer(),
  },
  (table) => [
    index('login_account').on(table.account, table.endedAt),
    index('login_last_used_at').on(table.lastUsedAt),
  ],
)

/** When each generation of a sign-in's refresh token was issued. Only the newest few are kept. */
export const refreshGeneration = sqliteTable(
  'refresh_generation',
  {
    login: text().$type<LoginId>().notNull(),
    generation: integer().notNull(),
    issuedAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.login, table.generation] })],
)

/** A code on its way to a number, and the proof it turns into. `code` is null where none was sent: nobody has that number. */
export const phoneChallenge = sqliteTable(
  'phone_challenge',
  {
    id: text().primaryKey(),
    phone: text().notNull(),
    purpose: text({ enum: phonePurposes }).notNull(),
    code: text(),
    tries: integer().notNull().default(0),
    expiresAt: integer().notNull(),
    closedAt: integer(),
    proof: text().unique(),
    proofExpiresAt: integer(),
    proofUsedAt: integer(),
  },
  (table) => [
    index('phone_challenge_phone').on(table.phone, table.purpose),
    index('phone_challenge_expires_at').on(table.expiresAt),
  ],
)

/** A sign-up by e-mail that waits to be confirmed. `code` and `key` are null where the address has an account already. */
export const registration = sqliteTable(
  'registration',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    password: text().notNull(),
    name: text().notNull(),
    handle: text(),
    language: text({ enum: languages }).notNull(),
    termsVersion: text().notNull(),
    termsAcceptedAt: integer().notNull(),
    code: text(),
    key: text().unique(),
    tries: integer().notNull().default(0),
    expiresAt: integer().notNull(),
  },
  (table) => [index('registration_expires_at').on(table.expiresAt)],
)

/** Links that set a new password. Only a hash of the token is kept. */
export const resetLink = sqliteTable(
  'reset_link',
  {
    token: text().primaryKey(),
    account: text().$type<AccountId>().notNull(),
    expiresAt: integer().notNull(),
  },
  (table) => [index('reset_link_account').on(table.account), index('reset_link_expires_at').on(table.expiresAt)],
)
