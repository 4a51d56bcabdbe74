import { Hono } from 'hono'
import type { AccountId } from '../contract/ids.ts'
import { mannerOf } from '../contract/profiles.ts'
import {
  ChangeReview,
  MannerLedger,
  OwnReview,
  OwnReviewPage,
  OwnReviewsQuery,
  PendingReviewList,
  ReviewPage,
  ReviewsQuery,
  ReviewSummary,
  ReviewSummaryQuery,
  StatementList,
  StatementsQuery,
  WriteReview,
} from '../contract/reviews.ts'
import { otherSide } from '../contract/deal-steps.ts'
import { iso } from '../contract/time.ts'
import { dealsToReview, dealTitles } from '../deals/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { cursorOf, pageOf } from '../kernel/cursor.ts'
import { describe } from '../kernel/describe.ts'
import { idempotent } from '../kernel/idempotency.ts'
import { Problem } from '../kernel/problem.ts'
import { reply } from '../kernel/reply.ts'
import { limited, signedIn, trader } from '../kernel/sessions.ts'
import { keepPrivate, shareFor } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { etagOf } from '../kernel/versions.ts'
import { accountsByHandle, personCards, personTag, selectProfile } from '../profiles/api.ts'
import { entriesOf } from './judging.ts'
import { reviewedAmong, reviewsAbout, reviewsBy, type ReviewRow } from './queries.ts'
import { allStatements, ledgerView, ownReview, reviewView } from './views.ts'
import { changeReview, withdrawReview, writeReview } from './writing.ts'

const tag = 'reviews'

