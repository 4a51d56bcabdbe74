import { Hono } from 'hono'
import {
  AuctionList,
  AuctionPage,
  CardsNow,
  categories,
  CategoryList,
  IdsQuery,
  Increments,
  LatestQuery,
  ListQuery,
  MineQuery,
} from '../../contract/auctions.ts'
import { ladder } from '../../contract/limits.ts'
import { iso } from '../../contract/time.ts'
import { now } from '../../kernel/clock.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { reply } from '../../kernel/reply.ts'
import { keepPrivate, shareFor } from '../../kernel/sharing.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { latestOf, listOf, mineOf, popularNow } from '../finding.ts'
import { listsTag } from '../page-tags.ts'
import { auctionsNow } from '../queries/lists.ts'
import { nowOf } from '../views.ts'

const tag = 'auctions'

/** Lists. Those for anyone are the same for everyone: they do not look at tokens. */
export const listRoutes = new Hono<AppEnv>()
  .get(
    '/auctions/categories',
    describe({ summary: 'Codes of the categories', tag, caller: 'anyone', answers: { 200: CategoryList } }),
    (c) => {
      shareFor(c, 3_600)
      return reply(c, CategoryList, { items: categories.map((code) => ({ code })) })
    },
  )
  .get(
    '/auctions/increments',
    describe({ summary: 'The ladder of bid steps', tag, caller: 'anyone', answers: { 200: Increments } }),
    (c) => {
      shareFor(c, 3_600)
      const items = ladder.map(([below, step]) => ({ below: Number.isFinite(below) ? below : null, step }))
      return reply(c, Increments, { items })
    },
  )
  .get(
    '/auctions',
    describe({
      summary: 'Auctions by category, status and keywords',
      tag,
      caller: 'anyone',
      answers: { 200: AuctionPage },
      problems: ['bad-query', 'bad-cursor'],
      detail:
        'Without a status, `newest` lists all that were published, `ending` and `popular` those not ended. Every word of `search` must stand in title or text, at least as the beginning of a word. The order by popularity is fixed for 30 minutes by the first page. Cancelled and void auctions are left out.',
    }),
    validate('query', ListQuery),
    async (c) => {
      const page = await listOf(c, c.req.valid('query'))
      shareFor(c, 10, [listsTag])
      return reply(c, AuctionPage, page)
    },
  )
  .get(
    '/auctions/popular',
    describe({
      summary: 'Up to ten with most people present, then likes',
      tag,
      caller: 'anyone',
      answers: { 200: AuctionList },
    }),
    async (c) => {
      const items = await popularNow(c)
      shareFor(c, 10, [listsTag])
      return reply(c, AuctionList, { items })
    },
  )
  .get(
    '/auctions/cards',
    describe({
      summary: 'The moving part of up to 50 cards',
      tag,
      caller: 'anyone',
      answers: { 200: CardsNow },
      problems: ['bad-query'],
      detail: 'Unknown ids and drafts are left out. In no particular order.',
    }),
    validate('query', IdsQuery),
    async (c) => {
      const { db, ids } = c.var
      const wanted = c.req.valid('query').ids.filter((id) => ids.isGenuine('auction', id))
      const rows = wanted.length > 0 ? await auctionsNow(db, wanted) : []
      shareFor(c, 2)
      return reply(c, CardsNow, { items: rows.map(nowOf), serverAt: iso(now()) })
    },
  )
  .get(
    '/auctions/latest/:handle',
    describe({
      summary: 'What one seller has published, newest first',
      tag,
      caller: 'anyone',
      answers: { 200: AuctionPage },
      problems: ['not-found', 'bad-query', 'bad-cursor'],
    }),
    validate('query', LatestQuery),
    async (c) => {
      const page = await latestOf(c, c.req.param('handle').toLowerCase(), c.req.valid('query'))
      shareFor(c, 10, [listsTag])
      return reply(c, AuctionPage, page)
    },
  )
  .get(
    '/auctions/mine',
    describe({
      summary: 'My auctions by role',
      tag,
      caller: 'self',
      answers: { 200: AuctionPage },
      problems: ['bad-query', 'bad-cursor'],
      detail:
        '`selling`: scheduled and running; `sold`: all of mine that are over, unsold and cancelled too; `bidding`: running ones I bid on, with own standing and limit; `won`, `lost`, `liked`, `draft`.',
    }),
    signedIn,
    validate('query', MineQuery),
    async (c) => {
      keepPrivate(c)
      return reply(c, AuctionPage, await mineOf(c, c.var.actor.account, c.req.valid('query')))
    },
  )
