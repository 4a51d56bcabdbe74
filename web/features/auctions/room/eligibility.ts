import type { BidderRules } from '../../../../worker/contract/auctions.ts'

/** What the rules ask about. `isFollowing` is of the seller; null where it is not known. */
export interface Bidder {
  manner: number
  deals: number
  noShows: number
  isFollowing: boolean | null
}

export type UnmetRule = keyof BidderRules

/** Which of the seller's rules a person does not meet, as far as the page can know: the room decides. */
export function unmetRules(rules: BidderRules, who: Bidder): UnmetRule[] {
  const { minManner, minDeals, maxNoShows, followersOnly } = rules
  const unmet: [UnmetRule, boolean][] = [
    ['followersOnly', followersOnly && who.isFollowing === false],
    ['minManner', minManner !== null && who.manner < minManner],
    ['minDeals', minDeals !== null && who.deals < minDeals],
    ['maxNoShows', maxNoShows !== null && who.noShows > maxNoShows],
  ]
  return unmet.flatMap(([rule, isUnmet]) => (isUnmet ? [rule] : []))
}
