import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DealState, Fault, Side, Stage, Standing } from '../contract/deal-steps.ts'
import type { AccountId, AuctionId, CaseId, DealId, MediaId, RoomId } from '../contract/ids.ts'
import type { Won } from '../contract/money.ts'
import type { Instant } from '../contract/time.ts'

const at = () => integer().$type<Instant>()
const accountId = () => text().$type<AccountId>()

/** Every deal as its object last told: a projection that only moves forward with `place`. Nothing that is for the two alone. */
export const deal = sqliteTable(
  'deal',
  {
    id: text().$type<DealId>().primaryKey(),
    auction: text().$type<AuctionId>().notNull(),
    seller: accountId().notNull(),
    buyer: accountId().notNull(),
    room: text().$type<RoomId>().notNull(),
    title: text().notNull(),
    cover: text().$type<MediaId>(),
    price: integer().$type<Won>().notNull(),
    shippingFee: integer().$type<Won>().notNull(),
    state: text().$type<DealState>().notNull(),
    /** Beneath a dispute. */
    stage: text().$type<Stage>().notNull(),
    fault: text().$type<Fault>(),
    /** For the table of steps: what comes next, by when. */
    standing: text({ mode: 'json' }).$type<Standing>().notNull(),
    place: integer().notNull(),
    openedAt: at().notNull(),
    activeAt: at().notNull(),
    endedAt: at(),
  },
  (table) => [
    index('deal_seller').on(table.seller, table.activeAt, table.id),
    index('deal_buyer').on(table.buyer, table.activeAt, table.id),
    index('deal_auction').on(table.auction, table.openedAt),
  ],
)

/** What waits for a moderator, and how it was ruled. */
export const dealCase = sqliteTable(
  'deal_case',
  {
    id: text().$type<CaseId>().primaryKey(),
    deal: text().$type<DealId>().notNull(),
    kind: text().$type<'no-show' | 'dispute'>().notNull(),
    by: text().$type<Side>().notNull(),
    openedAt: at().notNull(),
    /** Over without a ruling where the two agreed meanwhile: then `fault` stays null. */
    closedAt: at(),
    fault: text().$type<Fault>(),
    reason: text(),
    moderator: accountId(),
    /** When an appeal took the ruling back. */
    overturnedAt: at(),
  },
  (table) => [
    index('deal_case_open').on(table.closedAt, table.openedAt, table.id),
    index('deal_case_deal').on(table.deal),
  ],
)
