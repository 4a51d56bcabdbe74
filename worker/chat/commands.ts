import type { Folder, RoomKind, roomNotices, RoomSettings, RoomView, SafetyHint } from '../contract/chat.ts'
import type { AccountId, AuctionId, DealId, MediaId, MessageId, RoomId } from '../contract/ids.ts'
import type { MediaView } from '../contract/media.ts'
import type { Instant } from '../contract/time.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** Who acts in a room: looked up by the caller from ticket or token. */
export interface Speaker {
  account: AccountId
  handle: string
  name: string
  /** Only in deal rooms that are open, and text only. */
  suspended: boolean
}

export type Person = Pick<Speaker, 'account' | 'handle' | 'name'>
export type RoomNotice = (typeof roomNotices)[number]

/** What is said: text, or own pictures that are ready. */
export type Said = { text: string } | { images: MediaView[] }

/** A message as rooms and inboxes keep it. It can be shown as it is: names are those of then, pictures are views. */
export interface StoredMessage {
  id: MessageId
  room: RoomId
  seq: number
  author: AccountId | null
  /** As they were called then. */
  handle: string
  name: string
  notice: { kind: RoomNotice; subject: Person | null } | null
  text: string | null
  images: MediaView[]
  hints: SafetyHint[]
  editedAt: Instant | null
  deleted: boolean
  at: Instant
}

/** How a room stands for one member: what their Inbox keeps of it. */
export interface MemberStanding {
  room: RoomId
  kind: RoomKind
  folder: Folder
  name: string | null
  picture: MediaId | null
  /** The first four others, longest there first. */
  others: AccountId[]
  membersCount: number
  last: StoredMessage | null
  lastSeq: number
  readSeq: number
  unread: number
  settings: RoomSettings
  deal: { id: DealId; auction: AuctionId; title: string; cover: MediaId | null; state: string } | null
  /** Of the last message, or of the making of the room. */
  at: Instant
}

export type RoomOpening =
  /** The other hears of it with the first message. */
  | { kind: 'direct'; room: RoomId; opener: Person; other: Person; at: Instant }
  /** `asking`: those for whom it is an invitation by somebody they do not follow. */
  | {
      kind: 'group'
      room: RoomId
      opener: Person
      others: Person[]
      asking: AccountId[]
      name: string | null
      at: Instant
    }
  | {
      kind: 'deal'
      room: RoomId
      deal: DealId
      auction: AuctionId
      title: string
      cover: MediaId | null
      seller: Person
      buyer: Person
      at: Instant
    }

/** What the owner of a group changes; what is left out stays. */
export interface RoomChange {
  name?: string | null
  picture?: MediaId | null
  owner?: AccountId
}

/** A room from inside, for one who is in it. People become cards where it is shown. */
export interface RoomInside {
  standing: MemberStanding
  people: { account: AccountId; isOwner: boolean; readSeq: number | null }[]
  asked: AccountId[]
  owner: AccountId | null
  invited: boolean
  fromSeq: number
  reason: RoomView['reason']
  textOnly: boolean
}

/** How the first message of a direct room reaches the other: looked up by the caller when the room asks for it. */
export interface Introduction {
  /** They do not follow the writer, and have to accept first. */
  asking: boolean
}

export type SendAnswer =
  | Outcome<{ message: StoredMessage; isNew: boolean }>
  /** Nothing was written: say how it reaches them, or that it does not. */
  | { ok: false; code: 'introduce'; other: AccountId }

/**
 * What may be asked of a chat room over RPC. Everything is checked against the membership of now; whoever is no member gets
 * `not-found`. Routes and sockets write through `speaking.ts`, which looks up what a room cannot know.
 */
export interface ChatRoomRpc {
  /** Makes the room and its tables; repeating it changes nothing, except that an opener who was asked has thereby accepted. */
  open(opening: RoomOpening): Promise<Outcome<{ isNew: boolean }>>
  standing(account: AccountId): Promise<Outcome<MemberStanding>>
  look(who: Speaker): Promise<Outcome<RoomInside>>
  messages(
    who: Speaker,
    part: { before: number } | { after: number } | null,
    limit: number,
  ): Promise<Outcome<{ items: StoredMessage[]; more: boolean }>>
  /** `message` is its id, derived from account, key and content by the caller; `introduction` only when the room asked for it. */
  send(
    who: Speaker,
    key: string,
    message: MessageId,
    said: Said,
    introduction: Introduction | null,
  ): Promise<SendAnswer>
  edit(who: Speaker, message: string, text: string): Promise<Outcome<StoredMessage>>
  remove(who: Speaker, message: string): Promise<Outcome<null>>
  markRead(who: Speaker, seq: number): Promise<Outcome<null>>
  typing(who: Speaker): Promise<void>
  accept(who: Speaker): Promise<Outcome<null>>
  decline(who: Speaker): Promise<Outcome<null>>
  settings(who: Speaker, settings: RoomSettings): Promise<Outcome<null>>
  alter(who: Speaker, change: RoomChange): Promise<Outcome<null>>
  /** `asking`: those who do not follow the owner. Who is in or was asked before stays as they are. */
  add(who: Speaker, people: Person[], asking: AccountId[]): Promise<Outcome<null>>
  take(who: Speaker, account: AccountId): Promise<Outcome<null>>
  leave(who: Speaker): Promise<Outcome<null>>
  /** Deletes a group, for all. */
  close(who: Speaker): Promise<Outcome<null>>
  /** Whether this account may see the pictures of a message (null: of the room itself) now. */
  maySee(account: AccountId, message: string | null): Promise<boolean>
  /** A block between the two of a direct room began or ended. The room of a deal asks for it itself. */
  setBlocked(isBlocked: boolean): Promise<void>
  /** The deal of a deal room moved: its state as a line in the room and on the lists. After `closesAt` the room is read-only. */
  dealMoved(move: {
    deal: DealId
    place: number
    state: string
    line: string | null
    closesAt: Instant | null
  }): Promise<void>
  /** When this account last wrote, for those who judge a silence; null for never. Deal rooms only. */
  lastWordOf(account: AccountId): Promise<Instant | null>
  /** Every message of a room, oldest first, for a case file or a moderator; the caller has checked who asks. */
  transcript(after: number, limit: number): Promise<StoredMessage[]>
}
