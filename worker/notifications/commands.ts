import type { AccountId, AuctionId, DeviceId, LoginId, NotificationId, RoomId } from '../contract/ids.ts'
import type { Folder } from '../contract/chat.ts'
import type {
  NotificationKind,
  NotificationPreferences,
  NotificationView,
  NoticeData,
  ReadNotifications,
  Recipients,
  Unread,
} from '../contract/notifications.ts'
import type { RoomCause } from '../contract/inbox.ts'
import type { Instant } from '../contract/time.ts'
import type { StoredMessage, MemberStanding } from '../chat/api.ts'
import type { Device } from './push/devices.ts'

/** Something for one person. Told once, by its `id`: derived from what caused it, so that whoever repeats it says the same. */
export interface Notice {
  id: string
  kind: NotificationKind
  target: string
  /** Who caused it; null where nobody did, or nobody may know. Left out for the receiver where blocked or muted. */
  actor: AccountId | null
  data: NoticeData
  /** Not shown after this time. */
  expiresAt: Instant | null
  at: Instant
  /** The sign-in that caused it, whose device is not pushed. */
  causedBy?: LoginId
}

/** A notice and whom it is for. Somebody who belongs to two audiences that are told with one `id` gets it once. */
export interface AddressedNotice {
  to: Recipients
  notice: Notice
}

/** One thing that happened in a room, at its place in the room's log of facts. */
export interface PlacedRoomFact {
  place: number
  fact:
    | { type: 'message-posted'; message: StoredMessage }
    | { type: 'message-changed'; message: StoredMessage; at: Instant }
    | { type: 'room-added' | 'room-changed'; cause: RoomCause }
    | { type: 'room-removed'; cause: RoomCause }
    /** `account` is who read. */
    | { type: 'read-moved'; account: AccountId; handle: string; roomSeq: number }
}

/**
 * What a room has to tell one member: facts in order, without those that are not for them. The Inbox has everything up to a place
 * and drops what it has, so a delivery may come twice.
 */
export interface RoomDelivery {
  account: AccountId
  room: RoomId
  facts: PlacedRoomFact[]
  /** Place up to which this covers the room's log, also where the last facts were not for this member. */
  upTo: number
  /** All others in the room, for finding it by a name; null where nothing changed since the last delivery. */
  people: AccountId[] | null
  /** How the room stands for this member after that; null when it is theirs no more. */
  standing: MemberStanding | null
}

/** Where a page of rooms ended. */
export type RoomPosition = [pinned: number, at: number, room: string]

export interface RoomsQuestion {
  folder: Folder
  before: RoomPosition | null
  limit: number
  /** Part of a room's name, or one of these people in it. */
  search: { text: string; accounts: AccountId[] } | null
}

/** What may be asked of an account's Inbox over RPC. */
export interface InboxRpc {
  /** True for the first use of a ticket's nonce; `holder` counts as holding sockets of that sign-in from here on. */
  redeem(nonce: string, login: LoginId, holder: AuctionId | 'inbox', at: number): Promise<boolean>
  closeSockets(account: AccountId, logins: LoginId[] | 'all', code: number, at: number): Promise<void>
  /** Keeps, counts, folds and tells each notice once; pushes and mails as its owner wants. */
  notify(account: AccountId, notices: Notice[]): Promise<void>
  receive(delivery: RoomDelivery): Promise<void>
  typing(room: RoomId, who: { handle: string; name: string }): Promise<void>
  /** Tells the open devices that something of the account changed elsewhere. */
  accountChanged(account: AccountId, what: 'profile' | 'role' | 'limits'): Promise<void>
  /** Rooms of one folder, pinned ones first, then the latest message first. */
  rooms(question: RoomsQuestion): Promise<MemberStanding[]>
  /** Whom the owner does not want to hear of has changed: the devices learn what is left unread. */
  hiddenChanged(account: AccountId): Promise<void>
  /** Everything unread, as every device counts it. */
  unread(account: AccountId): Promise<Unread>
  /** Newest first, without what people caused who are blocked or muted. */
  notifications(account: AccountId, question: NotificationsQuestion): Promise<KeptNotification[]>
  readNotifications(which: ReadNotifications): Promise<void>
  removeNotifications(id: NotificationId | 'all'): Promise<void>
  preferences(): Promise<NotificationPreferences>
  setPreferences(preferences: NotificationPreferences): Promise<void>
  devices(): Promise<Device[]>
  addDevice(account: AccountId, device: Device): Promise<void>
  /** False where there is none of that name. */
  removeDevice(id: DeviceId): Promise<boolean>
}

export interface NotificationsQuestion {
  /** The place where the page before ended. */
  before: number | null
  limit: number
  unread: boolean
}

/** A notification as the Inbox keeps it; people become cards where it is shown. */
export interface KeptNotification extends Omit<NotificationView, 'actors' | 'expiresAt' | 'at'> {
  /** Where it stands among all; folding moves it to the top. */
  place: number
  actors: AccountId[]
  expiresAt: Instant | null
  at: Instant
}
