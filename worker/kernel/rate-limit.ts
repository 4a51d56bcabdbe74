import { AsyncLocalStorage } from 'node:async_hooks'
import { DurableObject } from 'cloudflare:workers'
import { createMiddleware } from 'hono/factory'
import { rates } from '../contract/limits.ts'
import { now } from './clock.ts'
import type { AppContext, AppEnv } from './context.ts'
import { networkOf } from './networks.ts'
import { Problem } from './problem.ts'
import { presentedSignIn } from './sessions.ts'

export type RateName = keyof typeof rates

/** `most` units in any `windowMs`; with `pauseMs`, reaching `most` shuts everything out for that long. */
export interface Rate {
  name: string
  most: number
  windowMs: number
  pauseMs?: number
}

export type Verdict = { ok: true; hits: number[] } | { ok: false; retryAfterMs: number }

/** What was taken, to be given back when it turns out not to count. */
export interface Taken {
  giveBack(): Promise<void>
}

/**
 * Exact sliding windows of one key (an account, an address, a number), all rates of that key together: either each of them has
 * room and all are counted, or none is. Deletes itself when the last hit has left its window.
 */
export class Limiter extends DurableObject<Env> {
  private hasTables = false

  take(list: Rate[], cost: number, at: number): Verdict {
    this.open()
    const retryAfterMs = Math.max(...list.map((rate) => this.waitFor(rate, cost, at)))
    if (retryAfterMs > 0) return { ok: false, retryAfterMs }
    const hits = list.map((rate) => this.count(rate, cost, at))
    return { ok: true, hits }
  }

  giveBack(hits: number[]): void {
    this.open()
    for (const hit of hits) this.ctx.storage.sql.exec('delete from hit where id = ?', hit)
  }

  override async alarm(): Promise<void> {
    const { sql } = this.ctx.storage
    this.open()
    sql.exec('delete from hit where until <= ?', now())
    const last = sql.exec<{ last: number | null }>('select max(until) as last from hit').one().last
    if (last !== null) return this.ctx.storage.setAlarm(last)
    this.hasTables = false
    await this.ctx.storage.deleteAll()
  }

  private open(): void {
    if (this.hasTables) return
    this.ctx.storage.sql.exec(
      `create table if not exists hit (id integer primary key autoincrement, rate text not null, at integer not null,
         cost integer not null, until integer not null, pause integer);
       create index if not exists hit_rate on hit (rate, at)`,
    )
    this.hasTables = true
  }

  /** 0 when there is room now. */
  private waitFor(rate: Rate, cost: number, at: number): number {
    const hits = this.ctx.storage.sql
      .exec<{ at: number; cost: number; pause: number | null }>(
        'select at, cost, pause from hit where rate = ? and (at > ? or pause > ?) order by at',
        rate.name,
        at - rate.windowMs,
        at,
      )
      .toArray()
    const paused = Math.max(0, ...hits.map((hit) => (hit.pause ?? 0) - at))
    const inWindow = hits.filter((hit) => hit.at > at - rate.windowMs)
    let surplus = inWindow.reduce((sum, hit) => sum + hit.cost, cost) - rate.most
    if (surplus <= 0) return paused
    for (const hit of inWindow) {
      surplus -= hit.cost
      if (surplus <= 0) return Math.max(paused, hit.at + rate.windowMs - at)
    }
    return Math.max(paused, rate.windowMs)
  }

  private count(rate: Rate, cost: number, at: number): number {
    const { sql } = this.ctx.storage
    const before = sql
      .exec<{ sum: number }>(
        'select coalesce(sum(cost), 0) as sum from hit where rate = ? and at > ?',
        rate.name,
        at - rate.windowMs,
      )
      .one().sum
    const pause = rate.pauseMs !== undefined && before + cost >= rate.most ? at + rate.pauseMs : null
    const until = Math.max(at + rate.windowMs, pause ?? 0)
    this.ctx.waitUntil(this.wakeAt(until))
    return sql
      .exec<{ id: number }>(
        'insert into hit (rate, at, cost, until, pause) values (?, ?, ?, ?, ?) returning id',
        rate.name,
        at,
        cost,
        until,
        pause,
      )
      .one().id
  }

