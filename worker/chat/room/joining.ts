import type { AccountId } from '../../contract/ids.ts'
import type { RoomCause } from '../../contract/inbox.ts'
import { membersIn } from '../rules.ts'
import type { Person } from '../commands.ts'
import type { KeptMember } from './store.ts'
import { writeNotice, type Desk } from './writing.ts'

export const noSettings = { muted: false, archived: false, pinned: false } as const

/** Somebody who is in from the next message on. */
export function join(desk: Desk, person: Person, cause: RoomCause): void {
  const { book, at } = desk
  const fromSeq = book.lastSeq + 1
  book.putMember({ ...freshMember(desk, person), belonging: 'in', fromSeq, readSeq: fromSeq - 1 })
  book.tell(person.account, { type: 'room-added', cause })
  book.record(at, { type: 'member-joined', payload: { room: book.character.room, account: person.account, fromSeq } })
}

/** Somebody to whom it is an invitation: they see who is there, and nothing of what is said before they accept. */
export function ask(desk: Desk, person: Person): void {
  const { book, at } = desk
  book.putMember({ ...freshMember(desk, person), belonging: 'asked', fromSeq: Infinity, readSeq: 0 })
  book.tell(person.account, { type: 'room-added', cause: 'invited' })
  book.record(at, { type: 'member-asked', payload: { room: book.character.room, account: person.account } })
}

/** The other of a direct room hears of it, right before its first message. */
export function meet({ book, at }: Desk, account: AccountId, isAsking: boolean): void {
  const other = book.member(account) as KeptMember
  const room = book.character.room
  book.putMember({ ...other, belonging: isAsking ? 'asked' : 'in', since: book.nextPlace() })
  book.tell(account, { type: 'room-added', cause: isAsking ? 'invited' : 'created' })
  if (isAsking) book.record(at, { type: 'member-asked', payload: { room, account } })
  else book.record(at, { type: 'member-joined', payload: { room, account, fromSeq: 1 } })
}

/** Into a group that one was asked into, or a direct room that waited in the requests. */
export function acceptAs(desk: Desk, member: KeptMember): void {
  const { book, at } = desk
  const { account, handle, name } = member
  const room = book.character.room
  if (book.character.kind === 'group') {
    const fromSeq = book.lastSeq + 1
    const joined = nextJoined(desk)
    book.putMember({ ...member, belonging: 'in', joined, fromSeq, readSeq: fromSeq - 1 })
    book.record(at, { type: 'member-joined', payload: { room, account, fromSeq } })
    writeNotice(desk, 'member-added', { account, handle, name })
  } else {
    book.putMember({ ...member, belonging: 'in' })
    book.record(at, { type: 'member-joined', payload: { room, account, fromSeq: 1 } })
  }
  book.tell(null, { type: 'room-changed', cause: 'accepted' })
}

export function freshMember(desk: Desk, { account, handle, name }: Person) {
  return {
    account,
    handle,
    name,
    joined: nextJoined(desk),
    settings: noSettings,
    since: desk.book.nextPlace(),
  }
}

function nextJoined({ book }: Desk): number {
  return Math.max(0, ...book.members.map(({ joined }) => joined)) + 1
}

export function isLastIn({ book }: Desk, account: AccountId): boolean {
  return membersIn(book.state).every((member) => member.account === account)
}
