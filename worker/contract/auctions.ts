import { z } from 'zod'
import { api, auctions as limits } from './limits.ts'
import type { Hash } from './ledger.ts'
import { Checkpoint, LedgerEntry, Receipt } from './ledger-views.ts'
import { MediaView } from './media.ts'
import type { Snapshot } from './live.ts'
import type { Won } from './money.ts'
import type { IsoTime as Iso8601 } from './time.ts'
import { Page, PageQuery } from './page.ts'
import { PersonCard } from './profiles.ts'
import { Text } from './text.ts'

export const categories = [
  'digital',
  'appliance',
  'furniture',
  'kitchen',
  'baby',
  'women',
  'men',
  'sport',
  'pet',
  'other',
] as const
export const conditions = ['new', 'like-new', 'good', 'fair', 'parts'] as const
export const handovers = ['meet', 'parcel', 'either'] as const
export const states = ['draft', 'scheduled', 'running', 'sold', 'unsold', 'cancelled', 'void'] as const
export const badges = ['scheduled', 'running', 'ended'] as const

export const Category = z.enum(categories)
export const State = z.enum(states)
export type Category = z.infer<typeof Category>
export type State = z.infer<typeof State>

/** Whole won, a multiple of 100. */
export const Amount = (min: number, max: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .multipleOf(100, 'not-a-step')
    .transform((amount) => amount as Won)

const Price = Amount(limits.price.min, limits.price.max)
const Money = z
  .int()
  .nonnegative()
  .transform((amount) => amount as Won)
const IsoTime = z.iso.datetime({ precision: 3 })

/** Rules over bidders. A null asks for nothing. */
export const BidderRules = z.strictObject({
  minManner: z.number().min(0).max(99).nullable().default(null),
  minDeals: z.int().min(0).max(1_000).nullable().default(null),
  maxNoShows: z.int().min(0).max(100).nullable().default(null),
  followersOnly: z.boolean().default(false),
})
export type BidderRules = z.infer<typeof BidderRules>

export const SoftClose = z.strictObject({
  windowSeconds: z.literal([...limits.softCloseWindows]),
  capMinutes: z.int().min(limits.softCloseCapMinutes.min).max(limits.softCloseCapMinutes.max),
})
export type SoftClose = z.infer<typeof SoftClose>

const terms = {
  title: Text({ max: limits.title }),
  content: Text({ max: limits.content, lines: true }),
  images: z.array(z.string()).min(1).max(limits.images),
  category: Category,
  condition: z.enum(conditions),
  /** Known defects. "None" is said as the empty string, so leaving it out is not the same. */
  defects: Text({ min: 0, max: limits.defects, lines: true }),
  startPrice: Price,
  expectedPrice: Price.nullable(),
  reservePrice: Price.nullable(),
  buyNowPrice: Price.nullable(),
  /** Null starts it at publication. */
  startsAt: IsoTime.nullable(),
  durationMinutes: z.int().min(limits.durationMinutes.min).max(limits.durationMinutes.max),
  softClose: SoftClose,
  handover: z.enum(handovers),
  shippingFee: Amount(0, limits.shippingFee),
  region: Text({ max: limits.region }).nullable(),
  bidderRules: BidderRules,
}

/** All terms of an auction; what spans several fields is judged by `rules/terms.ts` at publication. */
export const CompleteTerms = z.strictObject(terms)
export type CompleteTerms = z.infer<typeof CompleteTerms>

/** Any subset, and null takes a term out again: a draft is checked as a whole only at publication. */
export const DraftTerms = z
  .strictObject({
    ...terms,
    title: terms.title.nullable(),
    content: terms.content.nullable(),
    images: z.array(z.string()).max(limits.images),
    category: terms.category.nullable(),
    condition: terms.condition.nullable(),
    defects: terms.defects.nullable(),
    startPrice: terms.startPrice.nullable(),
    durationMinutes: terms.durationMinutes.nullable(),
    softClose: terms.softClose.nullable(),
    handover: terms.handover.nullable(),
    shippingFee: terms.shippingFee.nullable(),
    bidderRules: terms.bidderRules.nullable(),
  })
  .partial()
export type DraftTerms = z.infer<typeof DraftTerms>

export const Reason = z.strictObject({ reason: Text({ max: limits.cancelReason, lines: true }) })
export const NewNote = z.strictObject({ text: Text({ max: limits.note, lines: true }) })

export const ListQuery = PageQuery(12).extend({
  category: z.union([Category, z.literal('event')]).optional(),
  status: z.enum(badges).optional(),
  search: Text({ max: 80 }).optional(),
  sort: z.enum(['newest', 'ending', 'popular']).default('newest'),
})
export type ListQuery = z.infer<typeof ListQuery>

export const mineRoles = ['selling', 'sold', 'bidding', 'won', 'lost', 'liked', 'draft'] as const
export const MineQuery = PageQuery(12).extend({ role: z.enum(mineRoles) })
export const LatestQuery = PageQuery(12).extend({ status: z.enum(badges).optional() })
export const MessagesQuery = PageQuery(api.page.messages)
export const HistoryQuery = PageQuery()
/** Up to 50 ids, separated by commas. Unknown ones are left out of the answer. */
export const IdsQuery = z.object({
  ids: z
    .string()
    .max(2_000)
    .transform((list) => [...new Set(list.split(',').filter((id) => id !== ''))])
    .refine((list) => list.length >= 1 && list.length <= api.cardsPerCall, { error: 'count' }),
})
/** `from` is the place of the first entry wanted. */
export const LogQuery = z.object({
  from: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(limits.logPage).default(limits.logPage),
})

/** What a card says about its price: the number's meaning depends on where the auction stands. */
export const priceLabels = ['start', 'current', 'final', 'unsold', 'cancelled'] as const

/** Why it is recommended: near something the reader was interested in (its id and title), popular, or new. */
export const Why = z.discriminatedUnion('code', [
  z.object({ code: z.literal('similar-to'), target: z.string(), title: z.string() }),
  z.object({ code: z.literal('popular') }),
  z.object({ code: z.literal('new') }),
])
export type Why = z.infer<typeof Why>

export const AuctionCard = z.object({
  id: z.string(),
  title: z.string(),
  cover: MediaView.nullable(),
  category: z.string(),
  event: z.string().nullable(),
  condition: z.enum(conditions).nullable(),
  region: z.string().nullable(),
  badge: z.enum(badges),
  state: State,
  startsAt: IsoTime.nullable(),
  endsAt: IsoTime.nullable(),
  priceLabel: z.enum(priceLabels),
  price: Money,
  buyNowPrice: Money.nullable(),
  bidCount: z.int(),
  likesCount: z.int(),
  present: z.int(),
  seller: z.object({ handle: z.string(), name: z.string() }),
  /** Only on recommended lists. */
  why: Why.optional(),
  /** Only on *my auctions*: own standing. */
  mine: z.object({ leading: z.boolean(), max: Money.nullable() }).optional(),
})
export type AuctionCard = z.infer<typeof AuctionCard>

export const AuctionPage = Page(AuctionCard)
export type AuctionPage = z.infer<typeof AuctionPage>
export const AuctionList = z.object({ items: z.array(AuctionCard) })
export type AuctionList = z.infer<typeof AuctionList>

/** The moving part of a card, from D1; public, 2 s. */
export const CardNow = z.object({
  id: z.string(),
  state: State,
  badge: z.enum(badges),
  priceLabel: z.enum(priceLabels),
  price: Money,
  bidCount: z.int(),
  endsAt: IsoTime.nullable(),
  present: z.int(),
})
export type CardNow = z.infer<typeof CardNow>
export const CardsNow = z.object({ items: z.array(CardNow), serverAt: IsoTime })
export type CardsNow = z.infer<typeof CardsNow>

export const CategoryList = z.object({ items: z.array(z.object({ code: Category })) })
/** Below this price (null: without end) a bid rises by this step. */
export const Increments = z.object({ items: z.array(z.object({ below: z.int().nullable(), step: z.int() })) })

export const SellerCard = PersonCard.extend({ deals: z.int(), noShows: z.int(), selling: z.int() })
export type SellerCard = z.infer<typeof SellerCard>

export const AuctionNote = z.object({ text: z.string(), at: IsoTime })
export type AuctionNote = z.infer<typeof AuctionNote>

/** Terms as anyone may see them: everything but the reserve price. Incomplete only in a draft. */
export const PublicTerms = z.object({
  title: z.string(),
  content: z.string(),
  images: z.array(MediaView),
  category: Category.nullable(),
  condition: z.enum(conditions).nullable(),
  defects: z.string().nullable(),
  startPrice: Money.nullable(),
  expectedPrice: Money.nullable(),
  buyNowPrice: Money.nullable(),
  startsAt: IsoTime.nullable(),
  durationMinutes: z.int(),
  softClose: SoftClose,
  handover: z.enum(handovers).nullable(),
  shippingFee: Money,
  region: z.string().nullable(),
  bidderRules: BidderRules,
})

export const reserveStates = ['none', 'not-met', 'met'] as const

export const AuctionView = z.object({
  id: z.string(),
  seller: SellerCard,
  terms: PublicTerms,
  event: z.string().nullable(),
  /** Salted commitment of the reserve, as frozen into the terms; null without one. */
  reserveCommitment: z.string().nullable(),
  termsHash: z.string().nullable(),
  state: State,
  badge: z.enum(badges).nullable(),
  price: Money,
  minimumBid: Money.nullable(),
  /** Price with shipping. */
  total: Money,
  leader: z.int().nullable(),
  winner: z.int().nullable(),
  bidCount: z.int(),
  reserve: z.enum(reserveStates),
  endsAt: IsoTime.nullable(),
  hardEndAt: IsoTime.nullable(),
  endedAt: IsoTime.nullable(),
  notes: z.array(AuctionNote),
  cancelReason: z.string().nullable(),
  likesCount: z.int(),
  isLiked: z.boolean().nullable(),
  present: z.int(),
  /** The signed-in viewer's own standing, from REST only. */
  mine: z.object({ mask: z.int(), leading: z.boolean(), max: Money.nullable() }).optional(),
  /** Seller only: the reserve price. */
  reservePrice: Money.nullable().optional(),
  /** Parties only. */
  deal: z.string().optional(),
  serverAt: IsoTime,
  version: z.int(),
})
export type AuctionView = z.infer<typeof AuctionView>

export const PlaceBid = z.strictObject({
  kind: z.enum(['exact', 'max']),
  amount: z.number(),
  showName: z.boolean().optional(),
  confirm: z.boolean().optional(),
  termsHash: z.string().max(64).optional(),
})
export type PlaceBid = z.infer<typeof PlaceBid>

export const BuyNow = z.strictObject({ price: z.number(), termsHash: z.string().max(64) })
export type BuyNow = z.infer<typeof BuyNow>

export const BidPlaced = z.object({
  receipt: Receipt,
  mask: z.int(),
  leading: z.boolean(),
  price: Money,
  minimumBid: Money.nullable(),
  endsAt: IsoTime,
  deal: z.string().optional(),
})
export type BidPlaced = z.infer<typeof BidPlaced>

/** One row of the public history. */
export const BidRow = z.object({
  bid: z.string(),
  logSeq: z.int(),
  bidder: z.int(),
  name: z.object({ handle: z.string(), name: z.string() }).nullable(),
  kind: z.enum(['exact', 'max', 'buy-now']),
  amount: Money.nullable(),
  price: Money,
  leader: z.int(),
  at: IsoTime,
})
export type BidRow = z.infer<typeof BidRow>

/** One's own bids, refusals included; `amount` and `opening` are one's own secrets. */
export const MyBid = z.object({
  bid: z.string(),
  kind: z.enum(['exact', 'max', 'buy-now']),
  amount: Money,
  verdict: z.enum(['accepted', 'refused']),
  code: z.string().nullable(),
  at: IsoTime,
})
export type MyBid = z.infer<typeof MyBid>
export const MyBids = z.object({
  mask: z.int().nullable(),
  leading: z.boolean(),
  max: Money.nullable(),
  bids: z.array(MyBid),
})
export type MyBids = z.infer<typeof MyBids>

export const MyReceipt = z.object({
  receipt: Receipt,
  /** Opens the receipt's commitment; null for exact bids. */
  opening: z.object({ bidder: z.int(), amount: Money, salt: z.string() }).nullable(),
  /** A signed checkpoint at or after the receipt's place. */
  checkpoint: Checkpoint.nullable(),
})
export type MyReceipt = z.infer<typeof MyReceipt>

export const Eligibility = z.object({ canBid: z.boolean(), reasons: z.array(z.string()) })
export type Eligibility = z.infer<typeof Eligibility>

export const LedgerPage = z.object({
  auction: z.string(),
  entries: z.array(z.object({ entry: LedgerEntry, hash: z.string().length(43) })),
  /** Beaten maximums, opened after the end. */
  openings: z.array(z.object({ commitment: z.string(), bidder: z.int(), amount: Money, salt: z.string() })),
  checkpoint: Checkpoint.nullable(),
  /** Place of the next page's first entry; null at the end. */
  next: z.int().nullable(),
})
export type LedgerPage = z.infer<typeof LedgerPage>

export const SigningKeys = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      retired: z.boolean(),
    }),
  ),
})
export type SigningKeys = z.infer<typeof SigningKeys>

