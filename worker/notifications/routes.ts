import { Hono } from 'hono'
import {
  NotificationCount,
  NotificationPage,
  NotificationPreferences,
  NotificationsQuery,
  ReadNotifications,
} from '../contract/notifications.ts'
import type { AppEnv } from '../kernel/context.ts'
import { cursorOf, pageOf } from '../kernel/cursor.ts'
import { describe } from '../kernel/describe.ts'
import { Problem } from '../kernel/problem.ts'
import { reply } from '../kernel/reply.ts'
import { limited } from '../kernel/sessions.ts'
import { keepPrivate } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { inboxOf } from './api.ts'
import { inboxLiveRoutes } from './live-route.ts'
import { deviceRoutes } from './push/routes.ts'
import { cannotBeOff, spelledOut } from './rules.ts'
import { notificationViews } from './views.ts'

const tag = 'notifications'

export const notificationRoutes = new Hono<AppEnv>()
  .route('/', inboxLiveRoutes)
  .route('/', deviceRoutes)
  .get(
    '/notifications',
    describe({
      summary: 'What I was told, newest first',
      tag,
      caller: 'limited',
      answers: { 200: NotificationPage },
      problems: ['bad-query', 'bad-cursor'],
      detail:
        'Kept 90 days. Like kinds about one thing are folded. What has expired, and what blocked or muted people caused, is left out.',
    }),
    limited,
    validate('query', NotificationsQuery),
    async (c) => {
      const query = c.req.valid('query')
      const { db, actor } = c.var
      const cursor = cursorOf(c, 'notifications', query)
      const [before = null] = cursor.read(query.cursor) ?? []
      const kept = await inboxOf(c.env, actor.account).notifications(actor.account, {
        before: typeof before === 'number' ? before : null,
        limit: query.limit + 1,
        unread: query.unread === 'true',
      })
      const { rows, nextCursor } = pageOf(kept, query.limit, cursor, ({ place }) => [place])
      keepPrivate(c)
      return reply(c, NotificationPage, { items: await notificationViews(db, rows), nextCursor })
    },
  )
  .get(
    '/notifications/count',
    describe({ summary: 'How many I have not read', tag, caller: 'limited', answers: { 200: NotificationCount } }),
    limited,
    async (c) => {
      const { account } = c.var.actor
      const { notifications } = await inboxOf(c.env, account).unread(account)
      keepPrivate(c)
      return reply(c, NotificationCount, { unread: notifications })
    },
  )
  .post(
    '/notifications/read',
    describe({
      summary: 'Mark some of them, or one and everything older, as read',
      tag,
      caller: 'limited',
      answers: { 204: null },
      problems: ['invalid-fields', 'unknown-field'],
      detail: 'Other devices learn it at once. Ids that are not there any more do no harm.',
    }),
    limited,
    validate('json', ReadNotifications),
    async (c) => {
      await inboxOf(c.env, c.var.actor.account).readNotifications(c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .get(
    '/notifications/preferences',
    describe({
      summary: 'How I want to be told of what',
      tag,
      caller: 'limited',
      answers: { 200: NotificationPreferences },
    }),
    limited,
    async (c) => {
      const chosen = await inboxOf(c.env, c.var.actor.account).preferences()
      keepPrivate(c)
      return reply(c, NotificationPreferences, spelledOut(chosen))
    },
  )
  .put(
    '/notifications/preferences',
    describe({
      summary: 'Choose how to be told of what',
      tag,
      caller: 'limited',
      answers: { 200: NotificationPreferences },
      problems: ['invalid-fields', 'unknown-field'],
      detail: 'Kinds that are left out are as for everyone. Security and decisions always stay in the app.',
    }),
    limited,
    validate('json', NotificationPreferences),
    async (c) => {
      const chosen = c.req.valid('json')
      const errors = cannotBeOff(chosen).map((kind) => ({ pointer: `/kinds/${kind}/app`, code: 'always-on' }))
      if (errors.length > 0) throw new Problem('invalid-fields', { errors })
      await inboxOf(c.env, c.var.actor.account).setPreferences(chosen)
      return reply(c, NotificationPreferences, spelledOut(chosen))
    },
  )
  .delete(
    '/notifications',
    describe({ summary: 'Remove all of them', tag, caller: 'limited', answers: { 204: null } }),
    limited,
    async (c) => {
      await inboxOf(c.env, c.var.actor.account).removeNotifications('all')
      return c.body(null, 204)
    },
  )
  .delete(
    '/notifications/:id',
    describe({
      summary: 'Remove one',
      tag,
      caller: 'limited',
      answers: { 204: null },
      problems: ['not-found'],
      detail: 'Repeating it is harmless.',
    }),
    limited,
    async (c) => {
      const id = c.var.ids.require('notification', c.req.param('id'))
      await inboxOf(c.env, c.var.actor.account).removeNotifications(id)
      return c.body(null, 204)
    },
  )
