import { Hono } from 'hono'
import {
  AnswerNoShow,
  CancelDeal,
  DealView,
  HandOver,
  ProposeAppointment,
  RefuseDeal,
  ReportNoShow,
} from '../../contract/deals.ts'
import type { ProblemCode } from '../../contract/problem.ts'
import { fromIso } from '../../contract/time.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { describe, type Description } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { reply } from '../../kernel/reply.ts'
import { limited } from '../../kernel/sessions.ts'
import { genuine, validate } from '../../kernel/validate.ts'
import { etagOf } from '../../kernel/versions.ts'
import type { PartyCommand } from '../commands.ts'
import { readDeal } from '../reading.ts'
import { asMedia, takeStep, type ActingContext } from '../requests.ts'

export const refusals: ProblemCode[] = [
  'bad-key',
  'not-found',
  'key-reused',
  'stale-version',
  'not-that-party',
  'deal-step-not-now',
  'too-early',
  'too-late',
]

/** Every step is keyed, answers the deal as it stands then, and may say by `If-Match` which deal it means. */
export function describeStep(summary: string, more: Partial<Description> = {}) {
  return describe({
    summary,
    tag: 'deals',
    caller: 'limited',
    answers: { 200: DealView },
    ...more,
    problems: [...refusals, ...(more.problems ?? [])],
  })
}

/** Takes the step and answers how the deal stands after it. */
export async function step(c: ActingContext, command: PartyCommand, media: readonly string[] = []) {
  const deal = await takeStep(c, command, { media })
  const view = await readDeal(c, deal, { account: c.var.actor.account, isStaff: false })
  c.header('etag', etagOf(view.version))
  return reply(c, DealView, view)
}

/** The steps of a deal. Who may take which, and when, is the table's (`contract/deal-steps.ts`); the deal judges. */
export const stepRoutes = new Hono<AppEnv>()
  .put(
    '/deals/:id/appointment',
    describeStep('Propose when and where to meet, or when it will be sent', {
      problems: ['invalid-fields', 'unknown-field'],
      detail: 'Takes the place of an older proposal. What was agreed on before stands until this is agreed on.',
    }),
    limited,
    validate('json', ProposeAppointment),
    genuine('deal'),
    idempotent({ required: true }),
    async (c) => {
      const { at, place, method } = c.req.valid('json')
      return step(c, { type: 'propose-appointment', at: fromIso(at), place, method })
    },
  )
  .post(
    '/deals/:id/appointment/accept',
    describeStep('Agree to the proposal of the other party', {
      detail: 'With `If-Match`, only to the one that was seen.',
    }),
    limited,
    genuine('deal'),
    idempotent({ required: true }),
    (c) => step(c, { type: 'accept-appointment' }),
  )
  .post(
    '/deals/:id/hand-over',
    describeStep('Say that it was handed over or sent', { problems: ['invalid-fields', 'unknown-field'] }),
    limited,
    validate('json', HandOver),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => {
      const { carrier = null, tracking = null } = c.req.valid('json')
      return step(c, { type: 'hand-over', carrier, tracking })
    },
  )
  .post(
    '/deals/:id/confirm',
    describeStep('Say that it was received as described', {
      detail:
        'Any time after opening; in the own dispute it ends it, and all stays as it is. By itself 72 h after a meeting and 7 days after sending, unless disputed.',
    }),
    limited,
    genuine('deal'),
    idempotent({ required: true }),
    (c) => step(c, { type: 'confirm' }),
  )
  .post(
    '/deals/:id/cancel',
    describeStep('Propose to cancel together, or agree to it', {
      problems: ['invalid-fields', 'unknown-field'],
      detail: 'A proposal needs a reason. Nobody loses score.',
    }),
    limited,
    validate('json', CancelDeal),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => step(c, { type: 'cancel', reason: c.req.valid('json').reason ?? null }),
  )
  .delete(
    '/deals/:id/cancel',
    describeStep('Withdraw the proposal to cancel'),
    limited,
    genuine('deal'),
    idempotent({ required: true }),
    (c) => step(c, { type: 'withdraw-cancel' }),
  )
  .post(
    '/deals/:id/refuse',
    describeStep('Refuse alone: the deal fails by own fault', { problems: ['invalid-fields', 'unknown-field'] }),
    limited,
    validate('json', RefuseDeal),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => step(c, { type: 'refuse', reason: c.req.valid('json').reason }),
  )
  .post(
    '/deals/:id/no-shows',
    describeStep('Report that the other party did not come, or is silent', {
      problems: ['invalid-fields', 'unknown-field', 'media-not-ready'],
      detail: 'From 30 minutes to 72 h after the meeting time, or after 48 h without a word from the other.',
    }),
    limited,
    validate('json', ReportNoShow),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => {
      const { note, media } = c.req.valid('json')
      return step(c, { type: 'report-no-show', note, media: asMedia(media) }, media)
    },
  )
  .post(
    '/deals/:id/no-shows/answer',
    describeStep('Admit or contest a reported no-show', {
      problems: ['invalid-fields', 'unknown-field', 'media-not-ready'],
      detail: 'Within 48 h; silence admits. A contest goes to a moderator.',
    }),
    limited,
    validate('json', AnswerNoShow),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => {
      const { answer, note, media } = c.req.valid('json')
      return step(c, { type: 'answer-no-show', answer, note, media: asMedia(media) }, media)
    },
  )
