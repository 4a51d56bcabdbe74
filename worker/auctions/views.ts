import type { AuctionCard, AuctionView, CardNow } from '../contract/auctions.ts'
import type { OfferRow } from '../contract/deals.ts'
import type { AccountId } from '../contract/ids.ts'
import { auctions } from '../contract/limits.ts'
import type { LiveAuction } from '../contract/live.ts'
import type { MediaView } from '../contract/media.ts'
import { raised, type Won } from '../contract/money.ts'
import type { SellerCard } from '../contract/auctions.ts'
import { iso, type Instant, type IsoTime } from '../contract/time.ts'
import type { PersonCard } from '../contract/profiles.ts'
import type { FoundOffer } from './queries/offers.ts'
import type { auction } from './schema.ts'

type Row = typeof auction.$inferSelect
type State = Row['state']

export type CardRow = Pick<
  Row,
  | 'id'
  | 'seller'
  | 'title'
  | 'category'
  | 'event'
  | 'condition'
  | 'region'
  | 'state'
  | 'startPrice'
  | 'price'
  | 'openBuyNow'
  | 'bidCount'
  | 'startsAt'
  | 'endsAt'
  | 'leader'
  | 'likesCount'
  | 'present'
> & { cover: string | null }

export type NowRow = Pick<Row, 'id' | 'state' | 'startPrice' | 'price' | 'bidCount' | 'endsAt' | 'present'>

export const noBidderRules = { minManner: null, minDeals: null, maxNoShows: null, followersOnly: false } as const

/** The soft close that a seller gets who asks for none in particular. */
export function usualSoftClose(durationMinutes: number) {
  const { softCloseDefault, softCloseLongDefault } = auctions
  const { windowSeconds, capMinutes } =
    durationMinutes > softCloseLongDefault.fromMinutes ? softCloseLongDefault : softCloseDefault
  // A window of more than half the duration would be refused at publication.
  const most = (durationMinutes * 60) / 2
  return {
    windowSeconds: auctions.softCloseWindows.findLast((s) => s <= Math.min(windowSeconds, most)) ?? 0,
    capMinutes,
  }
}

function badgeOf(state: State): CardNow['badge'] {
  return state === 'running' ? 'running' : state === 'draft' || state === 'scheduled' ? 'scheduled' : 'ended'
}

function priceLabelOf(state: State, bidCount: number): CardNow['priceLabel'] {
  if (state === 'sold') return 'final'
  if (state === 'unsold') return 'unsold'
  if (state === 'cancelled' || state === 'void') return 'cancelled'
  return bidCount > 0 ? 'current' : 'start'
}

export function nowOf(row: NowRow): CardNow {
  return {
    id: row.id,
    state: row.state,
    badge: badgeOf(row.state),
    priceLabel: priceLabelOf(row.state, row.bidCount),
    price: priceOf(row),
    bidCount: row.bidCount,
    endsAt: isoOrNull(row.endsAt),
    present: row.present,
  }
}

export function cardOf(
  row: CardRow,
  { cover, seller }: { cover: MediaView | null; seller: { handle: string; name: string } },
): AuctionCard {
  return {
    ...nowOf(row),
    title: row.title ?? '',
    cover,
    category: row.category ?? '',
    event: row.event,
    condition: row.condition,
    region: row.region,
    startsAt: isoOrNull(row.startsAt),
    buyNowPrice: row.openBuyNow,
    likesCount: row.likesCount,
    seller: { handle: seller.handle, name: seller.name },
  }
}

/** What the room says now, or else what D1 knew last. */
export interface Standing {
  state: State
  price: Won
  minimumBid: Won | null
  leader: number | null
  winner: number | null
  bidCount: number
  reserve: AuctionView['reserve']
  endsAt: IsoTime | null
  hardEndAt: IsoTime | null
  endedAt: IsoTime | null
  present: number
}

export function standingOf(row: Row): Standing {
  const isOpen = row.state === 'scheduled' || row.state === 'running'
  return {
    state: row.state,
    price: priceOf(row),
    minimumBid: isOpen ? (row.bidCount > 0 ? raised(row.price) : (row.startPrice ?? null)) : null,
    leader: row.leaderNumber,
    winner: row.winnerNumber,
    bidCount: row.bidCount,
    reserve: row.reserve,
    endsAt: isoOrNull(row.endsAt),
    hardEndAt: isoOrNull(row.hardEndAt),
    endedAt: isoOrNull(row.endedAt),
    present: row.present,
  }
}

