import { definePage } from '../../page.ts'

/** For suspended accounts too: deals that are open go on. */
export const dealPages = [
  definePage({
    path: '/deals',
    source: 'web/features/deals/deals-page.tsx',
    module: () => import('./deals-page.tsx').then((file) => ({ Page: file.DealsPage, head: file.dealsHead })),
    texts: ['deals'],
    access: 'suspended',
    load: async (call, at) => {
      const { filterOf, loadDeals } = await import('./queries.ts')
      return loadDeals(call, filterOf(at))
    },
  }),
  definePage({
    path: '/deals/offers',
    source: 'web/features/deals/offers-page.tsx',
    module: () => import('./offers-page.tsx').then((file) => ({ Page: file.OffersPage, head: file.offersHead })),
    texts: ['deals'],
    access: 'signed-in',
    load: async (call, at) => {
      const { loadOffers } = await import('./queries.ts')
      return loadOffers(call, at.query['role'] === 'made' ? 'made' : 'received')
    },
  }),
  definePage({
    path: '/deals/:id',
    source: 'web/features/deals/deal-page.tsx',
    module: () => import('./deal-page.tsx').then((file) => ({ Page: file.DealPage, head: file.dealHead })),
    texts: ['deals'],
    access: 'suspended',
    load: async (call, at) => (await import('./queries.ts')).loadDeal(call, at.params['id'] ?? ''),
  }),
]
