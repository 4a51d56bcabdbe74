import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import type { KeptNotification } from '../../../worker/notifications/commands.ts'
import type { NotificationId } from '../../../worker/contract/ids.ts'
import { instant } from '../../../worker/contract/time.ts'
import { Devices } from '../../../worker/notifications/push/devices.ts'
import { push } from '../../../worker/notifications/push/push.ts'
import { actor, logInAgain, type Actor } from '../../support/worker/actors.ts'
import { pushTo } from '../../support/worker/push.ts'
import { eventually } from '../../support/worker/rooms.ts'

let person: Actor

beforeAll(async () => {
  person = await actor('bidder')
})

/** Has the object of the person push, as it does of its own accord. */
async function pushNow(to: Actor, notification: KeptNotification, except: Actor | null = null): Promise<void> {
  const stub = env.INBOX.get(env.INBOX.idFromName(to.account))
  await runInDurableObject(stub, (_inbox, ctx) =>
    push(env as Env, new Devices(ctx.storage.sql), {
      tag: `${notification.kind} ${notification.target}`,
      notification,
      except: except?.login ?? null,
    }),
  )
}

function outbid(over: Partial<KeptNotification> = {}): KeptNotification {
  return {
    id: 'ntf_1' as NotificationId,
    kind: 'outbid',
    place: 1,
    actors: [],
    count: 1,
    target: 'auc_1',
    data: { title: '필름 카메라', price: 45_000 },
    read: false,
    at: instant(Date.now()),
    expiresAt: instant(Date.now() + 600_000),
    ...over,
  }
}

const devicesOf = async (who: Actor) => (await who.get('/api/notifications/devices')).body.items

describe('sends', () => {
  test('what a device alone can open, signed for its push service', async () => {
    const device = await pushTo(person, 'en')
    await pushNow(person, outbid({ id: 'ntf_2' as NotificationId, actors: [person.account] }))
    const [brought, ...more] = await device.received()
    expect(more).toEqual([])
    expect(brought).toMatchObject({
      payload: {
        kind: 'outbid',
        actors: [{ handle: person.handle, name: person.name }],
        data: { title: '필름 카메라', price: 45_000 },
        target: 'auc_1',
        language: 'en',
        tag: 'outbid auc_1',
      },
      urgency: 'high',
    })
    expect(brought?.ttl).toBeGreaterThan(500)
    expect(brought?.ttl).toBeLessThanOrEqual(600)
    expect(brought?.topic).toMatch(/^[\w-]{32}$/)
    // Firefox on Android takes no more than that.
    expect(brought?.size).toBeLessThan(2_800)
  })

  test('to no device of the sign-in that caused it', async () => {
    const here = await actor('two devices')
    const there = await logInAgain(here)
    // The notice of the new sign-in would be pushed, too.
    await eventually(async () => {
      const { items } = (await here.get('/api/notifications')).body
      expect(items).toMatchObject([{ kind: 'security', data: { change: 'new-device' } }])
    })
    const [near, far] = [await pushTo(here), await pushTo(there)]
    await pushNow(here, outbid(), here)
    expect(await near.received()).toHaveLength(0)
    expect(await far.received()).toHaveLength(1)
  })

  test('nothing that has expired', async () => {
    const late = await actor('late')
    const device = await pushTo(late)
    await pushNow(late, outbid({ expiresAt: instant(Date.now() - 1) }))
    expect(await device.received()).toHaveLength(0)
  })

  test('to a busy push service again, and only to that one', async () => {
    const busy = await actor('busy')
    const [slow, quick] = [await pushTo(busy), await pushTo(busy)]
    await slow.answerWith(429)
    const notification = outbid()
    await expect(pushNow(busy, notification)).rejects.toThrow('patience')
    await slow.answerWith(201)
    await pushNow(busy, notification)
    expect(await slow.received()).toHaveLength(2)
    expect(await quick.received()).toHaveLength(1)
  })

  test.each([404, 410])('no more to a device that is gone (%i)', async (status) => {
    const mover = await actor('mover')
    const [gone, stays] = [await pushTo(mover), await pushTo(mover)]
    await gone.answerWith(status)
    await pushNow(mover, outbid())
    expect(await devicesOf(mover)).toMatchObject([{ id: stays.id }])
  })

  test('a redirect is followed nowhere', async () => {
    const lured = await actor('lured')
    const device = await pushTo(lured)
    await device.answerWith(307)
    await pushNow(lured, outbid())
    expect(await device.received()).toHaveLength(1)
    expect(await devicesOf(lured)).toHaveLength(1)
  })
})

