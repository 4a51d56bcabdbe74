import type { AccountId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { MemberStanding, RoomInside, Speaker, StoredMessage } from '../commands.ts'
import {
  denialToEnter,
  isInside,
  isInSpan,
  isTextOnly,
  membersIn,
  readerIsShown,
  silenceOf,
  type Member,
} from '../rules.ts'
import type { Book } from './book.ts'

export type Part = { before: number } | { after: number } | null

/** The room as one who is in it sees it. */
export function inside(book: Book, who: Speaker, at: Instant): Outcome<RoomInside> {
  const { state, character } = book
  const member = book.member(who.account)
  const denial = denialToEnter(state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  const isOwner = character.owner === who.account
  const value = {
    standing: book.standingOf(who.account) as MemberStanding,
    people: peopleSeen(book, who.account),
    asked: isOwner ? askedInto(book) : [],
    owner: character.owner,
    invited: member.belonging === 'asked',
    fromSeq: Number.isFinite(member.fromSeq) ? member.fromSeq : book.lastSeq + 1,
    reason: silenceOf(state, member, at, book.store.hasWritten(who.account)),
    textOnly: isTextOnly(state, member, who.suspended),
  }
  return { ok: true, value }
}

function peopleSeen(book: Book, me: AccountId): RoomInside['people'] {
  const { state, character } = book
  const seen: Member[] = character.kind === 'group' ? membersIn(state) : book.members
  return seen.map((member) => ({
    account: member.account,
    isOwner: member.account === character.owner,
    readSeq: member.account === me || readerIsShown(state, member) ? member.readSeq : null,
  }))
}

/** That they declined looks as if they had not answered. */
function askedInto(book: Book): AccountId[] {
  return book.members
    .filter(({ belonging }) => belonging === 'asked' || belonging === 'declined')
    .map(({ account }) => account)
}

/** Newest first, or with `after` oldest first; only what lies inside their span. */
export function history(
  book: Book,
  who: Speaker,
  part: Part,
  limit: number,
): Outcome<{ items: StoredMessage[]; more: boolean }> {
  const member = book.member(who.account)
  const denial = denialToEnter(book.state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  const rows = Number.isFinite(member.fromSeq) ? read(book, member.fromSeq, part, limit + 1) : []
  return { ok: true, value: { items: rows.slice(0, limit), more: rows.length > limit } }
}

function read({ store, lastSeq }: Book, from: number, part: Part, limit: number): StoredMessage[] {
  if (part && 'after' in part) return store.messagesAfter(Math.max(part.after, from - 1), limit)
  return store.messagesBefore(part?.before ?? lastSeq + 1, from, limit)
}

/** Whether they may see the pictures of a message, or with null that of the room, now. */
export function maySee(book: Book, account: AccountId, message: string | null): boolean {
  const member = book.member(account)
  if (!isInside(book.state, member)) return false
  if (message === null) return true
  const shown = book.store.messageById(message)
  return shown !== null && !shown.deleted && isInSpan(member, shown.seq)
}
