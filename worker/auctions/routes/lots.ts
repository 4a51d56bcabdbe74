import { Hono } from 'hono'
import { AuctionNote, AuctionView, DraftTerms, NewNote, Reason } from '../../contract/auctions.ts'
import type { AuctionId } from '../../contract/ids.ts'
import { fromIso } from '../../contract/time.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { Problem } from '../../kernel/problem.ts'
import { purgeNow } from '../../kernel/purge.ts'
import { reply } from '../../kernel/reply.ts'
import { shareWithVisitors } from '../../kernel/sharing.ts'
import { anyone, signedIn, trader, type Actor } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { etagOf, requireVersion } from '../../kernel/versions.ts'
import { participantOf } from '../../accounts/api.ts'
import { latestDealOf } from '../../deals/api.ts'
import { personTag } from '../../profiles/api.ts'
import { copyOf, createDraft, editDraft, fieldsOf, removeDraft } from '../drafts.ts'
import { auctionTag, pageTags } from '../page-tags.ts'
import { begunAt, publishDraft } from '../publishing.ts'
import { findAuction, insertNote, markOver, type AuctionRow } from '../queries/auction.ts'
import { readForViewer, type Reading } from '../reading.ts'
import { auctionOf } from '../requests.ts'
import { settled } from '../../kernel/outcome.ts'
import { roomOf } from '../room-client.ts'

const tag = 'auctions'

/** One auction from draft to relisting. */
export const lotRoutes = new Hono<AppEnv>()
  .post(
    '/auctions',
    describe({
      summary: 'Begin a draft with any subset of the terms',
      tag,
      caller: 'trader',
      answers: { 201: AuctionView },
      problems: ['not-a-trader', 'invalid-fields', 'unknown-field', 'media-not-ready'],
      detail: '`startsAt` null starts it at publication. Price, leader and state cannot be given.',
    }),
    trader,
    validate('json', DraftTerms),
    idempotent(),
    async (c) => {
      const id = await createDraft(c, c.var.actor.account, fieldsOf(c.req.valid('json')))
      return answer(c, id, 201)
    },
  )
  .get(
    '/auctions/:id',
    describe({
      summary: 'One auction: terms, where it stands, notes, own standing',
      tag,
      caller: 'anyone',
      answers: { 200: AuctionView },
      problems: ['not-found'],
      detail: 'Drafts are there for their sellers only. The reserve price is told to the seller alone.',
    }),
    anyone,
    async (c) => {
      const id = auctionOf(c)
      const reading = await read(c, id)
      shareWithVisitors(c, lifeOf(reading), [auctionTag(id), personTag(reading.seller)])
      c.header('etag', etagOf(reading.view.version))
      return reply(c, AuctionView, reading.view)
    },
  )
  .patch(
    '/auctions/:id',
    describe({
      summary: 'Change a draft',
      tag,
      needs: ['version'],
      caller: 'seller',
      answers: { 200: AuctionView },
      problems: [
        'not-found',
        'forbidden',
        'not-a-draft',
        'version-needed',
        'stale-version',
        'invalid-fields',
        'unknown-field',
        'media-not-ready',
      ],
      detail: 'Null takes a term out again.',
    }),
    signedIn,
    validate('json', DraftTerms),
    async (c) => {
      const row = await ownDraft(c, c.var.actor)
      requireVersion(c, row.version, { required: true })
      await editDraft(c, row, fieldsOf(c.req.valid('json')))
      return answer(c, row.id)
    },
  )
  .delete(
    '/auctions/:id',
    describe({
      summary: 'Delete a draft, or call a scheduled auction off',
      tag,
      caller: 'seller',
      answers: { 204: null },
      problems: ['not-found', 'forbidden', 'not-cancellable', 'stale-version'],
      detail: 'A draft is gone; a scheduled auction becomes `cancelled`.',
    }),
    signedIn,
    async (c) => {
      const row = await ownAuction(c, c.var.actor)
      requireVersion(c, row.version)
      if (await isStillDraft(c, row)) {
        await removeDraft(c, row)
        return c.body(null, 204)
      }
      const state = settled(await roomOf(c.env, row.id).state())
      if (state.auction.state !== 'scheduled') throw new Problem('not-cancellable')
      await cancel(c, { row, actor: c.var.actor, reason: null })
      return c.body(null, 204)
    },
  )
  .post(
    '/auctions/:id/publish',
    describe({
      summary: 'Publish a draft: its terms are checked as a whole and frozen',
      tag,
      caller: 'seller',
      answers: { 200: AuctionView },
      problems: [
        'not-found',
        'forbidden',
        'not-a-trader',
        'not-a-draft',
        'stale-version',
        'invalid-fields',
        'media-not-ready',
        'too-many-auctions',
        'conflict',
      ],
      detail: 'Ten at once, three until three deals are completed. `/startsAt` up to five minutes ago counts as now.',
    }),
    trader,
    idempotent(),
    async (c) => {
      const { actor } = c.var
      const row = await ownAuction(c, actor)
      if (row.state !== 'draft') throw new Problem('not-a-draft')
      requireVersion(c, row.version)
      await publishDraft(c, row, { account: actor.account, handle: actor.handle, name: actor.name })
      await purgeNow(c, pageTags(row.id))
      return answer(c, row.id)
    },
  )
  .post(
    '/auctions/:id/cancel',
    describe({
      summary: 'Call an auction off while it has no bids',
      tag,
      caller: 'seller',
      answers: { 200: AuctionView },
      problems: ['not-found', 'forbidden', 'not-cancellable', 'has-bids', 'invalid-fields'],
    }),
    signedIn,
    validate('json', Reason),
    idempotent(),
    async (c) => {
      const row = await ownAuction(c, c.var.actor)
      if (await isStillDraft(c, row)) throw new Problem('not-cancellable')
      await cancel(c, { row, actor: c.var.actor, reason: c.req.valid('json').reason })
      return answer(c, row.id)
    },
  )
  .post(
    '/auctions/:id/notes',
    describe({
      summary: 'Add a note that everyone sees and nobody can change',
      tag,
      caller: 'seller',
      answers: { 201: AuctionNote },
      problems: ['not-found', 'forbidden', 'notes-closed', 'invalid-fields'],
    }),
    signedIn,
    validate('json', NewNote),
    idempotent(),
    async (c) => {
      const { db, actor } = c.var
      const row = await ownAuction(c, actor)
      if (await isStillDraft(c, row)) throw new Problem('notes-closed')
      const who = await participantOf(db, actor, row.seller)
      const note = settled(await roomOf(c.env, row.id).addNote(who, c.req.valid('json').text))
      const { logSeq, text, at } = note
      await insertNote(db, { auction: row.id, logSeq, text, at: fromIso(at) })
      await purgeNow(c, [auctionTag(row.id)])
      return reply(c, AuctionNote, { text, at }, 201)
    },
  )
  .post(
    '/auctions/:id/relist',
    describe({
      summary: 'A new draft with the same terms',
      tag,
      caller: 'seller',
      answers: { 201: AuctionView },
      problems: ['not-found', 'forbidden', 'not-a-trader', 'not-relistable'],
      detail: 'After `unsold`, `cancelled` or a failed deal.',
    }),
    trader,
    idempotent(),
    async (c) => {
      const row = await ownAuction(c, c.var.actor)
      if (!(await isRelistable(c, row))) throw new Problem('not-relistable')
      return answer(c, await createDraft(c, row.seller, copyOf(row)), 201)
    },
  )

