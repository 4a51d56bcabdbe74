import type { AccountId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type { Person, RoomOpening } from '../commands.ts'
import { acceptAs, ask, freshMember, join } from './joining.ts'
import type { Character, KeptMember } from './store.ts'
import { personOf, writeNotice, type Desk } from './writing.ts'

/** What the room is from its first moment on. */
export function characterOf(opening: RoomOpening, at: Instant): Character {
  const { room, kind } = opening
  return {
    room,
    kind,
    name: kind === 'group' ? opening.name : null,
    picture: null,
    owner: kind === 'group' ? opening.opener.account : null,
    isBlocked: false,
    closesAt: null,
    closedAt: null,
    deal: kind === 'deal' ? dealOf(opening) : null,
    dealPlace: 0,
    openedAt: at,
  }
}

function dealOf({ deal, auction, title, cover }: RoomOpening & { kind: 'deal' }): Character['deal'] {
  return { id: deal, auction, title, cover, state: 'open' }
}

/** Brings in whom it was opened for. The other of a direct room hears of it with its first message. */
export function furnish(desk: Desk, opening: RoomOpening): void {
  recordOpening(desk, opening)
  if (opening.kind === 'direct') {
    join(desk, opening.opener, 'created')
    desk.book.putMember({ ...freshMember(desk, opening.other), belonging: 'unmet', fromSeq: 1, readSeq: 0 })
  } else if (opening.kind === 'deal') {
    join(desk, opening.seller, 'created')
    join(desk, opening.buyer, 'created')
  } else {
    join(desk, opening.opener, 'created')
    for (const person of opening.others.filter(({ account }) => !opening.asking.includes(account)))
      join(desk, person, 'created')
    for (const person of opening.others.filter(({ account }) => opening.asking.includes(account))) ask(desk, person)
    writeNotice(desk, 'created', personOf(opening.opener))
  }
}

function recordOpening({ book, at }: Desk, opening: RoomOpening): void {
  const { room, kind, name, owner, deal } = book.character
  const people = peopleOf(opening).map(({ account }) => account)
  book.record(at, { type: 'room-opened', payload: { room, kind, name, owner, deal: deal?.id ?? null, people } })
}

function peopleOf(opening: RoomOpening): Person[] {
  if (opening.kind === 'deal') return [opening.seller, opening.buyer]
  return opening.kind === 'direct' ? [opening.opener, opening.other] : [opening.opener, ...opening.others]
}

/** A direct room is opened by the one who had not, or was asked: thereby they are in. */
export function openAgain(desk: Desk, account: AccountId): void {
  const { book } = desk
  const member = book.member(account)
  if (book.character.kind !== 'direct' || !member || member.belonging === 'in') return
  if (member.belonging === 'asked') return acceptAs(desk, member)
  comeIn(desk, member)
}

function comeIn({ book, at }: Desk, member: KeptMember): void {
  const { account } = member
  book.putMember({ ...member, belonging: 'in', since: book.nextPlace() })
  book.tell(account, { type: 'room-added', cause: 'created' })
  book.tell(null, { type: 'room-changed', cause: 'accepted' })
  book.record(at, { type: 'member-joined', payload: { room: book.character.room, account, fromSeq: 1 } })
}
