import { env, exports } from 'cloudflare:workers'

export const origin = 'http://localhost'

/** What the local entry knows beside the Worker's own settings. */
const localKey = (env as { LOCAL_KEY?: string }).LOCAL_KEY ?? ''

export interface Request {
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
  /** An access token. */
  token?: string | null
  /** Name and value of cookies. */
  cookies?: Record<string, string>
  /** The caller's address; each test file may take its own. */
  ip?: string
  /** True lets the limits of calls hold; most tests are about something else. */
  limited?: boolean
  /** Milliseconds by which this request comes later (or earlier) than now. Lifts the limits too. */
  later?: number
}

export interface Answer {
  status: number
  headers: Headers
  /** Parsed JSON, or null for an empty body. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests say what they expect of it
  body: any
  /** Cookies that the answer sets, by name; empty for those it clears. */
  cookies: Record<string, string>
}

/** Asks the whole Worker as a client would: the local entry, through its default entrypoint. */
export async function ask(method: string, path: string, request: Request = {}): Promise<Answer> {
  const response = await fetchApp(method, path, request)
  // By bytes: workerd warns of `text()` on a picture.
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text === '' ? null : text,
    cookies: Object.fromEntries(response.headers.getSetCookie().map(cookieOf)),
  }
}

/** The same, where the raw response matters: sockets, streams, pages. */
export async function fetchApp(method: string, path: string, request: Request = {}): Promise<Response> {
  const { body, token, cookies = {}, ip = '203.0.113.1', limited = false, later } = request
  const headers = new Headers({ origin, 'cf-connecting-ip': ip, ...request.headers })
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (!limited) headers.set('x-local-key', localKey)
  if (later !== undefined) headers.set('x-local-clock', String(later))
  const jar = Object.entries(cookies).filter(([, value]) => value !== '')
  if (jar.length > 0) headers.set('cookie', jar.map(([name, value]) => `${name}=${value}`).join('; '))
  return exports.default.fetch(`${origin}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** A local door: what only one's own computer has. */
export async function door(path: string, body: unknown): Promise<void> {
  const { status } = await ask('POST', `/dev${path}`, { body })
  if (status !== 204) throw new Error(`the door ${path} answered ${status}`)
}

function cookieOf(header: string): [string, string] {
  const [pair = ''] = header.split(';')
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
