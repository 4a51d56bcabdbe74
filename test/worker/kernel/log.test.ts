import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeError } from '../../../worker/kernel/log.ts'
import { actor, newPhone, password, provePhone } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { letterFrom, secretIn } from '../../support/worker/mailbox.ts'

const lines: string[] = []

beforeEach(() => {
  lines.length = 0
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())

describe('the log', () => {
  it('has one JSON line for each request, with the id that the answer carries', async () => {
    const { headers } = await ask('GET', '/api/accounts/users/nobody.here')
    const requests = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'request')
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      level: 'info',
      request: headers.get('x-request-id'),
      method: 'GET',
      route: '/api/accounts/users/:handle',
      status: 404,
      ms: expect.any(Number),
    })
  })

  it('holds no password, code, link, token, address or number, whatever people do', async () => {
    const person = await actor('secretive', { by: 'email' })
    const phone = newPhone()
    const phoneProof = await provePhone(phone, 'verify')
    await person.put('/api/accounts/phone', { phoneProof, password: 'wrong-pass-1' })
    await person.put('/api/accounts/phone', { phoneProof })
    const email = person.email ?? ''
    const letter = await letterFrom(email, () => ask('POST', '/api/accounts/password/reset', { body: { email } }))
    const token = secretIn(letter, 'token')
    await ask('POST', '/api/accounts/password/reset/confirm', { body: { token, password: 'teapot-7-sings!' } })
    await ask('POST', '/api/accounts/token/refresh', { cookies: person.cookies })
    await ask('POST', '/api/accounts/registration', { body: '{"password":' })

    const text = lines.join('\n')
    expect(lines.length).toBeGreaterThan(5)
    const secrets = [password, phone.slice(1), phoneProof, email, token, person.token, person.cookies.refresh ?? email]
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  it('says of a failed query only what the database said', () => {
    const failed = Object.assign(new Error("Failed query: insert into account values ('secret')"), {
      query: 'insert',
      cause: new Error('D1_ERROR: disk full'),
    })
    expect(describeError(failed)).toEqual({ error: 'D1_ERROR: disk full' })
  })
})
