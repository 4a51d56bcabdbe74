import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { legal } from '../../../worker/contract/limits.ts'
import { actor, actorOf, newEmail, newPhone, password, provePhone } from '../../support/worker/actors.ts'
import { ask, type Answer, type Request } from '../../support/worker/app.ts'
import { cronIn, HOUR, MINUTE } from '../../support/worker/clock.ts'
import { codeIn, letterFrom, lettersTo, secretIn, type Letter } from '../../support/worker/mailbox.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

const wish = { password, name: '김한라', acceptTerms: true, over14: true }
const register = (body: object, request?: Request) => ask('POST', '/api/accounts/registration', { ...request, body })
const confirm = (body: object, request?: Request) =>
  ask('POST', '/api/accounts/registration/verify-email', { ...request, body })
const resend = (registration: string, request?: Request) =>
  ask('POST', '/api/accounts/registration/resend-email', { ...request, body: { registration } })
const logIn = (login: string) => ask('POST', '/api/accounts/login', { body: { login, password } })

/** A registration by e-mail that waits for its code. */
async function begin(
  extra: object = {},
  email = newEmail(),
  request: Request = {},
): Promise<{ email: string; begun: Answer; letter: Letter }> {
  let begun: Answer | undefined
  const letter = await letterFrom(email, async () => {
    begun = await register({ ...wish, email, ...extra }, request)
  })
  if (!begun) throw new Error('not begun')
  return { email, begun, letter }
}

/** Opens the link of the letter, in the browser that began unless another is named. */
function openLink({ begun, letter }: { begun: Answer; letter: Letter }, { cookies }: Pick<Answer, 'cookies'> = begun) {
  return confirm({ key: secretIn(letter, 'key') }, { cookies })
}

