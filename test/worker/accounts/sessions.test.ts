import { SignJWT } from 'jose'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { actor, logInAgain, newEmail, password, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask, type Request } from '../../support/worker/app.ts'
import { DAY, laterBy, MINUTE, SECOND } from '../../support/worker/clock.ts'
import { letterFrom, lettersTo } from '../../support/worker/mailbox.ts'
import { expectProblem } from '../../support/worker/problems.ts'

const logIn = (login: string, request: Request = {}, secret = password) =>
  ask('POST', '/api/accounts/login', { ...request, body: { login, password: secret } })
const refresh = (cookies: Record<string, string>, request: Request = {}) =>
  ask('POST', '/api/accounts/token/refresh', { ...request, cookies })
const me = (token: string, request: Request = {}) => ask('GET', '/api/accounts/me', { ...request, token })
/** A write: there nothing is remembered. */
const write = (token: string, request: Request = {}) =>
  ask('PATCH', '/api/accounts/preferences', { ...request, token, body: {} })

describe('signing in', () => {
  it('takes the e-mail in any case', async () => {
    const person = await actor('person', { by: 'email' })
    expect((await logIn(` ${person.email?.toUpperCase()} `)).status).toBe(200)
  })

  it('takes the phone in any writing', async () => {
    const { phone } = await actor('person')
    const digits = phone?.slice(3) ?? ''
    expect((await logIn(`+82 10-${digits.slice(0, 4)}-${digits.slice(4)}`)).status).toBe(200)
  })

  it.each([
    ['an unknown address', () => newEmail()],
    ['an unknown number', () => '010-9999-0000'],
    ['neither', () => 'someone'],
    ['a handle', () => 'sunny.fox.1234'],
  ])('says the same for %s as for a wrong password', async (_name, login) => {
    const person = await actor('person', { by: 'email' })
    const wrong = expectProblem(await logIn(person.email ?? '', {}, 'wrong-pass-1'), 'bad-credentials')
    const unknown = expectProblem(await logIn(login(), {}, 'wrong-pass-1'), 'bad-credentials')
    expect({ ...unknown, instance: '' }).toEqual({ ...wrong, instance: '' })
  })

  it('mails a notice for a new device, and none for a known one', async () => {
    const person = await actor('person', { by: 'email' })
    const before = (await lettersTo(person.email ?? '')).length
    const known = await logInAgain(person, { cookies: person.cookies })
    expect(known.handle).toBe(person.handle)
    const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36' }
    const notice = await letterFrom(person.email ?? '', () => logInAgain(person, { headers }))
    expect(notice.text).toContain('new-device')
    expect(notice.text).toContain('Chrome · Android')
    expect(await lettersTo(person.email ?? '')).toHaveLength(before + 1)
  })

  it('pauses after ten failures in 15 minutes for one identifier, and existing sign-ins go on', async () => {
    const person = await actor('person', { by: 'email' })
    const attempt = (secret: string, last: number) =>
      logIn(person.email ?? '', { limited: true, ip: `198.51.101.${last}` }, secret)
    for (let count = 0; count < 10; count++) expectProblem(await attempt('wrong-pass-1', count), 'bad-credentials')
    const { retryAfterMs } = expectProblem(await attempt(password, 50), 'too-many-requests')
    expect(retryAfterMs).toBeGreaterThan(14 * MINUTE)
    expect((await write(person.token)).status).toBe(200)
    expect((await refresh(person.cookies)).status).toBe(200)
    expect((await laterBy(15 * MINUTE + SECOND, () => attempt(password, 51))).status).toBe(200)
  })

  it('lets a browser in that is known, whatever strangers have guessed, and no other', async () => {
    const person = await actor('person', { by: 'email' })
    const other = await actor('other')
    const attempt = (secret: string, last: number, device = '') =>
      logIn(person.email ?? '', { limited: true, ip: `198.51.105.${last}`, cookies: { device } }, secret)
    for (let count = 0; count < 10; count++) expectProblem(await attempt('wrong-pass-1', count), 'bad-credentials')
    expectProblem(await attempt(password, 50), 'too-many-requests')
    expectProblem(await attempt(password, 51, 'x'.repeat(43)), 'too-many-requests')
    expectProblem(await attempt(password, 52, other.cookies.device), 'too-many-requests')
    expect((await attempt(password, 53, person.cookies.device)).status).toBe(200)
  })

  it('pauses a known browser for what is typed there, and that one alone', async () => {
    const person = await actor('person', { by: 'email' })
    const elsewhere = await logInAgain(person)
    const attempt = (secret: string, last: number, device = '') =>
      logIn(person.email ?? '', { limited: true, ip: `198.51.106.${last}`, cookies: { device } }, secret)
    const { device } = person.cookies
    for (let count = 0; count < 10; count++)
      expectProblem(await attempt('wrong-pass-1', count, device), 'bad-credentials')
    expectProblem(await attempt(password, 50, device), 'too-many-requests')
    expect((await attempt(password, 51)).status).toBe(200)
    expect((await attempt(password, 52, elsewhere.cookies.device)).status).toBe(200)
  })

  it('knows a browser by number as by address', async () => {
    const person = await actor('person')
    const attempt = (secret: string, last: number, device = '') =>
      logIn(person.phone ?? '', { limited: true, ip: `198.51.107.${last}`, cookies: { device } }, secret)
    for (let count = 0; count < 10; count++) expectProblem(await attempt('wrong-pass-1', count), 'bad-credentials')
    expectProblem(await attempt(password, 50), 'too-many-requests')
    expect((await attempt(password, 51, person.cookies.device)).status).toBe(200)
  })

  it('counts parallel guesses before it judges them', async () => {
    const person = await actor('person', { by: 'email' })
    const guesses = Array.from({ length: 14 }, (_, n) =>
      logIn(person.email ?? '', { limited: true, ip: `198.51.102.${n}` }, 'wrong-pass-1'),
    )
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code as string)
    expect(codes.filter((code) => code === 'bad-credentials')).toHaveLength(10)
  })

  it('does not count who knows the password', async () => {
    const person = await actor('person', { by: 'email' })
    for (let count = 0; count < 12; count++) {
      const answer = await logIn(person.email ?? '', { limited: true, ip: '198.51.103.1', cookies: person.cookies })
      expect(answer.status).toBe(200)
    }
  })

  it('pauses after thirty failures for one address of the network', async () => {
    const attempt = (n: number) =>
      logIn(`nobody-${n}@example.com`, { limited: true, ip: '198.51.104.1' }, 'wrong-pass-1')
    const codes = (await Promise.all(Array.from({ length: 31 }, (_, n) => attempt(n)))).map(({ body }) => body.code)
    expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(1)
  })
})