export const reviewRoutes = new Hono<AppEnv>()
  .get(
    '/reviews/statements',
    describe({
      summary: 'What can be said of the other side of a deal',
      tag,
      caller: 'anyone',
      answers: { 200: StatementList },
      problems: ['bad-query'],
      detail: '36 codes, 9 per grade. With `role` (whom one speaks about) the 8 per grade that fit.',
    }),
    validate('query', StatementsQuery),
    (c) => {
      shareFor(c, 3_600)
      return reply(c, StatementList, { items: allStatements(c.req.valid('query').role) })
    },
  )
  .post(
    '/reviews',
    describe({
      summary: 'Review the other side of a deal',
      tag,
      caller: 'trader',
      answers: { 201: OwnReview },
      problems: ['not-found', 'deal-not-over', 'too-late', 'already-reviewed', 'invalid-fields'],
      detail: 'Once per person and deal, within 14 days after it was completed or failed.',
    }),
    trader,
    validate('json', WriteReview),
    idempotent(),
    async (c) => answer(c, await writeReview(c, c.var.actor, c.req.valid('json')), 201),
  )
  .patch(
    '/reviews/:id',
    describe({
      summary: 'Change an own review',
      tag,
      caller: 'owner',
      answers: { 200: OwnReview },
      problems: ['not-found', 'review-released', 'stale-version', 'invalid-fields'],
      detail: 'Until its release. `If-Match` is honoured.',
    }),
    signedIn,
    validate('json', ChangeReview),
    async (c) => answer(c, await changeReview(c, c.var.actor, c.req.param('id'), c.req.valid('json')), 200),
  )
  .delete(
    '/reviews/:id',
    describe({
      summary: 'Take an own review back',
      tag,
      caller: 'owner',
      answers: { 204: null },
      problems: ['not-found', 'review-released', 'stale-version'],
      detail: 'Until its release. It can be written anew while there is time.',
    }),
    signedIn,
    async (c) => {
      await withdrawReview(c, c.var.actor, c.req.param('id'))
      return c.body(null, 204)
    },
  )
  .get(
    '/reviews/mine',
    describe({
      summary: 'Own reviews with their state',
      tag,
      caller: 'self',
      answers: { 200: OwnReviewPage },
      problems: ['bad-query', 'bad-cursor'],
    }),
    signedIn,
    validate('query', OwnReviewsQuery),
    async (c) => {
      const { limit, cursor: text } = c.req.valid('query')
      const cursor = cursorOf(c, 'own-reviews')
      const found = await reviewsBy(c.var.db, c.var.actor.account, cursor.read(text), limit)
      const { rows, nextCursor } = pageOf(found, limit, cursor, (row) => [row.writtenAt, row.id])
      keepPrivate(c)
      return reply(c, OwnReviewPage, { items: await ownViews(c, rows), nextCursor })
    },
  )
  .get(
    '/reviews/pending',
    describe({
      summary: 'Deals that wait for my review',
      tag,
      caller: 'self',
      answers: { 200: PendingReviewList },
    }),
    signedIn,
    async (c) => {
      const { db, actor } = c.var
      const deals = await dealsToReview(db, actor.account, now())
      const written = await reviewedAmong(
        db,
        actor.account,
        deals.map(({ id }) => id),
      )
      const open = deals.filter(({ id }) => !written.has(id))
      const cards = await personCards(
        db,
        open.map(({ receiver }) => receiver),
      )
      keepPrivate(c)
      return reply(c, PendingReviewList, {
        items: open.map(({ id, title, side, receiver, endedAt, until }) => ({
          deal: id,
          title,
          about: cards.get(receiver) ?? null,
          role: otherSide(side),
          endedAt: iso(endedAt),
          until: iso(until),
        })),
      })
    },
  )
  .get(
    '/reviews',
    describe({
      summary: "Someone's reviews",
      tag,
      caller: 'anyone',
      answers: { 200: ReviewPage },
      problems: ['not-found', 'bad-query', 'bad-cursor'],
      detail: 'No author, deal, item or time. The order inside a release is drawn by lot and stays.',
    }),
    validate('query', ReviewsQuery),
    async (c) => {
      const { handle, limit, cursor: text } = c.req.valid('query')
      const subject = await accountOf(c, handle)
      const cursor = cursorOf(c, 'reviews', { handle })
      const last = cursor.read(text)
      const found = await reviewsAbout(c.var.db, subject, last ? String(last[0]) : null, limit)
      const { rows, nextCursor } = pageOf(found, limit, cursor, (row) => [row.id])
      shareFor(c, 60, [personTag(subject)])
      return reply(c, ReviewPage, { items: rows.map(reviewView), nextCursor })
    },
  )
  .get(
    '/reviews/summary',
    describe({
      summary: "Someone's manner score and what it is made of",
      tag,
      caller: 'anyone',
      answers: { 200: ReviewSummary },
      problems: ['not-found', 'bad-query'],
    }),
    validate('query', ReviewSummaryQuery),
    async (c) => {
      const subject = await accountOf(c, c.req.valid('query').handle)
      const [shown] = await selectProfile(c.var.db, subject)
      if (!shown) throw new Problem('not-found')
      const { manner, grades, deals, noShows } = shown
      shareFor(c, 60, [personTag(subject)])
      return reply(c, ReviewSummary, { ...mannerOf(manner / 10), grades, deals, noShows })
    },
  )
  .get(
    '/reviews/ledger',
    describe({
      summary: 'Where the own score comes from',
      tag,
      caller: 'limited',
      answers: { 200: MannerLedger },
      detail: 'Every entry that still weighs; start and points add up to `exact`, of which 0 to 99 is shown.',
    }),
    limited,
    async (c) => {
      keepPrivate(c)
      return reply(c, MannerLedger, ledgerView(await entriesOf(c.var.db, c.var.actor.account), now()))
    },
  )

async function accountOf(c: AppContext, handle: string): Promise<AccountId> {
  const account = (await accountsByHandle(c.var.db, [handle])).get(handle)
  if (account === undefined) throw new Problem('not-found')
  return account
}

async function ownViews(c: AppContext, rows: readonly ReviewRow[]): Promise<OwnReview[]> {
  const { db } = c.var
  const [titles, cards] = await Promise.all([
    dealTitles(
      db,
      rows.map(({ deal }) => deal),
    ),
    personCards(
      db,
      rows.map(({ subject }) => subject),
    ),
  ])
  return rows.map((row) => ownReview(row, titles.get(row.deal) ?? '', cards))
}

async function answer<Status extends 200 | 201>(c: AppContext, row: ReviewRow, status: Status) {
  const [view] = await ownViews(c, [row])
  c.header('etag', etagOf(row.version))
  keepPrivate(c)
  return reply(c, OwnReview, view as OwnReview, status)
}
