import type { AuctionView, BidRow, ChatMessage } from '../../../worker/contract/auctions.ts'
import type { Hash } from '../../../worker/contract/ledger.ts'
import type { Won } from '../../../worker/contract/money.ts'
import type { IsoTime } from '../../../worker/contract/time.ts'
import type { LiveState } from './state.ts'

/** What the server rendered, before anything live has arrived. A draft has no room and is never shown live. */
export function stateOf(view: AuctionView, bids: BidRow[] = [], messages: ChatMessage[] = []): LiveState {
  const time = (at: string | null) => (at ?? view.serverAt) as IsoTime
  return {
    connection: 'connecting',
    stoppedBy: null,
    asOf: view.serverAt as IsoTime,
    auction: {
      state: view.state === 'draft' ? 'scheduled' : view.state,
      price: view.price as Won,
      minimumBid: view.minimumBid as Won | null,
      leader: view.leader,
      winner: view.winner,
      bidCount: view.bidCount,
      reserve: view.reserve,
      buyNowPrice: view.bidCount === 0 ? (view.terms.buyNowPrice as Won | null) : null,
      startsAt: time(view.terms.startsAt),
      endsAt: time(view.endsAt),
      hardEndAt: time(view.hardEndAt),
      endedAt: view.endedAt as IsoTime | null,
      termsHash: (view.termsHash ?? '') as Hash,
    },
    bids: newestFirst(bids),
    messages: oldestFirst(messages),
    presence: { count: view.present, named: [] },
    room: null,
    notes: view.notes,
    cancelReason: view.cancelReason,
    winnerName: null,
    deal: view.deal ?? null,
    extension: null,
    you: null,
    chain: 'unproved',
  }
}

export function newestFirst(bids: BidRow[]): BidRow[] {
  return bids.toSorted((a, b) => b.logSeq - a.logSeq)
}

export function oldestFirst(messages: ChatMessage[]): ChatMessage[] {
  return messages.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
