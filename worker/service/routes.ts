import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import {
  accounts,
  api,
  audience,
  auctions,
  chat,
  deals,
  ladder,
  media,
  moderation,
  notifications,
  offers,
  profiles,
  rates,
  recommendations,
  reviews,
  roomChat,
  search,
  signals,
  sockets,
} from '../contract/limits.ts'
import { HealthView, RulesView, TimeView } from '../contract/service.ts'
import { iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppEnv } from '../kernel/context.ts'
import type { Db } from '../kernel/db.ts'
import { describe } from '../kernel/describe.ts'
import { sourceHash } from '../kernel/security.ts'
import { relayOf, type Relay } from '../kernel/relay.ts'
import { reply } from '../kernel/reply.ts'
import { docsPage, docsStyle, type ApiDescription } from './docs.ts'
import { shareSchemas } from './shared-schemas.ts'

export type { ApiDescription } from './docs.ts'

export const serviceRoutes = new Hono<AppEnv>()
  .get(
    '/time',
    describe({ summary: "The server's time", tag: 'service', caller: 'anyone', answers: { 200: TimeView } }),
    (c) => {
      c.header('cache-control', 'no-store')
      return reply(c, TimeView, { now: iso(now()) })
    },
  )
  .get(
    '/health',
    describe({ summary: 'State of each part', tag: 'service', caller: 'anyone', answers: { 200: HealthView } }),
    async (c) => {
      const [database, relay] = await Promise.all([
        stateOf(databaseIsUp(c.var.db)),
        stateOf(relayIsUp(relayOf(c.var.config))),
      ])
      const isWell = database === 'ok' && relay === 'ok'
      c.header('cache-control', 'no-store')
      return reply(c, HealthView, { status: isWell ? 'ok' : 'degraded', parts: { database, relay } })
    },
  )
  .get(
    '/rules',
    describe({
      summary: 'Limits, bid steps and legal notice',
      tag: 'service',
      caller: 'anyone',
      answers: { 200: RulesView },
    }),
    (c) => {
      c.header('cache-control', 'public, max-age=300')
      return reply(c, RulesView, { ...rules, operator: c.var.config.operator })
    },
  )

/** How the whole API describes itself. Handed in, because only the application knows all routes; made once per isolate. */
export function descriptionRoutes(describeApi: () => Promise<ApiDescription>) {
  let made: ApiDescription | undefined
  const description = async () => (made ??= shareSchemas(await describeApi()))
  const kept = 'public, max-age=300'

  return new Hono<AppEnv>()
    .get(
      '/openapi.json',
      describe({
        summary: 'The API description (OpenAPI 3.1)',
        tag: 'service',
        caller: 'anyone',
        answers: { 200: null },
      }),
      async (c) => c.json(await description(), 200, { 'cache-control': kept }),
    )
    .get(
      '/docs',
      describe({ summary: 'The API description as a page', tag: 'service', caller: 'anyone', answers: { 200: null } }),
      async (c) => {
        return c.html(docsPage(await description()), 200, {
          'cache-control': kept,
          'content-security-policy': `default-src 'none'; style-src '${await sourceHash(docsStyle)}'; base-uri 'none'; frame-ancestors 'none'`,
        })
      },
    )
}

const rules = {
  rates: Object.fromEntries(Object.entries(rates).map(([name, [most, windowMs]]) => [name, { most, windowMs }])),
  ladder: ladder.map(([below, step]) => ({ below: Number.isFinite(below) ? below : null, step })),
  limits: {
    api,
    accounts,
    profiles,
    media,
    auctions,
    roomChat,
    // Where one of them sits is the house's own affair.
    audience: { most: audience.most },
    offers,
    deals,
    reviews,
    chat,
    notifications,
    search,
    signals,
    recommendations,
    moderation,
    sockets,
  },
}

async function databaseIsUp(db: Db): Promise<boolean> {
  await db.run(sql`select 1`)
  return true
}

async function relayIsUp(relay: Relay | null): Promise<boolean> {
  return (await relay?.health())?.ok ?? false
}

async function stateOf(isUp: Promise<boolean>): Promise<'ok' | 'down'> {
  try {
    return (await isUp) ? 'ok' : 'down'
  } catch {
    return 'down'
  }
}
