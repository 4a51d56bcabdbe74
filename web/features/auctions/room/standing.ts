import type { LiveAuction } from '../../../../worker/contract/live.ts'

/**
 * Where an auction is, as far as anybody can honestly say: after a stored time has passed without the room's word it is
 * `opening` or `closing`, and no result is guessed.
 */
export type Phase = 'scheduled' | 'opening' | 'running' | 'closing' | 'sold' | 'unsold' | 'cancelled' | 'void'

export function phaseOf({ state, startsAt, endsAt }: LiveAuction, now: number | null): Phase {
  if (state === 'scheduled') return now !== null && now >= Date.parse(startsAt) ? 'opening' : 'scheduled'
  if (state === 'running') return now !== null && now >= Date.parse(endsAt) ? 'closing' : 'running'
  return state
}

export function isOver(phase: Phase): boolean {
  return phase === 'sold' || phase === 'unsold' || phase === 'cancelled' || phase === 'void'
}

/** How the reader stands in this auction. */
export type Standing = 'seller' | 'leading' | 'outbid' | 'watching' | 'won' | 'lost' | 'ended'

export interface Reader {
  /** The reader's number here; null without an accepted bid. */
  mask: number | null
  isSeller: boolean
}

export function standingOf(auction: LiveAuction, phase: Phase, { mask, isSeller }: Reader): Standing {
  if (isSeller) return 'seller'
  if (isOver(phase)) {
    if (mask === null) return 'ended'
    return auction.winner === mask ? 'won' : 'lost'
  }
  if (mask === null) return 'watching'
  return auction.leader === mask ? 'leading' : 'outbid'
}

/** What stands between the reader and a bid; null where nothing does. */
export type Obstacle = 'visitor' | 'unverified' | 'suspended' | 'seller' | 'not-eligible'

/** By how much the reader is behind: from the own highest known amount to the price. Null where it is not known. */
export function behindBy(price: number, own: number | null): number | null {
  return own !== null && own <= price ? price - own : null
}
