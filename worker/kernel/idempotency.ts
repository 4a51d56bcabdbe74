import { and, eq, isNull, lt } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import { uniqueSymbol } from 'hono-openapi'
import { api } from '../contract/limits.ts'
import { now } from './clock.ts'
import type { AppContext, AppEnv } from './context.ts'
import type { Db } from './db.ts'
import { keyHeader } from './describe.ts'
import { deriveKey, fingerprint, sha256 } from './ids.ts'
import { Problem } from './problem.ts'
import { addressOf } from './rate-limit.ts'
import { storedAnswer } from './schema.ts'

/** After this long without an answer the first request is taken for dead. */
const abandonedMs = 30_000
const waitMs = 50
const waits = 100
const keptHeaders = ['content-type', 'location', 'etag']

/**
 * Honours `Idempotency-Key` on a POST: the same key and body give the stored answer for 24 h, another body 422 `key-reused`.
 * Duplicates at the same moment have one effect: the later ones wait for the answer of the first. Place it after the caller and
 * the validation, so that only what reached the handler is kept. Failures of ours and 401, 429 are not kept; nor is an answer
 * that carries credentials, so routes that give those do not use it.
 */
export function idempotent({ required = false } = {}) {
  const middleware = createMiddleware<AppEnv>(async (c, next) => {
    const given = c.req.header('idempotency-key')
    if (given === undefined && !required) return next()
    if (given === undefined || !isKey(given)) throw new Problem('bad-key')

    const key = sha256(JSON.stringify([callerOf(c), c.req.method, c.req.path, given]))
    const body = await c.req.text()
    const before = await claim(c.var.db, key, { now: bodyFingerprint(c, body), formerly: sha256(body) })
    if (before) return answerAgain(before)

    try {
      await next()
    } finally {
      await settle(c, key)
    }
  })
  return Object.assign(middleware, { [uniqueSymbol]: { spec: { parameters: [keyHeader(required)] } } })
}

/** The key of a request that has to bring one, for an owner that keeps its answers itself. */
export function requireKey(c: AppContext): string {
  const given = c.req.header('idempotency-key')
  if (given === undefined || !isKey(given)) throw new Problem('bad-key')
  return given
}

function isKey(text: string): boolean {
  return text.length >= api.idempotencyKey.min && text.length <= api.idempotencyKey.max && /^[\x21-\x7e]+$/.test(text)
}

function callerOf(c: AppContext): string {
  return c.var.actor?.account ?? addressOf(c)
}

/** Keyed: a plain hash of a body with a phone number or a code in it is soon turned back by whoever has a copy of the table. */
function bodyFingerprint(c: AppContext, body: string): string {
  return fingerprint(deriveKey(c.var.config.idSecret, 'requests'), body)
}

/** What is kept of a body, and what was kept of it until 2026-11: such rows are asked for, too, until they are a day old. */
interface Kept {
  now: string
  formerly: string
}

interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Null when this request is the first and must do the work. */
async function claim(db: Db, key: string, request: Kept): Promise<Answer | null> {
  for (let round = 0; round < waits; round++) {
    const at = now()
    await db.delete(storedAnswer).where(and(eq(storedAnswer.key, key), lt(storedAnswer.expiresAt, at)))
    await db
      .delete(storedAnswer)
      .where(and(eq(storedAnswer.key, key), isNull(storedAnswer.status), lt(storedAnswer.startedAt, at - abandonedMs)))
    const claimed = await db
      .insert(storedAnswer)
      .values({ key, request: request.now, startedAt: at, expiresAt: at + api.idempotencyKeptMs })
      .onConflictDoNothing()
      .returning({ key: storedAnswer.key })
    if (claimed.length > 0) return null
    const [row] = await db.select().from(storedAnswer).where(eq(storedAnswer.key, key))
    if (row && row.request !== request.now && row.request !== request.formerly) throw new Problem('key-reused')
    if (row && row.status !== null) return { status: row.status, headers: row.headers ?? {}, body: row.body ?? '' }
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  throw new Problem('unavailable', { retryAfterMs: 1_000 })
}

async function settle(c: AppContext, key: string): Promise<void> {
  const { db } = c.var
  const { status } = c.res
  const isKept = status < 500 && status !== 401 && status !== 429 && !c.res.headers.has('set-cookie')
  if (!isKept) {
    await db.delete(storedAnswer).where(eq(storedAnswer.key, key))
    return
  }
  const headers = Object.fromEntries(
    keptHeaders.flatMap((name) => [[name, c.res.headers.get(name)]]).filter(([, value]) => value),
  )
  const body = await c.res.clone().text()
  await db.update(storedAnswer).set({ status, headers, body }).where(eq(storedAnswer.key, key))
}

function answerAgain({ status, headers, body }: Answer): Response {
  const hasBody = status !== 204 && status !== 304
  return new Response(hasBody ? body : null, { status, headers: { ...headers, 'idempotency-replayed': 'true' } })
}

/** Forgets what is too old to be repeated. For the cron. */
export async function sweepStoredAnswers(db: Db): Promise<void> {
  await db.delete(storedAnswer).where(lt(storedAnswer.expiresAt, now()))
}
