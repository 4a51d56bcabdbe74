import { sql, type SQL } from 'drizzle-orm'
import { events, type Envelope, type EventType, type Fact, type TableStream } from '../contract/events.ts'
import { iso } from '../contract/time.ts'
import { now } from './clock.ts'
import type { Db, Statement } from './db.ts'
import { describeError, log } from './log.ts'
import type { Relay } from './relay.ts'
import { outbox } from './schema.ts'

/** How handing over some rows went. `retry: false` means that these rows, as they are, will never be taken. */
export type Delivery = { ok: true } | { ok: false; retry: boolean; reason: string; afterMs?: number }

/** All that an ordered delivery knows of the world. */
export interface OutboxDeps<Row> {
  /** For the log. */
  name: string
  /** The oldest rows that are not confirmed, in order. */
  read(limit: number): Row[] | Promise<Row[]>
  /** Takes all of the rows or none. It may be given rows again that were taken before. A throw is worth another try. */
  deliver(rows: [Row, ...Row[]]): Promise<Delivery>
  /** Moves the cursor past these rows, which may then go. */
  confirm(rows: [Row, ...Row[]]): void | Promise<void>
  /** Keeps a row that nobody can take where a person will find it. The rows after it go on. */
  setAside(row: Row, reason: string): void | Promise<void>
  /** Rows per delivery. Default 100. */
  batch?: number
  /** After this long a delivery counts as failed, whatever becomes of it. Default 30,000. */
  deadlineMs?: number
  /** From one delivery to the next, so that what comes meanwhile goes along. The first waits for nothing. Default 0. */
  restMs?(): number
}

export interface Outbox {
  /**
   * Delivers until nothing is left or something failed. Calls at the same time share one run, and what is written during
   * it is taken along. Answers in how many ms to call again, or null when all is delivered. Never throws. Within the
   * pause after a failure a call does nothing but answer what is left of it, unless `isDue`: say so when the alarm that
   * was set for its end rings.
   */
  run(isDue?: boolean): Promise<number | null>
}

/** Tries of a row that is refused for good before it is set aside: a mistake may be mended by a deploy meanwhile. */
const finalTries = 5
const pause = { firstMs: 250, mostMs: 60_000 } as const

/**
 * Hands rows over in order, at least once, one delivery at a time. Who cannot take them now is asked again after a pause
 * that doubles, with jitter. Rows refused for good are sought out one by one and set aside after a few tries; nothing else
 * is ever left out. All it remembers is how often it failed: a new one over the same rows goes on where the cursor stands.
 */