export const chatFrom = ['all', 'traders', 'followers'] as const
export const RoomSettings = z.strictObject({
  slowModeSeconds: z.int().min(0).max(120).optional(),
  chatPaused: z.boolean().optional(),
  chatFrom: z.enum(chatFrom).optional(),
})
export type RoomSettings = z.infer<typeof RoomSettings>

export const NewMessage = z.strictObject({ text: Text({ max: 100 }) })

/** A message of the room's chat. A removed one keeps its place and says who removed it. */
export const ChatMessage = z.object({
  id: z.string(),
  author: z.object({ handle: z.string(), name: z.string() }),
  badges: z.array(z.enum(['seller', 'moderator', 'leader'])),
  text: z.string().nullable(),
  removedBy: z.enum(['author', 'seller', 'moderator']).nullable(),
  at: IsoTime,
})
export type ChatMessage = z.infer<typeof ChatMessage>

export const Ban = z.object({ who: z.string(), scope: z.enum(['chat', 'bids']), reason: z.string(), at: IsoTime })
export type Ban = z.infer<typeof Ban>
export const NewBan = z.strictObject({ scope: z.enum(['chat', 'bids']), reason: Text({ max: 200 }) })

export const Presence = z.object({
  count: z.int(),
  named: z.array(z.object({ handle: z.string(), name: z.string() })),
})
export type Presence = z.infer<typeof Presence>

