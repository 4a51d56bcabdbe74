import { env } from 'cloudflare:workers'
import { readConfig } from '../../../worker/env.ts'
import type { DealId } from '../../../worker/contract/ids.ts'
import type { Won } from '../../../worker/contract/money.ts'
import type { Grade } from '../../../worker/contract/statements.ts'
import { instant } from '../../../worker/contract/time.ts'
import { deal as dealTable } from '../../../worker/deals/schema.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { decide } from '../../../worker/moderation/api.ts'
import { dealEnded } from '../../../worker/reviews/api.ts'
import { releaseAt } from '../../../worker/reviews/rules.ts'
import type { Actor } from './actors.ts'
import type { Answer } from './app.ts'
import { cronIn, DAY } from './clock.ts'

export const db = createDb(env.DB)
export const ids = createIds(readConfig(env).idSecret)

export interface Ended {
  outcome?: 'completed' | 'failed'
  fault?: Actor
  /** Milliseconds before now. */
  ago?: number
  title?: string
}

/**
 * A deal between two people that has ended, written down as a deal's object tells it to D1: a history of dozens of them would
 * otherwise take as many auctions.
 */
export async function endedDeal(seller: Actor, buyer: Actor, wish: Ended = {}): Promise<DealId> {
  const { outcome = 'completed', fault, ago = 0, title = '오래된 카메라' } = wish
  const id = ids.mint('deal')
  const endedAt = instant(Date.now() - ago)
  const standing = {
    state: outcome,
    stage: outcome,
    handover: 'meet',
    openedAt: endedAt - DAY,
    endedAt,
    fault: null,
    proposal: null,
    agreed: null,
    handedOver: null,
    cancelBy: null,
    report: null,
    dispute: null,
    disputed: [],
    lastStep: { seller: null, buyer: null },
    idleSince: endedAt - DAY,
  } as const
  const ended = {
    deal: id,
    title,
    seller: seller.account,
    buyer: buyer.account,
    outcome,
    fault: fault?.account ?? null,
    endedAt,
  }
  await runBatch(db, [
    db.insert(dealTable).values({
      id,
      auction: ids.mint('auction'),
      seller: seller.account,
      buyer: buyer.account,
      room: ids.mint('room'),
      title,
      cover: null,
      price: 10_000 as Won,
      shippingFee: 0 as Won,
      state: outcome,
      stage: outcome,
      fault: fault === undefined ? null : fault === seller ? 'seller' : 'buyer',
      standing: { ...standing, disputed: [] },
      place: 1,
      openedAt: instant(endedAt - DAY),
      activeAt: endedAt,
      endedAt,
    }),
    ...dealEnded({ db, ids }, ended, instant(Date.now())),
  ])
  return id
}

const said: Record<Grade, string> = { 5: 'always-kind', 3: 'kind', 0: 'hard-to-reach', [-20]: 'no-contact' }

export function writes(author: Actor, deal: string, grade: Grade, text?: string): Promise<Answer> {
  const body = { deal, grade, statements: [said[grade]], ...(text === undefined ? {} : { text }) }
  return author.post('/api/reviews', body)
}

/** Everything that others wrote about `subject`: a deal with each author, long enough ago to be due. */
export async function reviewedBy(subject: Actor, words: [author: Actor, grade: Grade][]): Promise<void> {
  for (const [author, grade] of words) {
    const { status, body } = await writes(author, await endedDeal(subject, author, { ago: 8 * DAY }), grade)
    if (status !== 201) throw new Error(`not reviewed: ${status} ${JSON.stringify(body)}`)
  }
}

/** Cron at the moment of the release in so many weeks, as often as it needs to be through. Answers that moment. */
export async function release(weeks: number): Promise<number> {
  const at = releaseAt(Date.now()) + weeks * 7 * DAY
  await cronIn(at - Date.now() + 1_000)
  return at
}

let warnings = 0

/** A warning by somebody of the staff who is nobody's account here. */
export async function warn({ account }: Actor): Promise<string> {
  warnings += 1
  const id = await decide(
    { env, db, ids, ctx: { waitUntil: () => {} } },
    {
      account,
      action: 'warn',
      rule: 'spam',
      target: account,
      facts: '같은 글을 여러 번 올렸어요.',
      by: ids.mint('account'),
      at: instant(Date.now()),
      until: null,
      cause: ['warning of a test', account, warnings],
    },
  )
  return String(id)
}