describe('devices', () => {
  test('are listed newest first, and one of them is this one', async () => {
    const owner = await actor('owner')
    const again = await logInAgain(owner)
    const [first, second] = [await pushTo(owner), await pushTo(again)]
    const items = await devicesOf(owner)
    expect(items).toHaveLength(2)
    expect(items).toContainEqual(expect.objectContaining({ id: first.id, current: true }))
    expect(items).toContainEqual(expect.objectContaining({ id: second.id, current: false }))
  })

  test('told again are the same, with the keys and the sign-in of now', async () => {
    const owner = await actor('again')
    const device = await pushTo(owner)
    const later = await logInAgain(owner)
    const told = await later.post('/api/notifications/devices', { ...device.subscription, language: 'en' })
    expect(told).toMatchObject({ status: 201, body: { id: device.id, current: true } })
    expect(await devicesOf(owner)).toMatchObject([{ id: device.id, current: false }])
  })

  test('beyond twenty make the oldest go', async () => {
    const collector = await actor('collector')
    const body = (n: number) => ({
      endpoint: `https://push.example.com/${n}`,
      keys: { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) },
      language: 'ko',
    })
    const ids: string[] = []
    for (let n = 0; n < 21; n++)
      ids.push((await collector.post('/api/notifications/devices', body(n), { later: n * 10 })).body.id)
    const listed = (await devicesOf(collector)).map(({ id }: { id: string }) => id)
    expect(listed).toHaveLength(20)
    expect(listed).not.toContain(ids[0])
  })

  test('are removed by their owner alone', async () => {
    const [owner, other] = [await actor('owner'), await actor('other')]
    const device = await pushTo(owner)
    expect((await other.delete(`/api/notifications/devices/${device.id}`)).status).toBe(404)
    expect((await owner.delete(`/api/notifications/devices/${device.id}`)).status).toBe(204)
    expect(await devicesOf(owner)).toEqual([])
  })

  test('go with their sign-in', async () => {
    const owner = await actor('leaver')
    const stays = await logInAgain(owner)
    await pushTo(owner)
    const kept = await pushTo(stays)
    await owner.post('/api/accounts/logout', undefined, { cookies: owner.cookies })
    expect(await devicesOf(stays)).toMatchObject([{ id: kept.id }])
  })
})

describe('refuses to push to', () => {
  test.each([
    ['plain http', 'http://push.example.com/x'],
    ['an address of this network', 'https://192.168.0.1/x'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest'],
    ['an address of the new kind', 'https://[::1]/x'],
    ['this computer by name', 'https://localhost/x'],
    ['an address written as one number', 'https://2130706433/x'],
    ['a name inside a network', 'https://printer.local/x'],
    ['a name without a dot', 'https://intranet/x'],
    ['a port of choice', 'https://push.example.com:8443/x'],
    ['a name with a password', 'https://me:secret@push.example.com/x'],
  ])('%s', async (_name, endpoint) => {
    const body = { endpoint, keys: { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) }, language: 'ko' }
    const refused = await person.post('/api/notifications/devices', body)
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'invalid-fields', errors: [{ pointer: '/endpoint', code: 'not-a-push-service' }] },
    })
  })
})
