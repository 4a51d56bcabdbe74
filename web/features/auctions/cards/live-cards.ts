import { type Accessor, createMemo } from 'solid-js'
import type { AuctionCard, CardNow } from '../../../../worker/contract/auctions.ts'
import { whileHere } from '../../../api/while-here.ts'
import { createKeyed } from '../../../api/keyed.ts'

/** What the last question said of each card. */
export const latest = createKeyed<CardNow>()

/** What asks and what tells come after the page: until then a card says what the page said. */
const loadFeed = () => import('./card-feed.ts')

/**
 * A card's moving part, kept current while the element is in view and the auction is not over. How long it was in view is told,
 * too (`api/signals`).
 */
export function createLiveCard(card: () => AuctionCard, element: () => Element | undefined): Accessor<CardNow> {
  const now = createMemo<CardNow>(() => latest.get(card().id) ?? card())
  whileHere(loadFeed, ({ follow }) => {
    const target = element()
    return target && follow(target, card())
  })
  return now
}
