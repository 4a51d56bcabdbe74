import { now } from '../kernel/clock.ts'
import { queriesSaid } from './d1-counter.ts'

interface Kept {
  response: Response
  body: ArrayBuffer
  at: number
  seconds: number
  tags: string[]
  /** What the request said in the headers that the answer varies by. */
  varied: [name: string, value: string | null][]
}

const most = 500

/** What the edge does with an answer that says nothing about keeping: a forgotten header shows here, too. */
const unsaid: Record<number, number> = { 200: 7_200, 203: 7_200, 204: 7_200, 301: 1_200, 404: 180, 405: 60, 410: 180 }

/**
 * Stand-in for the cache that the platform puts in front of the deployed Worker: keyed by path and query, honouring the same
 * headers, telling the same `Cf-Cache-Status`, purged by tag. A hit runs nothing of the Worker. Unlike the edge it leaves
 * `Cache-Tag` on the answer, for people to see.
 */
export class PageCache {
  private readonly entries = new Map<string, Kept[]>()

  async serve(request: Request, run: (request: Request) => Promise<Response>): Promise<Response> {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || request.headers.has('upgrade')) return run(request)

    const key = keyOf(request)
    const known = this.entries.get(key)?.find((kept) => matches(kept, request))
    const age = known ? Math.floor((now() - known.at) / 1_000) : -1
    if (known && age >= 0 && age < known.seconds) return answer(request, known, { status: 'HIT', age })

    const given = await run(asking(request, known))
    const unchanged = given.status === 304 ? known : undefined
    const response = unchanged ? freshened(unchanged, given) : given
    const seconds = lifeOf(request, response)
    if (seconds === null) return marked(response, 'BYPASS')
    const kept: Kept = {
      response,
      body: await response.arrayBuffer(),
      at: now(),
      seconds,
      tags: listOf(response.headers.get('cache-tag')).map((tag) => tag.toLowerCase()),
      varied: listOf(response.headers.get('vary')).map((name) => [name, request.headers.get(name)]),
    }
    this.keep(key, kept)
    return answer(request, kept, { status: unchanged ? 'REVALIDATED' : known ? 'EXPIRED' : 'MISS', age: 0 })
  }

  purge({ tags = [], purgeEverything = false }: CachePurgeOptions): Promise<CachePurgeResult> {
    const gone = new Set(tags.map((tag) => tag.toLowerCase()))
    for (const [key, variants] of this.entries)
      if (purgeEverything || variants.some((kept) => kept.tags.some((tag) => gone.has(tag)))) this.entries.delete(key)
    return Promise.resolve({ success: true, errors: [] })
  }

  private keep(key: string, kept: Kept): void {
    const others = (this.entries.get(key) ?? []).filter((old) => !isSameVariant(old, kept))
    this.entries.delete(key)
    this.entries.set(key, [...others, kept])
    const [oldest] = this.entries.keys()
    if (this.entries.size > most && oldest !== undefined) this.entries.delete(oldest)
  }
}

function keyOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

/**
 * What the Worker is asked: the whole page, on the condition of what is kept here. On the visitor's condition it might give a 304,
 * which is nothing for the next one.
 */
function asking(request: Request, known: Kept | undefined): Request {
  const asked = new Request(request, { method: 'GET' })
  const etag = known?.response.headers.get('etag')
  if (etag) asked.headers.set('if-none-match', etag)
  else asked.headers.delete('if-none-match')
  return asked
}

/** What is kept, whole, under what a 304 says of it now: how long, for whom, under which tags (RFC 9111, 4.3.4). */
function freshened({ response, body }: Kept, notModified: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of notModified.headers) headers.set(name, value)
  return new Response(body, { status: response.status, headers })
}

function matches({ varied }: Kept, request: Request): boolean {
  return varied.every(([name, value]) => request.headers.get(name) === value)
}

function isSameVariant(a: Kept, b: Kept): boolean {
  return JSON.stringify(a.varied) === JSON.stringify(b.varied)
}

/** Seconds that the answer may be kept; null where it may not. */
function lifeOf(request: Request, { status, headers }: Response): number | null {
  const control = headers.get('cache-control')?.toLowerCase() ?? null
  if (headers.has('set-cookie') || headers.get('vary') === '*' || status === 206) return null
  if (control === null) return unsaid[status] ?? null
  if (/\b(private|no-store|no-cache)\b/.test(control)) return null
  const isForAll = /\bpublic\b|\bs-maxage=|\bmust-revalidate\b/.test(control)
  if (request.headers.has('authorization') && !isForAll) return null
  const seconds = /\bs-maxage=(\d+)/.exec(control)?.[1] ?? /\bmax-age=(\d+)/.exec(control)?.[1]
  return seconds === undefined || Number(seconds) === 0 ? null : Number(seconds)
}

function listOf(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function answer(request: Request, kept: Kept, { status, age }: { status: string; age: number }): Response {
  const headers = new Headers(kept.response.headers)
  headers.set('cf-cache-status', status)
  headers.set('age', String(age))
  const etag = headers.get('etag')
  if (status === 'HIT') headers.set('server-timing', queriesSaid(0))
  if (etag !== null && listOf(request.headers.get('if-none-match')).includes(etag))
    return new Response(null, { status: 304, headers })
  const hasBody = request.method === 'GET' && kept.response.status !== 204
  return new Response(hasBody ? kept.body : null, { status: kept.response.status, headers })
}

function marked(response: Response, status: string): Response {
  if (response.status === 101) return response
  const copy = new Response(response.body, response)
  copy.headers.set('cf-cache-status', status)
  return copy
}