export const BidPage = Page(BidRow)
export type BidPage = z.infer<typeof BidPage>
export const MessagePage = Page(ChatMessage)
export type MessagePage = z.infer<typeof MessagePage>
export const BanList = z.object({ items: z.array(Ban) })
export const RoomSettingsView = z.object({
  slowModeSeconds: z.int(),
  chatPaused: z.boolean(),
  chatFrom: z.enum(chatFrom),
})
export type RoomSettingsView = z.infer<typeof RoomSettingsView>
const Won = Money as unknown as z.ZodType<Won, Won>
const ChainHash = z.string().length(43) as unknown as z.ZodType<Hash, Hash>
const Iso = IsoTime as unknown as z.ZodType<Iso8601, Iso8601>

/** The socket's snapshot, whose type is that of `live.ts`. */
export const StateView: z.ZodType<Snapshot> = z.object({
  type: z.literal('snapshot'),
  epoch: z.string(),
  seq: z.int(),
  logSeq: z.int(),
  hash: ChainHash,
  auction: z.object({
    state: z.enum(['scheduled', 'running', 'sold', 'unsold', 'cancelled', 'void']),
    price: Won,
    minimumBid: Won.nullable(),
    leader: z.int().nullable(),
    winner: z.int().nullable(),
    bidCount: z.int(),
    reserve: z.enum(reserveStates),
    buyNowPrice: Won.nullable(),
    startsAt: Iso,
    endsAt: Iso,
    hardEndAt: Iso,
    endedAt: Iso.nullable(),
    termsHash: ChainHash,
  }),
  bids: z.array(BidRow),
  messages: z.array(ChatMessage),
  presence: Presence,
  room: RoomSettingsView.extend({ chatOpen: z.boolean() }),
})
export const UnbanQuery = z.object({ scope: z.enum(['chat', 'bids']).optional() })

/** Which of the auctions asked for the viewer likes. */
export const LikedAuctions = z.object({ liked: z.array(z.string()) })
export type LikedAuctions = z.infer<typeof LikedAuctions>

export const AuctionLiked = z.object({ likesCount: z.int(), liked: z.boolean() })
export type AuctionLiked = z.infer<typeof AuctionLiked>
export const LikeAuction = z.strictObject({ auction: z.string() })
