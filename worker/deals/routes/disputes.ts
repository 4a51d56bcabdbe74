import { Hono } from 'hono'
import { DisputeEntries, NewDisputeEntry, OpenDispute } from '../../contract/deals.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent, requireKey } from '../../kernel/idempotency.ts'
import { settled } from '../../kernel/outcome.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { limited } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { genuine, validate } from '../../kernel/validate.ts'
import type { PartyCommand } from '../commands.ts'
import { dealOf } from '../deal-client.ts'
import { readEntries } from '../reading.ts'
import { asMedia, dealIdOf, readerOf, takeStep, type ActingContext } from '../requests.ts'
import { describeStep, refusals, step } from './steps.ts'

/** Goods that are not as described, money that did not come: the two settle it, or a moderator says what they think. */
export const disputeRoutes = new Hono<AppEnv>()
  .post(
    '/deals/:id/disputes',
    describeStep('Open a dispute', {
      problems: ['invalid-fields', 'unknown-field', 'media-not-ready'],
      detail: 'Until 7 days after completion, one per party. It stops completion by itself.',
    }),
    limited,
    validate('json', OpenDispute),
    genuine('deal'),
    idempotent({ required: true }),
    (c) => {
      const { type, text, media } = c.req.valid('json')
      return step(c, { type: 'open-dispute', dispute: type, text, media: asMedia(media) }, media)
    },
  )
  .get(
    '/deals/:id/disputes/entries',
    describe({
      summary: 'What was put forward in its disputes',
      tag: 'deals',
      caller: 'limited',
      answers: { 200: DisputeEntries },
      problems: ['not-found'],
    }),
    limited,
    async (c) => {
      keepPrivate(c)
      return reply(c, DisputeEntries, { items: await readEntries(c, dealIdOf(c), readerOf(c)) })
    },
  )
  .post(
    '/deals/:id/disputes/entries',
    describe({
      summary: 'Add evidence, propose a remedy, or agree to one',
      tag: 'deals',
      caller: 'limited',
      answers: { 201: DisputeEntries },
      problems: [...refusals, 'invalid-fields', 'unknown-field', 'media-not-ready', 'own-deal'],
      detail:
        'Moderators add words alone, which is audited. Without an agreement in 7 days one of them says what they think of it.',
    }),
    limited,
    validate('json', NewDisputeEntry),
    genuine('deal'),
    idempotent({ required: true }),
    async (c) => {
      const entry = c.req.valid('json')
      const media = entry.kind === 'evidence' ? entry.media : []
      const isParty = (await dealOf(c.env, dealIdOf(c)).read({ account: c.var.actor.account, isStaff: false })).ok
      if (isParty) await takeStep(c, commandOf(entry), { media })
      else await addNote(c, entry)
      return reply(c, DisputeEntries, { items: await readEntries(c, dealIdOf(c), readerOf(c)) }, 201)
    },
  )

function commandOf(entry: NewDisputeEntry): PartyCommand {
  switch (entry.kind) {
    case 'evidence':
      return { type: 'add-evidence', text: entry.text, media: asMedia(entry.media) }
    case 'proposal':
      return { type: 'propose-remedy', remedy: entry.remedy, amount: entry.amount ?? null, text: entry.text }
    case 'agreement':
      return { type: 'agree-remedy', proposal: entry.proposal }
  }
}

async function addNote(c: ActingContext, entry: NewDisputeEntry): Promise<void> {
  const { account, isStaff } = readerOf(c)
  if (!isStaff) throw new Problem('not-found')
  if (entry.kind !== 'evidence' || entry.media.length > 0) throw new Problem('forbidden')
  settled(await dealOf(c.env, dealIdOf(c)).note(account, requireKey(c), entry.text))
}
