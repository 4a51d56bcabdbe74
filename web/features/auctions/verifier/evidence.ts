import type { AuctionView, LedgerPage, SigningKeys } from '../../../../worker/contract/auctions.ts'
import type { AuctionId } from '../../../../worker/contract/ids.ts'
import type { Checkpoint, Entry, Hash, Opening, Receipt, Terms } from '../../../../worker/contract/ledger.ts'
import type { Won } from '../../../../worker/contract/money.ts'
import { fromIso, instant } from '../../../../worker/contract/time.ts'

/** One line of the ledger as it was published: the hash is the room's claim until it has been recomputed. */
export interface Line {
  entry: Entry
  hash: Hash
}

export type LedgerOpening = Opening & { commitment: Hash }
export type SigningKey = SigningKeys['keys'][number]

/** What a bidder kept of an own bid: the receipt, the secret that opens its commitment, a checkpoint at or after it. */
export interface OwnReceipt {
  receipt: Receipt
  opening: Opening | null
  checkpoint: Checkpoint | null
}

/** Everything that a judgement rests on. It comes from public addresses; only `receipts` are one's own. */
export interface Evidence {
  auction: AuctionId
  lines: Line[]
  openings: LedgerOpening[]
  checkpoints: Checkpoint[]
  keys: SigningKey[]
  /** The terms as the auction's page shows them; null leaves that step out. */
  terms: Terms | null
  receipts: OwnReceipt[]
}

/** Joins the pages of a ledger, which arrive in order. */
export function joinPages(pages: LedgerPage[]): Pick<Evidence, 'lines' | 'openings' | 'checkpoints'> {
  const checkpoints = pages.flatMap((page) => page.checkpoint ?? [])
  const openings = new Map(
    pages.flatMap((page) => page.openings).map((opening) => [opening.commitment, opening as LedgerOpening]),
  )
  return {
    lines: pages.flatMap((page) => page.entries) as Line[],
    openings: [...openings.values()],
    checkpoints: [...new Map(checkpoints.map((checkpoint) => [checkpoint.signature, checkpoint])).values()],
  }
}

/** The published terms in the form that was hashed; null while a draft lacks some. */
export function termsOf(view: AuctionView): Terms | null {
  const { terms } = view
  const { category, condition, defects, startPrice, handover, startsAt } = terms
  if (category == null || condition == null || defects == null || startPrice == null) return null
  if (handover == null || startsAt == null) return null
  const starts = fromIso(startsAt)
  return {
    title: terms.title,
    content: terms.content,
    images: terms.images.map(({ media, alt }) => ({ media, alt })),
    category,
    condition,
    defects,
    startPrice: startPrice as Won,
    expectedPrice: terms.expectedPrice as Won | null,
    reserveCommitment: view.reserveCommitment as Hash | null,
    buyNowPrice: terms.buyNowPrice as Won | null,
    startsAt: starts,
    endsAt: instant(starts + terms.durationMinutes * 60_000),
    softClose: terms.softClose,
    handover,
    shippingFee: terms.shippingFee as Won,
    region: terms.region,
    bidderRules: terms.bidderRules,
  }
}
