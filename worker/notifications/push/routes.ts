import { Hono } from 'hono'
import { deviceOf } from '../../accounts/api.ts'
import { AddPushDevice, PushDevice, PushDevices } from '../../contract/notifications.ts'
import { instant, iso } from '../../contract/time.ts'
import { now } from '../../kernel/clock.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { invalidField, Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { limited, signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import type { LoginId } from '../../contract/ids.ts'
import { inboxOf } from '../api.ts'
import type { Device } from './devices.ts'
import { isPushEndpoint } from './endpoint.ts'
import { publicKeyOf } from './send.ts'

const tag = 'notifications'

export const deviceRoutes = new Hono<AppEnv>()
  .get(
    '/notifications/devices',
    describe({ summary: 'Devices that are pushed to', tag, caller: 'self', answers: { 200: PushDevices } }),
    signedIn,
    async (c) => {
      const { account, login } = c.var.actor
      const devices = await inboxOf(c.env, account).devices()
      c.header('cache-control', 'private, no-store')
      return reply(c, PushDevices, {
        publicKey: publicKeyOf(c.var.config),
        items: devices.map((device) => view(device, login)),
      })
    },
  )
  .post(
    '/notifications/devices',
    describe({
      summary: 'Push to this browser',
      tag,
      caller: 'self',
      answers: { 201: PushDevice },
      problems: ['invalid-fields'],
      detail:
        'A Web Push subscription, bound to this sign-in: signing out drops it. The same one again is told anew. 20 at most; then the oldest goes.',
    }),
    signedIn,
    validate('json', AddPushDevice),
    idempotent(),
    async (c) => {
      const { account, login } = c.var.actor
      const { endpoint, keys, language } = c.req.valid('json')
      if (!isPushEndpoint(endpoint)) throw invalidField('/endpoint', 'not-a-push-service')
      const device: Device = {
        id: c.var.ids.derive('device', account, endpoint),
        endpoint,
        p256dh: keys.p256dh,
        auth: keys.auth,
        login,
        language,
        label: deviceOf(c),
        addedAt: now(),
      }
      await inboxOf(c.env, account).addDevice(account, device)
      return reply(c, PushDevice, view(device, login), 201)
    },
  )
  .delete(
    '/notifications/devices/:id',
    describe({
      summary: 'Push to that device no more',
      tag,
      caller: 'self',
      answers: { 204: null },
      problems: ['not-found'],
    }),
    limited,
    async (c) => {
      const id = c.var.ids.require('device', c.req.param('id'))
      if (!(await inboxOf(c.env, c.var.actor.account).removeDevice(id))) throw new Problem('not-found')
      return c.body(null, 204)
    },
  )

function view({ id, label, login, addedAt }: Device, asking: LoginId): PushDevice {
  return { id, label, current: login === asking, addedAt: iso(instant(addedAt)) }
}
