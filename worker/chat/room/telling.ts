import type { AccountId } from '../../contract/ids.ts'
import type { PlacedRoomFact } from '../../notifications/api.ts'
import { isInside, isInSpan } from '../rules.ts'
import type { Book, RoomFact } from './book.ts'
import type { FactRow, KeptMember } from './store.ts'

/**
 * What a member has to be told next, by how they belong to the room now: whoever was taken out is told that, and nothing that was
 * still on its way. Places that are not for them are passed over.
 */
export function factsFor(book: Book, account: AccountId, limit: number): PlacedRoomFact[] {
  for (;;) {
    const after = book.delivered.get(account) ?? 0
    const rows = book.store.facts(account, after, limit)
    const member = book.member(account)
    const theirs = member ? rows.flatMap((row) => placedFor(book, member, row) ?? []) : []
    if (theirs.length > 0) return theirs
    const passed = rows.length < limit ? book.store.lastPlace() : rows.at(-1)?.place
    if (passed !== undefined && passed > after) book.delivered.set(account, passed)
    if (rows.length < limit) return []
  }
}

function placedFor(book: Book, member: KeptMember, row: FactRow): PlacedRoomFact | null {
  const told = { type: row.type, ...(JSON.parse(row.value) as object) } as RoomFact
  if (!isTheirs(book, member, row, told)) return null
  if (told.type !== 'message-posted' && told.type !== 'message-changed') return { place: row.place, fact: told }
  const message = book.store.messageAt(told.seq)
  if (!message || !isInSpan(member, message.seq)) return null
  const fact = told.type === 'message-posted' ? { type: told.type, message } : { type: told.type, message, at: told.at }
  return { place: row.place, fact }
}

function isTheirs(book: Book, member: KeptMember, { account, place }: FactRow, told: RoomFact): boolean {
  if (told.type === 'room-removed') return account === member.account
  if (!isInside(book.state, member)) return false
  if (account !== null) return account === member.account
  if (place < member.since) return false
  return told.type !== 'read-moved' || member.belonging === 'in'
}