describe('an access token', () => {
  it('lives 15 minutes', async () => {
    const person = await actor('person')
    expect((await me(person.token, { later: 14 * MINUTE })).status).toBe(200)
    expectProblem(await me(person.token, { later: 16 * MINUTE }), 'not-signed-in')
  })

  it('is 401 on public reads too, so that a client renews it', async () => {
    const person = await actor('person')
    const answer = await ask('GET', `/api/accounts/users/${person.handle}`, { token: person.token, later: 16 * MINUTE })
    expectProblem(answer, 'not-signed-in')
  })

  it('can be asked about', async () => {
    const person = await actor('person')
    const verify = (token: string) => ask('POST', '/api/accounts/token/verify', { body: { token } })
    expect((await verify(person.token)).status).toBe(200)
    expectProblem(await verify(`${person.token}x`), 'not-signed-in')
    await person.post('/api/accounts/logout')
    expectProblem(await verify(person.token), 'not-signed-in')
  })

  it.each([
    ['without a signature', (token: string) => token.split('.').slice(0, 2).join('.') + '.'],
    [
      'of the algorithm none',
      (token: string) => `${btoa('{"alg":"none"}').replaceAll('=', '')}.${token.split('.')[1]}.`,
    ],
    ['that is no token', () => 'nonsense'],
    ['that is empty', () => ''],
  ])('%s is refused', async (_name, forge) => {
    const person = await actor('person')
    const answer = await ask('GET', '/api/accounts/me', { headers: { authorization: `Bearer ${forge(person.token)}` } })
    expectProblem(answer, 'not-signed-in')
  })

  it('of another secret, or for another use, is refused', async () => {
    const person = await actor('person')
    const forged = (secret: Uint8Array, audience: string) =>
      new SignJWT({ sid: person.login })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(person.account)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(secret)
    const own = Uint8Array.from(atob((env.TOKEN_SECRET ?? '').replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    expect((await me(await forged(own, 'hallabong-access'))).status).toBe(200)
    expectProblem(await me(await forged(own, 'something-else')), 'not-signed-in')
    expectProblem(await me(await forged(new Uint8Array(32), 'hallabong-access')), 'not-signed-in')
  })
})

describe('refreshing', () => {
  it('gives a new token and a new cookie', async () => {
    const person = await actor('person')
    const next = await refresh(person.cookies)
    expect(next.status).toBe(200)
    expect(next.cookies.refresh).not.toBe(person.cookies.refresh)
    expect((await me(next.body.access)).status).toBe(200)
  })

  it('gives parallel tabs the same successor', async () => {
    const person = await actor('person')
    const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(person.cookies)))
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(tabs.map(({ cookies }) => cookies.refresh)).size).toBe(1)
  })

  it('forgives a lost answer, days later still', async () => {
    const person = await actor('person')
    const lost = await refresh(person.cookies)
    const again = await refresh(person.cookies, { later: 3 * DAY })
    expect(again.status).toBe(200)
    expect(again.cookies.refresh).toBe(lost.cookies.refresh)
  })

  it('ends the sign-in of a token whose successor was used more than 10 s ago', async () => {
    const person = await actor('person')
    const next = await refresh(person.cookies)
    const newest = await refresh(next.cookies)
    expect((await refresh(person.cookies, { later: 9 * SECOND })).cookies.refresh).toBe(newest.cookies.refresh)
    const stolen = await refresh(person.cookies, { later: 11 * SECOND })
    expectProblem(stolen, 'sign-in-over')
    expect(stolen.cookies.refresh).toBe('')
    expectProblem(await refresh(newest.cookies), 'sign-in-over')
    expectProblem(await write(newest.body.access), 'sign-in-over')
  })

  it('goes on for 7 days at a time', async () => {
    const person = await actor('person')
    const next = await refresh(person.cookies, { later: 6.9 * DAY })
    expect(next.status).toBe(200)
    expect((await refresh(next.cookies, { later: 13.8 * DAY })).status).toBe(200)
    const other = await actor('other')
    expectProblem(await refresh(other.cookies, { later: 7 * DAY + MINUTE }), 'sign-in-over')
  })

  it.each([
    ['no cookie', {}],
    ['a made-up one', { refresh: 'login_00000000000000000000000000.1.x' }],
    ['nonsense', { refresh: 'x' }],
  ])('with %s is refused', async (_name, cookies) => {
    expectProblem(await refresh(cookies), 'not-signed-in')
  })

  it('with a cookie of another generation, made up, is refused and ends nothing', async () => {
    const person = await actor('person')
    const [login, , seal] = person.cookies.refresh?.split('.') ?? []
    expectProblem(await refresh({ refresh: `${login}.2.${seal}` }), 'sign-in-over')
    expect((await refresh(person.cookies)).status).toBe(200)
  })

  it('is refused for other sites, and where the site is not told', async () => {
    const person = await actor('person')
    expectProblem(await refresh(person.cookies, { headers: { origin: 'https://evil.example' } }), 'foreign-origin')
    expectProblem(await refresh(person.cookies, { headers: { origin: '' } }), 'foreign-origin')
    expect((await refresh(person.cookies)).status).toBe(200)
  })
})