  private async wakeAt(at: number): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(at)
  }
}

const lifted = new AsyncLocalStorage<true>()

/** Runs `work` without any limit of calls. Only the local entry calls it, for requests that carry its key. */
export function withoutLimits<T>(work: () => T): T {
  return lifted.run(true, work)
}

function areLimitsLifted(): boolean {
  return lifted.getStore() === true
}

/**
 * Takes `cost` units of each rate for `key`, exactly, or throws Problem `too-many-requests` with the time to wait. One key is one
 * object: `acc_…` for an account, otherwise a fingerprint that starts with what it is of (`ip:`, `mail:`, `phone:`).
 */
export async function take(
  c: { env: Pick<Env, 'LIMITER'> },
  names: RateName | (RateName | Rate)[],
  key: string,
  cost = 1,
): Promise<Taken> {
  if (areLimitsLifted()) return { giveBack: async () => {} }
  const list = (Array.isArray(names) ? names : [names]).map((rate) =>
    typeof rate === 'string' ? rateNamed(rate) : rate,
  )
  const limiter = c.env.LIMITER.get(c.env.LIMITER.idFromName(key))
  const verdict = (await limiter.take(list, cost, now())) as Verdict
  if (!verdict.ok) throw new Problem('too-many-requests', { retryAfterMs: verdict.retryAfterMs })
  return { giveBack: async () => limiter.giveBack(verdict.hits) }
}

/** Takes from several keys, all or none, in order. */
export async function takeEach(c: AppContext, list: [names: (RateName | Rate)[], key: string][]): Promise<Taken> {
  const taken: Taken[] = []
  const giveBack = async () => {
    await Promise.all(taken.map((one) => one.giveBack()))
  }
  for (const [names, key] of list) {
    try {
      taken.push(await take(c, names, key))
    } catch (error) {
      await giveBack()
      throw error
    }
  }
  return { giveBack }
}

export function rateNamed(name: RateName): Rate {
  const [most, windowMs] = rates[name]
  return { name, most, windowMs }
}

/** The caller's address as limits count it. */
export function addressOf(c: AppContext): string {
  return networkOf(c.req.header('cf-connecting-ip') ?? '127.0.0.1')
}

/** A window begins with the first call in it. */
const counts = new Map<string, { since: number; count: number }>()
const countsMost = 20_000

/** Calls in all, approximate: per isolate, and per location by the platform's own counter. Cached answers never come this far. */
export const countCalls = createMiddleware<AppEnv>(async (c, next) => {
  if (areLimitsLifted()) return next()
  const account = await accountOf(c)
  if (account) {
    countCall(rateNamed('callsPerAccount'), account)
  } else {
    const address = addressOf(c)
    countCall(rateNamed('callsPerIp'), address)
    countCall(rateNamed('callsPerIpDay'), address)
    const { success } = await c.env.FLOOD.limit({ key: address })
    if (!success) throw new Problem('too-many-requests', { retryAfterMs: 60_000 })
  }
  await next()
})

/** A token that is no good counts as none; the route itself refuses it. */
async function accountOf(c: AppContext): Promise<string | null> {
  try {
    return (await presentedSignIn(c))?.account ?? null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function countCall(rate: Rate, key: string): void {
  const at = now()
  const slot = `${rate.name} ${key}`
  const before = counts.get(slot)
  const isCurrent = before !== undefined && Math.abs(at - before.since) < rate.windowMs
  const { since, count } = isCurrent ? before : { since: at, count: 0 }
  if (count >= rate.most) throw new Problem('too-many-requests', { retryAfterMs: since + rate.windowMs - at })
  if (counts.size >= countsMost) counts.clear()
  counts.set(slot, { since, count: count + 1 })
}
