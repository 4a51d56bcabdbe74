import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { AccountId, AuctionId, CaseId, DealId } from '../contract/ids.ts'
import { isOpenDeal, dealStates, type DealState, type Side } from '../contract/deal-steps.ts'
import { after, type Key, type Position } from '../kernel/cursor.ts'
import type { Db } from '../kernel/db.ts'
import { deal, dealCase } from './schema.ts'

export type DealRecordRow = typeof deal.$inferSelect
/** A case with the deal it is about. */
export interface CaseRecordRow {
  of: typeof dealCase.$inferSelect
  deal: DealRecordRow
}

const openStates = dealStates.filter((state) => isOpenDeal({ state }))

export const isParty = (account: AccountId) => or(eq(deal.seller, account), eq(deal.buyer, account))

/** Deals of an account in which something may still be done. */
export function openDealsOf(db: Db, account: AccountId): Promise<{ id: DealId; auction: AuctionId }[]> {
  return db
    .select({ id: deal.id, auction: deal.auction })
    .from(deal)
    .where(and(isParty(account), inArray(deal.state, openStates)))
}

/** How many deals of an account are completed, on either side. A dispute afterwards takes none away. */
export function completedDeals(db: Db, account: AccountId): SQL<number> {
  const completed = db
    .select({ count: count() })
    .from(deal)
    .where(and(isParty(account), eq(deal.stage, 'completed')))
  return sql`(${completed})`
}

export async function completedDealsOf(db: Db, account: AccountId): Promise<number> {
  const [row] = await db.select({ count: completedDeals(db, account) }).from(sql`(select 1)`)
  return row?.count ?? 0
}

/** The latest deal that an auction led to. */
export async function latestDealOf(db: Db, auction: AuctionId): Promise<DealRecordRow | null> {
  const [row] = await db
    .select()
    .from(deal)
    .where(eq(deal.auction, auction))
    .orderBy(desc(deal.openedAt), desc(deal.id))
    .limit(1)
  return row ?? null
}

/** The latest deal of an auction to which this account is a party. */
export async function dealOfAuction(db: Db, auction: AuctionId, account: AccountId): Promise<DealId | null> {
  const [row] = await db
    .select({ id: deal.id })
    .from(deal)
    .where(and(eq(deal.auction, auction), isParty(account)))
    .orderBy(desc(deal.openedAt), desc(deal.id))
    .limit(1)
  return row?.id ?? null
}

export async function findDeal(db: Db, id: DealId): Promise<DealRecordRow | null> {
  const [row] = await db.select().from(deal).where(eq(deal.id, id))
  return row ?? null
}

/** Which of the two somebody is. */
export function sideOf({ seller, buyer }: Pick<DealRecordRow, 'seller' | 'buyer'>, account: AccountId): Side | null {
  return account === seller ? 'seller' : account === buyer ? 'buyer' : null
}

const latest: Key[] = [
  { column: deal.activeAt, order: 'desc' },
  { column: deal.id, order: 'desc' },
]

export function myDeals(
  db: Db,
  account: AccountId,
  {
    role,
    state,
    limit,
    position,
  }: { role?: Side | undefined; state?: DealState | undefined; limit: number; position: Position | null },
): Promise<DealRecordRow[]> {
  const mine = role ? eq(deal[role], account) : isParty(account)
  return db
    .select()
    .from(deal)
    .where(and(mine, state && eq(deal.state, state), after(latest, position)))
    .orderBy(desc(deal.activeAt), desc(deal.id))
    .limit(limit + 1)
}

/** Open cases: who waits longest first. Closed ones: the latest first. */
export function casesBy(
  db: Db,
  { state, limit, position }: { state: 'open' | 'closed'; limit: number; position: Position | null },
): Promise<CaseRecordRow[]> {
  const isOpen = state === 'open'
  const column = isOpen ? dealCase.openedAt : dealCase.closedAt
  const order = isOpen ? 'asc' : 'desc'
  const keys: Key[] = [
    { column, order },
    { column: dealCase.id, order },
  ]
  const by = isOpen ? asc : desc
  return db
    .select({ of: dealCase, deal })
    .from(dealCase)
    .innerJoin(deal, eq(deal.id, dealCase.deal))
    .where(and(isOpen ? isNull(dealCase.closedAt) : isNotNull(dealCase.closedAt), after(keys, position)))
    .orderBy(by(column), by(dealCase.id))
    .limit(limit + 1)
}

export async function caseById(db: Db, id: CaseId): Promise<CaseRecordRow | null> {
  const [row] = await db
    .select({ of: dealCase, deal })
    .from(dealCase)
    .innerJoin(deal, eq(deal.id, dealCase.deal))
    .where(eq(dealCase.id, id))
  return row ?? null
}
