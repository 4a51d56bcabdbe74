import { settingsPages } from './features/accounts/settings/routes.ts'
import { ownAuctionPages } from './features/auctions/own-routes.ts'
import { chatRoutes } from './features/chat/routes.tsx'
import { dealPages } from './features/deals/routes.ts'
import { followRoutes } from './features/follows/routes.ts'
import { decisionPages } from './features/moderation/routes.tsx'
import { notificationPages } from './features/notifications/routes.ts'
import { profileEditRoute } from './features/profiles/edit-route.ts'
import { ownReviewPages } from './features/reviews/own-routes.ts'
import { staffPages } from './features/staff/routes.tsx'
import type { PageRoute } from './page.ts'

/** Every page with `access`. The table comes with the first of them, so that visitors do not carry it. */
export const memberPages: readonly PageRoute[] = [
  ...ownAuctionPages,
  ...settingsPages,
  profileEditRoute,
  ...followRoutes,
  ...notificationPages,
  ...dealPages,
  ...ownReviewPages,
  ...chatRoutes({
    texts: ['deals'],
    part: async () => (await import('./features/deals/deal-card.tsx')).DealCard,
  }),
  ...decisionPages({
    texts: ['deals'],
    part: async () => {
      const { createEvidence, EvidenceField } = await import('./features/deals/evidence.tsx')
      return { create: createEvidence, Field: EvidenceField }
    },
  }),
  ...staffPages({
    texts: ['deals'],
    part: async () => (await import('./features/deals/evidence.tsx')).EvidenceList,
  }),
]
