import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { asc, eq, inArray, lte, min, sql } from 'drizzle-orm'
import { MailJob, SmsJob } from '../contract/relay.ts'
import type { Instant } from '../contract/time.ts'
import { readConfig, type Config } from '../env.ts'
import { now } from './clock.ts'
import type { AppContext } from './context.ts'
import { createDb, type Db, type Statement } from './db.ts'
import { deriveKey } from './ids.ts'
import { log } from './log.ts'
import type { Background } from './outbox.ts'
import { Problem } from './problem.ts'
import { relayOf, type Relay, type RelayOutcome } from './relay.ts'
import { job } from './schema.ts'

export type Letter = Omit<MailJob, 'id'> | Omit<SmsJob, 'id'>
type Carriage = MailJob | SmsJob

/** A letter that is not lost once its row is committed. */
export interface Parcel {
  row: Statement
  /** Sends it in the background; call it after the row is committed. What fails now is tried again by the drain. */
  dispatch(): void
}

/** Tries at once, and when the drain may take over. */
const firstTries = [0, 1_000, 3_000] as const
const takeOverMs = 45_000
const pause = { firstMs: 5_000, mostMs: 60_000 } as const
const dueAtOnce = 20

/**
 * Prepares a letter or text message that is worth sending until `expiresAt`. What it says lies sealed in D1 until it is
 * sent, expired or refused for good, and is deleted then. Problem `sms-unavailable` or `unavailable` without a relay.
 */
export function prepareLetter(c: AppContext, letter: Letter, expiresAt: Instant): Parcel {
  const { config, db } = c.var
  const relay = relayOf(config)
  if (!relay) throw new Problem(letter.kind === 'sms' ? 'sms-unavailable' : 'unavailable')
  const carriage: Carriage = { ...letter, id: randomBytes(16).toString('base64url') }
  const { id, kind } = carriage
  const row = db.insert(job).values({ id, kind, sealed: seal(config, carriage), nextAt: now() + takeOverMs, expiresAt })
  return { row, dispatch: () => c.executionCtx.waitUntil(sendFirst(relay, c.env, carriage)) }
}

/**
 * Posts a letter from outside a request, once for its id: what was sent under it before is not sent again, by the relay's own
 * memory where ours has gone. Done when its row is committed; the drain sends it. False without a relay: nobody could.
 */
export async function postLetter(env: Env, ctx: Background, letter: Carriage, expiresAt: Instant): Promise<boolean> {
  const config = readConfig(env)
  if (!relayOf(config)) return false
  const { id, kind } = letter
  const row = { id, kind, sealed: seal(config, letter), nextAt: now(), expiresAt }
  await createDb(env.DB).insert(job).values(row).onConflictDoNothing()
  ctx.waitUntil(
    env.DRAIN.get(env.DRAIN.idFromName('d1'))
      .nudge('d1')
      // A nudge that gets lost costs at most the minute until cron.
      .catch(() => {}),
  )
  return true
}

async function sendFirst(relay: Relay, env: Env, carriage: Carriage): Promise<void> {
  const db = createDb(env.DB)
  for (const waitMs of firstTries) {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (await settle(db, carriage, await carry(relay, carriage))) return
  }
  await db.update(job).set({ nextAt: now(), attempts: firstTries.length }).where(eq(job.id, carriage.id))
  await env.DRAIN.get(env.DRAIN.idFromName('d1')).nudge('d1')
}

/** Sends what is due and forgets what is too late. Answers in how many ms the next one is due, or null. For the drain. */
export async function sendDueJobs(db: Db, env: Env): Promise<number | null> {
  const config = readConfig(env)
  await forgetLate(db)
  const relay = relayOf(config)
  if (!relay) return null
  const due = await claimDue(db)
  await Promise.all(due.map((row) => sendAgain(db, relay, config, row)))
  const [next] = await db.select({ at: min(job.nextAt) }).from(job)
  return next?.at == null ? null : Math.max(0, next.at - now())
}

/** Whoever looks meanwhile leaves them alone. */
function claimDue(db: Db): Promise<(typeof job.$inferSelect)[]> {
  const oldest = db
    .select({ id: job.id })
    .from(job)
    .where(lte(job.nextAt, now()))
    .orderBy(asc(job.nextAt))
    .limit(dueAtOnce)
  return db
    .update(job)
    .set({ nextAt: now() + takeOverMs })
    .where(inArray(job.id, oldest))
    .returning()
}

async function sendAgain(db: Db, relay: Relay, config: Config, row: typeof job.$inferSelect): Promise<void> {
  const carriage = unseal(config, row.sealed)
  if (carriage === null) {
    log('error', 'job-unreadable', { job: row.id })
    await db.delete(job).where(eq(job.id, row.id))
    return
  }
  if (await settle(db, carriage, await carry(relay, carriage))) return
  const waitMs = Math.min(pause.mostMs, pause.firstMs * 2 ** row.attempts) * (0.5 + Math.random() / 2)
  await db
    .update(job)
    .set({ attempts: sql`${job.attempts} + 1`, nextAt: Math.round(now() + waitMs) })
    .where(eq(job.id, row.id))
}

async function forgetLate(db: Db): Promise<void> {
  const late = await db.delete(job).where(lte(job.expiresAt, now())).returning({ id: job.id })
  for (const { id } of late) log('error', 'job-expired', { job: id })
}

function carry(relay: Relay, carriage: Carriage): Promise<RelayOutcome<null>> {
  return carriage.kind === 'mail' ? relay.sendMail(carriage) : relay.sendSms(carriage)
}

/** Whether that was the end of it. */
async function settle(db: Db, { id }: Carriage, outcome: RelayOutcome<null>): Promise<boolean> {
  if (!outcome.ok && outcome.retry) return false
  if (!outcome.ok) log('error', 'job-refused', { job: id, code: outcome.code })
  await db.delete(job).where(eq(job.id, id))
  return true
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

function seal(config: Config, carriage: Carriage): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, deriveKey(config.idSecret, 'jobs'), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(carriage), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

/** Null for what was sealed under another secret. */
function unseal(config: Config, sealed: string): Carriage | null {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv(algorithm, deriveKey(config.idSecret, 'jobs'), bytes.subarray(0, ivBytes))
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString()
    const value = JSON.parse(text) as Carriage
    return value.kind === 'mail' ? MailJob.parse(value) : SmsJob.parse(value)
  } catch {
    return null
  }
}
