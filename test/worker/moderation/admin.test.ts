import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../../../worker/moderation/schema.ts'
import { actor, logInAgain, staff, type Actor } from '../../support/worker/actors.ts'
import { auction, inMs, must } from '../../support/worker/auctions.ts'
import { cronIn, DAY, HOUR } from '../../support/worker/clock.ts'
import { attend } from '../../support/worker/live.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { db } from '../../support/worker/reviews.ts'

let moderator: Actor
let admin: Actor
let person: Actor

beforeAll(async () => {
  ;[moderator, admin, person] = await Promise.all([staff('moderator'), staff('admin'), actor('person')])
})

const pathOf = ({ account }: Actor, rest = '') => `/api/admin/accounts/${account}${rest}`
const suspension = (until = inMs(7 * DAY)) => ({ until, reason: 'fraud', facts: '물건을 보내지 않았어요.' })

async function trail() {
  return (await admin.get('/api/admin/audit')).body.items as Record<string, string>[]
}

describe('finding', () => {
  test('goes by handle, name and id, page after page, and finds the finder too', async () => {
    const some = await Promise.all(['가람 하나', '가람 둘', '가람 셋'].map((name) => actor(name)))
    const first = (await moderator.get('/api/admin/accounts?search=가람&limit=2')).body
    const second = (await moderator.get(`/api/admin/accounts?search=가람&limit=2&cursor=${first.nextCursor}`)).body
    const found = [...first.items, ...second.items].map(({ handle }: { handle: string }) => handle)
    expect(found.toSorted()).toEqual(some.map(({ handle }) => handle).toSorted())
    expect(second.nextCursor).toBeNull()
    const byId = await moderator.get(`/api/admin/accounts?search=${person.account}`)
    expect(byId.body.items).toMatchObject([{ id: person.account, handle: person.handle, role: 'member' }])
    const own = await moderator.get(`/api/admin/accounts?search=${moderator.handle}`)
    expect(own.body.items).toMatchObject([{ handle: moderator.handle, role: 'moderator' }])
  })

  test('never shows a number, and the address only after a reason that is kept', async () => {
    const mailed = await actor('mailed', { by: 'email' })
    const shown = await moderator.get(pathOf(mailed))
    expect(shown.body).toMatchObject({ hasEmail: true, signIns: [{ device: null }], deals: { completed: 0 } })
    expect(JSON.stringify(shown.body)).not.toContain(mailed.email)
    const traders = await moderator.get(pathOf(person))
    expect(JSON.stringify(traders.body)).not.toContain(person.phone?.slice(1))

    expect(faultsOf(await moderator.post(pathOf(mailed, '/email'), { reason: ' ' }))).toEqual(['/reason: empty'])
    const seen = await moderator.post(pathOf(mailed, '/email'), { reason: '수사 협조 요청' })
    expect(seen.body).toEqual({ email: mailed.email })
    expect((await trail())[0]).toMatchObject({ action: 'see-email', target: mailed.account, reason: '수사 협조 요청' })
  })
})

