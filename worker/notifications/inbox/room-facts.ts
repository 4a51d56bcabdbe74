import { messageView, type MemberStanding } from '../../chat/api.ts'
import type { MessageView, RoomRow } from '../../contract/chat.ts'
import type { InboxFact } from '../../contract/inbox.ts'
import type { AccountId, RoomId } from '../../contract/ids.ts'
import type { Unread } from '../../contract/notifications.ts'
import { iso } from '../../contract/time.ts'
import type { PlacedRoomFact } from '../commands.ts'
import type { NewFact } from './fact-log.ts'

export interface About {
  account: AccountId
  room: RoomId
  standing: MemberStanding | null
  /** How the room looks on the list; null where no fact needs it. */
  row: RoomRow | null
  unread: Unread
}

/** A kept fact without the words of a message that was deleted meanwhile. */
export function withoutWords(fact: InboxFact, message: string): InboxFact {
  if (fact.type === 'message-posted' && fact.message.id === message) return { ...fact, message: blank(fact.message) }
  if (fact.type === 'message-changed' && fact.message === message) return { ...fact, text: null, deleted: true }
  if ((fact.type === 'room-added' || fact.type === 'room-changed') && fact.row.last?.id === message)
    return { ...fact, row: { ...fact.row, last: blank(fact.row.last) } }
  if (fact.type === 'notified' && fact.notification.data['message'] === message) {
    const data = { ...fact.notification.data, text: null, pictures: 0 }
    return { ...fact, notification: { ...fact.notification, data } }
  }
  return fact
}

function blank(message: MessageView): MessageView {
  return { ...message, text: null, images: [], hints: [], deleted: true }
}

/** What the devices hear of what happened in a room; nothing where the room is gone for its member by now. */
export function roomFact({ account, room, standing, row, unread }: About, { fact }: PlacedRoomFact): NewFact | null {
  if (fact.type === 'room-removed') return { type: 'room-removed', room, cause: fact.cause, unread }
  if (!standing) return null
  const roomUnread = standing.unread
  switch (fact.type) {
    case 'message-posted': {
      const { message } = fact
      return { type: 'message-posted', room, roomSeq: message.seq, message: messageView(message), unread, roomUnread }
    }
    case 'message-changed': {
      const { message, at } = fact
      const { id, seq, text, deleted } = message
      const change = { message: id, roomSeq: seq, text, deleted, at: iso(at) }
      return { type: 'message-changed', room, ...change, unread, roomUnread }
    }
    case 'room-added':
    case 'room-changed':
      return row && { type: fact.type, room, cause: fact.cause, row, unread }
    case 'read-moved': {
      const who = fact.account === account ? null : fact.handle
      return { type: 'read-moved', room, who, roomSeq: fact.roomSeq, roomUnread, unread }
    }
  }
}
