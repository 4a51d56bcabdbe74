import type { MessageId } from '../../contract/ids.ts'
import type { Outcome, Refusal } from '../../kernel/outcome.ts'
import type { Introduction, Said, SendAnswer, Speaker, StoredMessage } from '../commands.ts'
import { chatTarget } from '../pictures.ts'
import {
  denialToEnter,
  isInSpan,
  isTextOnly,
  mayEdit,
  otherOf,
  readerIsShown,
  silenceOf,
  type Denial,
  type Member,
} from '../rules.ts'
import { meet } from './joining.ts'
import { hintsFor, writeMessage, type Desk } from './writing.ts'

const done = { ok: true, value: null } as const

export interface Sending {
  who: Speaker
  key: string
  message: MessageId
  said: Said
  introduction: Introduction | null
}

export function sendMessage(desk: Desk, sending: Sending): SendAnswer {
  const { book } = desk
  const { who, key, message, said, introduction } = sending
  const member = book.member(who.account)
  const denial = denialToEnter(book.state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }

  const before = book.store.messageById(message)
  if (before) return { ok: true, value: { message: before, isNew: false } }
  if (book.store.saidUnder(who.account, key) !== null) return { ok: false, code: 'key-reused' }

  const silence = silenceOf(book.state, member, desk.at, book.store.hasWritten(who.account))
  if (silence !== null) return { ok: false, code: silence }
  const other = unmetBy(desk, member)
  if (other && !introduction) return { ok: false, code: 'introduce', other: other.account }
  const isForText = other && introduction ? introduction.asking || who.suspended : textOnly(desk, member, who)
  if (isForText && 'images' in said) return { ok: false, code: 'text-only' }

  if (other && introduction) meet(desk, other.account, introduction.asking)
  unarchive(desk)
  book.store.putSaid(who.account, key, message, desk.at)
  return { ok: true, value: { message: writeMessage(desk, message, who, said), isNew: true } }
}

/** The other of a direct room who has not heard of it. */
function unmetBy({ book }: Desk, member: Member): Member | null {
  if (book.character.kind !== 'direct') return null
  const other = otherOf(book.state, member.account)
  return other?.belonging === 'unmet' ? other : null
}

function textOnly({ book }: Desk, member: Member, who: Speaker): boolean {
  return isTextOnly(book.state, member, who.suspended)
}

/** A new message takes the room out of everybody's archive. */
function unarchive({ book }: Desk): void {
  for (const member of book.members) {
    if (!member.settings.archived || member.belonging !== 'in') continue
    book.putMember({ ...member, settings: { ...member.settings, archived: false } })
    book.tell(member.account, { type: 'room-changed', cause: 'settings' })
  }
}

export function editMessage(desk: Desk, who: Speaker, id: string, text: string): Outcome<StoredMessage> {
  const { book, at } = desk
  const own = ownMessage(desk, who, id)
  if (!own.ok) return own
  const message = own.value
  const silence = silenceOf(book.state, book.member(who.account) as Member, at, true)
  // One who waits for an answer may still mend what they asked: further down, once.
  if (silence !== null && silence !== 'answer-first') return { ok: false, code: silence }
  if (message.deleted || message.text === null) return { ok: false, code: 'conflict' }
  if (message.text === text) return { ok: true, value: message }
  if (!mayEdit(message, at)) return { ok: false, code: 'too-late-to-edit' }
  // Each edit is shown to the other, and one who may not write to them yet would go on in that way.
  if (silence !== null && message.editedAt !== null) return { ok: false, code: silence }
  const edited = { ...message, text, hints: hintsFor(desk, text), editedAt: at }
  book.changeMessage(edited)
  book.tell(null, { type: 'message-changed', seq: message.seq, at })
  book.record(at, { type: 'message-edited', payload: { room: message.room, message: message.id, text } })
  return { ok: true, value: edited }
}

export function deleteMessage(desk: Desk, who: Speaker, id: string): Outcome<null> {
  const { book, at } = desk
  const own = ownMessage(desk, who, id)
  if (!own.ok) return own
  const message = own.value
  if (message.deleted) return done
  book.changeMessage({ ...message, text: null, images: [], hints: [], deleted: true })
  if (message.images.length > 0) book.store.release(chatTarget(message.room, message.id))
  book.tell(null, { type: 'message-changed', seq: message.seq, at })
  book.record(at, { type: 'message-deleted', payload: { room: message.room, message: message.id } })
  return done
}

function ownMessage({ book }: Desk, who: Speaker, id: string): { ok: true; value: StoredMessage } | Refusal {
  const member = book.member(who.account)
  const denial: Denial | null = denialToEnter(book.state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  const message = book.store.messageById(id)
  if (!message || !isInSpan(member, message.seq)) return { ok: false, code: 'not-found' }
  return message.author === who.account ? { ok: true, value: message } : { ok: false, code: 'forbidden' }
}

/** Only forward, and never beyond what there is. */
export function markRead({ book }: Desk, who: Speaker, seq: number): Outcome<null> {
  const member = book.member(who.account)
  const denial = denialToEnter(book.state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  const readSeq = Number.isFinite(member.fromSeq) ? Math.min(seq, book.lastSeq) : 0
  if (readSeq <= member.readSeq) return done
  book.putMember({ ...member, readSeq })
  const { account, handle } = who
  const isForAll = readerIsShown(book.state, member)
  book.tell(isForAll ? null : account, { type: 'read-moved', account, handle, roomSeq: readSeq })
  return done
}
