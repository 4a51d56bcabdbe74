import type { Fact as Event } from '../../contract/events.ts'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import type { BidEntry, EndedEntry } from '../../contract/ledger.ts'
import type { LedgerFact } from '../../contract/live.ts'
import { raised } from '../../contract/money.ts'
import type { NotificationKind, Recipients } from '../../contract/notifications.ts'
import { iso, type Instant } from '../../contract/time.ts'
import type { Chained } from './signing.ts'
import type { Publicised } from './storage.ts'

export interface ShownName {
  handle: string
  name: string
}

/** What an entry does not say itself but its readers want to know. */
export interface About {
  bid: string | null
  /** A note, or the reason of a cancellation. */
  text: string | null
  bidCount: number
  endsAt: Instant
  /** The name that a bidder lets this room see. */
  shownName: (number: number) => ShownName | null
}

/** What the sockets hear of an entry; nothing of the first, which nobody was there to hear. */
export function factOf({ entry, hash }: Chained, seq: number, about: About): LedgerFact | null {
  const chain = { seq, logSeq: entry.seq, hash, at: iso(entry.at), raises: entry.raises }
  switch (entry.type) {
    case 'published':
      return null
    case 'started':
      return { type: 'auction-started', ...chain, endsAt: iso(about.endsAt) }
    case 'bid':
      return { type: 'bid-placed', ...chain, ...bidFields(entry, about) }
    case 'extended': {
      const { cause, addedMs, capLeftMs } = entry
      const times = { endsAt: iso(entry.endsAt), hardEndAt: iso(entry.hardEndAt) }
      return { type: 'auction-extended', ...chain, ...times, addedMs, cause, capLeftMs }
    }
    case 'noted':
      return { type: 'note-added', ...chain, text: about.text ?? '', digest: entry.digest }
    case 'cancelled':
    case 'voided': {
      const result = entry.type === 'cancelled' ? 'cancelled' : 'void'
      return { type: 'auction-cancelled', ...chain, result, reason: about.text, digest: entry.digest }
    }
    case 'ended':
      return { type: 'auction-ended', ...chain, ...endFields(entry, about) }
  }
}

function bidFields(entry: BidEntry, about: About) {
  const { bidder, kind, amount, commitment, price, leader, reserve, raises } = entry
  return {
    entry: { bidder, kind, amount, commitment, price, leader, reserve, raises },
    bid: about.bid ?? '',
    bidder: { number: bidder, name: about.shownName(bidder) },
    price,
    leader,
    minimumBid: raised(price),
    bidCount: about.bidCount,
    reserve,
    // Gone with the first bid, whatever it was.
    buyNowPrice: null,
  }
}

function endFields({ result, reason, price, winner, deal, room }: EndedEntry, about: About) {
  return {
    result,
    reason,
    ...(price === null ? {} : { price }),
    ...(winner === null ? {} : { winner: { number: winner, name: about.shownName(winner) } }),
    ...(deal === null ? {} : { deal }),
    ...(room === null ? {} : { room }),
  }
}

const eventNames = {
  published: 'auction-published',
  started: 'auction-started',
  bid: 'bid-placed',
  extended: 'auction-extended',
  noted: 'note-added',
  cancelled: 'auction-cancelled',
  voided: 'auction-voided',
  ended: 'auction-ended',
} as const

/** The same entry as it leaves for the relay, with the text whose digest it holds. */
export function eventOf(auction: AuctionId, { entry, hash }: Chained, text: string | null): Event {
  const isWorded = entry.type === 'noted' || entry.type === 'cancelled' || entry.type === 'voided'
  return { type: eventNames[entry.type], payload: { auction, hash, entry, ...(isWorded ? { text } : {}) } }
}

/** What is sold, for those who cannot ask D1. */
export function describedOf({ auction, seller, terms, event }: Publicised): Event {
  const { title, content, category, condition, region, startsAt, endsAt } = terms
  return {
    type: 'auction-described',
    payload: {
      auction,
      seller: seller.account,
      title,
      content,
      category,
      condition,
      region,
      event,
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
    },
  }
}

/** Whom an entry's notices are for. */
export interface Cast {
  seller: AccountId
  accountOf: (number: number) => AccountId | null
  /** Who led before the entry. */
  leaderBefore: number | null
  endsAt: Instant
  isFirstBid: boolean
}

/** What people are told of an entry who need not be watching. */
export function noticesOf(lot: Publicised, { entry }: Chained, cast: Cast): Event[] {
  const tell = (
    kind: NotificationKind,
    to: Recipients,
    data: Record<string, string | number | null>,
    expiresAt?: Instant,
  ) => notice(lot, { kind, to, data, expiresAt: expiresAt ?? null })
  const one = (account: AccountId): Recipients => ({ kind: 'account', account })
  switch (entry.type) {
    case 'started':
      return [tell('auction-started', { kind: 'likers', except: [] }, {})]
    case 'bid': {
      const beaten =
        cast.leaderBefore !== null && entry.leader !== cast.leaderBefore ? cast.accountOf(cast.leaderBefore) : null
      const data = { price: entry.price, minimumBid: raised(entry.price), bidSeq: entry.seq }
      return [
        ...(cast.isFirstBid ? [tell('first-bid', one(cast.seller), { price: entry.price })] : []),
        ...(beaten ? [tell('outbid', one(beaten), data, cast.endsAt)] : []),
      ]
    }
    case 'ended': {
      const winner = entry.winner === null ? null : cast.accountOf(entry.winner)
      const data = { price: entry.price, deal: entry.deal, room: entry.room }
      return [
        ...(winner ? [tell('won', one(winner), data)] : []),
        tell('lost', { kind: 'bidders', except: winner ? [winner] : [] }, { price: entry.price }),
        tell(winner ? 'sold' : 'unsold', one(cast.seller), winner ? data : {}),
      ]
    }
    case 'cancelled':
    case 'voided':
      return [
        tell('auction-cancelled', { kind: 'likers', except: [] }, {}),
        tell('auction-cancelled', { kind: 'bidders', except: [] }, {}),
        ...(entry.type === 'voided' ? [tell('auction-cancelled', one(cast.seller), {})] : []),
      ]
    default:
      return []
  }
}

export interface NoticeText {
  kind: NotificationKind
  to: Recipients
  data: Record<string, string | number | null>
  expiresAt: Instant | null
}

/** Lists and pushes say what it is about without a look-up. */
export function notice({ auction, terms }: Publicised, { kind, to, data, expiresAt }: NoticeText): Event {
  const until = expiresAt === null ? null : iso(expiresAt)
  const told = { title: terms.title, ...data }
  return { type: 'notice-raised', payload: { kind, to, target: auction, data: told, expiresAt: until } }
}
