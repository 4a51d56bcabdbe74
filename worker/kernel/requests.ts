import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { now } from './clock.ts'
import type { AppContext, AppEnv } from './context.ts'
import { randomToken } from './ids.ts'
import { log } from './log.ts'

/** Names each request and writes its one line. An id sent by the client is not taken: it would let anyone forge the trail. */
export const traceRequests = createMiddleware<AppEnv>(async (c, next) => {
  const startedAt = now()
  const requestId = randomToken().slice(0, 22)
  c.set('requestId', requestId)
  await next()
  setHeaders(c, { 'x-request-id': requestId })
  log('info', 'request', {
    request: requestId,
    method: c.req.method,
    route: routePath(c),
    status: c.res.status,
    ms: now() - startedAt,
    ...(c.var.actor ? { account: c.var.actor.account } : {}),
  })
})

/** Adds headers that the response does not have yet. An upgrade is left alone: copying it would lose its socket. */
export function setHeaders(c: AppContext, headers: Record<string, string>): void {
  if (c.res.status === 101) return
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.header(name, value)
}
