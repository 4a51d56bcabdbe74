import type { AuctionNote, BidRow, ChatMessage, Presence } from '../../../worker/contract/auctions.ts'
import type {
  AuctionExtended,
  Fact,
  LiveAuction,
  LiveBid,
  RoomState,
  Snapshot,
  You,
} from '../../../worker/contract/live.ts'
import { fromIso, type IsoTime } from '../../../worker/contract/time.ts'
import type { ChainState } from './chain.ts'
import { newestFirst, oldestFirst } from './first-state.ts'

/**
 * `connecting` until the first snapshot, `live` while facts arrive, `reconnecting` in between, `offline` when the device
 * says so, `stopped` when the server wants us gone (`stoppedBy` holds the close code).
 */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'stopped'

/** One auction as it stands, whatever way it became known. */
export interface LiveState {
  connection: Connection
  stoppedBy: number | null
  /** Server time that the shown state is of: the page's own before the first snapshot. */
  asOf: IsoTime
  auction: LiveAuction
  /** Newest first; older ones than the snapshot's come by REST. */
  bids: BidRow[]
  /** Oldest first. */
  messages: ChatMessage[]
  presence: Presence
  room: RoomState | null
  notes: AuctionNote[]
  cancelReason: string | null
  winnerName: { handle: string; name: string } | null
  deal: string | null
  /** The last extension that was seen as it happened. */
  extension: { addedMs: number; cause: 'soft-close' | 'outage'; logSeq: number } | null
  you: You | null
  chain: ChainState
}

/** More rows than anybody scrolls in a room; the rest is in the history. */
const keptBids = 200
const keptMessages = 300

export function applySnapshot(state: LiveState, snapshot: Snapshot): void {
  state.auction = snapshot.auction
  state.bids = newestFirst(snapshot.bids)
  state.messages = oldestFirst(snapshot.messages)
  state.presence = snapshot.presence
  state.room = snapshot.room
  state.extension = null
  state.winnerName = snapshot.bids.find(({ bidder }) => bidder === snapshot.auction.winner)?.name ?? null
}

export function applyFact(state: LiveState, fact: Fact): void {
  const { auction } = state
  switch (fact.type) {
    case 'auction-started':
      auction.state = 'running'
      auction.endsAt = fact.endsAt
      break
    case 'bid-placed':
      applyBid(state, fact)
      break
    case 'auction-extended':
      applyExtension(state, fact)
      break
    case 'auction-ended':
      auction.state = fact.result
      auction.endsAt = fact.at
      auction.endedAt = fact.at
      auction.minimumBid = null
      auction.buyNowPrice = null
      auction.winner = fact.winner?.number ?? null
      state.winnerName = fact.winner?.name ?? null
      state.deal = fact.deal ?? null
      break
    case 'auction-cancelled':
      auction.state = fact.result
      auction.endedAt = fact.at
      auction.minimumBid = null
      auction.buyNowPrice = null
      state.cancelReason = fact.reason
      break
    case 'note-added':
      if (!state.notes.some((note) => note.at === fact.at && note.text === fact.text))
        state.notes.push({ text: fact.text, at: fact.at })
      break
    case 'message-posted':
      if (state.messages.some(({ id }) => id === fact.message.id)) break
      state.messages.push(fact.message)
      if (state.messages.length > keptMessages) state.messages.shift()
      break
    case 'message-removed': {
      const message = state.messages.find(({ id }) => id === fact.message)
      if (message) Object.assign(message, { text: null, removedBy: fact.by })
      break
    }
    case 'room-changed': {
      const { slowModeSeconds, chatPaused, chatFrom, chatOpen } = fact
      state.room = { slowModeSeconds, chatPaused, chatFrom, chatOpen }
    }
  }
}

function applyBid(state: LiveState, fact: LiveBid): void {
  const { auction } = state
  const row: BidRow = {
    bid: fact.bid,
    logSeq: fact.logSeq,
    bidder: fact.bidder.number,
    name: fact.bidder.name,
    kind: fact.entry.kind,
    amount: fact.entry.amount,
    price: fact.price,
    leader: fact.leader,
    at: fact.at,
  }
  // Who shows the own name is shown with it in the bids before, too.
  if (row.name) for (const bid of state.bids) if (bid.bidder === row.bidder) bid.name = row.name
  state.bids.unshift(row)
  if (state.bids.length > keptBids) state.bids.pop()
  auction.bidCount = fact.bidCount
  auction.buyNowPrice = fact.buyNowPrice
  auction.reserve = fact.reserve
  // The answer to an own bid may have come before the bids that led up to it; a price never falls.
  if (fact.price < auction.price) return
  auction.price = fact.price
  auction.leader = fact.leader
  auction.minimumBid = fact.minimumBid
}

function applyExtension(state: LiveState, fact: AuctionExtended): void {
  const { auction } = state
  if (fromIso(fact.endsAt) >= fromIso(auction.endsAt)) auction.endsAt = fact.endsAt
  auction.hardEndAt = fact.hardEndAt
  state.extension = { addedMs: fact.addedMs, cause: fact.cause, logSeq: fact.logSeq }
}