function otherCode(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

describe('by phone', () => {
  it('signs in at once, as a trader', async () => {
    const person = await actor('seller')
    const me = await person.get('/api/accounts/me')
    expect(me.body).toMatchObject({
      name: 'seller',
      email: null,
      phoneVerified: true,
      role: 'member',
      suspension: null,
      manner: { score: 40, band: 'warm' },
      limits: { auctionsAtOnce: 3 },
    })
    expect(JSON.stringify(me.body)).not.toContain(person.phone?.slice(1))
  })

  it('takes a proof once', async () => {
    const phoneProof = await provePhone(newPhone(), 'sign-up')
    const answers = await Promise.all([register({ ...wish, phoneProof }), register({ ...wish, phoneProof })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expectProblem(await register({ ...wish, phoneProof }), 'proof-spent')
  })

  it('keeps the proof of one whose other fields were refused', async () => {
    const phoneProof = await provePhone(newPhone(), 'sign-up')
    expect((await register({ ...wish, password: 'short', phoneProof })).status).toBe(422)
    expect((await register({ ...wish, phoneProof })).status).toBe(201)
  })

  it('takes no proof for another purpose, of another make or older than 10 minutes', async () => {
    const phone = newPhone()
    expectProblem(await register({ ...wish, phoneProof: await provePhone(phone, 'verify') }), 'proof-spent')
    expectProblem(await register({ ...wish, phoneProof: 'made-up' }), 'proof-spent')
    const phoneProof = await provePhone(phone, 'sign-up')
    expectProblem(await register({ ...wish, phoneProof }, { later: 10 * MINUTE + 1_000 }), 'proof-spent')
  })

  it('makes one account for one number', async () => {
    const person = await actor('first')
    const phoneProof = await provePhone(person.phone ?? '', 'sign-up')
    expectProblem(await register({ ...wish, phoneProof }), 'phone-taken')
  })
})

describe('by e-mail', () => {
  it('signs in with the code from the mail, and makes no account before', async () => {
    const { email, begun, letter } = await begin()
    expect(begun.status).toBe(202)
    expectProblem(await logIn(email), 'bad-credentials')
    const joined = await confirm({ registration: begun.body.registration, code: codeIn(letter) })
    expect(joined.status).toBe(201)
    expect(joined.body.account).toMatchObject({ email, phoneVerified: false })
    expect((await logIn(email)).status).toBe(200)
  })

  it('or with the link alone in the browser that began, once', async () => {
    const started = await begin()
    expect((await openLink(started)).status).toBe(201)
    expectProblem(await openLink(started), 'link-spent')
  })

  it('writes in the language of the page', async () => {
    const { letter } = await begin()
    expect(letter.text).toContain('http://localhost/sign-up/confirm#key=')
    const english = await begin({}, newEmail(), { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
    expect(english.letter.text).toContain('http://localhost/en/sign-up/confirm#key=')
    const joined = await openLink(english)
    expect(joined.body.account.language).toBe('en')
  })

  it('keeps which terms were agreed to, and when', async () => {
    const started = await begin()
    const before = Date.now()
    await openLink(started)
    const row = await env.DB.prepare('select terms_version, terms_accepted_at from account where email = ?')
      .bind(started.email)
      .first()
    expect(row).toMatchObject({ terms_version: legal.termsVersion })
    expect(Number(row?.terms_accepted_at)).toBeLessThanOrEqual(before)
  })

  it('makes one account of two confirmations at once', async () => {
    const { begun, letter } = await begin()
    const body = { registration: begun.body.registration, code: codeIn(letter) }
    const answers = await Promise.all([confirm(body), confirm(body)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  it('gives five tries, counting those made at once', async () => {
    const { begun, letter } = await begin()
    const { registration } = begun.body
    const code = otherCode(codeIn(letter))
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm({ registration, code })))
    const codes = answers.map(({ body }) => body.code as string).toSorted()
    expect(codes).toEqual([...Array(3).fill('code-spent'), ...Array(5).fill('code-wrong')])
    expectProblem(await confirm({ registration, code: codeIn(letter) }), 'code-spent')
  })

  it('forgets who does not confirm within 30 minutes', async () => {
    const { begun, letter } = await begin()
    const later = 30 * MINUTE + 1_000
    const body = { registration: begun.body.registration, code: codeIn(letter) }
    expectProblem(await confirm(body, { later }), 'code-spent')
    expectProblem(await confirm({ key: secretIn(letter, 'key') }, { later }), 'link-spent')
    await cronIn(later)
    expectProblem(await confirm(body), 'code-spent')
  })

  it('sends again, and the code before is dead', async () => {
    const { email, begun, letter } = await begin()
    const { registration } = begun.body
    const again = await letterFrom(email, () => resend(registration))
    expect(codeIn(again)).not.toBe(codeIn(letter))
    expectProblem(await confirm({ registration, code: codeIn(letter) }), 'code-wrong')
    expectProblem(await confirm({ key: secretIn(letter, 'key') }), 'link-spent')
    expect((await confirm({ registration, code: codeIn(again) })).status).toBe(201)
  })

  it('answers a request to send again the same for what does not exist', async () => {
    const { begun } = await begin()
    const known = await resend(begun.body.registration)
    const unknown = await resend('x'.repeat(43))
    expect(unknown.status).toBe(known.status)
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
  })

  it('tells the owner of a taken address, and the caller nothing', async () => {
    const owner = await actor('owner', { by: 'email' })
    const { begun, letter } = await begin({}, owner.email ?? '')
    const fresh = await begin()
    expect(begun.status).toBe(fresh.begun.status)
    expect(Object.keys(begun.body)).toEqual(Object.keys(fresh.begun.body))
    expect(letter.text).toContain('already-registered')
    expect(letter.text).not.toMatch(/\b\d{6}\b/)
    expectProblem(await confirm({ registration: begun.body.registration, code: '000000' }), 'code-wrong')
    const again = await letterFrom(owner.email ?? '', () => resend(begun.body.registration))
    expect(again.text).toContain('already-registered')
  })

  it('takes an address in any case for the same', async () => {
    const owner = await actor('owner', { by: 'email' })
    const { letter } = await begin({}, owner.email ?? '')
    expect(letter.text).toContain('already-registered')
    const answer = await register({ ...wish, email: ` ${owner.email?.toUpperCase()} ` })
    expect(answer.status).toBe(202)
  })

  it('lets the first of two registrations for one address have it', async () => {
    const email = newEmail()
    const one = await begin({}, email)
    const two = await begin({}, email)
    expect((await openLink(two)).status).toBe(201)
    expectProblem(await openLink(one), 'link-spent')
  })

  it('sends three mails in 15 minutes to an address and ten a day', async () => {
    const email = newEmail()
    const ip = '198.51.100.31'
    const limited = { limited: true, ip }
    for (let sent = 0; sent < 3; sent++) expect((await register({ ...wish, email }, limited)).status).toBe(202)
    const refused = await register({ ...wish, email }, limited)
    const { retryAfterMs } = expectProblem(refused, 'too-many-requests')
    expect(retryAfterMs).toBeGreaterThan(14 * MINUTE)
    expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(retryAfterMs / 1000))
    expect((await register({ ...wish, email: newEmail() }, limited)).status).toBe(202)
    expect(await lettersTo(email)).toHaveLength(3)
  })

  it('sends thirty mails an hour for one address of the network, to whomever and whoever asks', async () => {
    const ip = '198.51.100.33'
    const person = await actor('person')
    const limited = { limited: true, ip, token: person.token }
    const { begun } = await begin({}, newEmail(), limited)
    const sent = env.LIMITER.get(env.LIMITER.idFromName(`ip:${ip}`))
    await sent.take([{ name: 'mailsPerIpHour', most: 30, windowMs: HOUR }], 28, Date.now())
    expect((await register({ ...wish, email: newEmail() }, limited)).status).toBe(202)
    const email = newEmail()
    expectProblem(await register({ ...wish, email }, limited), 'too-many-requests')
    expectProblem(await resend(begun.body.registration, limited), 'too-many-requests')
    expectProblem(await register({ ...wish, email }, { limited: true, ip }), 'too-many-requests')
    expect((await register({ ...wish, email }, { limited: true, ip: '198.51.100.34' })).status).toBe(202)
  })
})

describe('a link that another browser opens', () => {
  it('opens nothing by itself, as often as it is opened, and asks for the password', async () => {
    const started = await begin()
    const stranger = await begin()
    for (let count = 0; count < 10; count++) {
      expectProblem(await openLink(started, { cookies: {} }), 'fresh-proof-needed')
      expectProblem(await openLink(started, stranger.begun), 'fresh-proof-needed')
    }
    expectProblem(await logIn(started.email), 'bad-credentials')
    expect((await openLink(started)).status).toBe(201)
  })

  it('opens the account for whoever knows the password that was chosen', async () => {
    const { email, letter } = await begin()
    const key = secretIn(letter, 'key')
    const wrong = await confirm({ key, password: 'not-this-1!' })
    expectProblem(wrong, 'invalid-fields')
    expect(faultsOf(wrong)).toEqual(['/password: wrong'])
    const joined = await confirm({ key, password })
    expect(joined.status).toBe(201)
    expect(joined.body.account.email).toBe(email)
    expectProblem(await confirm({ key, password }), 'link-spent')
  })

  it('gives five tries, counting those made at once and those of the code', async () => {
    const { begun, letter } = await begin()
    const { registration } = begun.body
    const key = secretIn(letter, 'key')
    expectProblem(await confirm({ registration, code: otherCode(codeIn(letter)) }), 'code-wrong')
    const guesses = Array.from({ length: 7 }, () => confirm({ key, password: 'not-this-1!' }))
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code as string).toSorted()
    expect(codes).toEqual([...Array(4).fill('invalid-fields'), ...Array(3).fill('link-spent')])
    expectProblem(await confirm({ key, password }), 'link-spent')
  })

  it('lets nobody in whose address somebody else has registered', async () => {
    const email = newEmail()
    const theirs = await begin({ password: 'somebody-elses-1!' }, email)
    const mine = await begin({}, email)
    expectProblem(await openLink(theirs, mine.begun), 'fresh-proof-needed')
    expect(faultsOf(await confirm({ key: secretIn(theirs.letter, 'key'), password }))).toEqual(['/password: wrong'])
    expect((await openLink(mine)).status).toBe(201)
    expect((await logIn(email)).status).toBe(200)
  })
})

describe('the browser that began', () => {
  it('is known by a cookie that only the registration gets, for as long as the link is good', async () => {
    const { begun } = await begin()
    const [cookie] = begun.headers.getSetCookie()
    expect(cookie).toMatch(/^registration=[\w-]{43};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Path=\/api\/accounts\/registration(;|$)/)
    expect(cookie).toMatch(/Max-Age=1800/)
  })

  it('is known, too, when the answer is given again, and after another mail', async () => {
    const email = newEmail()
    const key = { headers: { 'idempotency-key': `key-${crypto.randomUUID()}` } }
    await begin({}, email, key)
    const again = await register({ ...wish, email }, key)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const letter = await letterFrom(email, () => resend(again.body.registration))
    expect((await openLink({ begun: again, letter })).status).toBe(201)
  })
})

describe('the handle', () => {
  it('is the wished one', async () => {
    const handle = `wished_${Date.now().toString(36)}`
    const person = await actor('wisher', { handle })
    expect(person.handle).toBe(handle)
  })

  it('is a free one when none is wished', async () => {
    const { handle } = await actor('nobody')
    expect(handle).toMatch(/^[a-z]+\.[a-z]+\.\d{4}$/)
  })

  it('is checked before anything is sent', async () => {
    const { handle } = await actor('holder')
    expectProblem(await register({ ...wish, email: newEmail(), handle }), 'handle-taken')
    expect(faultsOf(await register({ ...wish, email: newEmail(), handle: 'admin' }))).toEqual(['/handle: reserved'])
  })

  it('is replaced when somebody was faster, so that the proof is not lost', async () => {
    const handle = `raced_${Date.now().toString(36)}`
    const started = await begin({ handle })
    await actor('faster', { handle })
    const joined = await openLink(started)
    expect(joined.status).toBe(201)
    expect(joined.body.account.handle).not.toBe(handle)
  })

  it('can be asked for', async () => {
    const { handle } = await actor('holder')
    const state = async (asked: string) => (await ask('GET', `/api/accounts/handles/${asked}`)).body
    expect(await state(handle)).toEqual({ available: false, reason: 'taken' })
    expect(await state('abc')).toEqual({ available: false, reason: 'too-short' })
    expect(await state('mine')).toEqual({ available: false, reason: 'reserved' })
    expect(await state(encodeURIComponent('no way'))).toEqual({ available: false, reason: 'characters' })
    expect(await state('free_as_a_bird')).toEqual({ available: true, reason: null })
  })

  it('can be asked for 60 times a minute', async () => {
    const request = { limited: true, ip: '198.51.100.32' }
    const asked = () => ask('GET', '/api/accounts/handles/free_as_a_bird', request)
    for (let count = 0; count < 60; count++) expect((await asked()).status).toBe(200)
    expectProblem(await asked(), 'too-many-requests')
  })
})

describe('refuses', () => {
  it.each([
    ['without consent to the terms', { acceptTerms: false }, ['/acceptTerms: needed']],
    ['below 14', { over14: false }, ['/over14: needed']],
    ['a short name', { name: ' a ' }, ['/name: too-short']],
    ['a name with a direction override', { name: 'a\u202Eb' }, ['/name: forbidden-characters']],
    ['a name with what nobody sees', { name: '김\u200b한라' }, ['/name: forbidden-characters']],
    ['a name that reads as the staff', { name: '한라봉 운영자' }, ['/name: like-staff']],
    ['a common password', { password: 'password1!' }, ['/password: common']],
    ['a password like the name', { password: '김한라2026!' }, ['/password: like-name']],
    ['an address that is none', { email: 'nobody' }, ['/email: not-an-email']],
    ['neither address nor phone', { email: undefined }, ['/email: email-or-phone']],
    ['address and phone together', { phoneProof: 'x' }, ['/email: email-or-phone']],
  ])('%s', async (_name, change, faults) => {
    const answer = await register({ ...wish, email: newEmail(), ...change })
    expectProblem(answer, 'invalid-fields')
    expect(faultsOf(answer)).toEqual(faults)
  })

  it.each(['role', 'manner', 'phoneVerified', 'id'])('a field that nobody may choose: %s', async (field) => {
    const answer = await register({ ...wish, email: newEmail(), [field]: 'admin' })
    expectProblem(answer, 'unknown-field')
    expect(faultsOf(answer)).toContain(`/${field}: unknown`)
  })

  it('bodies that are no JSON object of a known type', async () => {
    const path = '/api/accounts/registration'
    expectProblem(await ask('POST', path, { body: '{"email":' }), 'malformed-body')
    expectProblem(await ask('POST', path), 'malformed-body')
    expectProblem(
      await ask('POST', path, { body: 'a=b', headers: { 'content-type': 'text/plain' } }),
      'unsupported-type',
    )
    expectProblem(await ask('POST', path, { body: '[]' }), 'invalid-fields')
    expectProblem(await ask('POST', path, { body: 'null' }), 'invalid-fields')
  })
})

it('an answer that signs in is whole', async () => {
  const joined = await openLink(await begin())
  expect(joined.headers.get('cache-control')).toBe('no-store')
  const cookie = joined.headers.getSetCookie().find((header) => header.startsWith('refresh='))
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  expect(cookie).toMatch(/Path=\/api\/accounts(;|$)/)
  expect(cookie).toMatch(/Max-Age=604800/)
  expect(actorOf(joined, { phone: null, email: null }).token).toBe(joined.body.access)
})
