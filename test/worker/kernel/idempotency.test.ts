import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { actor, international, newPhone } from '../../support/worker/actors.ts'
import { ask, type Request } from '../../support/worker/app.ts'
import { HOUR } from '../../support/worker/clock.ts'
import { letterAfter, lettersTo } from '../../support/worker/mailbox.ts'
import { expectProblem } from '../../support/worker/problems.ts'

const newKey = () => `key-${crypto.randomUUID()}`
const send = (phone: string, key: string, request: Request = {}) =>
  ask('POST', '/api/accounts/phone/codes', {
    ...request,
    body: { phone, purpose: 'sign-up' },
    headers: { 'idempotency-key': key },
  })

describe('a repeated key', () => {
  it('gives the stored answer and has one effect', async () => {
    const phone = newPhone()
    const key = newKey()
    const first = await send(phone, key)
    const again = await send(phone, key)
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    await letterAfter(international(phone), 0)
    await send(phone, newKey())
    await letterAfter(international(phone), 1)
    expect(await lettersTo(international(phone))).toHaveLength(2)
  })

  it('has one effect, too, when the requests come at the same moment', async () => {
    const phone = newPhone()
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(phone, key)))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    expect(new Set(answers.map(({ body }) => body.challenge)).size).toBe(1)
  })

  it('with another body is refused', async () => {
    const key = newKey()
    expect((await send(newPhone(), key)).status).toBe(202)
    expectProblem(await send(newPhone(), key), 'key-reused')
  })

  it('means something else for somebody else', async () => {
    const phone = newPhone()
    const key = newKey()
    const mine = await send(phone, key)
    const theirs = await send(phone, key, { ip: '203.0.113.9' })
    expect(theirs.body.challenge).not.toBe(mine.body.challenge)
    const person = await actor('person')
    expect((await send(phone, key, { token: person.token })).body.challenge).not.toBe(mine.body.challenge)
  })

  it('is forgotten after 24 hours', async () => {
    const phone = newPhone()
    const key = newKey()
    const first = await send(phone, key)
    expect((await send(phone, key, { later: 23 * HOUR })).body).toEqual(first.body)
    expect((await send(phone, key, { later: 25 * HOUR })).body.challenge).not.toBe(first.body.challenge)
  })

  it('after a refusal of fields does the work that was not done', async () => {
    const key = newKey()
    expect((await send('02-123-4567', key)).status).toBe(422)
    expect((await send(newPhone(), key)).status).toBe(202)
  })
})

describe('what is kept of a request', () => {
  const digest = async (text: string) =>
    Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('base64url')

  it('is nothing that a guess at it could be compared with', async () => {
    const phone = newPhone()
    await send(phone, newKey())
    const { results } = await env.DB.prepare('select request from stored_answer').all<{ request: string }>()
    expect(results.length).toBeGreaterThan(0)
    const guess = await digest(JSON.stringify({ phone, purpose: 'sign-up' }))
    expect(results.map(({ request }) => request)).not.toContain(guess)
  })

  it('is still known when it was kept as it was kept before', async () => {
    const phone = newPhone()
    const key = newKey()
    const first = await send(phone, key)
    const before = await digest(JSON.stringify({ phone, purpose: 'sign-up' }))
    await env.DB.prepare('update stored_answer set request = ? where body like ?')
      .bind(before, `%${first.body.challenge}%`)
      .run()
    expect((await send(phone, key)).body).toEqual(first.body)
    expectProblem(await send(newPhone(), key), 'key-reused')
  })
})

describe('a key', () => {
  it.each(['short', 'x'.repeat(65), 'with spaces in between'])('may not be %s', async (key) => {
    expectProblem(await send(newPhone(), key), 'bad-key')
  })

  it('of a request that was refused as too frequent can be used again', async () => {
    const phone = newPhone()
    const request = { limited: true, ip: '198.51.100.210' }
    expect((await send(phone, newKey(), request)).status).toBe(202)
    const key = newKey()
    expectProblem(await send(phone, key, request), 'too-many-requests')
    expect((await send(phone, key, { ip: request.ip })).status).toBe(202)
  })

  it('keeps no answer that signs somebody in', async () => {
    const person = await actor('person')
    const body = { login: person.phone, password: person.password }
    const logIn = () => ask('POST', '/api/accounts/login', { body, headers: { 'idempotency-key': newKey() } })
    const { body: answer } = await logIn()
    const kept = await env.DB.prepare('select count(*) as n from stored_answer where body like ?')
      .bind(`%${answer.access.slice(0, 40)}%`)
      .first<{ n: number }>()
    expect(kept?.n).toBe(0)
  })
})
