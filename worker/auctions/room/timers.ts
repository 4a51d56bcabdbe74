import { auctions, roomChat, sockets } from '../../contract/limits.ts'
import { instant, type Instant } from '../../contract/time.ts'
import type { Alarms } from '../../kernel/alarms.ts'
import { beatsFrom } from '../rules/closing.ts'
import type { Lot } from '../rules/lot.ts'
import type { Book } from './book.ts'
import { offerEdge } from './offers.ts'

export type TimerName =
  /** Start or end by the stored times, and a little before it, so that a room with sockets sets a precise timer. */
  | 'edge'
  | 'edge-soon'
  | 'auction-soon'
  | 'ending-soon'
  /** Wakes the room where it has to beat. */
  | 'beat'
  | 'chat-close'
  | 'cleanup'
  /** Silent sockets, ended authority. */
  | 'sweep'
  | 'deliver'
  | 'presence'
  /** An offer to the next bidder runs out. */
  | 'offers'

/** How long before start and end a room with sockets sets a timer for the very millisecond. */
export const edgeSoonMs = 30_000
/** Notices that something begins or ends soon. */
const noticeMs = 10 * 60_000
const longMs = 60 * 60_000
/** The beat's own timer is in memory; this wakes an object that lost it. */
const beatAgainMs = 30_000

export function nextEdge(lot: Lot): Instant | null {
  if (lot.state === 'scheduled') return lot.terms.startsAt
  return lot.state === 'running' ? lot.endsAt : null
}

/** Sets every timer that follows from where the lot stands. Called after each change; most of the time it changes nothing. */
export function arrangeTimers(alarms: Alarms<TimerName>, book: Book, now: Instant): void {
  const { lot } = book
  const edge = nextEdge(lot)
  alarms.set('edge', edge)
  alarms.set('edge-soon', edge !== null && edge - edgeSoonMs > now ? instant(edge - edgeSoonMs) : null)
  alarms.set('auction-soon', startNotice(book))
  alarms.set('ending-soon', endNotice(book))
  alarms.set('beat', lot.state === 'running' ? nextBeat(alarms, lot, now) : null)
  const { endedAt } = lot
  if (endedAt === null) return
  alarms.set('chat-close', book.store.get('chatClosed') ? null : chatEnd(endedAt))
  alarms.set('offers', offerEdge(book))
  alarms.set('cleanup', hasTold(book, 'cleanup') ? null : instant(endedAt + sockets.keptAfterEndMs))
}

function chatEnd(endedAt: Instant): Instant {
  return instant(endedAt + roomChat.openAfterEndMs)
}

/** Whether the chat has ended by the clock and nobody was told yet. */
export function isChatDue({ lot, store }: Book, now: Instant): boolean {
  return lot.endedAt !== null && now >= chatEnd(lot.endedAt) && !store.get('chatClosed')
}

function startNotice(book: Book): Instant | null {
  const { lot, publication } = book
  const at = instant(lot.terms.startsAt - noticeMs)
  return lot.state === 'scheduled' && at > publication.at && !hasTold(book, 'auction-soon') ? at : null
}

/** Only where the auction runs longer than an hour; an extension does not say it again. */
function endNotice(book: Book): Instant | null {
  const { lot } = book
  const isLong = lot.terms.endsAt - lot.terms.startsAt > longMs
  return lot.state === 'running' && isLong && !hasTold(book, 'ending-soon') ? instant(lot.endsAt - noticeMs) : null
}

function nextBeat(alarms: Alarms<TimerName>, lot: Lot, now: Instant): Instant {
  const from = beatsFrom(lot)
  return now < from ? from : (alarms.at('beat') ?? instant(now + beatAgainMs))
}

function hasTold(book: Book, what: string): boolean {
  return book.store.get('told')?.includes(what) ?? false
}

export function markTold(book: Book, what: string): void {
  book.store.put('told', [...(book.store.get('told') ?? []), what])
}

/** Whether the room stores beats now: in the last two minutes before the first end, and in every extension. */
export function isBeating(lot: Lot, now: Instant): boolean {
  return lot.state === 'running' && now >= beatsFrom(lot)
}

export const beatMs = auctions.outage.beatMs
