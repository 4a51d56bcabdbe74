import type { AuctionId } from '../contract/ids.ts'

/** On every public page that lists auctions. */
export const listsTag = 'auctions'

/** On the page and the ledger of one auction. */
export function auctionTag(auction: AuctionId): string {
  return auction
}

/** Every page that shows where an auction stands. */
export function pageTags(auction: AuctionId): string[] {
  return [auctionTag(auction), listsTag]
}
