import type { NotificationKind } from '../contract/notification-kinds.ts'
import type { KeptNotification } from './commands.ts'

const ofAuctions: readonly NotificationKind[] = [
  'auction-started',
  'auction-soon',
  'outbid',
  'ending-soon',
  'won',
  'lost',
  'first-bid',
  'sold',
  'unsold',
  'auction-cancelled',
]
const ofDecisions: readonly NotificationKind[] = [
  'decision',
  'appeal-answered',
  'suspension-started',
  'suspension-ended',
]
const others: Partial<Record<NotificationKind, string>> = {
  'message-request': '/messages?folder=requests',
  'follow-request': '/settings/follow-requests',
  'review-released': '/settings/manner',
  security: '/settings/sign-ins',
  follow: '/notifications',
  'follow-accepted': '/notifications',
}

/** The page of what a notification is about, as letters name it. The site's own links say the same (`web/features/notifications`). */
export function pathOf({ kind, target, data: { deal } }: Pick<KeptNotification, 'kind' | 'target' | 'data'>): string {
  if ((kind === 'won' || kind === 'sold' || kind === 'offer-answered') && typeof deal === 'string')
    return `/deals/${deal}`
  if (ofAuctions.includes(kind)) return `/auctions/${target}`
  if (ofDecisions.includes(kind)) return '/settings/decisions'
  if (kind === 'message') return `/messages/${target}`
  if (kind === 'offer-made') return '/deals/offers'
  if (kind === 'offer-answered') return '/deals/offers?role=made'
  return others[kind] ?? `/deals/${target}`
}
