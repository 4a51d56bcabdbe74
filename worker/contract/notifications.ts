import { z } from 'zod'
import { languages, type Language } from './accounts.ts'
import { notifications as limits } from './limits.ts'
import { noticeKinds, type NotificationKind } from './notification-kinds.ts'
import { Page, PageQuery } from './page.ts'
import { PersonCard } from './profiles.ts'

export { noticeKinds, notificationKinds, type NotificationKind } from './notification-kinds.ts'

const id = z.string().min(1).max(64)

/** Who gets it: one account, or all who like or bid on the target. `except` are accounts that get another notice for the same thing. */
export const Recipients = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), account: id }),
  z.object({ kind: z.enum(['likers', 'bidders']), except: z.array(id).max(100) }),
])
export type Recipients = z.infer<typeof Recipients>

/** Public facts that its words need, such as the price or the title. */
export const NoticeData = z.record(z.string().max(32), z.union([z.string().max(200), z.number(), z.null()]))
export type NoticeData = z.infer<typeof NoticeData>

/**
 * One notification as its owner sees it. `actors` are the latest of `count` people who caused it. Where nobody is named they are empty,
 * and `count` is how often it happened, as it is of messages.
 */
export const NotificationView = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  actors: z.array(PersonCard).max(3),
  count: z.int(),
  /** Id of what it is about: auction, deal, room, review, decision, account. */
  target: z.string(),
  data: NoticeData,
  read: z.boolean(),
  expiresAt: z.iso.datetime({ precision: 3 }).nullable(),
  at: z.iso.datetime({ precision: 3 }),
})
export type NotificationView = z.infer<typeof NotificationView>

export const NotificationPage = Page(NotificationView)
export const NotificationsQuery = PageQuery().extend({ unread: z.enum(['true', 'false']).optional() })

/** Everything that somebody has not read. `requests` are messages of strangers that wait for an answer. */
export const Unread = z.object({
  rooms: z.int(),
  messages: z.int(),
  notifications: z.int(),
  requests: z.int(),
})
export type Unread = z.infer<typeof Unread>

export const NotificationCount = z.object({ unread: z.int() })

/** `upTo`: the id of a notification; it and everything older. */
export const ReadNotifications = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(100) }),
  z.strictObject({ upTo: id }),
])
export type ReadNotifications = z.infer<typeof ReadNotifications>

const Channels = z.strictObject({ app: z.boolean(), push: z.boolean(), mail: z.boolean() })

/** Quiet hours are of the day in Asia/Seoul, `HH:MM`; they may span midnight. In them nothing is pushed; the list fills as ever. */
const QuietHours = z
  .strictObject({
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  })
  .refine(({ from, to }) => from !== to, { error: 'empty' })
  .nullable()

export const NotificationPreferences = z.strictObject({
  kinds: z.partialRecord(z.enum(noticeKinds), Channels),
  quiet: QuietHours,
})
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

/** A browser that is told although no page of ours is open. `current`: it belongs to the sign-in that asks. */
export const PushDevice = z.object({
  id: z.string(),
  /** As in the list of sign-ins: `Chrome, Android`. */
  label: z.string().nullable(),
  current: z.boolean(),
  addedAt: z.iso.datetime({ precision: 3 }),
})
export type PushDevice = z.infer<typeof PushDevice>

/** `publicKey` is what a browser subscribes with (VAPID, `applicationServerKey`). */
export const PushDevices = z.object({ publicKey: z.string(), items: z.array(PushDevice) })
export type PushDevices = z.infer<typeof PushDevices>

/** A subscription as browsers give it: P-256 point and secret in base64url. */
export const AddPushDevice = z.strictObject({
  endpoint: z.url().max(limits.push.endpoint),
  keys: z.strictObject({
    p256dh: z.string().regex(/^B[\w-]{86}$/),
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
  language: z.enum(languages),
})
export type AddPushDevice = z.infer<typeof AddPushDevice>

/** What travels, sealed, to a device. The words are made there: by its service worker, in the device's language. */
export interface PushPayload {
  id: string
  kind: NotificationKind
  /** The latest people who caused it. */
  actors: { handle: string; name: string }[]
  count: number
  target: string
  data: NoticeData
  language: Language
  /** A later one with the same tag takes the place of what is shown. */
  tag: string
  at: number
}
