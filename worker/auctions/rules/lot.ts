import type { DealId, RoomId } from '../../contract/ids.ts'
import type { Entry, Hash, ReserveState } from '../../contract/ledger.ts'
import { raised, type Won } from '../../contract/money.ts'
import type { Instant } from '../../contract/time.ts'

/** What a lot is sold under, frozen at publication, as numbers. */
export interface LotTerms {
  termsHash: Hash
  startPrice: Won
  /** Known to the rules and the seller only. */
  reservePrice: Won | null
  reserveCommitment: Hash | null
  buyNowPrice: Won | null
  startsAt: Instant
  endsAt: Instant
  /** Soft close: a price change with less than this left moves the end; 0 is a hard close. */
  windowMs: number
  /** How far extensions may carry the end beyond the first one. */
  capMs: number
  bidderRules: {
    minManner: number | null
    minDeals: number | null
    maxNoShows: number | null
    followersOnly: boolean
  }
  /** Ids that the end entry of a sale names. Fixed from the start, so that closing twice could not make two deals. */
  deal: DealId
  room: RoomId
}

export type LotState = 'scheduled' | 'running' | 'sold' | 'unsold' | 'cancelled' | 'void'

/** Where a lot stands: all that judging needs, as plain data. */
export interface Lot {
  terms: LotTerms
  state: LotState
  /** The start price until the first bid. */
  price: Won
  bidCount: number
  /** `max` is the leader's secret; of an exact bid it is the amount. */
  leader: { number: number; max: Won } | null
  /** How many bidders have a number: the next newcomer gets one more. */
  bidders: number
  reserve: ReserveState
  /** The offer to buy at once, null without one or after the first bid. */
  buyNowPrice: Won | null
  endsAt: Instant
  hardEndAt: Instant
  endedAt: Instant | null
  winner: number | null
  /** Place and time of the last ledger entry. */
  logSeq: number
  lastAt: Instant
  /** Commitments of raises that the next entry will carry. */
  raises: Hash[]
}

type WithoutChain<T> = T extends Entry ? Omit<T, 'previous'> : never

/** A ledger entry before it is chained to the one before it. */
export type NewEntry = WithoutChain<Entry>

type OwnFields<T> = T extends NewEntry ? Omit<T, 'seq' | 'at' | 'raises'> : never

/** The lot and the entries of one decision while it is being made. */
export interface Course {
  lot: Lot
  entries: NewEntry[]
}

/** Adds an entry at the next place; raises that nobody saw ride in it. */
export function record({ lot, entries }: Course, at: Instant, own: OwnFields<NewEntry>): Course {
  const seq = lot.logSeq + 1
  const entry = { ...own, seq, at, raises: lot.raises } as NewEntry
  return { lot: { ...lot, logSeq: seq, lastAt: at, raises: [] }, entries: [...entries, entry] }
}

/** The least amount of the next bid: it stands also before the start; null once nobody can bid any more. */
export function minimumBid(lot: Lot): Won | null {
  if (lot.state !== 'scheduled' && lot.state !== 'running') return null
  return nextAmount(lot)
}

export function nextAmount(lot: Lot): Won {
  return lot.leader ? raised(lot.price) : lot.terms.startPrice
}

/** The clock of the room, which never runs back behind the ledger. */
export function arrivalOf(lot: Lot, clock: Instant): Instant {
  return clock > lot.lastAt ? clock : lot.lastAt
}
