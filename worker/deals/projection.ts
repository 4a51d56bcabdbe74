import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import type { AccountId, CaseId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { mustHold, runBatch, type Statement } from '../kernel/db.ts'
import { auditRow, decide, type Where } from '../moderation/api.ts'
import { nudgeNotices } from '../notifications/api.ts'
import { dealEnded, faultRemedy, judgeManner } from '../reviews/api.ts'
import type { CaseRecord, DealOpening } from './commands.ts'
import { standingOf, type DealRecord } from './rules.ts'
import { findDeal } from './queries.ts'
import { deal as table, dealCase } from './schema.ts'

/**
 * Tells D1 how a deal stands, any number of times and in any order: it only moves forward. What an end means for manner goes with
 * it; what a moderator says or rules is audited, and who was found at fault gets a statement of reasons. `anew`: also where D1 says more.
 */
export async function projectDeal(
  where: Where,
  deal: DealRecord,
  activeAt: Instant,
  how: 'forward' | 'anew' = 'forward',
): Promise<void> {
  const { db, ctx, env } = where
  const isDone = await runBatch(db, [
    ...(await noted(where, deal)),
    ...(how === 'anew' ? [db.delete(table).where(eq(table.id, deal.opening.deal))] : []),
    dealRow(where, deal, activeAt),
    ...deal.cases.map((one) => caseRow(where, deal.opening, one)),
    ...manner(where, deal, activeAt),
  ])
  // Somebody else told D1 meanwhile: what is left to tell is less.
  if (!isDone) return projectDeal(where, deal, activeAt, how)
  for (const one of deal.cases) await ruled(where, deal, one)
  if (deal.endedAt === null) return
  nudgeNotices(env, ctx)
  const accused = atFault(deal)
  if (accused) await judgeManner(where, accused, activeAt)
}

export function caseIdOf({ ids }: Pick<Where, 'ids'>, { deal }: Pick<DealOpening, 'deal'>, number: number): CaseId {
  return ids.derive('case', deal, number)
}

function dealRow({ db }: Where, deal: DealRecord, activeAt: Instant): Statement {
  const { opening, stage, fault, place, endedAt } = deal
  const { auction, seller, buyer, room, price, terms, at: openedAt } = opening
  const standing = standingOf(deal)
  const moving = { state: standing.state, stage, fault, standing, place, activeAt, endedAt }
  return db
    .insert(table)
    .values({
      id: opening.deal,
      auction,
      seller,
      buyer,
      room,
      title: terms.title,
      cover: (terms.images[0]?.media ?? null) as (typeof table.$inferInsert)['cover'],
      price,
      shippingFee: terms.shippingFee,
      openedAt,
      ...moving,
    })
    .onConflictDoUpdate({ target: table.id, set: moving, setWhere: lt(table.place, place) })
}

function caseRow(where: Where, opening: DealOpening, one: CaseRecord): Statement {
  const { kind, by, openedAt, ruling } = one
  // A ruling closes its case when it is written down: closed without one is settled.
  const closedAt = ruling ? null : one.closedAt
  const overturnedAt = ruling?.overturnedAt ?? null
  return where.db
    .insert(dealCase)
    .values({
      id: caseIdOf(where, opening, one.number),
      deal: opening.deal,
      kind,
      by,
      openedAt,
      closedAt,
      overturnedAt,
    })
    .onConflictDoUpdate({
      target: dealCase.id,
      set: {
        closedAt: sql`coalesce(${dealCase.closedAt}, excluded.closed_at)`,
        overturnedAt: sql`coalesce(${dealCase.overturnedAt}, excluded.overturned_at)`,
      },
    })
}

function manner(where: Where, deal: DealRecord, at: Instant): Statement[] {
  const { opening, stage, endedAt } = deal
  if (endedAt === null) return []
  const outcome = stage === 'completed' || stage === 'failed' ? stage : 'other'
  const { seller, buyer, terms } = opening
  const ended = {
    deal: opening.deal,
    title: terms.title,
    seller,
    buyer,
    outcome,
    fault: atFault(deal),
    endedAt,
  } as const
  return dealEnded(where, ended, at)
}

function atFault({ fault, opening }: DealRecord): AccountId | null {
  return fault === 'seller' || fault === 'buyer' ? opening[fault] : null
}

/** The audit of what moderators have said since D1 last heard of the deal: in one batch with the row that moves on, so once. */
async function noted({ db }: Where, { opening, notes = [] }: DealRecord): Promise<Statement[]> {
  if (notes.length === 0) return []
  const heard = (await findDeal(db, opening.deal))?.place ?? 0
  const fresh = notes.filter(({ place }) => place > heard)
  if (fresh.length === 0) return []
  const place = db.select({ place: table.place }).from(table).where(eq(table.id, opening.deal))
  return [
    mustHold(db, sql`coalesce((${place}), 0) = ${heard}`),
    ...fresh.map(({ moderator, text, at }) =>
      auditRow(db, { at, staff: moderator, action: 'note-on-deal', target: opening.deal, reason: text }),
    ),
  ]
}

/** Writes a ruling down once, with its trace in the audit. */
async function ruled(where: Where, deal: DealRecord, { number, ruling }: CaseRecord): Promise<void> {
  if (!ruling) return
  const { db } = where
  const { opening } = deal
  const { fault, reason, moderator, at } = ruling
  const id = caseIdOf(where, opening, number)
  const isNew = mustHold(
    db,
    notExists(
      db
        .select({ one: sql`1` })
        .from(dealCase)
        .where(and(eq(dealCase.id, id), sql`${dealCase.fault} is not null`)),
    ),
  )
  const also = [
    isNew,
    db.update(dealCase).set({ fault, reason, moderator, closedAt: at }).where(eq(dealCase.id, id)),
    auditRow(db, { at, staff: moderator, action: 'rule-on-deal', target: opening.deal, reason }),
  ]
  if (fault === 'none') return void (await runBatch(db, also))
  const account = opening[fault]
  await decide(where, {
    account,
    action: 'fault',
    rule: 'deal-fault',
    target: opening.deal,
    facts: reason,
    by: moderator,
    at,
    until: null,
    remedy: { kind: faultRemedy, data: { deal: opening.deal, account } },
    cause: ['deal-fault', opening.deal, number],
    also,
  })
}
