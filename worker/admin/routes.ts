import { Hono } from 'hono'
import { emailOf, signInsOf } from '../accounts/api.ts'
import type { AccountId } from '../contract/ids.ts'
import {
  AuditPage,
  AuditQuery,
  SetRole,
  StaffAccount,
  StaffAccountPage,
  StaffAccountsQuery,
  StaffEmail,
  StaffReason,
  SuspendAccount,
} from '../contract/moderation.ts'
import { iso } from '../contract/time.ts'
import { openDealsOf } from '../deals/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppEnv } from '../kernel/context.ts'
import { cursorOf, pageOf, type Position } from '../kernel/cursor.ts'
import type { Db } from '../kernel/db.ts'
import { describe } from '../kernel/describe.ts'
import { idempotent } from '../kernel/idempotency.ts'
import { Problem } from '../kernel/problem.ts'
import { reply } from '../kernel/reply.ts'
import { staff } from '../kernel/sessions.ts'
import { keepPrivate } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { auditRow, auditTrail, decisionsOf, decisionView } from '../moderation/api.ts'
import { peopleLike, personNames, selectProfile, type PlaceAmongNames } from '../profiles/api.ts'
import { giveRole, liftSuspension, suspendAccount, targetOf } from './acting.ts'
import { accountRows } from './views.ts'

const tag = 'admin'
const acting = { tag, caller: 'moderator', answers: { 204: null } } as const

export const adminRoutes = new Hono<AppEnv>()
  .get(
    '/admin/accounts',
    describe({
      summary: 'Find accounts',
      tag,
      caller: 'moderator',
      answers: { 200: StaffAccountPage },
      problems: ['forbidden', 'bad-query', 'bad-cursor'],
      detail: 'By the beginning of handle or name, or by the id of an account.',
    }),
    staff('moderator'),
    validate('query', StaffAccountsQuery),
    async (c) => {
      const { search, limit, cursor: text } = c.req.valid('query')
      const { db, ids } = c.var
      const cursor = cursorOf(c, 'staff-accounts', { search })
      const found = ids.isGenuine('account', search)
        ? [{ account: search, place: [0, search] as PlaceAmongNames }]
        : await peopleLike(db, search, { limit: limit + 1, without: nobody, after: placeOf(cursor.read(text)) })
      const { rows, nextCursor } = pageOf(found, limit, cursor, ({ place }) => place)
      keepPrivate(c)
      const items = await accountRows(
        db,
        rows.map(({ account }) => account),
      )
      return reply(c, StaffAccountPage, { items, nextCursor })
    },
  )
  .get(
    '/admin/accounts/:account',
    describe({
      summary: 'An account as staff sees it',
      tag,
      caller: 'moderator',
      answers: { 200: StaffAccount },
      problems: ['forbidden', 'not-found'],
      detail: 'Never a phone number; the address by a call of its own, with a reason.',
    }),
    staff('moderator'),
    async (c) => {
      const { id, standing } = await targetOf(c, c.req.param('account'))
      keepPrivate(c)
      return reply(c, StaffAccount, await wholeView(c.var.db, id, standing.hasEmail))
    },
  )
  .post(
    '/admin/accounts/:account/email',
    describe({
      summary: "See an account's address, for a reason",
      tag,
      caller: 'moderator',
      answers: { 200: StaffEmail },
      problems: ['forbidden', 'not-found', 'invalid-fields'],
      detail: 'Goes into the audit trail before it is shown.',
    }),
    staff('moderator'),
    validate('json', StaffReason),
    async (c) => {
      const { db, actor } = c.var
      const { id } = await targetOf(c, c.req.param('account'))
      const { reason } = c.req.valid('json')
      await auditRow(db, { at: now(), staff: actor.account, action: 'see-email', target: id, reason })
      keepPrivate(c)
      return reply(c, StaffEmail, { email: await emailOf(db, id) })
    },
  )
  .post(
    '/admin/accounts/:account/suspension',
    describe({
      ...acting,
      summary: 'Suspend an account',
      problems: ['forbidden', 'not-found', 'not-oneself', 'not-about-staff', 'conflict', 'invalid-fields'],
      detail: 'A decision with its statement of reasons. Sockets close before the answer; it ends by time passed.',
    }),
    staff('moderator'),
    validate('json', SuspendAccount),
    idempotent(),
    async (c) => {
      await suspendAccount(c, c.var.actor, c.req.param('account'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .delete(
    '/admin/accounts/:account/suspension',
    describe({
      ...acting,
      summary: 'Lift the suspension of an account',
      problems: ['forbidden', 'not-found', 'not-oneself', 'not-about-staff', 'not-suspended', 'conflict'],
    }),
    staff('moderator'),
    validate('json', StaffReason),
    async (c) => {
      await liftSuspension(c, c.var.actor, c.req.param('account'), c.req.valid('json').reason)
      return c.body(null, 204)
    },
  )
  .put(
    '/admin/accounts/:account/role',
    describe({
      ...acting,
      caller: 'admin',
      summary: 'Give a role',
      problems: ['forbidden', 'not-found', 'not-oneself', 'last-admin', 'invalid-fields'],
      detail: 'Never the own one, and the last admin stays.',
    }),
    staff('admin'),
    validate('json', SetRole),
    async (c) => {
      await giveRole(c, c.var.actor, c.req.param('account'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .get(
    '/admin/audit',
    describe({
      summary: 'Who of the staff did what, when and why',
      tag,
      caller: 'admin',
      answers: { 200: AuditPage },
      problems: ['forbidden', 'bad-query', 'bad-cursor'],
    }),
    staff('admin'),
    validate('query', AuditQuery),
    async (c) => {
      const { limit, cursor: text } = c.req.valid('query')
      const cursor = cursorOf(c, 'audit')
      const found = await auditTrail(c.var.db, cursor.read(text), limit)
      const { rows, nextCursor } = pageOf(found, limit, cursor, ({ id }) => [id])
      const names = await personNames(
        c.var.db,
        rows.map((row) => row.staff),
      )
      keepPrivate(c)
      return reply(c, AuditPage, {
        items: rows.map(({ id, at, staff: who, action, target, reason }) => {
          const name = names.get(who)
          return {
            id,
            at: iso(at),
            staff: name ? { handle: name.handle, name: name.name } : null,
            action,
            target,
            reason,
          }
        }),
        nextCursor,
      })
    },
  )

/** Searching as staff leaves nobody out, not even oneself. */
const nobody = '' as AccountId

function placeOf(position: Position | null): PlaceAmongNames | null {
  return position && [Number(position[0]), String(position[1])]
}

async function wholeView(db: Db, id: AccountId, hasEmail: boolean): Promise<StaffAccount> {
  const at = now()
  const [[row], signIns, decisions, open, [shown]] = await Promise.all([
    accountRows(db, [id]),
    signInsOf(db, id, at),
    decisionsOf(db, id, null, 50),
    openDealsOf(db, id),
    selectProfile(db, id),
  ])
  if (!row || !shown) throw new Problem('not-found')
  return {
    ...row,
    hasEmail,
    signIns: signIns.map(({ device, place, firstUsedAt, lastUsedAt }) => ({
      device,
      place,
      firstUsedAt: iso(firstUsedAt),
      lastUsedAt: iso(lastUsedAt),
    })),
    decisions: decisions.map((decided) => decisionView(decided, at)),
    deals: { completed: shown.deals, open: open.length, noShows: shown.noShows },
  }
}
