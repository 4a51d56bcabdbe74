import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BidderRules, Category, SoftClose, State, conditions, handovers } from '../contract/auctions.ts'
import type { offerStates } from '../contract/deals.ts'
import type { AccountId, AuctionId, DealId, OfferId } from '../contract/ids.ts'
import type { Hash, ReserveState } from '../contract/ledger.ts'
import type { Won } from '../contract/money.ts'
import type { Instant } from '../contract/time.ts'

const won = () => integer().$type<Won>()
const at = () => integer().$type<Instant>()
const auctionId = () => text().$type<AuctionId>()
const accountId = () => text().$type<AccountId>()

/** Where lists look for an auction. What never came to an end (cancelled, void) stands on no public list. */
export const shelves = ['draft', 'scheduled', 'running', 'ended', 'withdrawn'] as const
export type Shelf = (typeof shelves)[number]

export const open: Shelf[] = ['scheduled', 'running']
/** On public lists. */
export const listed: Shelf[] = [...open, 'ended']

/** The same as being on one of the shelves `open`, word for word as the indices say it that hold open auctions alone. */
export const isOpen = sql`state in ('scheduled', 'running')`

/**
 * One auction: its terms, which D1 owns until publication and the room freezes then, and below `logSeq` a projection of the
 * room's ledger, which moves only forward.
 */
export const auction = sqliteTable(
  'auction',
  {
    id: auctionId().primaryKey(),
    seller: accountId().notNull(),
    version: integer().notNull().default(1),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),

    title: text(),
    content: text(),
    /** Media ids in the seller's order. Their descriptions are frozen at publication: they are part of the terms hash. */
    images: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    category: text().$type<Category>(),
    condition: text().$type<(typeof conditions)[number]>(),
    defects: text(),
    startPrice: won(),
    expectedPrice: won(),
    reservePrice: won(),
    buyNowPrice: won(),
    /** Wished for in a draft (null: at publication), then the stored start. */
    startsAt: at(),
    durationMinutes: integer(),
    softClose: text({ mode: 'json' }).$type<SoftClose>(),
    handover: text().$type<(typeof handovers)[number]>(),
    shippingFee: won(),
    region: text(),
    bidderRules: text({ mode: 'json' }).$type<BidderRules>(),
    /** Staff label, filterable like a category. */
    event: text(),

    /** Set from just before the room is asked until D1 knows its answer. */
    publishingAt: at(),
    publishedAt: at(),
    termsHash: text().$type<Hash>(),
    reserveCommitment: text().$type<Hash>(),
    /** The end as published: it never moves, so lists ordered by it neither repeat nor skip. */
    plannedEndAt: at(),

    logSeq: integer().notNull().default(0),
    state: text().$type<State>().notNull().default('draft'),
    shelf: text()
      .$type<Shelf>()
      .notNull()
      .generatedAlwaysAs(
        sql`case when state in ('draft', 'scheduled', 'running') then state when state in ('sold', 'unsold') then 'ended' else 'withdrawn' end`,
        { mode: 'virtual' },
      ),
    price: won()
      .notNull()
      .default(0 as Won),
    bidCount: integer().notNull().default(0),
    leader: accountId(),
    leaderNumber: integer(),
    winner: accountId(),
    winnerNumber: integer(),
    reserve: text().$type<ReserveState>().notNull().default('none'),
    /** Null once buy now is gone. */
    openBuyNow: won(),
    endsAt: at(),
    hardEndAt: at(),
    endedAt: at(),
    deal: text(),
    cancelReason: text(),

    likesCount: integer().notNull().default(0),
    present: integer().notNull().default(0),
  },
  (table) => [
    index('auction_newest').on(table.publishedAt, table.id),
    index('auction_shelf_newest').on(table.shelf, table.publishedAt, table.id),
    index('auction_shelf_category').on(table.shelf, table.category, table.publishedAt, table.id),
    index('auction_shelf_event').on(table.shelf, table.event, table.publishedAt, table.id),
    index('auction_shelf_ending').on(table.shelf, table.plannedEndAt, table.id),
    index('auction_shelf_ended').on(table.shelf, table.endedAt, table.id),
    index('auction_shelf_bids').on(table.shelf, table.bidCount, table.id),
    index('auction_seller').on(table.seller, table.shelf, table.publishedAt, table.id),
    index('auction_seller_newest').on(table.seller, table.publishedAt, table.id),
    index('auction_category_newest').on(table.category, table.publishedAt, table.id),
    index('auction_event_newest')
      .on(table.publishedAt, table.id)
      .where(sql`event is not null`),
    index('auction_open_ending').on(table.plannedEndAt, table.id).where(isOpen),
    index('auction_open_popular')
      .on(sql`present desc`, sql`likes_count desc`, sql`bid_count desc`, table.id)
      .where(isOpen),
    index('auction_winner').on(table.winner, table.endedAt, table.id),
  ],
)

