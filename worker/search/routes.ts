import { Hono } from 'hono'
import {
  Feedback,
  RecommendedPage,
  RecommendQuery,
  Related,
  RelatedQuery,
  SearchPage,
  SearchQuery,
  SendSignals,
  Suggestions,
  SuggestionsQuery,
} from '../contract/search.ts'
import { listsTag } from '../auctions/api.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { describe } from '../kernel/describe.ts'
import { runBatch } from '../kernel/db.ts'
import { idempotent } from '../kernel/idempotency.ts'
import { addressOf, take } from '../kernel/rate-limit.ts'
import { reply } from '../kernel/reply.ts'
import { anyone, limited, requireSignedIn, signedIn } from '../kernel/sessions.ts'
import { shareWithVisitors } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { pageFound, suggestionsFor } from './finding.ts'
import { noticeSignals } from './noticing.ts'
import { forgetTaste } from './queries/taste.ts'
import { recommendedTo, relatedTo } from './recommending.ts'
import { giveFeedback } from './taste.ts'

const [search, recommendations] = ['search', 'recommendations']

/** Mounted before the auctions: `/auctions/recommend` is a list, not an auction. */
export const searchRoutes = new Hono<AppEnv>()
  .get(
    '/search',
    describe({
      summary: 'Auctions or people, best match first',
      tag: search,
      caller: 'anyone',
      answers: { 200: SearchPage },
      problems: ['not-signed-in', 'account-suspended', 'too-many-requests', 'bad-query', 'bad-cursor'],
      detail:
        'Keyword and meaning together, Korean and English: the 300 best. The first page fixes the order for 30 minutes; of auctions there are 30 first pages a minute. People need sign-in. With the index down or late: keywords alone, and `degraded: true`.',
    }),
    anyone,
    validate('query', SearchQuery),
    async (c) => {
      const query = c.req.valid('query')
      if (query.type === 'people') await take(c, 'personSearch', requireSignedIn(c).account)
      // A first page may ask an embedder that is paid for, and store an order; the others walk what it stored.
      else if (query.cursor === undefined) await take(c, 'searches', takerOf(c))
      const page = await pageFound(c, query)
      // What keywords alone found is no answer to keep.
      shareWithVisitors(c, page.degraded ? 1 : 10, [listsTag])
      return reply(c, SearchPage, page)
    },
  )
  .get(
    '/search/suggestions',
    describe({
      summary: 'What may be meant by what is being typed',
      tag: search,
      caller: 'anyone',
      answers: { 200: Suggestions },
      problems: ['too-many-requests', 'bad-query'],
      detail: 'Titles of open auctions, and people for those who have signed in.',
    }),
    anyone,
    validate('query', SuggestionsQuery),
    async (c) => {
      await take(c, 'suggestions', takerOf(c))
      const items = await suggestionsFor(c, c.req.valid('query').q)
      shareWithVisitors(c, 10, [listsTag])
      return reply(c, Suggestions, { items })
    },
  )
  .get(
    '/auctions/recommend',
    describe({
      summary: 'Recommended auctions, to the very end',
      tag: recommendations,
      caller: 'anyone',
      answers: { 200: RecommendedPage },
      problems: ['bad-query', 'bad-cursor'],
      detail:
        'Scheduled and running ones, each with its `why`: near to the last ten strong interests, spread over sellers and topics, then popular of the last seven days mixed with new. The first page fixes the order for 30 minutes. Own ones, those looked at for 10 s within 7 days, ended ones, those of suspended sellers, and what was marked `less` or hidden are left out whenever a page is read.',
    }),
    anyone,
    validate('query', RecommendQuery),
    async (c) => {
      const page = await recommendedTo(c, c.req.valid('query'))
      shareWithVisitors(c, 10, [listsTag])
      return reply(c, RecommendedPage, page)
    },
  )
  .get(
    '/recommendations/related',
    describe({
      summary: 'Up to twelve things near to one',
      tag: recommendations,
      caller: 'anyone',
      answers: { 200: Related },
      problems: ['not-found', 'bad-query'],
      detail: 'With the index down or late: the newest of the same category, and `degraded: true`.',
    }),
    anyone,
    validate('query', RelatedQuery),
    async (c) => {
      const related = await relatedTo(c, c.req.valid('query').target)
      shareWithVisitors(c, related.degraded ? 1 : 30, [listsTag])
      return reply(c, Related, related)
    },
  )
  .post(
    '/signals',
    describe({
      summary: 'Tell what was looked at',
      tag: recommendations,
      caller: 'anyone',
      answers: { 204: null },
      problems: ['invalid-fields', 'unknown-field'],
      detail:
        'Looked at for 10 s without a break, or opened, it is a view: one per viewer and target in 24 h, never of own things. With a token it is a strong interest, too, unless personalisation is off. Of visitors nothing personal is kept.',
    }),
    anyone,
    validate('json', SendSignals),
    async (c) => {
      await noticeSignals(c, c.req.valid('json').signals)
      return c.body(null, 204)
    },
  )
  .post(
    '/recommendations/feedback',
    describe({
      summary: 'Less like this, or nothing more of its author',
      tag: recommendations,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found', 'personalisation-off', 'invalid-fields', 'unknown-field'],
      detail: 'Acts on the next page. `undo` takes back both verdicts about the target.',
    }),
    signedIn,
    validate('json', Feedback),
    idempotent(),
    async (c) => {
      await giveFeedback(c, c.var.actor.account, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .delete(
    '/recommendations/history',
    describe({
      summary: 'Forget everything about what I looked at and like',
      tag: recommendations,
      caller: 'self',
      answers: { 204: null },
    }),
    limited,
    async (c) => {
      await runBatch(c.var.db, forgetTaste(c.var.db, c.var.actor.account))
      return c.body(null, 204)
    },
  )

/** Whose count it is. Pages are rendered as nobody, but with the address of whoever opens them. */
function takerOf(c: AppContext): string {
  return c.var.actor?.account ?? `ip:${addressOf(c)}`
}
