import { env, exports } from 'cloudflare:workers'
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Rate, Verdict } from '../../../worker/kernel/rate-limit.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { expectProblem } from '../../support/worker/problems.ts'

function limiter(key: string) {
  const stub = env.LIMITER.get(env.LIMITER.idFromName(key))
  const take = async (rates: Rate[], at: number, cost = 1) => (await stub.take(rates, cost, at)) as Verdict
  return { stub, take }
}

const perTen: Rate = { name: 'perTen', most: 3, windowMs: 10_000 }
const perHour: Rate = { name: 'perHour', most: 5, windowMs: 3_600_000 }

describe('an exact limit', () => {
  it('counts any window, not fixed ones', async () => {
    const { take } = limiter('sliding')
    for (const at of [0, 4_000, 9_000]) expect((await take([perTen], at)).ok).toBe(true)
    expect(await take([perTen], 9_999)).toEqual({ ok: false, retryAfterMs: 1 })
    expect((await take([perTen], 10_000)).ok).toBe(true)
    expect(await take([perTen], 10_001)).toEqual({ ok: false, retryAfterMs: 3_999 })
  })

  it('is exact for requests at the same moment', async () => {
    const { take } = limiter('parallel')
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => take([perTen], 1_000)))
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(3)
  })

  it('takes of every rate or of none', async () => {
    const { take } = limiter('together')
    for (const at of [0, 10_000, 20_000, 30_000, 40_000]) expect((await take([perTen, perHour], at)).ok).toBe(true)
    expect((await take([perTen, perHour], 50_000)).ok).toBe(false)
    for (const at of [50_001, 50_002, 50_003]) expect((await take([perTen], at)).ok).toBe(true)
  })

  it('weighs what is taken', async () => {
    const bytes: Rate = { name: 'bytes', most: 100, windowMs: 1_000 }
    const { take } = limiter('weights')
    expect((await take([bytes], 0, 60)).ok).toBe(true)
    expect((await take([bytes], 1, 41)).ok).toBe(false)
    expect((await take([bytes], 1, 40)).ok).toBe(true)
    expect((await take([bytes], 5_000, 101)).ok).toBe(false)
  })

  it('forgets what is given back, pause included', async () => {
    const pausing: Rate = { ...perTen, name: 'pausing', pauseMs: 60_000 }
    const { stub, take } = limiter('back')
    await take([pausing], 0)
    await take([pausing], 1)
    const last = await take([pausing], 2)
    expect(await take([pausing], 3)).toEqual({ ok: false, retryAfterMs: 59_999 })
    if (last.ok) await stub.giveBack(last.hits)
    expect((await take([pausing], 4)).ok).toBe(true)
    expect(await take([pausing], 20_000)).toEqual({ ok: false, retryAfterMs: 40_004 })
  })

  it('deletes itself when nothing counts any more, and counts anew after that', async () => {
    const { stub, take } = limiter('idle')
    expect((await take([perTen], Date.now() - 20_000)).ok).toBe(true)
    await runDurableObjectAlarm(stub)
    const left = await runInDurableObject(stub, async (_, state) => ({
      alarm: await state.storage.getAlarm(),
      tables: state.storage.sql.exec("select name from sqlite_master where name = 'hit'").toArray(),
    }))
    expect(left).toEqual({ alarm: null, tables: [] })
    expect((await take([perTen], Date.now())).ok).toBe(true)
  })

  it('stays while something counts', async () => {
    const { stub, take } = limiter('busy')
    await take([perHour], Date.now())
    await runDurableObjectAlarm(stub)
    const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm())
    expect(alarm).toBeGreaterThan(Date.now())
  })
})

describe('calls in all', () => {
  it('are 300 a minute for one address without a token', async () => {
    const call = () => ask('GET', '/api/accounts/preferences', { limited: true, ip: '198.51.100.200' })
    const answers = []
    for (let count = 0; count < 302; count++) answers.push(await call())
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThanOrEqual(2)
    expectProblem(answers.at(-1) ?? (await call()), 'too-many-requests')
    expect((await ask('GET', '/api/accounts/preferences', { limited: true, ip: '198.51.100.201' })).status).toBe(401)
  })

  it('that are too many are told on a page, too', async () => {
    const request = { limited: true, ip: '198.51.100.204' }
    while ((await ask('GET', '/api/time', request)).status !== 429);
    const headers = { 'cf-connecting-ip': request.ip }
    const page = await exports.default.fetch('http://localhost/auctions', { headers })
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('<footer')
  })

  it('of an account do not count against the address it shares', async () => {
    const person = await actor('person')
    const request = { limited: true, ip: '198.51.100.202' }
    for (let count = 0; count < 310; count++)
      expect((await person.get('/api/accounts/preferences', request)).status).toBe(200)
  })

  it('with a token that is no good count as without', async () => {
    const request = { limited: true, ip: '198.51.100.203', token: 'forged' }
    const statuses = new Set<number>()
    for (let count = 0; count < 302; count++) statuses.add((await ask('GET', '/api/accounts/me', request)).status)
    expect([...statuses].toSorted()).toEqual([401, 429])
  })

  it('of a whole IPv6 network count together', async () => {
    const call = (host: string) => ask('GET', '/api/accounts/me', { limited: true, ip: `2001:db8:1:2:${host}` })
    for (let count = 0; count < 302; count++) await call(`${count}::1`)
    expect((await call('ffff::1')).status).toBe(429)
    expect((await ask('GET', '/api/accounts/me', { limited: true, ip: '2001:db8:1:3::1' })).status).toBe(401)
  })

  it('count together, too, when the network ends in zeros that are left out', async () => {
    const call = (ip: string) => ask('GET', '/api/accounts/me', { limited: true, ip })
    for (let count = 0; count < 302; count++) await call(`2001:db8:7:0:${count + 1}::1`)
    expect((await call('2001:db8:7::1')).status).toBe(429)
    expect((await call('2001:db8:7::5:0:0:1')).status).toBe(429)
    expect((await call('2001:db8:7:1::1')).status).toBe(401)
  })
})
