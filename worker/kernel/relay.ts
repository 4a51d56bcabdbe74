import { createHash, randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Envelope } from '../contract/events.ts'
import {
  JobResponse,
  PublishResponse,
  querying,
  RelayError,
  relayPaths,
  RequestClaims,
  SearchResponse,
  signing,
  SimilarResponse,
  type ImageJob,
  type ImageResult,
  type Job,
  type MailJob,
  type Party,
  type SearchRequest,
  type SimilarHit,
  type SimilarRequest,
  type SmsJob,
} from '../contract/relay.ts'
import type { Config } from '../env.ts'

/**
 * How a request to the relay ended. `retry` says whether asking again may help; a relay that cannot be reached, is busy or
 * answers nonsense is worth it, one that read the request and refused it is not.
 */
export type RelayOutcome<T> = { ok: true; value: T } | RelayFailure
export interface RelayFailure {
  ok: false
  retry: boolean
  /** A code of `contract/relay.ts`, or `unreachable`. */
  code: string
  /** Not before this long. */
  retryAfterMs?: number
}

/** The bridge to everything outside. Every call has a deadline and none throws. */
export interface Relay {
  /** Events in order within each stream, at most 500 and 1 MiB; answers the last stored seq of each stream. 10 s. */
  publish(events: readonly Envelope[]): Promise<RelayOutcome<Record<string, number>>>
  /** Hands a letter to the carrier, once per job id. 12 s. */
  sendMail(job: MailJob): Promise<RelayOutcome<null>>
  /** Hands a text message to the carrier, once per job id. 12 s. */
  sendSms(job: SmsJob): Promise<RelayOutcome<null>>
  /** Makes and stores all files of a picture; the answer comes when they are stored. 25 s. */
  processImage(job: ImageJob): Promise<RelayOutcome<ImageResult>>
  /** What fits somebody's words, best first. 300 ms: later is `unreachable`, and the asker goes on with what D1 knows. */
  search(question: SearchRequest): Promise<RelayOutcome<SearchResponse>>
  /** What is near somebody's interests, best first. 300 ms, as above. */
  similar(question: SimilarRequest): Promise<RelayOutcome<SimilarHit[]>>
  /** Whether it answers at all. 2 s. */
  health(): Promise<RelayOutcome<null>>
}

const deadlines = { events: 10_000, carrier: 12_000, image: 25_000, health: 2_000 } as const

let standIn: { relay: Relay; secret: Uint8Array | null } | null = null

/**
 * What takes the relay's place where none is set; null takes it away. With a secret its own requests to the Worker are
 * known by that. Only the local entry and tests call it.
 */
export function standInForRelay(relay: Relay | null, secret: Uint8Array | null = null): void {
  standIn = relay && { relay, secret }
}

/** The relay of these settings, or null where there is none. */
export function relayOf({ relay }: Pick<Config, 'relay'>): Relay | null {
  return relay ? createRelay(relay) : (standIn?.relay ?? null)
}

/** What the relay's own requests are signed with; null where it has none to make. */
export function relaySecretOf({ relay }: Pick<Config, 'relay'>): Uint8Array | null {
  return relay ? relay.secret : (standIn?.secret ?? null)
}

export function createRelay({ url, secret }: NonNullable<Config['relay']>): Relay {
  const ask = <T>(path: string, value: unknown, deadlineMs: number, read: (answer: unknown) => T) =>
    request({ url, secret, method: 'POST', path, value, deadlineMs, read })
  const carry = (job: Job) => ask(relayPaths.jobs, job, deadlines.carrier, () => null)

  return {
    publish: (events) =>
      ask(relayPaths.events, { events }, deadlines.events, (answer) => PublishResponse.parse(answer).confirmed),
    sendMail: carry,
    sendSms: carry,
    processImage: (job) =>
      ask(relayPaths.jobs, job, deadlines.image, (answer) => {
        const { image } = JobResponse.parse(answer)
        if (!image) throw new TypeError('an answer without a picture')
        return image
      }),
    search: (question) => ask(relayPaths.search, question, querying.withinMs, (answer) => SearchResponse.parse(answer)),
    similar: (question) =>
      ask(relayPaths.similar, question, querying.withinMs, (answer) => SimilarResponse.parse(answer).items),
    health: () =>
      request({
        url,
        secret,
        method: 'GET',
        path: relayPaths.health,
        value: null,
        deadlineMs: deadlines.health,
        read: () => null,
      }),
  }
}

interface RelayRequest<T> {
  url: string
  secret: Uint8Array
  method: 'GET' | 'POST'
  path: string
  /** Body of a POST. */
  value: unknown
  deadlineMs: number
  read: (answer: unknown) => T
}

async function request<T>(asked: RelayRequest<T>): Promise<RelayOutcome<T>> {
  const { url, secret, method, path, value, deadlineMs, read } = asked
  const target = new URL(url + path)
  const body = method === 'POST' ? new TextEncoder().encode(JSON.stringify(value)) : new Uint8Array()
  try {
    const token = await signRequest(secret, { method, path: target.pathname, body })
    const response = await fetch(target, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body } : {}),
      signal: AbortSignal.timeout(deadlineMs),
    })
    const answer: unknown = await response.json().catch(() => null)
    return response.ok ? { ok: true, value: read(answer) } : failure(response, answer)
  } catch {
    // Cut off, too late or nonsense. What went wrong in detail stands in the relay's own log.
    return { ok: false, retry: true, code: 'unreachable' }
  }
}

/** Only what the relay itself calls wrong about a request is final. A secret that does not fit yet may be in the middle of a change. */
const finalCodes = new Set<string>(['malformed', 'refused', 'in-doubt', 'too-large', 'not-found'])

function failure(response: Response, answer: unknown): RelayFailure {
  const parsed = RelayError.safeParse(answer)
  const code = parsed.success ? parsed.data.code : 'unreachable'
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return {
    ok: false,
    retry: !finalCodes.has(code),
    code,
    ...(seconds > 0 ? { retryAfterMs: Math.min(seconds, 300) * 1_000 } : {}),
  }
}

interface SignedParts {
  method: string
  /** Path with query. */
  path: string
  body: Uint8Array
}

/** The bearer token of one request from the Worker to the relay. */
export function signRequest(secret: Uint8Array, { method, path, body }: SignedParts): Promise<string> {
  return new SignJWT({ method, path, body: digest(body) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('worker' satisfies Party)
    .setAudience('relay' satisfies Party)
    .setIssuedAt()
    .setExpirationTime(`${signing.lifeSeconds}s`)
    .setJti(randomBytes(16).toString('base64url'))
    .sign(secret)
}

/**
 * Whether the relay signed exactly this request within the last minute. A repetition is not told apart: what the relay
 * may do here has the same effect twice as once.
 */
export async function isFromRelay(secret: Uint8Array, token: string, request: SignedParts): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer: 'relay' satisfies Party,
      audience: 'worker' satisfies Party,
      maxTokenAge: signing.lifeSeconds,
      clockTolerance: signing.skewSeconds,
      requiredClaims: ['exp', 'iat', 'jti'],
    })
    const claims = RequestClaims.parse(payload)
    return claims.method === request.method && claims.path === request.path && claims.body === digest(request.body)
  } catch {
    return false
  }
}

function digest(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
