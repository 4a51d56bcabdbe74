import { Hono } from 'hono'
import { AuctionLiked, IdsQuery, LikeAuction, LikedAuctions } from '../../contract/auctions.ts'
import type { AuctionId } from '../../contract/ids.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { nudgeDrain } from '../../kernel/outbox.ts'
import { Problem } from '../../kernel/problem.ts'
import { take } from '../../kernel/rate-limit.ts'
import { reply } from '../../kernel/reply.ts'
import { keepPrivate, shareWithVisitors } from '../../kernel/sharing.ts'
import { anyone, signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { addLike, likedAmong, likesOf, removeLike } from '../likes.ts'
import { auctionOf } from '../requests.ts'

const tag = 'likes'

export const likeRoutes = new Hono<AppEnv>()
  .post(
    '/likes/auction-likes',
    describe({
      summary: 'Like an auction',
      tag,
      caller: 'signed-in',
      answers: { 200: AuctionLiked, 201: AuctionLiked },
      problems: ['not-found', 'own-auction', 'too-many-requests'],
      detail:
        '200 when it is liked already. It subscribes to start, ending soon and cancellation. Blocked either way by its seller: 404.',
    }),
    signedIn,
    validate('json', LikeAuction),
    idempotent(),
    async (c) => {
      const id = c.var.ids.require('auction', c.req.valid('json').auction)
      const { account } = c.var.actor
      const before = await visibleLikes(c, id)
      if (before.seller === account) throw new Problem('own-auction')
      if (before.blocked) throw new Problem('not-found')
      if (before.liked) return reply(c, AuctionLiked, { liked: true, likesCount: before.likesCount })
      await take(c, 'likes', account)
      await addLike(c.var.db, { account, auction: id }, now())
      nudgeDrain(c.env, c.executionCtx)
      return reply(c, AuctionLiked, { liked: true, likesCount: (await visibleLikes(c, id)).likesCount }, 201)
    },
  )
  .delete(
    '/likes/auction-likes/:id',
    describe({
      summary: 'Like it no more',
      tag,
      caller: 'signed-in',
      answers: { 200: AuctionLiked },
      problems: ['not-found'],
      detail: 'Also when it was not liked.',
    }),
    signedIn,
    async (c) => {
      const id = auctionOf(c)
      const before = await visibleLikes(c, id)
      if (!before.liked) return reply(c, AuctionLiked, { liked: false, likesCount: before.likesCount })
      await removeLike(c.var.db, { account: c.var.actor.account, auction: id })
      nudgeDrain(c.env, c.executionCtx)
      return reply(c, AuctionLiked, { liked: false, likesCount: (await visibleLikes(c, id)).likesCount })
    },
  )
  .get(
    '/likes/auction-likes',
    describe({
      summary: 'Which of up to 50 auctions I like',
      tag,
      caller: 'self',
      answers: { 200: LikedAuctions },
      problems: ['bad-query'],
      detail: 'So that cards can be the same for everyone.',
    }),
    signedIn,
    validate('query', IdsQuery),
    async (c) => {
      const { db, ids, actor } = c.var
      const wanted = c.req.valid('query').ids.filter((id) => ids.isGenuine('auction', id))
      keepPrivate(c)
      return reply(c, LikedAuctions, { liked: wanted.length > 0 ? await likedAmong(db, actor.account, wanted) : [] })
    },
  )
  .get(
    '/likes/auction-likes/:id',
    describe({
      summary: 'How many like it, and whether I do',
      tag,
      caller: 'anyone',
      answers: { 200: AuctionLiked },
      problems: ['not-found'],
    }),
    anyone,
    async (c) => {
      const { likesCount, liked } = await visibleLikes(c, auctionOf(c))
      shareWithVisitors(c, 2)
      return reply(c, AuctionLiked, { likesCount, liked })
    },
  )

async function visibleLikes(c: AppContext, id: AuctionId) {
  const likes = await likesOf(c.var.db, id, c.var.actor?.account ?? null)
  if (!likes) throw new Problem('not-found')
  return likes
}
