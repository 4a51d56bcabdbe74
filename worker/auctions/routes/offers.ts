import { Hono } from 'hono'
import { OfferAccepted, OfferMade, OfferPage, OffersQuery } from '../../contract/deals.ts'
import { iso } from '../../contract/time.ts'
import { participantOf } from '../../accounts/api.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { cursorOf, pageOf } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { settled } from '../../kernel/outcome.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { signedIn, trader, type Actor } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { genuine, validate } from '../../kernel/validate.ts'
import { mediaViews } from '../../media/api.ts'
import { personCards } from '../../profiles/api.ts'
import { offerToNext } from '../offering.ts'
import { findOutline } from '../queries/auction.ts'
import { auctionOfOffer, offersOf } from '../queries/offers.ts'
import { auctionOf } from '../requests.ts'
import { roomOf } from '../room-client.ts'
import { offerViewOf } from '../views.ts'

const tag = 'offers'

/** Offers to the next bidders, when the one before failed or the reserve was not met. The room decides, one at a time. */
export const offerRoutes = new Hono<AppEnv>()
  .get(
    '/auctions/offers',
    describe({
      summary: 'Offers that I made or was made, newest first',
      tag,
      caller: 'signed-in',
      answers: { 200: OfferPage },
      problems: ['bad-query', 'bad-cursor'],
    }),
    signedIn,
    validate('query', OffersQuery),
    async (c) => {
      const { db, actor } = c.var
      const query = c.req.valid('query')
      const cursor = cursorOf(c, 'offers', query)
      const found = await offersOf(db, actor.account, { ...query, position: cursor.read(query.cursor) })
      const { rows, nextCursor } = pageOf(found, query.limit, cursor, ({ offer }) => [offer.at, offer.id])
      const [people, images] = await Promise.all([
        personCards(
          db,
          rows.flatMap(({ offer }) => [offer.seller, offer.bidder]),
        ),
        mediaViews(
          db,
          rows.flatMap(({ images }) => images.slice(0, 1)),
        ),
      ])
      const items = rows.map((row) => offerViewOf(row, actor.account, { people, images, at: now() }))
      keepPrivate(c)
      return reply(c, OfferPage, { items, nextCursor })
    },
  )
  .post(
    '/auctions/:id/offers',
    describe({
      summary: 'Offer it to the next bidder, at their own highest bid',
      tag,
      needs: ['key'],
      caller: 'seller',
      answers: { 201: OfferMade },
      problems: ['not-found', 'forbidden', 'not-a-trader', 'bad-key', 'no-offer-now', 'offer-open', 'no-bidder-left'],
      detail:
        'After a failure or suspension of the buyer, or below the reserve; within 7 days, three at most, one at a time. Open 24 h, 1 h where the auction ran an hour or less.',
    }),
    trader,
    genuine('auction'),
    idempotent({ required: true }),
    async (c) => {
      const id = auctionOf(c)
      const outline = await findOutline(c.var.db, id)
      if (!outline || (outline.state === 'draft' && outline.seller !== c.var.actor.account))
        throw new Problem('not-found')
      if (outline.seller !== c.var.actor.account) throw new Problem('forbidden')
      const { id: offer, amount, expiresAt } = await offerToNext(c, id, outline.seller)
      return reply(c, OfferMade, { offer, amount, expiresAt: iso(expiresAt) }, 201)
    },
  )
  .post(
    '/auctions/offers/:id/accept',
    describe({
      summary: 'Accept an offer: a deal and its room begin',
      tag,
      needs: ['key'],
      caller: 'bidder',
      answers: { 201: OfferAccepted },
      problems: ['not-found', 'not-a-trader', 'not-eligible', 'bad-key', 'offer-over'],
    }),
    trader,
    genuine('offer'),
    idempotent({ required: true }),
    async (c) => {
      const { deal, room } = await answer(c, c.var.actor, 'accepted')
      return reply(c, OfferAccepted, { deal, room }, 201)
    },
  )
  .post(
    '/auctions/offers/:id/decline',
    describe({
      summary: 'Decline an offer; it costs nothing',
      tag,
      needs: ['key'],
      caller: 'bidder',
      answers: { 204: null },
      problems: ['not-found', 'bad-key', 'offer-over'],
    }),
    signedIn,
    genuine('offer'),
    idempotent({ required: true }),
    async (c) => {
      await answer(c, c.var.actor, 'declined')
      return c.body(null, 204)
    },
  )

/** Anybody else's offer is not there. */
async function answer(c: AppContext, actor: Actor, said: 'accepted' | 'declined') {
  const { db } = c.var
  const id = c.var.ids.require('offer', c.req.param('id'))
  const of = await auctionOfOffer(db, id)
  if (!of) throw new Problem('not-found')
  const who = await participantOf(db, actor, of.seller)
  return settled(await roomOf(c.env, of.auction).answerOffer(who, id, said))
}
