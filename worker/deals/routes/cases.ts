import { Hono } from 'hono'
import { CasePage, CaseRow, CasesQuery, Ruling } from '../../contract/deals.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { cursorOf, pageOf } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { settled } from '../../kernel/outcome.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { staff } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { genuine, validate } from '../../kernel/validate.ts'
import { personCards } from '../../profiles/api.ts'
import { dealOf } from '../deal-client.ts'
import { caseById, casesBy } from '../queries.ts'
import { caseViewOf } from '../views.ts'

const tag = 'moderation'

/** Contested no-shows and disputes without agreement, for moderators. */
export const caseRoutes = new Hono<AppEnv>()
  .get(
    '/moderation/cases',
    describe({
      summary: 'Cases of deals, the oldest open ones first',
      tag,
      caller: 'moderator',
      answers: { 200: CasePage },
      problems: ['forbidden', 'bad-query', 'bad-cursor'],
    }),
    staff('moderator'),
    validate('query', CasesQuery),
    async (c) => {
      const { db } = c.var
      const query = c.req.valid('query')
      const cursor = cursorOf(c, 'deal-cases', query)
      const found = await casesBy(db, { ...query, position: cursor.read(query.cursor) })
      const { rows, nextCursor } = pageOf(found, query.limit, cursor, ({ of }) => [
        query.state === 'open' ? of.openedAt : (of.closedAt ?? 0),
        of.id,
      ])
      const people = await personCards(
        db,
        rows.flatMap(({ deal }) => [deal.seller, deal.buyer]),
      )
      keepPrivate(c)
      return reply(c, CasePage, { items: rows.map((row) => caseViewOf(row, people)), nextCursor })
    },
  )
  .post(
    '/moderation/cases/:id/ruling',
    describe({
      summary: 'Rule on a case: whose fault it was, with reasons',
      tag,
      caller: 'moderator',
      answers: { 200: CaseRow },
      problems: ['forbidden', 'not-found', 'own-deal', 'case-ruled', 'invalid-fields', 'unknown-field'],
      detail: 'What cannot be proved is nobody’s fault. A ruling on a dispute moves score, never money. Audited.',
    }),
    staff('moderator'),
    validate('json', Ruling),
    genuine('case'),
    idempotent(),
    async (c) => {
      const { db, actor } = c.var
      const id = c.var.ids.require('case', c.req.param('id'))
      const found = await caseById(db, id)
      if (!found) throw new Problem('not-found')
      const ruling = c.req.valid('json')
      // D1 hears of it in its own time.
      const closedAt = settled(await dealOf(c.env, found.of.deal).rule(actor.account, id, ruling))
      const people = await personCards(db, [found.deal.seller, found.deal.buyer])
      const of = { ...found.of, ...ruling, closedAt }
      return reply(c, CaseRow, caseViewOf({ ...found, of }, people))
    },
  )
