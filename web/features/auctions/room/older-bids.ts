import type { BidRow } from '../../../../worker/contract/auctions.ts'

/**
 * The bids below the live ones, newest first, once the live ones have changed: what went off their end stays in the list. Null where
 * more was missed than the live ones hold, so that nobody knows what lies between: they are to be asked for anew.
 */
export function olderAfter(
  older: readonly BidRow[],
  before: readonly BidRow[],
  live: readonly BidRow[],
): BidRow[] | null {
  const last = live.at(-1)?.logSeq ?? Infinity
  const [newestBefore] = before
  if (newestBefore && newestBefore.logSeq < last) return null
  const known = older[0]?.logSeq ?? 0
  return [...before.filter(({ logSeq }) => logSeq < last && logSeq > known), ...older]
}
