import type { Component } from 'solid-js'
import type { AuctionCard } from '../../../worker/contract/auctions.ts'
import type { Area } from '../../i18n/dictionaries.ts'
import { definePage, type PageProps, type PageRoute } from '../../page.ts'
import type { SearchData } from './queries.ts'

/** How auctions that were found are shown, brought by the feature that knows them. */
export interface FoundAuctions {
  texts: readonly Area[]
  part: () => Promise<Component<{ cards: readonly AuctionCard[] }>>
}

export function searchRoute(found: FoundAuctions): PageRoute {
  // Made once: another component in its place would begin the page anew.
  let Page: Component<PageProps<SearchData>> | undefined
  return definePage<SearchData>({
    path: '/search',
    source: 'web/features/search/search-page.tsx',
    async module() {
      const [{ SearchPage, searchHead }, Auctions] = await Promise.all([import('./search-page.tsx'), found.part()])
      Page ??= (props) => <SearchPage {...props} auctions={Auctions} />
      return { Page, head: searchHead }
    },
    texts: ['search', 'profiles', ...found.texts],
    load: async (call, at) => (await import('./queries.ts')).loadSearch(call, at),
  })
}
