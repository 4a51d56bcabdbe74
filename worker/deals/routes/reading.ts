import { Hono } from 'hono'
import { CaseFile, DealPage, DealsQuery, DealView } from '../../contract/deals.ts'
import { now } from '../../kernel/clock.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { cursorOf, pageOf } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { reply } from '../../kernel/reply.ts'
import { limited } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { etagOf } from '../../kernel/versions.ts'
import { mediaViews } from '../../media/api.ts'
import { personCards } from '../../profiles/api.ts'
import { reviewedAmong } from '../../reviews/api.ts'
import { caseFileOf } from '../case-file.ts'
import { myDeals, sideOf } from '../queries.ts'
import { readDeal } from '../reading.ts'
import { dealIdOf, readerOf } from '../requests.ts'
import { rowViewOf } from '../views.ts'

const tag = 'deals'

/** What parties read. Also while suspended: a deal that is open is seen through. */
export const readingRoutes = new Hono<AppEnv>()
  .get(
    '/deals',
    describe({
      summary: 'My deals, latest activity first',
      tag,
      caller: 'limited',
      answers: { 200: DealPage },
      problems: ['bad-query', 'bad-cursor'],
    }),
    limited,
    validate('query', DealsQuery),
    async (c) => {
      const { db, actor } = c.var
      const query = c.req.valid('query')
      const cursor = cursorOf(c, 'deals', query)
      const found = await myDeals(db, actor.account, { ...query, position: cursor.read(query.cursor) })
      const { rows, nextCursor } = pageOf(found, query.limit, cursor, ({ activeAt, id }) => [activeAt, id])
      const [people, images, reviewed] = await Promise.all([
        personCards(
          db,
          rows.flatMap(({ seller, buyer }) => [seller, buyer]),
        ),
        mediaViews(
          db,
          rows.flatMap(({ cover }) => cover ?? []),
        ),
        reviewedAmong(
          db,
          actor.account,
          rows.map(({ id }) => id),
        ),
      ])
      const at = now()
      const items = rows.map((row) => {
        const reader = { role: sideOf(row, actor.account) ?? 'buyer', hasReviewed: reviewed.has(row.id) }
        return rowViewOf(row, reader, { people, images, at })
      })
      keepPrivate(c)
      return reply(c, DealPage, { items, nextCursor })
    },
  )
  .get(
    '/deals/:id',
    describe({
      summary: 'One deal: terms, steps, what may be done now and by when',
      tag,
      caller: 'limited',
      answers: { 200: DealView },
      problems: ['not-found'],
      detail: 'For its two parties, and for moderators.',
    }),
    limited,
    async (c) => {
      const view = await readDeal(c, dealIdOf(c), readerOf(c))
      keepPrivate(c)
      c.header('etag', etagOf(view.version))
      return reply(c, DealView, view)
    },
  )
  .get(
    '/deals/:id/case',
    describe({
      summary: 'Everything about a deal in one file, for mediation outside',
      tag,
      caller: 'limited',
      answers: { 200: CaseFile },
      problems: ['not-found'],
      detail: 'Terms, ledger, the messages of its room, steps and evidence. For its two parties.',
    }),
    limited,
    async (c) => {
      const file = await caseFileOf(c, dealIdOf(c), c.var.actor.account)
      keepPrivate(c)
      c.header('content-disposition', `attachment; filename="${file.deal.id}.json"`)
      return reply(c, CaseFile, file)
    },
  )
