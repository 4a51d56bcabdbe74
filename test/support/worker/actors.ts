import type { AccountId, LoginId } from '../../../worker/contract/ids.ts'
import { ask, door, type Answer, type Request } from './app.ts'
import { codeIn, letterFrom } from './mailbox.ts'

export const password = 'river-4-boat!'

export interface Actor {
  handle: string
  name: string
  /** `010…`, or null for one who joined by e-mail and has proven no number. */
  phone: string | null
  email: string | null
  password: string
  account: AccountId
  login: LoginId
  /** The access token; `refresh` and `logIn` replace it. */
  token: string
  cookies: Record<string, string>
  /** Asks as this person. */
  ask(method: string, path: string, request?: Request): Promise<Answer>
  get(path: string, request?: Request): Promise<Answer>
  post(path: string, body?: unknown, request?: Request): Promise<Answer>
  put(path: string, body?: unknown, request?: Request): Promise<Answer>
  patch(path: string, body?: unknown, request?: Request): Promise<Answer>
  delete(path: string, request?: Request): Promise<Answer>
  /** A fresh ticket for a socket. */
  ticket(): Promise<string>
}

export interface ActorWish {
  /** `phone` makes a trader; `email` someone without a verified phone. Default `phone`. */
  by?: 'phone' | 'email'
  handle?: string
}

let people = 0
const run = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** A new person, made through the public API. `role` is what the test calls them and becomes their name. */
export async function actor(role: string, { by = 'phone', handle }: ActorWish = {}): Promise<Actor> {
  const name = role.length < 2 ? `${role}${role}` : role
  const wish = { password, name, acceptTerms: true, over14: true, ...(handle === undefined ? {} : { handle }) }
  return by === 'phone' ? joinByPhone(wish) : joinByEmail(wish)
}

/** A person whom the local door made staff. Nobody may be called by a role. */
export async function staff(role: 'moderator' | 'admin'): Promise<Actor> {
  const person = await actor(`${role} by day`)
  await door(`/accounts/${person.handle}`, { role })
  return person
}

/** Suspends by the local door; null lifts. */
export async function suspend({ handle }: Pick<Actor, 'handle'>, until: number | null): Promise<void> {
  await door(`/accounts/${handle}`, { suspendedUntil: until === null ? null : new Date(until).toISOString() })
}

/** A Korean mobile number that nobody has yet. */
export function newPhone(): string {
  people += 1
  return `010${String((run + people * 7_919) % 100_000_000).padStart(8, '0')}`
}

export function newEmail(): string {
  people += 1
  return `person-${run}-${people}@example.com`
}

/** `+82…` of `010…`, as text messages name it. */
export function international(phone: string): string {
  return `+82${phone.slice(1)}`
}

export type PhonePurpose = 'sign-up' | 'verify' | 'change' | 'reset'

/** A proof that one holds the number, by the code that arrives there. */
export async function provePhone(phone: string, purpose: PhonePurpose, request: Request = {}): Promise<string> {
  let challenge = ''
  const letter = await letterFrom(international(phone), async () => {
    const sent = await ask('POST', '/api/accounts/phone/codes', { ...request, body: { phone, purpose } })
    challenge = sent.body.challenge
  })
  const path = `/api/accounts/phone/codes/${challenge}/check`
  const checked = await ask('POST', path, { ...request, body: { code: codeIn(letter) } })
  return checked.body.phoneProof
}

async function joinByPhone(wish: { password: string; name: string }): Promise<Actor> {
  const phone = newPhone()
  const phoneProof = await provePhone(phone, 'sign-up')
  const joined = await ask('POST', '/api/accounts/registration', { body: { ...wish, phoneProof } })
  return actorOf(joined, { phone, email: null })
}

async function joinByEmail(wish: { password: string; name: string }): Promise<Actor> {
  const email = newEmail()
  let registration = ''
  const letter = await letterFrom(email, async () => {
    const begun = await ask('POST', '/api/accounts/registration', { body: { ...wish, email } })
    registration = begun.body.registration
  })
  const body = { registration, code: codeIn(letter) }
  const joined = await ask('POST', '/api/accounts/registration/verify-email', { body })
  return actorOf(joined, { phone: null, email })
}

/** The person behind an answer that signed somebody in. */
export function actorOf(joined: Answer, { phone, email }: Pick<Actor, 'phone' | 'email'>): Actor {
  if (joined.status !== 201 && joined.status !== 200)
    throw new Error(`not signed in: ${joined.status} ${JSON.stringify(joined.body)}`)
  const { access, account } = joined.body
  const claims = JSON.parse(atob(access.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
  const person: Actor = {
    handle: account.handle,
    name: account.name,
    phone,
    email,
    password,
    account: claims.sub,
    login: claims.sid,
    token: access,
    cookies: joined.cookies,
    ask: (method, path, request = {}) => ask(method, path, { token: person.token, ...request }),
    get: (path, request) => person.ask('GET', path, request),
    post: (path, body, request) => person.ask('POST', path, { ...(body === undefined ? {} : { body }), ...request }),
    put: (path, body, request) => person.ask('PUT', path, { ...(body === undefined ? {} : { body }), ...request }),
    patch: (path, body, request) => person.ask('PATCH', path, { ...(body === undefined ? {} : { body }), ...request }),
    delete: (path, request) => person.ask('DELETE', path, request),
    ticket: async () => (await person.post('/api/accounts/tickets')).body.ticket,
  }
  return person
}

/** Signs the same person in once more, as from another device. */
export async function logInAgain(person: Actor, request: Request = {}): Promise<Actor> {
  const body = { login: person.email ?? person.phone, password: person.password }
  const answer = await ask('POST', '/api/accounts/login', { ...request, body })
  return actorOf(answer, person)
}
