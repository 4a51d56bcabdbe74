import { Hono } from 'hono'
import type { Context } from 'hono'
import { readEvent } from '../worker/contract/events.ts'
import {
  Job,
  PublishRequest,
  publishing,
  relayErrors,
  relayPaths,
  SearchRequest,
  SimilarRequest,
} from '../worker/contract/relay.ts'
import type {
  Mailbox,
  PublishResponse,
  RebuildIndexResponse,
  RelayErrorCode,
  RelayHealth,
} from '../worker/contract/relay.ts'
import type { Bus } from './bus/bus.ts'
import type { Images } from './images/images.ts'
import type { Indexing } from './indexing.ts'
import type { JobOutcome } from './jobs.ts'
import { log, reasonOf } from './log.ts'
import type { MailboxStore } from './mailbox.ts'
import type { Metrics } from './ops/metrics.ts'
import type { Search } from './search.ts'
import type { Seen } from './seen.ts'
import { verifyRequest } from './signing.ts'

export interface HttpParts {
  secret: Uint8Array
  seen: Seen
  bus: Bus
  images: Images
  search: Search
  indexing: Pick<Indexing, 'rebuild'>
  /** `asker` aborts when nobody waits for the answer any more. */
  doJob(job: Job, asker: AbortSignal): Promise<JobOutcome>
  /** Null where mail and SMS go to real carriers; then `/mailbox` does not exist. */
  mailbox: MailboxStore | null
  metrics: Metrics
}

type Env = { Variables: { body: Uint8Array } }

const jobBytes = 64 * 1024
const keptRequestMs = 2 * 60_000

/** The signed internal API. Nothing, not even its health, is told to an unsigned caller. */
export function createHttp(parts: HttpParts): Hono<Env> {
  const { secret, seen, bus, images, search, indexing, doJob, mailbox, metrics } = parts
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    await next()
    metrics.answered(c.req.path, c.res.status)
  })
  app.use(async (c, next) => {
    const body = await readBody(c.req.raw, c.req.path === relayPaths.events ? publishing.bytes : jobBytes)
    if (!body) return refuse(c, 'too-large')
    const { pathname, search } = new URL(c.req.url)
    const token = /^Bearer ([\w.-]+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    const verified = await verifyRequest(secret, token, { method: c.req.method, path: pathname + search, body })
    if (!verified.ok || !seen.claim('request', verified.jti, keptRequestMs)) {
      log(
        'unsigned-request',
        { path: pathname.slice(0, 100), reason: verified.ok ? 'replayed' : verified.reason },
        'warn',
      )
      return refuse(c, 'unsigned')
    }
    c.set('body', body)
    await next()
  })

  app.post(relayPaths.events, async (c) => {
    const request = PublishRequest.safeParse(parse(c.var.body))
    if (!request.success) return refuse(c, 'malformed')
    const published = await bus.publish(request.data.events)
    if (!published.ok) return refuse(c, published.code, published.retryAfterMs)
    metrics.published(request.data.events.length)
    for (const event of request.data.events) {
      const known = readEvent(event)
      if (!known.ok) await bus.setAside('contract', event, known.reason)
    }
    return c.json({ confirmed: published.confirmed } satisfies PublishResponse)
  })

  app.post(relayPaths.jobs, async (c) => {
    const job = Job.safeParse(parse(c.var.body))
    if (!job.success) return refuse(c, 'malformed')
    const outcome = await doJob(job.data, c.req.raw.signal)
    return outcome.ok ? c.json(outcome.response) : refuse(c, outcome.code, outcome.retryAfterMs)
  })

  app.post(relayPaths.search, async (c) => {
    const question = SearchRequest.safeParse(parse(c.var.body))
    return question.success ? c.json(await search.search(question.data)) : refuse(c, 'malformed')
  })

  app.post(relayPaths.similar, async (c) => {
    const question = SimilarRequest.safeParse(parse(c.var.body))
    return question.success ? c.json(await search.similar(question.data)) : refuse(c, 'malformed')
  })

  app.post(relayPaths.rebuild, async (c) => {
    const { streams, items } = await indexing.rebuild()
    return c.json({ streams, items } satisfies RebuildIndexResponse)
  })

  app.get(relayPaths.health, async (c) => {
    const health: RelayHealth = {
      ok: true,
      bus: { kind: bus.kind, ...(await bus.health()) },
      images: images.counts(),
    }
    return c.json(health)
  })

  if (mailbox) app.get(relayPaths.mailbox, async (c) => c.json({ messages: await mailbox.list() } satisfies Mailbox))

  app.notFound((c) => refuse(c, 'not-found'))
  app.onError((error, c) => {
    log('request-failed', { path: c.req.path.slice(0, 100), reason: reasonOf(error) }, 'error')
    return refuse(c, 'busy')
  })
  return app
}

function refuse(c: Context, code: RelayErrorCode, retryAfterMs?: number) {
  if (retryAfterMs) c.header('retry-after', String(Math.ceil(retryAfterMs / 1_000)))
  return c.json({ code }, relayErrors[code])
}

/** The body, or null as soon as it grows beyond `most` bytes. */
async function readBody(request: Request, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
