import type { RoomRow } from '../../../worker/contract/chat.ts'
import type { InboxFact, InboxSnapshot, MessageChangedFact, MessagePostedFact } from '../../../worker/contract/inbox.ts'
import type { Unread } from '../../../worker/contract/notifications.ts'
import type { Outgoing } from './outgoing.ts'

/** `idle`: nobody is signed in; `stopped`: the server does not want this account's socket back by itself. */
export type InboxConnection = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline' | 'stopped'

export interface Typist {
  handle: string
  name: string
}

/** What one person is told live, the same in every tab of a browser. */
export interface InboxState {
  connection: InboxConnection
  /** Everything not read; null until the server has told. */
  unread: Unread | null
  /** Rooms as far as they are known here: the latest, and whatever lists and rooms have asked for. */
  rooms: Record<string, RoomRow>
  typing: Record<string, Typist[]>
  /** Messages of one's own that the server has not confirmed, oldest first. */
  outgoing: Outgoing[]
}

/** A snapshot brings so many rooms at most: the latest. */
const most = 50

export const nothingYet = (): InboxState => ({
  connection: 'idle',
  unread: null,
  rooms: {},
  typing: {},
  outgoing: [],
})

export function applySnapshot(state: InboxState, snapshot: Pick<InboxSnapshot, 'rooms' | 'unread'>): void {
  state.unread = snapshot.unread
  // Rooms of other folders, and older ones, stay as they were known; whoever shows them asks again.
  const latest = snapshot.rooms.filter(({ settings }) => !settings.pinned).map(({ at }) => at)
  const since = snapshot.rooms.length < most ? '' : latest.reduce((oldest, at) => (at < oldest ? at : oldest), '~')
  for (const row of Object.values(state.rooms)) if (row.folder === 'inbox' && row.at > since) delete state.rooms[row.id]
  for (const row of snapshot.rooms) state.rooms[row.id] = row
}

export function applyFact(state: InboxState, fact: InboxFact): void {
  if ('unread' in fact) state.unread = fact.unread
  switch (fact.type) {
    case 'message-posted':
      return post(state, fact)
    case 'message-changed':
      return change(state, fact)
    case 'room-added':
    case 'room-changed':
      state.rooms[fact.room] = fact.row
      return
    case 'room-removed':
      delete state.rooms[fact.room]
      delete state.typing[fact.room]
      return
    case 'read-moved': {
      const row = state.rooms[fact.room]
      if (!row) return
      row.unread = fact.roomUnread
      if (fact.who === null) row.readSeq = Math.max(row.readSeq, fact.roomSeq)
      return
    }
    default:
  }
}

function post(state: InboxState, { room, roomSeq, message, roomUnread }: MessagePostedFact): void {
  const typists = state.typing[room]
  if (typists) state.typing[room] = typists.filter(({ handle }) => handle !== message.author?.handle)
  const row = state.rooms[room]
  if (!row) return
  row.unread = roomUnread
  if (roomSeq < row.lastSeq) return
  row.last = message
  row.lastSeq = roomSeq
  row.at = message.at
}

function change(state: InboxState, fact: MessageChangedFact): void {
  const row = state.rooms[fact.room]
  if (!row) return
  row.unread = fact.roomUnread
  if (row.last?.id === fact.message) row.last = changed(row.last, fact)
}

/** The message as it stands after it was edited or deleted. */
export function changed<M extends NonNullable<RoomRow['last']>>(message: M, fact: MessageChangedFact): M {
  return fact.deleted
    ? { ...message, text: null, images: [], deleted: true }
    : { ...message, text: fact.text, editedAt: fact.at }
}
