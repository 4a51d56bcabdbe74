import type { AuctionView, BidRow, ChatMessage, LedgerPage, MyBids, Presence } from '../../contract/auctions.ts'
import type { AccountId } from '../../contract/ids.ts'
import { commitmentBytes, type Checkpoint } from '../../contract/ledger.ts'
import { auctions } from '../../contract/limits.ts'
import type { LiveAuction, RoomState, Snapshot, You } from '../../contract/live.ts'
import { isWon, type Won } from '../../contract/money.ts'
import { iso, type Instant } from '../../contract/time.ts'
import type { Participant } from '../../accounts/api.ts'
import { digestOf } from '../../kernel/signatures.ts'
import type { Fold } from '../commands.ts'
import { isChatOpen } from '../rules/chat.ts'
import { obstacles } from '../rules/judge.ts'
import { minimumBid } from '../rules/lot.ts'
import { standingOf } from './bids.ts'
import type { Book } from './book.ts'
import type { BidRecord } from './bid-table.ts'
import type { MessageRow } from './chat-table.ts'

/** What the room shows to whom. No view holds a reserve price; a maximum is in its owner's own views alone. */

export function snapshotOf(book: Book, presence: Presence, at: Instant): Snapshot {
  const { store, lot } = book
  return {
    type: 'snapshot',
    epoch: book.publication.epoch,
    seq: book.seq,
    logSeq: lot.logSeq,
    hash: book.head,
    auction: liveAuction(book),
    bids: store.bids.placed(null, auctions.snapshot.bids).map((bid) => bidRow(book, bid)),
    messages: store.chat.messages(null, auctions.snapshot.messages).map(messageView),
    presence,
    room: roomState(book, at),
  }
}

function liveAuction({ lot, publication }: Book): LiveAuction {
  return {
    state: lot.state,
    price: lot.price,
    minimumBid: minimumBid(lot),
    leader: lot.leader?.number ?? null,
    winner: lot.winner,
    bidCount: lot.bidCount,
    reserve: lot.reserve,
    buyNowPrice: lot.buyNowPrice,
    startsAt: iso(lot.terms.startsAt),
    endsAt: iso(lot.endsAt),
    hardEndAt: iso(lot.hardEndAt),
    endedAt: lot.endedAt === null ? null : iso(lot.endedAt),
    termsHash: publication.termsHash,
  }
}

export function roomState({ chat, lot }: Book, at: Instant): RoomState {
  return { ...chat, chatOpen: isChatOpen(lot.endedAt, at) }
}

export function bidRow(book: Book, bid: BidRecord): BidRow {
  const { id, logSeq, number, kind, amount, price, leader, at } = bid
  return {
    bid: id,
    logSeq: logSeq ?? 0,
    bidder: number ?? 0,
    name: number === null ? null : book.shownName(number),
    kind,
    amount: kind === 'max' ? null : (amount as Won),
    price: price ?? book.lot.price,
    leader: leader ?? 0,
    at: iso(at),
  }
}

export function messageView({ id, handle, name, badges, text, removedBy, at }: Omit<MessageRow, 'place'>): ChatMessage {
  return { id, author: { handle, name }, badges, text, removedBy, at: iso(at) }
}

/** Who brought no ticket. */
export const visitor: You = { signedIn: false, canBid: false, reasons: ['not-signed-in'] }

export function youOf(book: Book, who: Participant | null): You {
  if (!who) return visitor
  const reasons = obstacles(book.lot, standingOf(book, who))
  const number = book.bidderOf(who.account)?.number
  return {
    signedIn: true,
    canBid: reasons.length === 0,
    reasons,
    ...(number === undefined ? {} : { mask: number, leading: book.lot.leader?.number === number }),
  }
}

export function ownStanding(book: Book, account: AccountId): AuctionView['mine'] | null {
  const bidder = book.bidderOf(account)
  if (!bidder) return null
  const { leader } = book.lot
  const leading = leader?.number === bidder.number
  // Who leads by an exact bid has no limit at work, whatever was set and beaten before.
  return { mask: bidder.number, leading, max: leading && bidder.max !== leader.max ? null : bidder.max }
}

/** More than anyone can place while an auction runs and still read. */
const ownBidsMost = 500

export function myBids(book: Book, account: AccountId): MyBids {
  const standing = ownStanding(book, account)
  return {
    mask: standing?.mask ?? null,
    leading: standing?.leading ?? false,
    max: standing?.max ?? null,
    bids: book.store.bids.of(account, ownBidsMost).map(({ id, kind, amount, verdict, code, at }) => ({
      bid: id,
      kind,
      // A refused amount may have been no amount at all.
      amount: (isWon(amount) ? amount : 0) as Won,
      verdict,
      code,
      at: iso(at),
    })),
  }
}

export function ledgerPage(
  book: Book,
  { from, limit }: { from: number; limit: number },
  checkpoint: Checkpoint,
): LedgerPage {
  const entries = book.store.entries(from, limit)
  const last = entries.at(-1)?.entry.seq ?? book.lot.logSeq
  const next = last < book.lot.logSeq ? last + 1 : null
  return {
    auction: book.auction,
    entries,
    openings: next === null ? beatenMaximums(book) : [],
    checkpoint,
    next,
  }
}

/** After a regular end all maximums are opened, but for those of the last leader's unbroken reign: they were never beaten. */
function beatenMaximums(book: Book): LedgerPage['openings'] {
  const { lot, store, auction } = book
  if (lot.state !== 'sold' && lot.state !== 'unsold') return []
  const leader = lot.leader?.number ?? 0
  const reign = store.bids.reignBegins(leader)
  return store.bids
    .maximums()
    .flatMap(({ place, number, opening }) =>
      opening === null || (number === leader && place > reign)
        ? []
        : [{ commitment: digestOf(commitmentBytes(auction, opening)), ...opening }],
    )
}

/** The room as D1 keeps it. */
export function foldOf(book: Book, projected: number): Fold {
  const { lot, store, publication } = book
  return {
    auction: book.auction,
    logSeq: lot.logSeq,
    termsHash: publication.termsHash,
    reserveCommitment: publication.terms.reserveCommitment,
    state: lot.state,
    price: lot.price,
    bidCount: lot.bidCount,
    leader: book.accountOf(lot.leader?.number ?? null),
    leaderNumber: lot.leader?.number ?? null,
    winner: book.accountOf(lot.winner),
    winnerNumber: lot.winner,
    reserve: lot.reserve,
    buyNowPrice: lot.buyNowPrice,
    startsAt: lot.terms.startsAt,
    endsAt: lot.endsAt,
    hardEndAt: lot.hardEndAt,
    endedAt: lot.endedAt,
    deal: lot.state === 'sold' ? lot.terms.deal : null,
    cancelReason: store.get('cancelReason'),
    newBidders: book.biddersSince(projected).map(({ account, number, at }) => ({ account, number, at })),
    newNotes: store.chat.notes(projected),
  }
}
