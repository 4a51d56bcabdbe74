import { env } from 'cloudflare:workers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { actor, logInAgain, newEmail, newPhone, password, provePhone, type Actor } from '../../support/worker/actors.ts'
import { ask, type Answer, type Request } from '../../support/worker/app.ts'
import { must } from '../../support/worker/auctions.ts'
import { MINUTE } from '../../support/worker/clock.ts'
import { letterFrom, lettersTo, secretIn } from '../../support/worker/mailbox.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

const next = 'teapot-7-sings!'
const logIn = (login: string | null, secret: string) =>
  ask('POST', '/api/accounts/login', { body: { login, password: secret } })
const askForLink = (email: string, request?: Request) =>
  ask('POST', '/api/accounts/password/reset', { ...request, body: { email } })
const confirm = (body: object, request?: Request) =>
  ask('POST', '/api/accounts/password/reset/confirm', { ...request, body })
/** From here on the database refuses to end this sign-in, until the test is over. */
async function keepSignIn({ login }: Actor): Promise<void> {
  const name = `keeps_${login}`
  onTestFinished(async () => void (await env.DB.exec(`drop trigger ${name}`)))
  await env.DB.exec(
    `create trigger ${name} before update of ended_at on login when new.id = '${login}' begin select raise(abort, 'kept'); end`,
  )
}
const write = (token: string) => ask('PATCH', '/api/accounts/preferences', { token, body: {} })

describe('changing the password', () => {
  it('ends all other sign-ins and tells the owner', async () => {
    const person = await actor('person', { by: 'email' })
    const other = await logInAgain(person)
    let changed: Answer | undefined
    const notice = await letterFrom(person.email ?? '', async () => {
      changed = await person.post('/api/accounts/password/change', { current: password, password: next })
    })
    expect(changed?.status).toBe(204)
    expect(notice.text).toContain('password-changed')
    expect((await write(person.token)).status).toBe(200)
    expectProblem(await write(other.token), 'sign-in-over')
    expectProblem(await logIn(person.email, password), 'bad-credentials')
    expect((await logIn(person.email, next)).status).toBe(200)
  })

  it('does not happen where another sign-in would go on', async () => {
    const person = await actor('person')
    const other = await logInAgain(person)
    await keepSignIn(other)
    const changed = await person.post('/api/accounts/password/change', { current: password, password: next })
    expect(changed.status).toBe(500)
    expectProblem(await logIn(person.phone, next), 'bad-credentials')
    expect((await logIn(person.phone, password)).status).toBe(200)
  })

  it('leaves no link of before that would set another', async () => {
    const person = await actor('person', { by: 'email' })
    const token = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    must(await person.post('/api/accounts/password/change', { current: password, password: next }), 204)
    expectProblem(await confirm({ token, password: 'another-1-try!' }), 'link-spent')
    expect((await logIn(person.email, next)).status).toBe(200)
  })

  it('needs the present one, whose failures are counted', async () => {
    const person = await actor('person')
    const attempt = (n: number) =>
      person.post(
        '/api/accounts/password/change',
        { current: 'wrong-pass-1', password: next },
        { limited: true, ip: `198.51.105.${n}` },
      )
    const first = await attempt(0)
    expectProblem(first, 'invalid-fields')
    expect(faultsOf(first)).toEqual(['/current: wrong'])
    const rest = await Promise.all(Array.from({ length: 10 }, (_, n) => attempt(n + 1)))
    expect(rest.filter(({ status }) => status === 429)).toHaveLength(1)
  })

  it('takes only a good one, unlike handle and name', async () => {
    const person = await actor('kettlemaker')
    const change = async (to: string) =>
      faultsOf(await person.post('/api/accounts/password/change', { current: password, password: to }))
    expect(await change('kettlemaker-1!')).toEqual(['/password: like-name'])
    expect(await change(`${person.handle}!`)).toEqual(['/password: like-handle'])
    expect((await logIn(person.phone, password)).status).toBe(200)
  })
})

