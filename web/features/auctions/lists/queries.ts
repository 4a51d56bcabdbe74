import type { AuctionCard, AuctionPage } from '../../../../worker/contract/auctions.ts'
import { answer, type Call } from '../../../api/call.ts'
import type { PageAt } from '../../../page.ts'
import { auctionsApi } from '../api.ts'

export interface HomeData {
  ending: AuctionCard[]
  starting: AuctionCard[]
  popular: AuctionCard[]
  fresh: AuctionCard[]
}

const perShelf = '8'

export async function loadHome(call: Call): Promise<HomeData> {
  const { auctions, recommend } = auctionsApi(call)
  const [ending, starting, popular, fresh] = await Promise.all([
    answer(auctions.$get({ query: { status: 'running', sort: 'ending', limit: perShelf } })),
    answer(auctions.$get({ query: { status: 'scheduled', sort: 'ending', limit: perShelf } })),
    answer(auctions.popular.$get()),
    answer(recommend.$get({ query: { limit: '24' } })),
  ])
  const shown = new Set([...ending.items, ...starting.items].map(({ id }) => id))
  return {
    ending: ending.items,
    starting: starting.items,
    popular: popular.items,
    fresh: fresh.items.filter(({ id }) => !shown.has(id)).slice(0, 12),
  }
}

/** What a list was asked for, as its address says it. */
export type ListFilters = Partial<Record<'category' | 'status' | 'search' | 'sort' | 'cursor', string>>

export function filtersOf({ query }: PageAt): ListFilters {
  const { category, status, search, sort, cursor } = query
  return Object.fromEntries(Object.entries({ category, status, search, sort, cursor }).filter(([, value]) => value))
}

export function listHref(filters: ListFilters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value) as [string, string][])
  return query.size > 0 ? `/auctions?${query}` : '/auctions'
}

export function loadList(call: Call, filters: ListFilters): Promise<AuctionPage> {
  // What the address says is checked by the API, which answers with a problem that has its own page.
  return answer(auctionsApi(call).auctions.$get({ query: filters as Record<string, never> }))
}