describe('signing out', () => {
  it.each([
    ['by cookie', (person: Actor): Request => ({ cookies: person.cookies })],
    ['by token', (person: Actor): Request => ({ token: person.token })],
  ])('%s ends token and cookie, and repeating is harmless', async (_name, by) => {
    const person = await actor('person')
    const out = await ask('POST', '/api/accounts/logout', by(person))
    expect(out.status).toBe(204)
    expect(out.cookies.refresh).toBe('')
    expectProblem(await write(person.token), 'sign-in-over')
    expectProblem(await refresh(person.cookies), 'sign-in-over')
    expect((await ask('POST', '/api/accounts/logout', by(person))).status).toBe(204)
  })

  it('leaves other sign-ins alone', async () => {
    const person = await actor('person')
    const other = await logInAgain(person)
    await person.post('/api/accounts/logout')
    expect((await write(other.token)).status).toBe(200)
  })

  it('needs no sign-in', async () => {
    expect((await ask('POST', '/api/accounts/logout')).status).toBe(204)
  })
})

describe('sign-ins', () => {
  it('are listed with device and times, the current one marked', async () => {
    const person = await actor('person')
    const phone = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1' }
    const other = await logInAgain(person, { headers: phone })
    const { items, nextCursor } = (await other.get('/api/accounts/logins')).body
    expect(nextCursor).toBeNull()
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ id: other.login, device: 'Safari · iPhone', current: true })
    expect(items[1]).toMatchObject({ id: person.login, current: false })
  })

  it('come in pages that no one else can use', async () => {
    const person = await actor('person')
    const others = [await logInAgain(person), await logInAgain(person)]
    const first = (await person.get('/api/accounts/logins?limit=2')).body
    const second = (await person.get(`/api/accounts/logins?limit=2&cursor=${first.nextCursor}`)).body
    const seen = [...first.items, ...second.items].map(({ id }: { id: string }) => id)
    expect(seen).toEqual([others[1]?.login, others[0]?.login, person.login])
    expect(second.nextCursor).toBeNull()
    const stranger = await actor('stranger')
    expectProblem(await stranger.get(`/api/accounts/logins?cursor=${first.nextCursor}`), 'bad-cursor')
    expectProblem(await person.get('/api/accounts/logins?cursor=x'), 'bad-cursor')
    expectProblem(await person.get('/api/accounts/logins?limit=51'), 'bad-query')
  })

  it('end one by one, at once for writes', async () => {
    const person = await actor('person')
    const other = await logInAgain(person)
    expect((await me(other.token)).status).toBe(200)
    expect((await person.delete(`/api/accounts/logins/${other.login}`)).status).toBe(204)
    expectProblem(await write(other.token), 'sign-in-over')
    expectProblem(await me(other.token), 'sign-in-over')
    expectProblem(await person.delete(`/api/accounts/logins/${other.login}`), 'not-found')
  })

  it('end together, but for the current one', async () => {
    const person = await actor('person')
    const others = [await logInAgain(person), await logInAgain(person)]
    expect((await person.delete('/api/accounts/logins')).status).toBe(204)
    for (const other of others) expectProblem(await write(other.token), 'sign-in-over')
    expect((await write(person.token)).status).toBe(200)
  })

  it('of others cannot be ended', async () => {
    const person = await actor('person')
    const stranger = await actor('stranger')
    expectProblem(await stranger.delete(`/api/accounts/logins/${person.login}`), 'not-found')
    expectProblem(await stranger.delete('/api/accounts/logins/login_invented'), 'not-found')
    expect((await write(person.token)).status).toBe(200)
  })
})

describe('a suspended account', () => {
  it('signs in to little: itself, but no tickets', async () => {
    const person = await actor('person')
    await suspend(person, Date.now() + DAY)
    const back = await logInAgain(person)
    const own = await back.get('/api/accounts/me')
    expect(own.body.suspension).toMatchObject({ until: expect.any(String) })
    expect((await back.get('/api/accounts/logins')).status).toBe(200)
    const refused = expectProblem(await back.post('/api/accounts/tickets'), 'account-suspended')
    expect(refused.until).toBe(own.body.suspension.until)
    expectProblem(await person.post('/api/accounts/tickets'), 'account-suspended')
  })

  it('is free again when the time has passed, or when it is lifted', async () => {
    const person = await actor('person')
    await suspend(person, Date.now() + 5 * MINUTE)
    expect((await person.post('/api/accounts/tickets', undefined, { later: 6 * MINUTE })).status).toBe(201)
    await suspend(person, null)
    expect((await person.post('/api/accounts/tickets')).status).toBe(201)
  })
})