export function standingNow(live: LiveAuction, present: number): Standing {
  const { state, price, minimumBid, leader, winner, bidCount, reserve, endsAt, hardEndAt, endedAt } = live
  return { state, price, minimumBid, leader, winner, bidCount, reserve, endsAt, hardEndAt, endedAt, present }
}

export interface ViewParts {
  row: Row
  standing: Standing
  images: MediaView[]
  seller: SellerCard
  notes: { text: string; at: Instant }[]
  isLiked: boolean | null
  mine: AuctionView['mine'] | null
  isSeller: boolean
  /** The deal that it led to for this viewer. */
  deal: string | null
  serverAt: Instant
}

export function viewOf({ row, standing, ...rest }: ViewParts): AuctionView {
  const { state } = standing
  const shippingFee = (row.shippingFee ?? 0) as Won
  return {
    id: row.id,
    seller: rest.seller,
    terms: termsOf(row, rest.images, shippingFee),
    event: row.event,
    reserveCommitment: row.reserveCommitment,
    termsHash: row.termsHash,
    state,
    badge: state === 'draft' ? null : badgeOf(state),
    price: standing.price,
    minimumBid: standing.minimumBid,
    total: (standing.price + shippingFee) as Won,
    leader: standing.leader,
    winner: standing.winner,
    bidCount: standing.bidCount,
    reserve: standing.reserve,
    endsAt: standing.endsAt,
    hardEndAt: standing.hardEndAt,
    endedAt: standing.endedAt,
    notes: rest.notes.map(({ text, at }) => ({ text, at: iso(at) })),
    cancelReason: row.cancelReason,
    likesCount: row.likesCount,
    isLiked: rest.isLiked,
    present: standing.present,
    ...(rest.mine ? { mine: rest.mine } : {}),
    ...(rest.isSeller ? { reservePrice: row.reservePrice } : {}),
    ...(rest.deal ? { deal: rest.deal } : {}),
    serverAt: iso(rest.serverAt),
    version: row.version,
  }
}

function termsOf(row: Row, images: MediaView[], shippingFee: Won): AuctionView['terms'] {
  const durationMinutes = row.durationMinutes ?? auctions.durationMinutes.default
  return {
    title: row.title ?? '',
    content: row.content ?? '',
    images,
    category: row.category,
    condition: row.condition,
    defects: row.defects,
    startPrice: row.startPrice,
    expectedPrice: row.expectedPrice,
    buyNowPrice: row.buyNowPrice,
    startsAt: isoOrNull(row.startsAt),
    durationMinutes,
    softClose: row.softClose ?? usualSoftClose(durationMinutes),
    handover: row.handover,
    shippingFee,
    region: row.region,
    bidderRules: row.bidderRules ?? { ...noBidderRules },
  }
}

/** Until the first bid the price is the start price, in a draft too. */
function priceOf({ state, price, startPrice }: Pick<Row, 'state' | 'price' | 'startPrice'>): Won {
  return state === 'draft' ? ((startPrice ?? 0) as Won) : price
}

/** The bidder of an offer that I made is a number to me until they accept. */
export function offerViewOf(
  { offer, title, images: [cover], shippingFee }: FoundOffer,
  reader: AccountId,
  { people, images, at }: { people: Map<AccountId, PersonCard>; images: Map<string, MediaView>; at: Instant },
): OfferRow {
  const isMade = offer.seller === reader
  const isOver = offer.state === 'open' && at >= offer.expiresAt
  const other = isMade ? (offer.state === 'accepted' ? offer.bidder : null) : offer.seller
  const fee = (shippingFee ?? 0) as Won
  return {
    id: offer.id,
    auction: offer.auction,
    title: title ?? '',
    cover: (cover && images.get(cover)) || null,
    role: isMade ? 'made' : 'received',
    other: (other && people.get(other)) ?? null,
    amount: offer.amount,
    shippingFee: fee,
    total: (offer.amount + fee) as Won,
    state: isOver ? 'lapsed' : offer.state,
    deal: offer.deal,
    at: iso(offer.at),
    expiresAt: iso(offer.expiresAt),
  }
}

function isoOrNull(at: Instant | null): IsoTime | null {
  return at === null ? null : iso(at)
}
