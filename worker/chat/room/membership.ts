import type { RoomSettings } from '../../contract/chat.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { RoomCause } from '../../contract/inbox.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { Person, RoomChange, Speaker } from '../commands.ts'
import { chatTarget } from '../pictures.ts'
import { denialToChange, denialToEnter, denialToLeave, isFull, isInside, nextOwner } from '../rules.ts'
import { acceptAs, ask, isLastIn, join } from './joining.ts'
import type { KeptMember } from './store.ts'
import { personOf, writeNotice, type Desk } from './writing.ts'

const done = { ok: true, value: null } as const

export function accept(desk: Desk, who: Speaker): Outcome<null> {
  const { book } = desk
  const member = book.member(who.account)
  if (!isInside(book.state, member)) return { ok: false, code: 'not-found' }
  if (member.belonging === 'asked') acceptAs(desk, { ...member, handle: who.handle, name: who.name })
  return done
}

/** Nobody else hears of it. */
export function decline(desk: Desk, who: Speaker): Outcome<null> {
  const { book } = desk
  const member = book.member(who.account)
  if (member?.belonging === 'declined') return done
  if (!member || !isInside(book.state, member)) return { ok: false, code: 'not-found' }
  if (member.belonging !== 'asked') return { ok: false, code: 'conflict' }
  goneFrom(desk, member, 'declined')
  return done
}

export function changeSettings({ book }: Desk, who: Speaker, settings: RoomSettings): Outcome<null> {
  const member = book.member(who.account)
  const denial = denialToEnter(book.state, member, who.suspended)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  const { muted, archived, pinned } = member.settings
  const isSame = settings.muted === muted && settings.archived === archived && settings.pinned === pinned
  if (isSame) return done
  book.putMember({ ...member, settings })
  book.tell(who.account, { type: 'room-changed', cause: 'settings' })
  return done
}

export function changeGroup(desk: Desk, who: Speaker, change: RoomChange): Outcome<null> {
  const { book } = desk
  const denial = denialToChange(book.state, book.member(who.account))
  if (denial !== null) return { ok: false, code: denial }
  const { name, picture, owner } = change
  const next = owner === undefined ? null : book.member(owner)
  if (owner !== undefined && next?.belonging !== 'in')
    return { ok: false, code: 'invalid-fields', extra: { errors: [{ pointer: '/owner', code: 'not-a-member' }] } }
  if (name !== undefined && name !== book.character.name) rename(desk, who, name)
  if (picture !== undefined && picture !== book.character.picture) setPicture(desk, who, picture)
  if (next && next.account !== book.character.owner) passOn(desk, next)
  return done
}

function rename(desk: Desk, who: Speaker, name: string | null): void {
  desk.book.change({ name })
  writeNotice(desk, 'renamed', personOf(who), name)
  tellChange(desk, 'renamed')
}

function setPicture(desk: Desk, who: Speaker, picture: RoomChange['picture'] & (string | null)): void {
  const { book } = desk
  const { room, picture: before } = book.character
  if (before !== null) book.store.release(chatTarget(room, before))
  book.change({ picture })
  writeNotice(desk, 'picture-changed', personOf(who))
  tellChange(desk, 'renamed')
}

function passOn(desk: Desk, next: KeptMember): void {
  desk.book.change({ owner: next.account })
  writeNotice(desk, 'owner-changed', personOf(next))
  tellChange(desk, 'owner')
}

function tellChange({ book, at }: Desk, cause: RoomCause): void {
  const { room, name, picture, owner } = book.character
  book.tell(null, { type: 'room-changed', cause })
  book.record(at, { type: 'room-changed', payload: { room, name, picture, owner } })
}

/** Those who are in or were asked stay as they are. */
export function addMembers(desk: Desk, who: Speaker, people: Person[], asking: AccountId[]): Outcome<null> {
  const { book } = desk
  const denial = denialToChange(book.state, book.member(who.account))
  if (denial !== null) return { ok: false, code: denial }
  const coming = people.filter(({ account }) => (book.member(account)?.belonging ?? 'gone') === 'gone')
  if (isFull(book.state, coming.length)) return { ok: false, code: 'room-full' }
  const joining = coming.filter(({ account }) => !asking.includes(account))
  for (const person of coming) if (asking.includes(person.account)) ask(desk, person)
  for (const person of joining) {
    join(desk, person, 'members')
    writeNotice(desk, 'member-added', personOf(person))
  }
  if (joining.length > 0) book.tell(null, { type: 'room-changed', cause: 'members' })
  return done
}

/** Out of the group at once, or the invitation is taken back. */
export function takeOut(desk: Desk, who: Speaker, account: AccountId): Outcome<null> {
  const { book } = desk
  const denial = denialToChange(book.state, book.member(who.account))
  if (denial !== null) return { ok: false, code: denial }
  if (account === who.account) return leave(desk, who)
  const member = book.member(account)
  if (!member || member.belonging === 'gone') return { ok: false, code: 'not-found' }
  const wasIn = member.belonging === 'in'
  goneFrom(desk, member, 'removed')
  if (!wasIn) return done
  writeNotice(desk, 'member-removed', personOf(member))
  book.tell(null, { type: 'room-changed', cause: 'members' })
  return done
}

export function leave(desk: Desk, who: Speaker): Outcome<null> {
  const { book } = desk
  const member = book.member(who.account)
  const denial = denialToLeave(book.state, member)
  if (denial !== null || !member) return { ok: false, code: denial ?? 'not-found' }
  if (member.belonging === 'asked') return decline(desk, who)
  const isLast = isLastIn(desk, who.account)
  const heir = book.character.owner === who.account ? nextOwner(book.state, who.account) : null
  goneFrom(desk, member, 'left')
  if (isLast) {
    closeRoom(desk)
    return done
  }
  writeNotice(desk, 'member-left', personOf(who))
  if (heir !== null) passOn(desk, book.member(heir) as KeptMember)
  book.tell(null, { type: 'room-changed', cause: 'members' })
  return done
}

export function closeGroup(desk: Desk, who: Speaker): Outcome<null> {
  const denial = denialToChange(desk.book.state, desk.book.member(who.account))
  if (denial !== null) return { ok: false, code: denial }
  closeRoom(desk)
  return done
}

function closeRoom({ book, at }: Desk): void {
  for (const member of book.members)
    if (isInside(book.state, member)) book.tell(member.account, { type: 'room-removed', cause: 'deleted' })
  book.change({ closedAt: at })
  book.record(at, { type: 'room-closed', payload: { room: book.character.room } })
}

type Leaving = 'left' | 'removed' | 'declined'

function goneFrom({ book, at }: Desk, member: KeptMember, how: Leaving): void {
  const { account } = member
  const wasInside = isInside(book.state, member)
  book.putMember({ ...member, belonging: how === 'declined' ? 'declined' : 'gone' })
  if (wasInside) book.tell(account, { type: 'room-removed', cause: how })
  book.record(at, { type: 'member-departed', payload: { room: book.character.room, account, how } })
}
