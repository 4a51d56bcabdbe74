import { z } from 'zod'
import type { MessageView, RoomRow } from './chat.ts'
import { chat, sockets } from './limits.ts'
import type { Done as AuctionDone, ClockFrame, Goodbye, ProblemFrame, protocol } from './live.ts'
import type { NotificationView, Unread } from './notifications.ts'
import type { IsoTime } from './time.ts'

/**
 * The socket of one person: `GET /api/live`, subprotocol `hallabong.v1` and `ticket.{ticket}`. It carries notifications and all
 * rooms, also rooms made later. Frames, numbers, resume and closing as in `live.ts`.
 */
const ref = z.string().min(1).max(sockets.ref)
const key = z.string().min(16).max(64)
const room = z.string().max(64)

export const InboxClientFrame = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    epoch: z.string().max(40).optional(),
    seq: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('renew'), ref, ticket: z.string().max(400) }),
  z.strictObject({ type: z.literal('clock'), ref, sentAt: z.number() }),
  z.strictObject({ type: z.literal('seen'), seq: z.int().nonnegative() }),
  z.strictObject({
    type: z.literal('send-message'),
    ref,
    key,
    room,
    text: z
      .string()
      .max(chat.text * 8)
      .optional(),
    images: z.array(z.string().max(64)).max(chat.images).optional(),
  }),
  z.strictObject({
    type: z.literal('edit-message'),
    ref,
    room,
    message: z.string().max(64),
    text: z.string().max(chat.text * 8),
  }),
  z.strictObject({ type: z.literal('delete-message'), ref, room, message: z.string().max(64) }),
  z.strictObject({ type: z.literal('mark-read'), ref, room, roomSeq: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('typing'), room }),
])
export type InboxClientFrame = z.infer<typeof InboxClientFrame>
export type InboxFrameType = InboxClientFrame['type']

export interface InboxWelcome {
  type: 'welcome'
  protocol: typeof protocol
  epoch: string
  seq: number
  resumed: boolean
  serverAt: IsoTime
  authUntil: IsoTime
  heartbeatSeconds: number
}

/** Rooms: the latest 50 of the inbox folder; more by REST. */
export interface InboxSnapshot {
  type: 'snapshot'
  epoch: string
  seq: number
  rooms: RoomRow[]
  unread: Unread
}

interface Numbered {
  seq: number
}

export interface MessagePostedFact extends Numbered {
  type: 'message-posted'
  room: string
  roomSeq: number
  message: MessageView
  unread: Unread
  /** Of this room. */
  roomUnread: number
}

export interface MessageChangedFact extends Numbered {
  type: 'message-changed'
  room: string
  message: string
  roomSeq: number
  text: string | null
  deleted: boolean
  at: IsoTime
  unread: Unread
  roomUnread: number
}

/** `writing`: whether one can write there is another matter now; whose doing that is, nobody is told. */
export const roomCauses = [
  'created',
  'invited',
  'accepted',
  'declined',
  'renamed',
  'members',
  'owner',
  'settings',
  'left',
  'removed',
  'deleted',
  'deal',
  'writing',
] as const
export type RoomCause = (typeof roomCauses)[number]

/** `row` is how the room stands for this person now. */
interface AboutRoom extends Numbered {
  room: string
  cause: RoomCause
  row: RoomRow
  unread: Unread
}
export interface RoomAddedFact extends AboutRoom {
  type: 'room-added'
}
export interface RoomChangedFact extends AboutRoom {
  type: 'room-changed'
}
export type RoomFact = RoomAddedFact | RoomChangedFact

export interface RoomRemovedFact extends Numbered {
  type: 'room-removed'
  room: string
  cause: RoomCause
  unread: Unread
}

/** `who`: the handle of the one who read; null for oneself on another device. */
export interface ReadMovedFact extends Numbered {
  type: 'read-moved'
  room: string
  who: string | null
  roomSeq: number
  roomUnread: number
  unread: Unread
}

export interface NotifiedFact extends Numbered {
  type: 'notified'
  notification: NotificationView
  unread: Unread
}

/** Read or removed; exactly one of `ids` and `upTo`, or neither for all. */
export interface NotificationsReadFact extends Numbered {
  type: 'notifications-read'
  ids?: string[]
  upTo?: string
  removed: boolean
  unread: Unread
}

export interface AccountChangedFact extends Numbered {
  type: 'account-changed'
  what: 'profile' | 'role' | 'limits'
}

export type InboxFact =
  | MessagePostedFact
  | MessageChangedFact
  | RoomFact
  | RoomRemovedFact
  | ReadMovedFact
  | NotifiedFact
  | NotificationsReadFact
  | AccountChangedFact

/** Fades after 5 s. */
export interface TypingFrame {
  type: 'typing'
  room: string
  who: { handle: string; name: string }
}

export interface RoomMessageSent {
  type: 'message-sent'
  ref: string
  room: string
  roomSeq: number
  message: MessageView
}

export interface InboxBatch {
  type: 'batch'
  first: number
  last: number
  frames: InboxFact[]
}

export type InboxServerFrame =
  | InboxWelcome
  | InboxSnapshot
  | InboxBatch
  | InboxFact
  | TypingFrame
  | RoomMessageSent
  | AuctionDone
  | ClockFrame
  | ProblemFrame
  | Goodbye
