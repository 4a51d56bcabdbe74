import { Hono } from 'hono'
import { z } from 'zod'
import { roles } from '../contract/accounts.ts'
import { cancelScheduledOf, voidAuction } from '../auctions/api.ts'
import { audience } from '../contract/limits.ts'
import { raiseLiveLimits, setAudienceSizes } from '../kernel/live-limits.ts'
import { roomOf } from '../auctions/room-client.ts'
import { iso } from '../contract/time.ts'
import { dealOf } from '../deals/deal-client.ts'
import { readConfig } from '../env.ts'
import { setRole, suspend } from '../accounts/api.ts'
import { createDb, type Db } from '../kernel/db.ts'
import { areEqual, createIds } from '../kernel/ids.ts'
import { accountsByHandle } from '../profiles/api.ts'
import { atLocalTime, setOffset } from './clock.ts'
import { eraseAuction } from './erase-auction.ts'
import { partFromAll } from './live-objects.ts'
import { mailboxPage, mailboxStyle } from './mailbox-page.ts'
import { readMailbox } from './mailbox.ts'
import { lastVisit } from './visits.ts'

export type LocalEnv = Env & {
  /** Opens the doors. Without one they are walls. */
  LOCAL_KEY?: string
}

export interface DoorDeps {
  /** What cron does; at the time the local clock shows. */
  tick(): Promise<void>
}

/** An object that lets its clock be set. Only the local ones do. */
interface Clocked {
  setClockOffset(offsetMs: number): Promise<void>
}

/** Of the Worker, or of one object. */
const Clock = z.strictObject({ offsetMs: z.number(), auction: z.string().optional(), deal: z.string().optional() })
const Standing = z.strictObject({
  role: z.enum(roles).optional(),
  suspendedUntil: z.iso.datetime().nullable().optional(),
  decision: z.string().nullable().optional(),
})
const Audiences = z.strictObject({
  room: z.int().default(audience.room),
  shard: z.int().default(audience.shard),
  most: z.int().default(audience.most),
  turn: z.int().default(audience.turn),
})
const Voiding = z.strictObject({ reason: z.string().min(1).default('void') })

/** Whether the request carries the local key. */
export function hasKey(env: LocalEnv, request: Request): boolean {
  return env.LOCAL_KEY !== undefined && areEqual(request.headers.get('x-local-key') ?? '', env.LOCAL_KEY)
}

