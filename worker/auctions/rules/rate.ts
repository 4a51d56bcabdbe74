import { rates } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'

const [most, windowMs] = rates.bids

/**
 * Bids are limited exactly, refused ones included. `judged` are the arrivals of this bidder's latest judged bids; a bid
 * that the limit turns away is not one of them, or an eager finger would lock itself out for ever.
 * Returns milliseconds until the next bid may come, null if it may come now.
 */
export function waitBeforeBid(judged: readonly Instant[], at: Instant): number | null {
  const recent = judged.filter((then) => then > at - windowMs).sort((a, b) => a - b)
  const oldest = recent.at(-most)
  return oldest === undefined ? null : oldest + windowMs - at
}

/** No more of a bidder's arrivals are ever looked at. */
export const countedBids = most
