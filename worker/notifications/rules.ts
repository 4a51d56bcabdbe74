import type { AccountId } from '../contract/ids.ts'
import { notifications as limits } from '../contract/limits.ts'
import { noticeKinds, notificationKinds, type NotificationKind } from '../contract/notification-kinds.ts'
import type { NotificationPreferences } from '../contract/notifications.ts'
import { seoulOffsetMs, type Instant } from '../contract/time.ts'
import type { Notice, RoomDelivery } from './commands.ts'

export interface Channels {
  app: boolean
  push: boolean
  mail: boolean
}

interface KindRules {
  push: boolean
  mail: boolean
  fold?: true
  always?: true
}

/** What somebody has who never chose anything. */
export const preferencesAtFirst: NotificationPreferences = { kinds: {}, quiet: null }

function rulesOf(kind: NotificationKind): KindRules {
  return notificationKinds[kind]
}

/** Whether a newer one of the same kind and target joins the one that is not read yet. */
export function folds(kind: NotificationKind): boolean {
  return rulesOf(kind).fold === true
}

/** How a kind reaches its reader: as they chose, else as everyone. What must be told stays in the app whatever was chosen. */
export function channelsOf({ kinds }: NotificationPreferences, kind: NotificationKind): Channels {
  const { push, mail, always } = rulesOf(kind)
  const chosen = kinds[kind] ?? { app: true, push, mail }
  return always ? { ...chosen, app: true } : chosen
}

/** The choice for every kind, spelled out. */
export function spelledOut(preferences: NotificationPreferences): NotificationPreferences {
  const kinds = Object.fromEntries(noticeKinds.map((kind) => [kind, channelsOf(preferences, kind)]))
  return { kinds, quiet: preferences.quiet }
}

/** Kinds that were switched off in the app although they cannot be. */
export function cannotBeOff({ kinds }: NotificationPreferences): NotificationKind[] {
  return noticeKinds.filter((kind) => rulesOf(kind).always && kinds[kind]?.app === false)
}

const minuteMs = 60_000
const dayMinutes = 24 * 60

/** Whether it is quiet in Seoul at that time. The end belongs to the day again; the hours may span midnight. */
export function isQuiet(quiet: NotificationPreferences['quiet'], at: Instant): boolean {
  if (!quiet) return false
  const minute = Math.floor((at + seoulOffsetMs) / minuteMs) % dayMinutes
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Most that fold count who caused them; messages count themselves. */
export function countsPeople(kind: NotificationKind): boolean {
  return kind !== 'message'
}

const ofDeals: readonly NotificationKind[] = [
  'offer-made',
  'offer-answered',
  'deal-step',
  'deal-reminder',
  'no-show',
  'dispute',
]
const ofMessages: readonly NotificationKind[] = ['message', 'message-request']

/**
 * Whose doings are left out: those of people who are blocked or muted. A deal goes on whatever stands between its parties, and
 * muting somebody leaves chats as they are.
 */
export function hiding({ kind, data }: Pick<Notice, 'kind' | 'data'>): 'all' | 'blocked' | 'never' {
  if (ofDeals.includes(kind) || data['roomKind'] === 'deal') return 'never'
  return ofMessages.includes(kind) ? 'blocked' : 'all'
}

/** What caused it writes a letter of its own, which says more. */
export function isMailedByCause(kind: NotificationKind): boolean {
  return kind === 'security'
}

/** Kinds after which nothing that was said of the same target while it ran is true any more. */
const closing: readonly NotificationKind[] = ['won', 'lost', 'auction-cancelled']
export const overtaken: readonly NotificationKind[] = ['outbid', 'ending-soon', 'auction-soon']

export function overtakes(kind: NotificationKind): boolean {
  return closing.includes(kind)
}

/**
 * What a room's delivery is worth telling: one notice for each message by another, unless it was read already, or the room is muted
 * or lies in the archive. Lines that the room wrote itself are no messages.
 */
export function noticesOfDelivery({ account, room, facts, standing }: RoomDelivery): Notice[] {
  if (!standing || standing.settings.muted || standing.folder === 'archived') return []
  const kind = standing.folder === 'requests' ? 'message-request' : 'message'
  return facts.flatMap(({ fact }) => {
    if (fact.type !== 'message-posted') return []
    const { message } = fact
    const isForMe = message.author !== null && message.author !== account && message.notice === null
    if (!isForMe || message.deleted || message.seq <= standing.readSeq) return []
    const notice: Notice = {
      id: `message ${message.id}`,
      kind,
      target: room,
      actor: message.author as AccountId,
      data: {
        roomKind: standing.kind,
        room: standing.name,
        name: message.name,
        message: message.id,
        text: message.text === null ? null : [...message.text].slice(0, limits.preview).join(''),
        pictures: message.images.length,
      },
      expiresAt: null,
      at: message.at,
    }
    return [notice]
  })
}
