import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { Problem } from './problem.ts'
import { setHeaders } from './requests.ts'

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Pages bring their own policy; what is not a page may do nothing, even if a browser could be talked into showing it.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  // The edge keeps an answer that says nothing about it for two hours, whoever asked.
  'cache-control': 'private, no-store',
}

/** Headers of every answer, unless the handler chose its own. */
export const secureHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  setHeaders(c, always)
  if (c.var.config.isSecure) setHeaders(c, { 'strict-transport-security': 'max-age=63072000; includeSubDomains' })
})

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses writes that a browser sends for another site. Programs send neither header and carry no cookie. */
export const sameOriginWrites = createMiddleware<AppEnv>(async (c, next) => {
  if (!safe.has(c.req.method)) {
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const isOurs = origin === undefined || origin === c.var.config.origin || origin === new URL(c.req.url).origin
    const isSameSite = site === undefined || site === 'same-origin' || site === 'none'
    if (!isOurs || !isSameSite) throw new Problem('foreign-origin')
  }
  await next()
})

/** How a content security policy names an inline script or style that it allows. */
export async function sourceHash(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source))
  return `sha256-${Buffer.from(digest).toString('base64')}`
}
