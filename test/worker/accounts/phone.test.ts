import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../worker/env.ts'
import { actor, international, newPhone, provePhone, type PhonePurpose } from '../../support/worker/actors.ts'
import { ask, type Answer, type Request } from '../../support/worker/app.ts'
import { DAY, HOUR, laterBy, MINUTE, SECOND } from '../../support/worker/clock.ts'
import { codeIn, letterFrom, lettersTo } from '../../support/worker/mailbox.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

const send = (phone: string, purpose: PhonePurpose = 'sign-up', request?: Request) =>
  ask('POST', '/api/accounts/phone/codes', { ...request, body: { phone, purpose } })
const check = (challenge: string, code: string, request?: Request) =>
  ask('POST', `/api/accounts/phone/codes/${challenge}/check`, { ...request, body: { code } })

/** A challenge with the code that came. */
async function challenged(phone = newPhone(), purpose: PhonePurpose = 'sign-up') {
  let sent: Answer | undefined
  const letter = await letterFrom(international(phone), async () => {
    sent = await send(phone, purpose)
  })
  return { phone, challenge: sent?.body.challenge as string, code: codeIn(letter), sent: sent?.body }
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

describe('a code', () => {
  it('becomes a proof once', async () => {
    const { challenge, code } = await challenged()
    const answers = await Promise.all([check(challenge, code), check(challenge, code)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expectProblem(await check(challenge, code), 'code-spent')
  })

  it('has six digits, lives five minutes and says when the next may be asked for', async () => {
    const { challenge, code, sent } = await challenged()
    expect(code).toMatch(/^\d{6}$/)
    expect(Date.parse(sent.expiresAt) - Date.parse(sent.resendAt)).toBe(4 * MINUTE)
    expectProblem(await check(challenge, code, { later: 5 * MINUTE + SECOND }), 'code-spent')
  })

  it('allows five tries, counting those made at once', async () => {
    const { challenge, code } = await challenged()
    const answers = await Promise.all(Array.from({ length: 8 }, () => check(challenge, wrong(code))))
    expect(answers.filter(({ body }) => body.code === 'code-wrong')).toHaveLength(5)
    expectProblem(await check(challenge, code), 'code-spent')
  })

  it('is killed by the next one for the same number', async () => {
    const first = await challenged()
    const second = await challenged(first.phone)
    expectProblem(await check(first.challenge, first.code), 'code-spent')
    expect((await check(second.challenge, second.code)).status).toBe(200)
  })

  it('is good for its own challenge alone', async () => {
    const one = await challenged()
    const two = await challenged()
    expect((await check(one.challenge, two.code)).status).not.toBe(200)
  })

  it('of an invented challenge is not found', async () => {
    expectProblem(await check('invented', '123456'), 'not-found')
  })
})

describe('the number', () => {
  it.each([
    '010-1234-5678',
    '01012345678',
    '+82 10 1234 5678',
    '+821012345678',
    '0082-10-1234-5678',
    '(010) 1234.5678',
  ])('is Korean and mobile in any writing: %s', async (phone) => {
    const before = (await lettersTo('+821012345678')).length
    expect((await send(phone)).status).toBe(202)
    await expect.poll(async () => (await lettersTo('+821012345678')).length).toBe(before + 1)
  })

  it.each(['02-123-4567', '+1 202 555 0123', '070-1234-5678', '010-123-456', 'phone', '011-123-4567'])(
    'is refused otherwise: %s',
    async (phone) => {
      const answer = await send(phone)
      expectProblem(answer, 'invalid-fields')
      expect(faultsOf(answer)).toEqual(['/phone: not-a-korean-mobile'])
    },
  )

  it('gets the same answer known or unknown, and no message where it has nothing to reset', async () => {
    const known = await actor('known')
    const stranger = newPhone()
    const sent = await letterFrom(international(known.phone ?? ''), () => send(known.phone ?? '', 'reset'))
    const answer = await send(stranger, 'reset')
    expect(answer.status).toBe(202)
    expect(Object.keys(answer.body)).toEqual(['challenge', 'expiresAt', 'resendAt'])
    expect(codeIn(sent)).toMatch(/^\d{6}$/)
    expect(await lettersTo(international(stranger))).toEqual([])
    expectProblem(await check(answer.body.challenge, '000000'), 'code-wrong')
  })
})

describe('messages are limited', () => {
  it('to one a minute, three in ten minutes and five an hour for one number', async () => {
    const phone = newPhone()
    const at = (ms: number, n: number) =>
      laterBy(ms, () => send(phone, 'sign-up', { limited: true, ip: `198.51.100.${40 + n}` }))
    expect((await at(0, 0)).status).toBe(202)
    expectProblem(await at(30 * SECOND, 0), 'too-many-requests')
    expect((await at(70 * SECOND, 1)).status).toBe(202)
    expect((await at(140 * SECOND, 2)).status).toBe(202)
    expectProblem(await at(300 * SECOND, 3), 'too-many-requests')
    expect((await at(11 * MINUTE, 4)).status).toBe(202)
    expect((await at(13 * MINUTE, 5)).status).toBe(202)
    expectProblem(await at(40 * MINUTE, 6), 'too-many-requests')
    expect((await at(HOUR + SECOND, 7)).status).toBe(202)
  })

  it('to ten an hour from one address, those that were refused left out', async () => {
    const request = { limited: true, ip: '198.51.100.60' }
    const phone = newPhone()
    expect((await send(phone, 'sign-up', request)).status).toBe(202)
    for (let again = 0; again < 5; again++) expectProblem(await send(phone, 'sign-up', request), 'too-many-requests')
    for (let count = 1; count < 10; count++) expect((await send(newPhone(), 'sign-up', request)).status).toBe(202)
    expectProblem(await send(newPhone(), 'sign-up', request), 'too-many-requests')
    expect((await send(newPhone(), 'sign-up', { ...request, ip: '198.51.100.61' })).status).toBe(202)
  })
})

describe('the daily spend', () => {
  it('is capped over all numbers', async () => {
    const all = env.LIMITER.get(env.LIMITER.idFromName('sms'))
    const { smsDailyCap } = readConfig(env)
    const at = Date.now() + 10 * DAY
    const send = (later: number) =>
      ask('POST', '/api/accounts/phone/codes', {
        body: { phone: newPhone(), purpose: 'sign-up' },
        limited: true,
        ip: `198.51.100.${70 + later}`,
      })
    await laterBy(10 * DAY + SECOND, async () => {
      await all.take([{ name: 'smsPerDay', most: smsDailyCap, windowMs: DAY }], smsDailyCap - 1, at)
      expect((await send(0)).status).toBe(202)
      expectProblem(await send(1), 'sms-unavailable')
    })
    await laterBy(11 * DAY + MINUTE, async () => {
      expect((await send(2)).status).toBe(202)
    })
  })
})

describe('numbers that get no message', () => {
  const all = env.LIMITER.get(env.LIMITER.idFromName('sms'))
  const { smsDailyCap } = readConfig(env)
  const spend = (count: number, at: number) =>
    all.take([{ name: 'smsPerDay', most: smsDailyCap, windowMs: DAY }], count, at)
  const spentFrom = (at: number) =>
    runInDurableObject(all, (_, { storage }) => {
      const sums = storage.sql.exec<{ n: number }>('select coalesce(sum(cost), 0) as n from hit where at >= ?', at)
      return sums.one().n
    })
  const forget = (phone: string, last: number) => send(phone, 'reset', { limited: true, ip: `198.51.108.${last}` })

  it('take nothing from the daily spend', async () => {
    const at = Date.now() + 20 * DAY
    await laterBy(20 * DAY + SECOND, async () => {
      const half = Math.floor(smsDailyCap / 2)
      await spend(half, at)
      for (let count = 0; count < 5; count++) expect((await forget(newPhone(), count)).status).toBe(202)
      await expect.poll(() => spentFrom(at)).toBe(half)
    })
  })

  it('count like any other where the spend is nearly over, so that its end tells nobody who is known', async () => {
    const known = await actor('known')
    const at = Date.now() + 30 * DAY
    await laterBy(30 * DAY + SECOND, async () => {
      await spend(smsDailyCap - 1, at)
      expect((await forget(newPhone(), 50)).status).toBe(202)
      const [theirs, nobodys] = [await forget(known.phone ?? '', 51), await forget(newPhone(), 52)]
      const refused = [theirs, nobodys].map((answer) => expectProblem(answer, 'sms-unavailable'))
      expect(Object.keys(refused[0])).toEqual(Object.keys(refused[1]))
      expect(await spentFrom(at)).toBe(smsDailyCap)
    })
  })
})

describe('attaching a number', () => {
  it('makes a trader of who joined by e-mail, and tells them by mail', async () => {
    const person = await actor('bidder', { by: 'email' })
    const phone = newPhone()
    const phoneProof = await provePhone(phone, 'verify')
    let attached: Answer | undefined
    const notice = await letterFrom(person.email ?? '', async () => {
      attached = await person.put('/api/accounts/phone', { phoneProof })
    })
    expect(attached?.body).toEqual({ phoneVerified: true })
    expect(notice.text).toContain('phone-attached')
    expect((await person.get('/api/accounts/me')).body.phoneVerified).toBe(true)
    expect((await ask('GET', `/api/accounts/users/${person.handle}`)).body.phoneVerified).toBe(true)
    const answer = await ask('POST', '/api/accounts/login', { body: { login: phone, password: person.password } })
    expect(answer.status).toBe(200)
  })

  it('needs a sign-in of the last five minutes, or the password', async () => {
    const person = await actor('bidder', { by: 'email' })
    const phoneProof = await provePhone(newPhone(), 'verify')
    const attach = (body: object) => person.put('/api/accounts/phone', body, { later: 6 * MINUTE })
    expectProblem(await attach({ phoneProof }), 'fresh-proof-needed')
    expect(faultsOf(await attach({ phoneProof, password: 'not-this-1' }))).toEqual(['/password: wrong'])
    expect((await attach({ phoneProof, password: person.password })).status).toBe(200)
  })

  it('refuses a number that is somebody else’s, and keeps the proof', async () => {
    const owner = await actor('owner')
    const person = await actor('bidder', { by: 'email' })
    const phoneProof = await provePhone(owner.phone ?? '', 'verify')
    expectProblem(await person.put('/api/accounts/phone', { phoneProof }), 'phone-taken')
    expectProblem(await person.put('/api/accounts/phone', { phoneProof }), 'phone-taken')
  })

  it('takes a proof of its purpose only', async () => {
    const person = await actor('bidder', { by: 'email' })
    const phoneProof = await provePhone(newPhone(), 'change')
    expectProblem(await person.put('/api/accounts/phone', { phoneProof }), 'proof-spent')
  })

  it('allows a change 90 days after the last', async () => {
    const person = await actor('seller')
    const soon = await person.put('/api/accounts/phone', { phoneProof: await provePhone(newPhone(), 'change') })
    expectProblem(soon, 'phone-too-soon')
    const phone = newPhone()
    await laterBy(90 * DAY + MINUTE, async () => {
      const back = await ask('POST', '/api/accounts/login', {
        body: { login: person.phone, password: person.password },
      })
      const phoneProof = await provePhone(phone, 'change')
      const changed = await ask('PUT', '/api/accounts/phone', { token: back.body.access, body: { phoneProof } })
      expect(changed.status).toBe(200)
    })
    const login = (by: string | null) =>
      ask('POST', '/api/accounts/login', { body: { login: by, password: person.password } })
    expectProblem(await login(person.phone), 'bad-credentials')
    expect((await login(phone)).status).toBe(200)
  })
})