function read(c: AppContext, id: AuctionId): Promise<Reading> {
  return readForViewer({ env: c.env, db: c.var.db, viewer: c.var.actor?.account ?? null }, id)
}

async function answer(c: AppContext, id: AuctionId, status: 200 | 201 = 200) {
  const { view } = await read(c, id)
  c.header('etag', etagOf(view.version))
  return reply(c, AuctionView, view, status)
}

/** Seconds that a visitor's copy may live: a running auction moves, the others are purged when they change. */
function lifeOf({ view }: Reading): number {
  if (view.state === 'running') return 5
  if (view.state !== 'scheduled' || view.terms.startsAt === null) return 300
  return Math.max(1, Math.min(60, Math.floor((fromIso(view.terms.startsAt as never) - now()) / 1_000)))
}

/** The auction of the path where the caller sells it. Somebody else's draft does not exist for them. */
async function ownAuction(c: AppContext, actor: Actor): Promise<AuctionRow> {
  const row = await findAuction(c.var.db, auctionOf(c))
  if (!row || (row.seller !== actor.account && row.state === 'draft')) throw new Problem('not-found')
  if (row.seller !== actor.account) throw new Problem('forbidden')
  return row
}

async function ownDraft(c: AppContext, actor: Actor): Promise<AuctionRow> {
  const row = await ownAuction(c, actor)
  if (!(await isStillDraft(c, row))) throw new Problem('not-a-draft')
  return row
}

/** A publication whose answer was lost may have made it one that is not; then the room knows. */
async function isStillDraft(c: AppContext, row: AuctionRow): Promise<boolean> {
  return row.state === 'draft' && (await begunAt(c, row)) === null
}

/** What found no buyer, or whose last deal came to nothing. */
async function isRelistable(c: AppContext, { id, state }: AuctionRow): Promise<boolean> {
  const deal = await latestDealOf(c.var.db, id)
  if (deal) return deal.stage === 'failed' || deal.stage === 'cancelled' || deal.stage === 'lapsed'
  return state === 'unsold' || state === 'cancelled'
}

async function cancel(
  c: AppContext,
  { row, actor, reason }: { row: AuctionRow; actor: Actor; reason: string | null },
): Promise<void> {
  const { db } = c.var
  settled(await roomOf(c.env, row.id).cancel(await participantOf(db, actor, row.seller), reason))
  await markOver(db, row.id, { state: 'cancelled', reason, at: now() })
  await purgeNow(c, pageTags(row.id))
}
