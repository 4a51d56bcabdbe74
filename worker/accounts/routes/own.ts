import { Hono } from 'hono'
import { ChangePreferences, LiveTicket, OwnAccount, Preferences } from '../../contract/accounts.ts'
import { iso } from '../../contract/time.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { runBatch } from '../../kernel/db.ts'
import { describe } from '../../kernel/describe.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { limited, signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { etagOf } from '../../kernel/versions.ts'
import { tellDevices } from '../../notifications/api.ts'
import { personalise } from '../../search/api.ts'
import { preferencesOf, updateAccount } from '../queries/accounts.ts'
import { mintTicket } from '../tickets.ts'
import { ownAccount } from '../views.ts'

const tag = 'accounts'

export const ownRoutes = new Hono<AppEnv>()
  .get(
    '/accounts/me',
    describe({ summary: 'Own account', tag, caller: 'self', answers: { 200: OwnAccount } }),
    limited,
    async (c) => {
      const own = await ownAccount(c.var.db, c.var.actor.account)
      c.header('cache-control', 'private, no-store')
      c.header('etag', etagOf(own.version))
      return reply(c, OwnAccount, own)
    },
  )
  .get(
    '/accounts/preferences',
    describe({ summary: 'Own preferences', tag, caller: 'self', answers: { 200: Preferences } }),
    limited,
    async (c) => {
      const chosen = await preferencesOf(c.var.db, c.var.actor.account)
      if (!chosen) throw new Problem('sign-in-over')
      c.header('cache-control', 'private, no-store')
      return reply(c, Preferences, chosen)
    },
  )
  .patch(
    '/accounts/preferences',
    describe({ summary: 'Change own preferences', tag, caller: 'self', answers: { 200: Preferences } }),
    limited,
    validate('json', ChangePreferences),
    async (c) => {
      const { actor, db } = c.var
      const changes = Object.fromEntries(Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined))
      const { personalised, showInRooms, showBidName } = c.req.valid('json')
      if (Object.keys(changes).length > 0)
        await runBatch(db, [
          updateAccount(db, actor.account, changes),
          ...(personalised === undefined ? [] : personalise(db, actor.account, personalised)),
        ])
      // Open rooms know what their ticket said: told of it, a device brings another one.
      if (showInRooms !== undefined || showBidName !== undefined)
        tellDevices(c.env, c.executionCtx, actor.account, 'profile')
      const chosen = await preferencesOf(db, actor.account)
      if (!chosen) throw new Problem('sign-in-over')
      return reply(c, Preferences, chosen)
    },
  )
  .post(
    '/accounts/tickets',
    describe({
      summary: 'A ticket for one socket',
      tag,
      caller: 'signed-in',
      answers: { 201: LiveTicket },
      detail: 'Good for 30 s, once, to open or renew a socket. Goes into the subprotocol, never into an address.',
    }),
    signedIn,
    (c) => {
      const { ticket, expiresAt } = mintTicket(c.var.config, c.var.actor)
      c.header('cache-control', 'no-store')
      return reply(c, LiveTicket, { ticket, expiresAt: iso(expiresAt) }, 201)
    },
  )
