import type { Publication } from '../../worker/auctions/commands.ts'
import type { AuctionId, MediaId } from '../../worker/contract/ids.ts'
import type { Won } from '../../worker/contract/money.ts'
import { instant } from '../../worker/contract/time.ts'
import { leastManner } from './desk.ts'
import type { ReferenceTerms } from './reference.ts'

export const words = { title: 'a story', content: 'told by chance' }

/** What the seller of a story publishes. */
export function publicationOf(
  auction: AuctionId,
  { account, handle, name }: Publication['seller'],
  told: ReferenceTerms,
): Publication {
  const { startPrice, reservePrice, buyNowPrice, startsAt, endsAt, windowMs, capMs } = told
  return {
    auction,
    event: null,
    seller: { account, handle, name },
    reservePrice: reservePrice as Won | null,
    terms: {
      ...words,
      images: [{ media: 'med_0123456789abcdefghjkmnpqrs' as MediaId, alt: '' }],
      category: 'other',
      condition: 'good',
      defects: '',
      startPrice: startPrice as Won,
      expectedPrice: null,
      buyNowPrice: buyNowPrice as Won | null,
      startsAt: instant(startsAt),
      endsAt: instant(endsAt),
      softClose: { windowSeconds: windowMs / 1_000, capMinutes: capMs / 60_000 },
      handover: 'meet',
      shippingFee: 0 as Won,
      region: null,
      bidderRules: { minManner: leastManner, minDeals: null, maxNoShows: null, followersOnly: false },
    },
  }
}