describe('suspending', () => {
  test('acts at once on requests, sockets and announced auctions, and says why', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller, { startsAt: inMs(HOUR) })
    const client = await attend(id, seller)
    const until = inMs(7 * DAY)
    expect((await moderator.post(pathOf(seller, '/suspension'), suspension(until))).status).toBe(204)

    expect(await client.gone()).toMatchObject({ code: 4403 })
    expectProblem(await seller.post('/api/accounts/tickets'), 'account-suspended')
    expect(must(await person.get(`/api/auctions/${id}`), 200).state).toBe('cancelled')
    const [decision] = (await seller.get('/api/decisions')).body.items
    expect(decision).toMatchObject({
      action: 'suspend',
      rule: 'fraud',
      facts: '물건을 보내지 않았어요.',
      automatic: false,
      state: 'standing',
      until,
    })
    expect((await seller.get('/api/accounts/me')).body.suspension).toEqual({ until, decision: decision.id })
    expect((await person.get(`/api/accounts/users/${seller.handle}`)).body.suspended).toBe(true)
    expect((await trail())[0]).toMatchObject({ action: 'suspend', target: seller.account })
  })

  test('ends by time passed, without anybody lifting it', async () => {
    const one = await actor('one')
    await moderator.post(pathOf(one, '/suspension'), suspension(inMs(DAY)))
    expectProblem(await one.get('/api/reviews/mine'), 'account-suspended')
    const back = await logInAgain(one, { later: DAY })
    expect((await back.get('/api/reviews/mine', { later: DAY + 60_000 })).status).toBe(200)
  })

  test('is lifted with a reason; of two, both', async () => {
    const one = await actor('one')
    await moderator.post(pathOf(one, '/suspension'), suspension(inMs(DAY)))
    await moderator.post(pathOf(one, '/suspension'), suspension(inMs(3 * DAY)))
    const [last] = (await one.get('/api/decisions')).body.items
    expect((await one.get('/api/accounts/me')).body.suspension.decision).toBe(last.id)
    const lifted = await moderator.delete(pathOf(one, '/suspension'), { body: { reason: '잘못 봤어요' } })
    expect(lifted.status).toBe(204)
    expect((await one.get('/api/accounts/me')).body.suspension).toBeNull()
    const states = ((await one.get('/api/decisions')).body.items as { state: string }[]).map(({ state }) => state)
    expect(states).toEqual(['lifted', 'lifted'])
    const again = await moderator.delete(pathOf(one, '/suspension'), { body: { reason: '한 번 더' } })
    expectProblem(again, 'not-suspended')
  })

  test('a shorter one that comes later takes nothing from a longer one', async () => {
    const one = await actor('one')
    const until = inMs(9 * DAY)
    await moderator.post(pathOf(one, '/suspension'), suspension(until))
    await moderator.post(pathOf(one, '/suspension'), suspension(inMs(DAY)))
    expect((await one.get('/api/accounts/me')).body.suspension.until).toBe(until)
  })

  test('never oneself; staff only by an admin; not into the past', async () => {
    expectProblem(await moderator.post(pathOf(moderator, '/suspension'), suspension()), 'not-oneself')
    expectProblem(await moderator.post(pathOf(admin, '/suspension'), suspension()), 'not-about-staff')
    expect(faultsOf(await moderator.post(pathOf(person, '/suspension'), suspension(inMs(-HOUR))))).toEqual([
      '/until: too-early',
    ])
    const another = await staff('moderator')
    expect((await admin.post(pathOf(another, '/suspension'), suspension())).status).toBe(204)
    expectProblem(await another.get('/api/moderation/appeals'), 'account-suspended')
  })
})

describe('roles', () => {
  const give = (by: Actor, to: Actor, role: string) => by.put(pathOf(to, '/role'), { role, reason: '새 운영자' })

  test('are given by admins, act at once, and are kept in the trail', async () => {
    const one = await actor('one')
    expectProblem(await one.get('/api/moderation/appeals'), 'forbidden')
    expectProblem(await give(moderator, one, 'moderator'), 'forbidden')
    expect((await give(admin, one, 'moderator')).status).toBe(204)
    expect((await one.get('/api/moderation/appeals')).status).toBe(200)
    expect((await one.get('/api/accounts/me')).body.role).toBe('moderator')
    expect((await trail())[0]).toMatchObject({ action: 'role-moderator', target: one.account, reason: '새 운영자' })
    await give(admin, one, 'member')
    expectProblem(await one.get('/api/moderation/appeals'), 'forbidden')
  })

  test('are never given to oneself', async () => {
    expectProblem(await give(admin, admin, 'member'), 'not-oneself')
  })

  test('two admins who take it from each other at the same moment leave one', async () => {
    const [one, other] = await Promise.all([staff('admin'), staff('admin')])
    await give(one, admin, 'member')
    const answers = await Promise.all([give(one, other, 'member'), give(other, one, 'member')])
    expect(answers.filter(({ status }) => status === 204).length).toBeLessThan(2)
    const roles = await Promise.all([one, other].map(async (who) => (await who.get('/api/accounts/me')).body.role))
    expect(roles).toContain('admin')
    const left = roles[0] === 'admin' ? one : other
    await give(left, admin, 'admin')
  })
})

test('the audit trail takes rows and gives none back', async () => {
  await moderator.post(pathOf(person, '/email'), { reason: '확인' })
  await expect(env.DB.prepare("update audit set reason = ''").run()).rejects.toThrow(/append-only/)
  await expect(env.DB.prepare('delete from audit').run()).rejects.toThrow(/append-only/)
  expect((await db.select().from(audit)).length).toBeGreaterThan(0)
  expectProblem(await moderator.get('/api/admin/audit'), 'forbidden')
})

test('what a decider left undone is carried out by cron', async () => {
  const one = await actor('one')
  await moderator.post(pathOf(one, '/suspension'), suspension())
  await env.DB.prepare('update decision set enforced_at = null where account = ?').bind(one.account).run()
  await cronIn(0)
  const { results } = await env.DB.prepare('select enforced_at from decision where account = ?').bind(one.account).run()
  expect(results).toEqual([{ enforced_at: expect.any(Number) }])
})
