import type { DealId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import { writeNotice, type Desk } from './writing.ts'

export interface DealMove {
  deal: DealId
  /** Place in the deal's course: what comes late or again changes nothing. */
  place: number
  state: string
  line: string | null
  closesAt: Instant | null
}

/** The deal of this room moved: a line for those who read, its state for the lists, and when the room ends being written in. */
export function moveDeal(desk: Desk, { deal, place, state, line, closesAt }: DealMove): void {
  const { book } = desk
  const before = book.character.deal
  if (before?.id !== deal || place <= book.character.dealPlace) return
  book.change({ deal: { ...before, state }, dealPlace: place, closesAt })
  if (line !== null) writeNotice(desk, 'deal-moved', null, line)
  book.tell(null, { type: 'room-changed', cause: 'deal' })
}
