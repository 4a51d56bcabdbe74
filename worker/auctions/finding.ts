import type { AuctionCard, LatestQuery, ListQuery, MineQuery } from '../contract/auctions.ts'
import type { z } from 'zod'
import type { AccountId } from '../contract/ids.ts'
import type { Page } from '../contract/page.ts'
import type { AppContext } from '../kernel/context.ts'
import { cursorOf, pageOf } from '../kernel/cursor.ts'
import { Problem } from '../kernel/problem.ts'
import { namedBy } from '../profiles/api.ts'
import { cardsOf } from './cards.ts'
import { auctionsOf, listAuctions, orderingOf, popularAuctions, walkAuctions } from './queries/lists.ts'
import { myAuctions } from './queries/mine.ts'
import { walkFrom } from './queries/orders.ts'
import { asked, roomOf } from './room-client.ts'

type Cards = Page<AuctionCard>

/** `GET /api/auctions`: by what stands still with a keyset, by popularity along an order that the first page fixed. */
export async function listOf(c: AppContext, query: ListQuery): Promise<Cards> {
  const { db } = c.var
  const cursor = cursorOf(c, 'auctions', query)
  const position = cursor.read(query.cursor)
  if (query.sort === 'popular' && query.status !== 'ended') {
    const walk = walkFrom(position)
    const rows = await walkAuctions(db, { ...query, kind: 'popular', walk })
    const page = pageOf(rows, query.limit, cursor, ({ place }) => [walk.slot, place + 1])
    return { items: await cardsOf(db, page.rows), nextCursor: page.nextCursor }
  }
  const rows = await listAuctions(db, query, position)
  const ordering = orderingOf(query)
  const page = pageOf(rows, query.limit, cursor, (row) => [Number(row[ordering]), row.id])
  return { items: await cardsOf(db, page.rows), nextCursor: page.nextCursor }
}

export async function popularNow(c: AppContext): Promise<AuctionCard[]> {
  return cardsOf(c.var.db, await popularAuctions(c.var.db), { promoted: true })
}

export async function latestOf(c: AppContext, handle: string, query: z.output<typeof LatestQuery>): Promise<Cards> {
  const { db } = c.var
  const cursor = cursorOf(c, 'latest', { ...query, handle })
  const position = cursor.read(query.cursor)
  const seller = await namedBy(db, handle)
  if (!seller) throw new Problem('not-found')
  const rows = await auctionsOf(db, seller.account, { status: query.status, limit: query.limit, position })
  const page = pageOf(rows, query.limit, cursor, (row) => [Number(row.publishedAt), row.id])
  const known = new Map([[seller.account, seller.name]])
  return { items: await cardsOf(db, page.rows, { known }), nextCursor: page.nextCursor }
}

export async function mineOf(c: AppContext, me: AccountId, query: z.output<typeof MineQuery>): Promise<Cards> {
  const { db } = c.var
  const { role, limit } = query
  const cursor = cursorOf(c, 'mine', query)
  const rows = await myAuctions(db, me, { role, limit, position: cursor.read(query.cursor) })
  const page = pageOf(rows, limit, cursor, (row) => [Number(row.since), row.id])
  const cards = await cardsOf(db, page.rows)
  if (role !== 'bidding' && role !== 'won' && role !== 'lost') return { items: cards, nextCursor: page.nextCursor }

  const standings = new Map(
    await Promise.all(
      page.rows.map(async ({ id, leader }) => {
        const mine = role === 'bidding' ? await asked(roomOf(c.env, id).standing(me)) : null
        return [id as string, { leading: mine?.leading ?? leader === me, max: mine?.max ?? null }] as const
      }),
    ),
  )
  const items = cards.map((card) => {
    const mine = standings.get(card.id)
    return mine ? { ...card, mine } : card
  })
  return { items, nextCursor: page.nextCursor }
}
