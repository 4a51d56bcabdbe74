import BadgeCheck from 'lucide/dist/esm/icons/badge-check.mjs'
import BellRing from 'lucide/dist/esm/icons/bell-ring.mjs'
import CalendarClock from 'lucide/dist/esm/icons/calendar-clock.mjs'
import CircleSlash from 'lucide/dist/esm/icons/circle-slash.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import Hand from 'lucide/dist/esm/icons/hand.mjs'
import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs'
import Scale from 'lucide/dist/esm/icons/scale.mjs'
import ShieldAlert from 'lucide/dist/esm/icons/shield-alert.mjs'
import Star from 'lucide/dist/esm/icons/star.mjs'
import Tag from 'lucide/dist/esm/icons/tag.mjs'
import TrendingUp from 'lucide/dist/esm/icons/trending-up.mjs'
import UserRoundPlus from 'lucide/dist/esm/icons/user-round-plus.mjs'
import type { NotificationKind } from '../../../worker/contract/notifications.ts'
import type { IconShape } from '../../ui/icon/icon.tsx'

type Look = readonly [icon: IconShape, tone: 'tangerine' | 'leaf' | 'brick' | 'sky' | 'plain']

/** The sign of a kind. Its words stand beside it. */
export const kindLooks: Record<NotificationKind, Look> = {
  'auction-started': [BellRing, 'tangerine'],
  'auction-soon': [BellRing, 'tangerine'],
  outbid: [TrendingUp, 'brick'],
  'ending-soon': [CalendarClock, 'tangerine'],
  won: [Hand, 'leaf'],
  lost: [Gavel, 'plain'],
  'first-bid': [Gavel, 'tangerine'],
  sold: [Hand, 'leaf'],
  unsold: [CircleSlash, 'plain'],
  'auction-cancelled': [CircleSlash, 'plain'],
  'offer-made': [Tag, 'tangerine'],
  'offer-answered': [Tag, 'sky'],
  'deal-step': [Handshake, 'leaf'],
  'deal-reminder': [CalendarClock, 'sky'],
  'no-show': [ShieldAlert, 'brick'],
  dispute: [Scale, 'brick'],
  message: [MessageCircle, 'sky'],
  'message-request': [MessageCircle, 'plain'],
  follow: [UserRoundPlus, 'sky'],
  'follow-request': [UserRoundPlus, 'tangerine'],
  'follow-accepted': [UserRoundPlus, 'leaf'],
  'review-due': [Star, 'tangerine'],
  'review-released': [Star, 'leaf'],
  decision: [Scale, 'brick'],
  'appeal-answered': [Scale, 'sky'],
  'suspension-started': [ShieldAlert, 'brick'],
  'suspension-ended': [BadgeCheck, 'leaf'],
  security: [ShieldAlert, 'sky'],
}

export const toneClass = {
  tangerine: 'bg-tangerine-tint text-tangerine-text',
  leaf: 'bg-leaf-tint text-leaf',
  brick: 'bg-brick-tint text-brick',
  sky: 'bg-sky-tint text-sky',
  plain: 'bg-sunken text-ink-soft',
} as const