export function createOutbox<Row>(deps: OutboxDeps<Row>): Outbox {
  const { batch = 100 } = deps
  let running: Promise<number | null> | null = null
  let wanted = false
  let failures = 0
  /** More than one row at a time, unless one of them is being sought out. */
  let size = batch

  let deliveredAt = -Infinity
  /** On the machine's own clock: it is a distance, and no business of any door that moves the time. */
  let pausedUntil = 0

  async function runAll(): Promise<number | null> {
    try {
      pausedUntil = 0
      do {
        wanted = false
        const wait = await drain()
        if (wait !== null) return pauseFor(wait)
      } while (wanted)
      return null
    } catch (error) {
      log('error', 'outbox-failed', { stream: deps.name, ...describeError(error) })
      failures += 1
      return pauseFor(Math.min(pause.mostMs, pause.firstMs * 2 ** failures))
    } finally {
      // Here and not in a callback: nothing may ask for a run between the last look and this.
      running = null
    }
  }

  function pauseFor(ms: number): number {
    pausedUntil = performance.now() + ms
    return ms
  }

  async function drain(): Promise<number | null> {
    for (;;) {
      const [first, ...rest] = await deps.read(size)
      if (first === undefined) return null
      const wait = deliveredAt + (deps.restMs?.() ?? 0) - performance.now()
      if (wait > 0) {
        // Then read anew: what came meanwhile goes along.
        await new Promise((resolve) => setTimeout(resolve, wait))
        continue
      }
      const rows: [Row, ...Row[]] = [first, ...rest]
      const delivery = await deliver(rows)
      if (!delivery.ok) {
        const wait = await failed(rows, delivery)
        if (wait !== null) return wait
        continue
      }
      await deps.confirm(rows)
      failures = 0
      size = Math.min(batch, size * 2)
    }
  }

  async function deliver(rows: [Row, ...Row[]]): Promise<Delivery> {
    deliveredAt = performance.now()
    try {
      return await within(deps.deliver(rows), deps.deadlineMs ?? 30_000)
    } catch (error) {
      return { ok: false, retry: true, reason: describeError(error).error ?? 'failed' }
    }
  }

  /** In how many ms to go on; null at once. */
  async function failed(rows: [Row, ...Row[]], delivery: Delivery & { ok: false }): Promise<number | null> {
    if (!delivery.retry && rows.length > 1) {
      size = 1
      return null
    }
    failures += 1
    if (failures === 1 || failures % 10 === 0)
      log('warn', 'outbox-waits', { stream: deps.name, attempt: failures, error: delivery.reason })
    if (!delivery.retry && failures >= finalTries) {
      log('error', 'outbox-set-aside', { stream: deps.name, attempt: failures, error: delivery.reason })
      await deps.setAside(rows[0], delivery.reason)
      await deps.confirm([rows[0]])
      failures = 0
      return null
    }
    const doubled = Math.min(pause.mostMs, pause.firstMs * 2 ** (failures - 1))
    return Math.max(delivery.afterMs ?? 0, doubled * (0.5 + Math.random() / 2))
  }

  return {
    async run(isDue = false) {
      const left = pausedUntil - performance.now()
      if (left > 0 && !isDue && !running) return left
      wanted = true
      running ??= runAll()
      return running
    },
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Publishes envelopes through the relay; none set means: keep them, and look again in a minute. */
export async function deliverToRelay(relay: Relay | null, run: readonly Envelope[]): Promise<Delivery> {
  if (!relay) return { ok: false, retry: true, reason: 'no relay is set', afterMs: 60_000 }
  const published = await relay.publish(run)
  if (!published.ok) {
    const { retry, code, retryAfterMs } = published
    return { ok: false, retry, reason: code, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) }
  }
  const missing = run.find((event) => (published.value[event.stream] ?? 0) < event.seq)
  return missing ? { ok: false, retry: true, reason: 'not all confirmed' } : { ok: true }
}

/**
 * The outbox row of a fact that D1 owns: put it into the batch that makes the fact true, then `nudgeDrain`. Its place in
 * the stream is given when it is delivered, in the order in which batches were committed.
 */
export function outboxRow(db: Db, stream: TableStream, { type, payload }: Fact): Statement {
  return db.insert(outbox).values({ stream, type, version: events[type].version, at: iso(now()), payload })
}

/**
 * The same for as many facts of one type as there are rows: `payloads` selects one JSON text each, as `payload`. For facts whose
 * being true is found out inside the batch.
 */
export function outboxRows(db: Db, stream: TableStream, type: EventType, payloads: SQL): Statement {
  const { version } = events[type]
  return db
    .insert(outbox)
    .select(sql`select null, ${stream}, ${type}, ${version}, ${iso(now())}, payload from (${payloads})`)
}

export interface Background {
  waitUntil(work: Promise<unknown>): void
}

/** Tells a drain, in the background, that there is something to do. Cron does the same every minute. */
export function nudgeDrain(env: Env, ctx: Background, name = 'd1'): void {
  const drain = env.DRAIN.get(env.DRAIN.idFromName(name))
  // A nudge that gets lost costs at most the minute until cron.
  ctx.waitUntil(drain.nudge(name).catch(() => {}))
}
