import { Hono } from 'hono'
import {
  BidPage,
  BidPlaced,
  BuyNow,
  Eligibility,
  HistoryQuery,
  LedgerPage,
  LogQuery,
  MyBids,
  MyReceipt,
  PlaceBid,
  SigningKeys,
  StateView,
} from '../../contract/auctions.ts'
import type { ProblemCode } from '../../contract/problem.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { cursorOf } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { requireKey } from '../../kernel/idempotency.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { askEachTime, keepPrivate, shareFor } from '../../kernel/sharing.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import type { BidOutcome } from '../commands.ts'
import { auctionOf, enterRoom, openRoom, placeOf } from '../requests.ts'
import { settled } from '../../kernel/outcome.ts'
import { roomOf } from '../room-client.ts'

const tag = 'bids'

const refusals: ProblemCode[] = [
  'bad-key',
  'not-found',
  'key-reused',
  'too-many-requests',
  'terms-changed',
  'auction-not-running',
  'seller-may-not-bid',
  'not-a-trader',
  'not-eligible',
  'amount-invalid',
]

/** Judging is the room's alone: who may, what wins and in which order it is checked. */
export const bidRoutes = new Hono<AppEnv>()
  .get(
    '/auctions/keys',
    describe({
      summary: 'Public keys of checkpoints and receipts',
      tag,
      caller: 'anyone',
      answers: { 200: SigningKeys },
    }),
    (c) => {
      const keys = c.var.config.ledgerKeys.map(({ kid, kty, crv, x }, place) => ({
        kid,
        kty,
        crv,
        x,
        retired: place > 0,
      }))
      shareFor(c, 300)
      return reply(c, SigningKeys, { keys })
    },
  )
  .get(
    '/auctions/:id/state',
    describe({
      summary: "The socket's snapshot, for clients without one",
      tag,
      caller: 'anyone',
      answers: { 200: StateView },
      problems: ['not-found'],
    }),
    async (c) => {
      const state = settled(await roomOf(c.env, auctionOf(c)).state())
      askEachTime(c)
      return reply(c, StateView, state)
    },
  )
  .get(
    '/auctions/:id/log',
    describe({
      summary: 'The public ledger, from its first entry',
      tag,
      caller: 'anyone',
      answers: { 200: LedgerPage },
      problems: ['not-found', 'bad-query'],
      detail: 'After the end it also opens the maximums that were beaten; never the winner’s, never the reserve.',
    }),
    validate('query', LogQuery),
    async (c) => {
      const { from, limit } = c.req.valid('query')
      const page = settled(await roomOf(c.env, auctionOf(c)).ledger(from, limit))
      askEachTime(c)
      return reply(c, LedgerPage, page)
    },
  )
  .get(
    '/auctions/:id/eligibility',
    describe({
      summary: 'Whether I may bid now, and what stands in the way',
      tag,
      caller: 'signed-in',
      answers: { 200: Eligibility },
      problems: ['not-found'],
    }),
    signedIn,
    async (c) => {
      const { room, who } = await enterRoom(c)
      const reasons = await room.eligibility(who)
      keepPrivate(c)
      return reply(c, Eligibility, { canBid: reasons.length === 0, reasons })
    },
  )
  .get(
    '/auctions/:id/bids',
    describe({
      summary: 'Accepted bids, newest first',
      tag,
      caller: 'anyone',
      answers: { 200: BidPage },
      problems: ['not-found', 'bad-query', 'bad-cursor'],
    }),
    validate('query', HistoryQuery),
    async (c) => {
      const { limit, cursor: text } = c.req.valid('query')
      const cursor = cursorOf(c, 'bids', { id: auctionOf(c) })
      const before = placeOf(cursor.read(text))
      const room = roomOf(c.env, auctionOf(c))
      const { items, next } = await room.bids(before, limit)
      // Where there is none, the room says whether it was ever published; D1 is not asked.
      if (items.length === 0) settled(await room.state())
      askEachTime(c)
      return reply(c, BidPage, { items, nextCursor: next === null ? null : cursor.write([next]) })
    },
  )
  .post(
    '/auctions/:id/bids',
    describe({
      summary: 'Bid an exact amount, or set a maximum',
      tag,
      needs: ['key'],
      caller: 'trader',
      answers: { 201: BidPlaced },
      problems: [...refusals, 'already-leading', 'bid-too-low', 'confirmation-needed'],
      detail:
        'A refusal carries its signed `receipt`, and `minimumBid` or `lateByMs` where they help. A repeated key gives the first answer and never counts against the limit.',
    }),
    signedIn,
    validate('json', PlaceBid),
    async (c) => {
      const key = requireKey(c)
      const { room, who } = await enterRoom(c)
      return reply(c, BidPlaced, accepted(await room.placeBid(who, key, c.req.valid('json'))), 201)
    },
  )
  .get(
    '/auctions/:id/bids/mine',
    describe({
      summary: 'My bids here, refused ones too, and my maximum',
      tag,
      caller: 'self',
      answers: { 200: MyBids },
      problems: ['not-found'],
    }),
    signedIn,
    async (c) => {
      const room = await openRoom(c)
      keepPrivate(c)
      return reply(c, MyBids, await room.myBids(c.var.actor.account))
    },
  )
  .get(
    '/auctions/:id/bids/:bid/receipt',
    describe({
      summary: 'The receipt of a bid of mine, with what opens its commitment',
      tag,
      caller: 'bidder',
      answers: { 200: MyReceipt },
      problems: ['not-found'],
    }),
    signedIn,
    async (c) => {
      const bid = c.var.ids.require('bid', c.req.param('bid'))
      const receipt = settled(await roomOf(c.env, auctionOf(c)).receipt(c.var.actor.account, bid))
      keepPrivate(c)
      return reply(c, MyReceipt, receipt)
    },
  )
  .post(
    '/auctions/:id/buy-now',
    describe({
      summary: 'Buy at once',
      tag,
      needs: ['key'],
      caller: 'trader',
      answers: { 201: BidPlaced },
      problems: [...refusals, 'buy-now-gone'],
      detail: 'The first to arrive wins, and the auction ends; the answer names the deal.',
    }),
    signedIn,
    validate('json', BuyNow),
    async (c) => {
      const key = requireKey(c)
      const { room, who } = await enterRoom(c)
      return reply(c, BidPlaced, accepted(await room.buyNow(who, key, c.req.valid('json'))), 201)
    },
  )

function accepted(outcome: BidOutcome) {
  if (outcome.ok) return outcome.value
  const { code, extra, receipt } = outcome
  throw new Problem(code, { ...extra, ...(receipt ? { receipt } : {}) })
}
