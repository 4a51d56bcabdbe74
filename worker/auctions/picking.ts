import type { AuctionCard, Category, Why } from '../contract/auctions.ts'
import type { Db } from '../kernel/db.ts'
import { cardsOf } from './cards.ts'
import { walkAuctions, type LeftOut } from './queries/lists.ts'
import type { Walk } from './queries/orders.ts'
import { newestOf, walkIds, walkNear, type Near } from './queries/walks.ts'
import type { CardRow } from './views.ts'

export interface Walking {
  /** The order of all open auctions, and the place in `near` and it together. */
  walk: Walk
  limit: number
  /** What comes first: picked for one reader, best first. */
  near: readonly Near[]
  leftOut: LeftOut
}

/** Cards, and the place at which the next page begins; null at the very end. */
export interface Walked {
  cards: AuctionCard[]
  next: number | null
}

interface Step {
  row: CardRow
  why: Why
  next: number
}

/**
 * A page of what is put forward to somebody: what is near to their interests, then everything open by the common order, nothing
 * twice. Both orders stand still; what has ended, is left out or is of suspended sellers is passed over when it is read.
 */
export async function walkRecommended(db: Db, { walk, limit, near, leftOut }: Walking): Promise<Walked> {
  const { slot, place } = walk
  const first = place < near.length ? await walkNear(db, near, { place, limit, leftOut }) : []
  const missing = limit + 1 - first.length
  const rest =
    missing > 0
      ? await walkAuctions(db, {
          kind: 'recommended',
          walk: { slot, place: Math.max(0, place - near.length) },
          limit: missing - 1,
          leftOut: { ...leftOut, auctions: [...leftOut.auctions, ...near.map(([id]) => id)] },
        })
      : []
  const steps: Step[] = [
    ...first.map((row) => ({ row, why: whyNear(row), next: row.place + 1 })),
    ...rest.map((row) => ({ row, why: { code: row.why }, next: near.length + row.place + 1 })),
  ]
  const page = steps.slice(0, limit)
  const reasons = new Map(page.map(({ row, why }) => [row.id as string, why]))
  const cards = await cardsOf(
    db,
    page.map(({ row }) => row),
    { promoted: true },
  )
  return {
    cards: cards.map((card) => ({ ...card, why: reasons.get(card.id) ?? { code: 'new' } })),
    next: steps.length > limit ? (page.at(-1)?.next ?? null) : null,
  }
}

function whyNear({ because, becauseTitle }: { because: string; becauseTitle: string | null }): Why {
  return { code: 'similar-to', target: because, title: becauseTitle ?? '' }
}

/** A page of what was found, in the order of finding. */
export async function walkFound(
  db: Db,
  ids: readonly string[],
  { place, limit }: { place: number; limit: number },
): Promise<Walked> {
  const rows = await walkIds(db, ids, { place, limit })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { cards: await cardsOf(db, page), next: rows.length > limit && last ? last.place + 1 : null }
}

/** Cards of open auctions among these, in this order. */
export async function openAmong(db: Db, ids: readonly string[], { limit, leftOut }: Picking): Promise<AuctionCard[]> {
  const rows = await walkNear(
    db,
    ids.map((id) => [id, id]),
    { place: 0, limit, leftOut },
  )
  return cardsOf(db, rows.slice(0, limit), { promoted: true })
}

/** The newest open ones of a category. */
export async function openOf(db: Db, category: Category, picking: Picking): Promise<AuctionCard[]> {
  return cardsOf(db, await newestOf(db, category, picking), { promoted: true })
}

interface Picking {
  limit: number
  leftOut: LeftOut
}
