import { asc, eq, lte, min } from 'drizzle-orm'
import { biddersOf, likersOf } from '../auctions/api.ts'
import type { AccountId, AuctionId } from '../contract/ids.ts'
import type { Recipients } from '../contract/notifications.ts'
import { now } from '../kernel/clock.ts'
import { createDb, type Db } from '../kernel/db.ts'
import type { Work } from '../kernel/drain.ts'
import { describeError, log } from '../kernel/log.ts'
import { tellInbox } from './api.ts'
import type { Notice } from './commands.ts'
import { noticeQueue } from './schema.ts'

type Queued = typeof noticeQueue.$inferSelect

const rowsAtOnce = 100
const pageSize = 200
/** Inboxes that are asked at the same time. */
const inboxesAtOnce = 40
const pause = { firstMs: 1_000, mostMs: 60_000 } as const

/**
 * Works off the queue: each row by itself, so that an Inbox that cannot be reached holds up nobody else. An audience is told page by
 * page, and where it has got to is written down after each; whoever begins again repeats a page at most, and Inboxes drop what they
 * have. Calls at the same time share one run.
 */
export function workOnNotices(env: Env): Work {
  const db = createDb(env.DB)
  let running: Promise<number | null> | null = null
  let isWanted = false

  async function runAll(): Promise<number | null> {
    try {
      let next: number | null
      do {
        isWanted = false
        await workOff(env, db)
        next = await nextDue(db)
      } while (isWanted)
      return next === null ? null : Math.max(0, next - now())
    } finally {
      // Nothing may ask for a run between the last look and this: a row that came too late for that look would wait for cron.
      running = null
    }
  }

  return () => {
    isWanted = true
    running ??= runAll()
    return running
  }
}

async function workOff(env: Env, db: Db): Promise<void> {
  for (;;) {
    const rows = await db
      .select()
      .from(noticeQueue)
      .where(lte(noticeQueue.nextAt, now()))
      .orderBy(asc(noticeQueue.place))
      .limit(rowsAtOnce)
    if (rows.length === 0) return
    // What is for one person stays in order; audiences are told one after the other, for each is many people.
    const personal = Map.groupBy(rows.filter(isPersonal), ({ to }) => to.account)
    await inParallel([...personal.values()], async (theirs) => {
      for (const row of theirs) await attempt(db, row, () => tellInbox(env, row.to.account as AccountId, [row.notice]))
    })
    for (const row of rows) if (row.to.kind !== 'account') await attempt(db, row, () => tellAudience(env, db, row))
  }
}

async function nextDue(db: Db): Promise<number | null> {
  const [next] = await db.select({ at: min(noticeQueue.nextAt) }).from(noticeQueue)
  return next?.at ?? null
}

function isPersonal(row: Queued): row is Queued & { to: Extract<Recipients, { kind: 'account' }> } {
  return row.to.kind === 'account'
}

async function attempt(db: Db, { place, attempts, notice }: Queued, tell: () => Promise<void>): Promise<void> {
  try {
    if (!isOver(notice)) await tell()
    await db.delete(noticeQueue).where(eq(noticeQueue.place, place))
  } catch (error) {
    log('warn', 'notice-waits', { job: notice.kind, attempt: attempts + 1, ...describeError(error) })
    const wait = Math.min(pause.mostMs, pause.firstMs * 2 ** attempts) * (0.5 + Math.random() / 2)
    await db
      .update(noticeQueue)
      .set({ attempts: attempts + 1, nextAt: Math.round(now() + wait) })
      .where(eq(noticeQueue.place, place))
  }
}

function isOver({ expiresAt }: Notice): boolean {
  return expiresAt !== null && expiresAt <= now()
}

async function tellAudience(env: Env, db: Db, { place, to, notice, reached }: Queued): Promise<void> {
  if (to.kind === 'account') return
  const audienceOf = to.kind === 'likers' ? likersOf : biddersOf
  const without = new Set(to.except)
  let after = reached
  for (;;) {
    const page = await audienceOf(db, notice.target as AuctionId, after, pageSize)
    await inParallel(
      page.filter((account) => !without.has(account)),
      (account) => tellInbox(env, account, [notice]),
    )
    after = page.at(-1) ?? after
    if (page.length < pageSize) return
    await db.update(noticeQueue).set({ reached: after }).where(eq(noticeQueue.place, place))
  }
}

/** All of them, so many at a time. Fails after everybody was tried: who cannot be reached keeps nobody else waiting. */
async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values()
  const failures: unknown[] = []
  const hand = async () => {
    for (const one of waiting) await work(one).catch((error: unknown) => failures.push(error))
  }
  await Promise.all(Array.from({ length: Math.min(inboxesAtOnce, all.length) }, hand))
  if (failures.length > 0) throw failures[0]
}
