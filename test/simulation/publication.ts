import type { Publication } from '../../worker/auctions/commands.ts'
import type { AuctionId, MediaId } from '../../worker/contract/ids.ts'
import type { Won } from '../../worker/contract/money.ts'
import { instant } from '../../worker/contract/time.ts'
import { leastManner } from '../model/desk.ts'
import type { ReferenceTerms } from '../model/reference.ts'
import { addRows } from './house/database.ts'
import { participant } from './house/people.ts'

const words = { title: 'a story', content: 'told by chance' }

/** The draft as the catalogue has it before the room is asked. */
export function writeDraft(auction: AuctionId, at: number): void {
  const { account: seller } = participant('hallabong')
  addRows('auction', [{ id: auction, seller, created_at: at, updated_at: at, ...words }])
}

/** What the seller of the story publishes. */
export function publicationOf(auction: AuctionId, told: ReferenceTerms): Publication {
  const { startPrice, reservePrice, buyNowPrice, startsAt, endsAt, windowMs, capMs } = told
  const { account, handle, name } = participant('hallabong')
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
