import { type Component, createComponent, mergeProps } from 'solid-js'
import { definePage, type PageProps } from '../../page.ts'
import { filtersOf, loadHome, loadList } from './lists/queries.ts'
import { loadRoom } from './room/queries.ts'
import type { RoomData, RoomParts } from './room/room.tsx'

/** Made once: another component in its place would begin the page anew, with another socket. */
let LivePage: Component<PageProps<RoomData>> | undefined

export const auctionPages = (parts: RoomParts) => [
  definePage({
    path: '/',
    source: 'web/features/auctions/lists/home-page.tsx',
    module: () => import('./lists/home-page.tsx').then((file) => ({ Page: file.HomePage, head: file.homeHead })),
    texts: ['auctions', 'home'],
    load: loadHome,
  }),
  definePage({
    path: '/auctions',
    source: 'web/features/auctions/lists/list-page.tsx',
    module: () => import('./lists/list-page.tsx').then((file) => ({ Page: file.ListPage, head: file.listHead })),
    texts: ['auctions', 'lists'],
    load: (call, at) => loadList(call, filtersOf(at)),
  }),
  definePage({
    path: '/auctions/:id',
    source: 'web/features/auctions/room/auction-page.tsx',
    module: () =>
      Promise.all([import('./room/auction-page.tsx'), import('./room/head.ts')]).then(([page, head]) => ({
        Page: (LivePage ??= (props) => createComponent(page.AuctionPage, mergeProps(props, { parts }))),
        head: head.auctionHead,
      })),
    texts: ['auctions', 'room'],
    load: loadRoom,
    isPersonal: true,
    hasTabBar: false,
  }),
  definePage({
    path: '/auctions/:id/ledger',
    source: 'web/features/auctions/ledger/ledger-page.tsx',
    module: () => import('./ledger/ledger-page.tsx').then((file) => ({ Page: file.LedgerPage, head: file.ledgerHead })),
    texts: ['ledger'],
    load: async (call, at) => (await import('./ledger/queries.ts')).loadLedger(call, at),
    isPersonal: true,
  }),
]
