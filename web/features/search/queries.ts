import type { AuctionCard } from '../../../worker/contract/auctions.ts'
import { search as limits } from '../../../worker/contract/limits.ts'
import type { PersonCard } from '../../../worker/contract/profiles.ts'
import { answer, type Call } from '../../api/call.ts'
import { searchApi } from '../../api/search.ts'
import { session } from '../../api/session.ts'
import type { PageAt } from '../../page.ts'

export const types = ['auctions', 'people'] as const
export type Type = (typeof types)[number]

/** What was looked for, as the address says it. */
export interface Asked {
  q: string
  type: Type
  cursor?: string | undefined
}

/** `none`: nothing has been looked for yet. `shut`: people are shown to those who have signed in. */
export type SearchData =
  | { state: 'none' }
  | { state: 'shut' }
  | { state: 'auctions'; items: AuctionCard[]; nextCursor: string | null; degraded: boolean }
  | { state: 'people'; items: PersonCard[]; nextCursor: string | null; degraded: boolean }

export type Found = Extract<SearchData, { items: unknown }>

export function askedOf({ query }: PageAt): Asked {
  const { q = '', type, cursor } = query
  return { q: q.trim().slice(0, limits.text), type: types.find((one) => one === type) ?? 'auctions', cursor }
}

export function searchHref({ q, type = 'auctions', cursor }: Partial<Asked>): string {
  const query = new URLSearchParams()
  if (q) query.set('q', q)
  if (type !== 'auctions') query.set('type', type)
  if (cursor) query.set('cursor', cursor)
  return query.size > 0 ? `/search?${query}` : '/search'
}

export async function loadSearch(call: Call, at: PageAt): Promise<SearchData> {
  const asked = askedOf(at)
  if (asked.q === '') return { state: 'none' }
  // Of nobody it is not even asked. The edge, where the state stays unknown, reads as nobody, too.
  if (asked.type === 'people') {
    if (session.state() === 'checking') await session.settled
    if (session.state() !== 'signed-in') return { state: 'shut' }
  }
  return find(call, asked)
}

export async function find(call: Call, { q, type, cursor }: Asked): Promise<Found> {
  const query = { q, type, ...(cursor ? { cursor } : {}) }
  const page = await answer(searchApi(call).search.$get({ query }))
  const { nextCursor, degraded } = page
  return page.type === 'people'
    ? { state: 'people', items: page.items, nextCursor, degraded }
    : { state: 'auctions', items: page.items, nextCursor, degraded }
}
