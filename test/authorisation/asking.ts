import { problems, type ProblemCode } from '../../worker/contract/problem.ts'
import { ask, type Answer } from '../support/worker/app.ts'
import { newKey } from '../support/worker/auctions.ts'
import type { Cast, Person } from './cast.ts'
import { secrets, type Thing } from './things.ts'
import type { Row, Told } from './table.ts'

/** What one request does differently from its row. */
export interface Twist {
  path?: string
  headers?: Record<string, string>
  body?: object
}

/** Asks what the row says, as this person. */
export async function askAs(
  { person, cast }: { person: Person; cast: Cast },
  row: Row,
  thing: Thing,
  { path = pathOf(row, thing), headers, body }: Twist = {},
): Promise<Answer> {
  const [method = ''] = row.ask.split(' ')
  const content = body ?? (await row.body?.(thing, { person, cast }))
  return ask(method, path, {
    ...(content === undefined ? {} : { body: content }),
    ...(row.byCookie ? { cookies: cookiesOf(cast, person) } : { token: tokenOf(row, thing, cast, person) }),
    headers: {
      ...(row.isKeyed ? { 'idempotency-key': newKey() } : {}),
      ...(row.matches ? { 'if-match': `"${thing.version}"` } : {}),
      ...headers,
    },
  })
}

export function pathOf({ ask, query }: Row, thing: Thing): string {
  const [, template = ''] = ask.split(' ')
  const path = template
    .replace(/\{(\w+)\}/g, (_, name: keyof Thing) => String(thing[name] ?? missing(name)))
    .replace(/\*$/, () => thing.page ?? missing('page'))
  return path + (query?.(thing) ?? '')
}

function missing(name: string): never {
  throw new Error(`the thing has no ${name}`)
}

function tokenOf({ fromThere }: Row, thing: Thing, { tokens }: Cast, person: Person): string | null {
  return fromThere ? (thing.token ?? null) : tokens[person]
}

function cookiesOf(cast: Cast, person: Person): Record<string, string> {
  if (person === 'anonymous') return {}
  if (person !== 'invented') return cast[person].cookies
  const { refresh = '' } = cast.seller.cookies
  return { refresh: `${refresh.slice(0, refresh.lastIndexOf('.'))}.${'x'.repeat(43)}` }
}

const whatEveryProblemSays = ['code', 'instance', 'status', 'title', 'type']

/**
 * A status, or the code of a problem that is well-formed. Pages tell their status alone. What is hidden and what is absent
 * are told in the same words.
 */
export function toldBy({ status, headers, body }: Answer): Told {
  if (headers.get('content-type') !== 'application/problem+json') return status
  const code = body.code as ProblemCode
  const { status: its, title } = problems[code]
  const isWhole = status === its && body.status === its && body.title === title && body.type === `/problems/${code}`
  const saysMore = code === 'not-found' && Object.keys(body).toSorted().join() !== whatEveryProblemSays.join()
  if (!isWhole || saysMore || typeof body.instance !== 'string')
    throw new Error(`not a problem of ours: ${status} ${JSON.stringify(body)}`)
  return code
}

/** D1 queries that an answer took, as the local entry says. */
export function queriesOf({ headers }: Answer): number {
  return Number(/desc="(\d+) queries"/.exec(headers.get('server-timing') ?? '')?.[1])
}

/** Whether a cache may give the answer to somebody else. */
export function isShared({ headers }: Answer): boolean {
  return !/no-store|no-cache/.test(headers.get('cache-control') ?? '')
}

/** Everything in `text` that this person may not read. */
export function leaks(text: string, cast: Cast, reader: Person): string[] {
  const secretsOf = Object.entries(privateTo(cast)).filter(([owner]) => owner !== reader)
  return secretsOf.flatMap(([owner, all]) =>
    Object.entries(all)
      .filter(([, secret]) => text.includes(secret))
      .map(([what]) => `${what} of ${owner}`),
  )
}

/** Ids of accounts and sign-ins, addresses, numbers, and what was written for oneself alone. */
function privateTo(cast: Cast): Record<string, Record<string, string>> {
  const { tokens: _tokens, ticket: _ticket, ...named } = cast
  const own = Object.entries(named).map(([person, { account, login, email, phone }]) => [
    person,
    { account, login, ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone: phone.slice(1) }) },
  ])
  const all = Object.fromEntries(own) as Record<string, Record<string, string>>
  return {
    ...all,
    seller: { ...all.seller, 'title of a draft': secrets.draftTitle, ...bothWays('reserve', secrets.reservePrice) },
    bidder: { ...all.bidder, ...bothWays('maximum', secrets.maximum) },
  }
}

/** As data has it, and as a person reads it. */
function bothWays(what: string, amount: number): Record<string, string> {
  return { [what]: String(amount), [`${what} in words`]: amount.toLocaleString('en') }
}
