import { definePage } from '../../page.ts'
import { loadMine, roleOf } from './lists/mine-queries.ts'
import { loadSell } from './sell/queries.ts'

/** What one sells, bids on and has won. */
export const ownAuctionPages = [
  definePage({
    path: '/mine',
    source: 'web/features/auctions/lists/mine-page.tsx',
    module: () => import('./lists/mine-page.tsx').then((file) => ({ Page: file.MinePage, head: file.mineHead })),
    texts: ['auctions', 'lists'],
    load: (call, at) => loadMine(call, roleOf(at)),
    access: 'signed-in',
  }),
  ...['/sell', '/sell/:id'].map((path) =>
    definePage({
      path,
      source: 'web/features/auctions/sell/sell-page.tsx',
      module: () => import('./sell/sell-page.tsx').then((file) => ({ Page: file.SellPage, head: file.sellHead })),
      texts: ['auctions', 'lists', 'sell'],
      load: loadSell,
      access: 'signed-in',
    }),
  ),
]
