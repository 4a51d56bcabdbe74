import { Hono } from 'hono'
import {
  AnswerAppeal,
  Appeal,
  AppealPage,
  AppealsQuery,
  DecisionPage,
  DecisionsQuery,
  DecisionView,
} from '../contract/moderation.ts'
import { now } from '../kernel/clock.ts'
import type { AppEnv } from '../kernel/context.ts'
import { cursorOf, pageOf } from '../kernel/cursor.ts'
import { describe } from '../kernel/describe.ts'
import { idempotent } from '../kernel/idempotency.ts'
import { reply } from '../kernel/reply.ts'
import { limited, staff } from '../kernel/sessions.ts'
import { keepPrivate } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { privateMediaViews } from '../media/api.ts'
import { personCards } from '../profiles/api.ts'
import { answerAppeal, ownDecision, sendAppeal } from './appeals.ts'
import { appealsBy, decisionsOf } from './queries.ts'
import { appealView, decisionView } from './views.ts'

const tag = 'moderation'

export const moderationRoutes = new Hono<AppEnv>()
  .get(
    '/decisions',
    describe({
      summary: 'Decisions on me',
      tag,
      caller: 'limited',
      answers: { 200: DecisionPage },
      problems: ['bad-query', 'bad-cursor'],
      detail: 'Also while suspended.',
    }),
    limited,
    validate('query', DecisionsQuery),
    async (c) => {
      const { limit, cursor: text } = c.req.valid('query')
      const cursor = cursorOf(c, 'decisions')
      const found = await decisionsOf(c.var.db, c.var.actor.account, cursor.read(text), limit)
      const { rows, nextCursor } = pageOf(found, limit, cursor, ({ decision }) => [decision.createdAt, decision.id])
      keepPrivate(c)
      return reply(c, DecisionPage, { items: rows.map((row) => decisionView(row, now())), nextCursor })
    },
  )
  .get(
    '/decisions/:id',
    describe({
      summary: 'A statement of reasons',
      tag,
      caller: 'limited',
      answers: { 200: DecisionView },
      problems: ['not-found'],
      detail: 'For the person concerned, also while suspended.',
    }),
    limited,
    async (c) => {
      const found = await ownDecision(c, c.var.actor, c.req.param('id'))
      keepPrivate(c)
      return reply(c, DecisionView, decisionView(found, now()))
    },
  )
  .post(
    '/decisions/:id/appeal',
    describe({
      summary: 'Appeal against a decision on me',
      tag,
      caller: 'limited',
      answers: { 201: DecisionView },
      problems: ['not-found', 'already-appealed', 'decision-over', 'too-late', 'media-not-ready', 'invalid-fields'],
      detail: 'Once, within 30 days. Somebody else than who decided answers within 7.',
    }),
    limited,
    validate('json', Appeal),
    idempotent(),
    async (c) => {
      const id = c.req.param('id')
      await sendAppeal(c, c.var.actor, id, c.req.valid('json'))
      keepPrivate(c)
      return reply(c, DecisionView, decisionView(await ownDecision(c, c.var.actor, id), now()), 201)
    },
  )
  .get(
    '/moderation/appeals',
    describe({
      summary: 'Appeals',
      tag,
      caller: 'moderator',
      answers: { 200: AppealPage },
      problems: ['forbidden', 'bad-query', 'bad-cursor'],
      detail: 'Open ones by when their answer is due; answered ones the latest first.',
    }),
    staff('moderator'),
    validate('query', AppealsQuery),
    async (c) => {
      const { state, limit, cursor: text } = c.req.valid('query')
      const { db, actor } = c.var
      const cursor = cursorOf(c, 'appeals', { state })
      const found = await appealsBy(db, state, cursor.read(text), limit)
      const { rows, nextCursor } = pageOf(found, limit, cursor, ({ appeal }) => [
        state === 'open' ? appeal.dueAt : Number(appeal.answeredAt),
        appeal.decision,
      ])
      const [cards, media] = await Promise.all([
        personCards(
          db,
          rows.map(({ decision }) => decision.account),
        ),
        privateMediaViews(
          db,
          rows.flatMap(({ appeal }) => appeal.media),
        ),
      ])
      keepPrivate(c)
      const seen = { at: now(), reader: actor.account, cards, media }
      return reply(c, AppealPage, { items: rows.map((row) => appealView(row, seen)), nextCursor })
    },
  )
  .post(
    '/moderation/appeals/:decision/answer',
    describe({
      summary: 'Answer an appeal',
      tag,
      caller: 'moderator',
      answers: { 204: null },
      problems: [
        'forbidden',
        'not-found',
        'appeal-answered',
        'own-decision',
        'not-oneself',
        'own-deal',
        'decision-over',
        'conflict',
        'invalid-fields',
      ],
      detail: 'Overturning undoes all that followed, the score included. Changing gives it an earlier end.',
    }),
    staff('moderator'),
    validate('json', AnswerAppeal),
    idempotent(),
    async (c) => {
      await answerAppeal(c, c.var.actor, c.req.param('decision'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