/** Who has bid where, one row from the first accepted bid on, with the number that masks them there. */
export const auctionBidder = sqliteTable(
  'auction_bidder',
  {
    account: accountId().notNull(),
    auction: auctionId().notNull(),
    number: integer().notNull(),
    at: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.auction] }),
    index('auction_bidder_latest').on(table.account, table.at, table.auction),
    index('auction_bidder_auction').on(table.auction),
    index('auction_bidder_audience').on(table.auction, table.account),
  ],
)

/** The seller's notes; their digests stand in the ledger at `logSeq`. */
export const auctionNote = sqliteTable(
  'auction_note',
  { auction: auctionId().notNull(), logSeq: integer().notNull(), text: text().notNull(), at: at().notNull() },
  (table) => [primaryKey({ columns: [table.auction, table.logSeq] })],
)

export const auctionLike = sqliteTable(
  'auction_like',
  { account: accountId().notNull(), auction: auctionId().notNull(), at: at().notNull() },
  (table) => [
    primaryKey({ columns: [table.account, table.auction] }),
    index('auction_like_latest').on(table.account, table.at, table.auction),
    index('auction_like_auction').on(table.auction),
    index('auction_like_audience').on(table.auction, table.account),
  ],
)

export const orderKinds = ['popular', 'recommended'] as const
export type OrderKind = (typeof orderKinds)[number]

/**
 * An order of all open auctions by something that moves (people, likes), fixed for the minute `slot` and kept while a cursor may
 * still walk it; in parts, so that a page reads a piece of it. Derived: it can be thrown away at any time.
 */
export const auctionOrderPart = sqliteTable(
  'auction_order_part',
  {
    kind: text().$type<OrderKind>().notNull(),
    slot: integer().notNull(),
    part: integer().notNull(),
    entries: text({ mode: 'json' }).$type<[AuctionId, 'popular' | 'new'][]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.slot, table.part] })],
)

/** The whole order in one row, as it was kept before it had parts. Nothing reads it; tables are only added. */
export const auctionOrder = sqliteTable(
  'auction_order',
  {
    kind: text().$type<OrderKind>().notNull(),
    slot: integer().notNull(),
    entries: text({ mode: 'json' }).$type<[AuctionId, 'popular' | 'new'][]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.slot] })],
)

/** Offers to the next bidders, as the auction's room last told: a projection that only moves forward with `version`. */
export const auctionOffer = sqliteTable(
  'auction_offer',
  {
    id: text().$type<OfferId>().primaryKey(),
    auction: auctionId().notNull(),
    seller: accountId().notNull(),
    bidder: accountId().notNull(),
    amount: won().notNull(),
    /** One that ran out may still say `open`: the stored time decides. */
    state: text().$type<(typeof offerStates)[number]>().notNull(),
    deal: text().$type<DealId>(),
    at: at().notNull(),
    expiresAt: at().notNull(),
    version: integer().notNull(),
  },
  (table) => [
    index('auction_offer_seller').on(table.seller, table.at, table.id),
    index('auction_offer_bidder').on(table.bidder, table.at, table.id),
  ],
)
