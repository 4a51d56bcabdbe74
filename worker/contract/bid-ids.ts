import type { AuctionId, BidId } from './ids.ts'

/**
 * The id of a bid that has a place in the ledger: its auction's, then the place. It follows from both, so frames need not say it.
 * Bids without a place, as refused ones, have ids like everything else.
 */
export function bidAt(auction: AuctionId, logSeq: number): BidId {
  return `bid_${auction.slice('auc_'.length)}_${logSeq}` as BidId
}

/** The auction of such an id, or null. */
export function auctionOfBid(bid: string): AuctionId | null {
  const own = /^bid_([0-9a-hjkmnp-tv-z]{26})_[1-9][0-9]{0,11}$/.exec(bid)?.[1]
  return own === undefined ? null : (`auc_${own}` as AuctionId)
}
