import { notifications as limits } from '../../contract/limits.ts'
import type { NotificationKind } from '../../contract/notifications.ts'

export type Urgency = 'high' | 'normal' | 'low'

/** What somebody has minutes for, or waits for, wakes a phone; what can wait is given to it when it is awake. */
const urgencies: Partial<Record<NotificationKind, Urgency>> = {
  'auction-started': 'high',
  'auction-soon': 'high',
  'ending-soon': 'high',
  outbid: 'high',
  won: 'high',
  'offer-made': 'high',
  message: 'high',
  'no-show': 'high',
  security: 'high',
  lost: 'low',
  follow: 'low',
  'follow-accepted': 'low',
  'review-released': 'low',
}

export function urgencyOf(kind: NotificationKind): Urgency {
  return urgencies[kind] ?? 'normal'
}

/** For how many seconds a push service keeps it for a device that is away; null when it is too late already. */
export function secondsToLive(expiresAt: number | null, now: number): number | null {
  const left = Math.floor((Math.min(expiresAt ?? Infinity, now + limits.push.keptMs) - now) / 1000)
  return left > 0 ? left : null
}

/** What a push service's answer means for the device: told, gone for good, to be tried later, or not to be had. */
export type Verdict = 'told' | 'gone' | 'later' | 'refused'

export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'told'
  if (status === 404 || status === 410) return 'gone'
  return status === 408 || status === 429 || status >= 500 ? 'later' : 'refused'
}
