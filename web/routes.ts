import { accountRoutes } from './features/accounts/routes.ts'
import { auctionPages } from './features/auctions/routes.ts'
import { legalRoutes } from './features/legal/routes.ts'
import { problemRoutes } from './features/problems/routes.ts'
import { profileRoute } from './features/profiles/routes.tsx'
import { reviewPages } from './features/reviews/routes.ts'
import { searchRoute } from './features/search/routes.tsx'
import { lazyPart } from './i18n/lazy-part.ts'
import type { PageRoute } from './page.ts'

const FollowButton = lazyPart(
  () => import('./features/follows/follow-button.tsx').then((file) => file.FollowButton),
  ['people'],
)
const PersonActions = lazyPart(() => import('./person-actions.tsx').then((file) => file.PersonActions), ['people'])

const MakeOffer = lazyPart(() => import('./features/deals/make-offer.tsx').then((file) => file.MakeOffer), ['deals'])

/** Every page that visitors see, and what features show of each other there. It is part of what every page loads first. */
export const publicPages: readonly PageRoute[] = [
  ...auctionPages({ FollowSeller: FollowButton, MakeOffer }),
  ...accountRoutes,
  ...legalRoutes,
  ...problemRoutes,
  ...reviewPages,
  searchRoute({
    texts: ['auctions'],
    part: async () => (await import('./features/auctions/lists/card-grid.tsx')).CardGrid,
  }),
  profileRoute(
    {
      texts: ['auctions'],
      load: async (call, handle) =>
        (await import('./features/auctions/lists/seller-queries.ts')).loadSeller(call, handle),
      part: async () => (await import('./features/auctions/lists/seller-auctions.tsx')).SellerAuctions,
    },
    PersonActions,
  ),
]
