import type { BidEntry, Entry, Hash } from '../../../../worker/contract/ledger.ts'
import { raised, type Won } from '../../../../worker/contract/money.ts'

/** Why an entry left the price where it is. The words are those of `reasons` in the texts of the ledger. */
export type Reason =
  | { code: 'published'; price: number }
  | { code: 'started' | 'firstExact' | 'firstMax' | 'reserve' | 'ownReserve' | 'buyNow' | 'noted' | 'calledOff' }
  | { code: 'leadExact' | 'leadMaxStep' | 'leadMaxAll' | 'held' | 'heldEqual'; who: number }
  | { code: 'softClose' | 'outage'; addedMs: number; endsAt: number }
  | { code: 'sold'; who: number }
  | { code: 'unsoldNone' | 'unsoldReserve' }

export interface Told {
  entry: Entry
  hash: Hash
  reason: Reason
  /** Price after this entry. */
  price: number
  isRise: boolean
}

/** Opened maxima by commitment. */
export type Opened = ReadonlyMap<Hash, number>

/** What was known of the bidding before an entry. */
interface Before {
  bid: BidEntry | null
  /** The leader's maximum, where it is open or was an exact bid. */
  most: number | null
}

/** Tells a ledger entry by entry, each with the reason of what it did to the price. */
export function tellEntries(lines: readonly { entry: Entry; hash: Hash }[], opened: Opened): Told[] {
  const before: Before = { bid: null, most: null }
  let price = 0
  return lines.map(({ entry, hash }) => {
    for (const raise of entry.raises) before.most = opened.get(raise) ?? null
    const reason = reasonOf(entry, before, opened)
    const isRise = entry.type === 'bid' && (before.bid === null || entry.price > price)
    if (entry.type === 'published') price = entry.startPrice
    if (entry.type === 'bid') {
      price = entry.price
      before.bid = entry
      if (entry.leader === entry.bidder) before.most = offerOf(entry, opened)
    }
    return { entry, hash, reason, price, isRise }
  })
}

function offerOf({ amount, commitment }: BidEntry, opened: Opened): number | null {
  return amount ?? (commitment && opened.get(commitment)) ?? null
}

function reasonOf(entry: Entry, before: Before, opened: Opened): Reason {
  switch (entry.type) {
    case 'published':
      return { code: 'published', price: entry.startPrice }
    case 'started':
      return { code: 'started' }
    case 'bid':
      return reasonOfBid(entry, before, opened)
    case 'extended':
      return { code: entry.cause === 'outage' ? 'outage' : 'softClose', addedMs: entry.addedMs, endsAt: entry.endsAt }
    case 'noted':
      return { code: 'noted' }
    case 'cancelled':
    case 'voided':
      return { code: 'calledOff' }
    case 'ended':
      if (entry.winner !== null) return { code: 'sold', who: entry.winner }
      return { code: before.bid === null ? 'unsoldNone' : 'unsoldReserve' }
  }
}

function reasonOfBid(entry: BidEntry, { bid, most }: Before, opened: Opened): Reason {
  if (entry.kind === 'buy-now') return { code: 'buyNow' }
  if (bid?.leader === entry.bidder) return { code: 'ownReserve' }
  const offer = offerOf(entry, opened)
  const hasReached = entry.reserve === 'met' && bid?.reserve !== 'met'
  if (hasReached && offer !== entry.price) return { code: 'reserve' }
  if (bid === null) return { code: entry.kind === 'exact' ? 'firstExact' : 'firstMax' }
  const who = bid.leader
  if (entry.leader !== entry.bidder) return { code: offer === entry.price ? 'heldEqual' : 'held', who }
  if (entry.kind === 'exact') return { code: 'leadExact', who }
  // Less than a step above the maximum it beat: only an opened one can tell.
  const isAll = offer === entry.price && most !== null && raised(most as Won) > entry.price
  return { code: isAll ? 'leadMaxAll' : 'leadMaxStep', who }
}
