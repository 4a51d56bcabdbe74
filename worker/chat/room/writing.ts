import type { MessageId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type { Person, RoomNotice, Said, StoredMessage } from '../commands.ts'
import { hintsOf } from '../rules/hints.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { Book } from './book.ts'

/** One event in the room: its book, its time, and what the room knows of the site. */
export interface Desk {
  book: Book
  at: Instant
  ids: Ids
  host: string
}

/** Writes what somebody said under the next number, tells it and records it. The caller has judged it. */
export function writeMessage(desk: Desk, id: MessageId, author: Person, said: Said): StoredMessage {
  const text = 'text' in said ? said.text : null
  return write(desk, {
    ...blank(desk, id),
    author: author.account,
    handle: author.handle,
    name: author.name,
    text,
    images: 'images' in said ? said.images : [],
    hints: hintsFor(desk, text),
  })
}

/** A line that the room itself writes. */
export function writeNotice(desk: Desk, kind: RoomNotice, subject: Person | null, text: string | null = null): void {
  write(desk, { ...blank(desk, desk.ids.mint('message')), notice: { kind, subject }, text })
}

export function hintsFor({ book, host }: Desk, text: string | null): StoredMessage['hints'] {
  return text !== null && book.character.kind === 'deal' ? hintsOf(text, host) : []
}

function blank({ book, at }: Desk, id: MessageId): StoredMessage {
  return {
    id,
    room: book.character.room,
    seq: book.lastSeq + 1,
    author: null,
    handle: '',
    name: '',
    notice: null,
    text: null,
    images: [],
    hints: [],
    editedAt: null,
    deleted: false,
    at,
  }
}

function write({ book, at }: Desk, message: StoredMessage): StoredMessage {
  const { id, room, seq, author, text, images, notice } = message
  book.addMessage(message)
  book.tell(null, { type: 'message-posted', seq })
  book.record(at, {
    type: 'message-sent',
    payload: {
      room,
      message: id,
      seq,
      author,
      text,
      images: images.map(({ media }) => media),
      notice: notice && { kind: notice.kind, subject: notice.subject?.account ?? null },
    },
  })
  return message
}

export function personOf({ account, handle, name }: Person): Person {
  return { account, handle, name }
}