/** Doors that exist only on one's own computer, all under `/dev`. Whoever has no key finds nothing there. */
export function createDoors({ tick }: DoorDeps) {
  const doors = new Hono<{ Bindings: LocalEnv }>()

  // A person opens the mailbox in a browser, which has no key: then it must be this computer asking, and no other site.
  doors.use('/dev/*', async (c, next) => {
    const isMailbox = c.req.method === 'GET' && /^\/dev\/mailbox(\/|\.css$|$)/.test(c.req.path)
    if (!hasKey(c.env, c.req.raw) && !(isMailbox && isThisComputer(c.req.raw, c.env))) return c.notFound()
    await next()
    c.header('cache-control', 'no-store')
  })

  doors.get('/dev/mailbox.json', async (c) => c.json({ messages: await readMailbox(c.env) }))
  doors.get('/dev/mailbox.css', (c) => c.body(mailboxStyle, 200, { 'content-type': 'text/css; charset=UTF-8' }))
  doors.get('/dev/mailbox', async (c) => {
    c.header('content-security-policy', policy)
    return c.html(mailboxPage(await readMailbox(c.env), null))
  })
  doors.get('/dev/mailbox/:id', async (c) => {
    const messages = await readMailbox(c.env)
    const opened = messages.find(({ id }) => id === c.req.param('id'))
    if (!opened) return c.redirect('/dev/mailbox')
    c.header('content-security-policy', policy)
    return c.html(mailboxPage(messages, opened))
  })
  doors.get('/dev/mailbox/:id/html', async (c) => {
    const opened = (await readMailbox(c.env)).find(({ id }) => id === c.req.param('id'))
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation",
    )
    return c.html(opened?.html ?? '')
  })

  doors.get('/dev/visits', (c) => c.json({ lookedAt: iso(lastVisit()) }))

  doors.post('/dev/clock', async (c) => {
    const { offsetMs, auction, deal } = Clock.parse(await c.req.json())
    if (deal !== undefined) await clockedDeal(c.env, deal).setClockOffset(offsetMs)
    else if (auction !== undefined) await clockedRoom(c.env, auction).setClockOffset(offsetMs)
    else setOffset(offsetMs)
    return c.body(null, 204)
  })

  /** For load tests, until the process ends: rooms take as much as they can. */
  doors.post('/dev/limits/raised', (c) => {
    raiseLiveLimits()
    return c.body(null, 204)
  })

  /** The same for how many sockets an auction's room holds, each shard of its audience, and all together. */
  doors.post('/dev/limits/audience', async (c) => {
    setAudienceSizes(Audiences.parse(await c.req.json()))
    return c.body(null, 204)
  })

  /** Before the house stops: everybody who is connected is told when to come back. */
  doors.post('/dev/goodbye', async (c) => {
    await partFromAll(c.env)
    return c.body(null, 204)
  })

  doors.post('/dev/accounts/:handle', async (c) => {
    const { role, suspendedUntil, decision = null } = Standing.parse(await c.req.json())
    const db = createDb(c.env.DB)
    const account = await accountOf(db, c.req.param('handle'))
    if (!account) return c.notFound()
    if (role !== undefined) await setRole(db, account, role)
    if (suspendedUntil !== undefined) {
      const until = suspendedUntil === null ? null : Date.parse(suspendedUntil)
      await suspend(db, c.env, account, { until, decision })
      if (until !== null) await cancelScheduledOf({ env: c.env, db }, account)
    }
    return c.body(null, 204)
  })

  doors.post('/dev/auctions/:id/void', async (c) => {
    const { reason } = Voiding.parse(await c.req.json())
    const ids = createIds(readConfig(c.env).idSecret)
    const id = c.req.param('id')
    if (!ids.isGenuine('auction', id)) return c.notFound()
    const outcome = await voidAuction({ env: c.env, db: createDb(c.env.DB) }, id, reason)
    return outcome.ok ? c.body(null, 204) : c.json({ code: outcome.code }, 409)
  })

  doors.delete('/dev/auctions/:id', async (c) => {
    const ids = createIds(readConfig(c.env).idSecret)
    const id = c.req.param('id')
    if (!ids.isGenuine('auction', id)) return c.notFound()
    await eraseAuction(c.env, createDb(c.env.DB), id)
    return c.body(null, 204)
  })

  doors.post('/dev/cron', async (c) => {
    await atLocalTime(c.req.header('x-local-clock') ?? null, tick)
    return c.body(null, 204)
  })

  doors.onError((error, c) => c.json({ error: error.message }, error instanceof z.ZodError ? 422 : 500))
  return doors
}

const policy = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

export function isLoopback(hostname: string): boolean {
  return loopback.has(hostname)
}

function isThisComputer(request: Request, env: LocalEnv): boolean {
  const site = request.headers.get('sec-fetch-site')
  const isOwnSite = site === null || site === 'none' || site === 'same-origin'
  return env.LOCAL_KEY !== undefined && isLoopback(new URL(request.url).hostname) && isOwnSite
}

async function accountOf(db: Db, handle: string) {
  const found = await accountsByHandle(db, [handle])
  return found.get(handle)
}

function clockedRoom(env: LocalEnv, auction: string): Clocked {
  const ids = createIds(readConfig(env).idSecret)
  return roomOf(env, ids.require('auction', auction)) as unknown as Clocked
}

function clockedDeal(env: LocalEnv, deal: string): Clocked {
  const ids = createIds(readConfig(env).idSecret)
  return dealOf(env, ids.require('deal', deal)) as unknown as Clocked
}