describe('a reset by mail', () => {
  it('sets a new password once and ends every sign-in', async () => {
    const person = await actor('person', { by: 'email' })
    const letter = await letterFrom(person.email ?? '', () => askForLink(person.email ?? ''))
    const token = secretIn(letter, 'token')
    const notice = await letterFrom(person.email ?? '', () => confirm({ token, password: next }))
    expect(notice.text).toContain('password-reset')
    expectProblem(await write(person.token), 'sign-in-over')
    expect((await logIn(person.email, next)).status).toBe(200)
    expectProblem(await confirm({ token, password: 'another-1-try!' }), 'link-spent')
  })

  it('leaves link and password as they were where a sign-in would go on', async () => {
    const person = await actor('person', { by: 'email' })
    const token = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    const kept = await logInAgain(person)
    await keepSignIn(kept)
    expect((await confirm({ token, password: next })).status).toBe(500)
    expect((await logIn(person.email, password)).status).toBe(200)
    expect((await ask('POST', '/api/accounts/logout', { token: person.token })).status).toBe(204)
  })

  it('answers the same for an address that nobody has, and sends nothing there', async () => {
    const person = await actor('person', { by: 'email' })
    const known = await askForLink(person.email ?? '')
    const stranger = newEmail()
    const unknown = await askForLink(stranger)
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    expect(unknown.status).toBe(202)
    expect(await lettersTo(stranger)).toEqual([])
  })

  it('is good for 30 minutes, and the last link alone', async () => {
    const person = await actor('person', { by: 'email' })
    const first = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    const second = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    expectProblem(await confirm({ token: first, password: next }), 'link-spent')
    expectProblem(await confirm({ token: second, password: next }, { later: 31 * MINUTE }), 'link-spent')
    expect((await confirm({ token: second, password: next })).status).toBe(204)
  })

  it('keeps the link of one whose new password was refused', async () => {
    const person = await actor('person', { by: 'email' })
    const token = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    expect(faultsOf(await confirm({ token, password: 'password1!' }))).toEqual(['/password: common'])
    expect((await confirm({ token, password: next })).status).toBe(204)
  })

  it('is refused for invented links', async () => {
    expectProblem(await confirm({ token: 'invented', password: next }), 'link-spent')
  })

  it('goes out three times in 15 minutes', async () => {
    const email = newEmail()
    const request = { limited: true, ip: '198.51.106.1' }
    for (let count = 0; count < 3; count++) expect((await askForLink(email, request)).status).toBe(202)
    expectProblem(await askForLink(email, request), 'too-many-requests')
  })
})

describe('a reset by phone', () => {
  it('sets a new password with a proof for that purpose, once', async () => {
    const person = await actor('person')
    const phoneProof = await provePhone(person.phone ?? '', 'reset')
    expect((await confirm({ phoneProof, password: next })).status).toBe(204)
    expect((await logIn(person.phone, next)).status).toBe(200)
    expectProblem(await confirm({ phoneProof, password: next }), 'proof-spent')
  })

  it('takes no other proof', async () => {
    const person = await actor('person')
    const phoneProof = await provePhone(person.phone ?? '', 'verify')
    expectProblem(await confirm({ phoneProof, password: next }), 'proof-spent')
    const stranger = await provePhone(newPhone(), 'sign-up')
    expectProblem(await confirm({ phoneProof: stranger, password: next }), 'proof-spent')
  })
})

describe('a repeated key', () => {
  it('gives the stored answer of a reset instead of a second one', async () => {
    const person = await actor('person', { by: 'email' })
    const token = secretIn(await letterFrom(person.email ?? '', () => askForLink(person.email ?? '')), 'token')
    const headers = { 'idempotency-key': 'reset-0123456789abcdef' }
    const body = { token, password: next }
    expect((await confirm(body, { headers })).status).toBe(204)
    const again = await confirm(body, { headers })
    expect(again.status).toBe(204)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expectProblem(await confirm({ ...body, password: 'another-1-try!' }, { headers }), 'key-reused')
    expectProblem(await confirm(body), 'link-spent')
  })
})
