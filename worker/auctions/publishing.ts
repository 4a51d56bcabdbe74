import { CompleteTerms } from '../contract/auctions.ts'
import { auctions } from '../contract/limits.ts'
import { instant, iso, type Instant } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import { completedDealsOf } from '../deals/api.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { Problem } from '../kernel/problem.ts'
import { invalidBody } from '../kernel/validate.ts'
import { attachMedia, freezeMedia, readyMedia } from '../media/api.ts'
import type { Publication } from './commands.ts'
import {
  abandonPublication,
  beginPublication,
  finishPublication,
  placesTaken,
  type AuctionRow,
} from './queries/auction.ts'
import { refused } from '../kernel/outcome.ts'
import { roomOf } from './room-client.ts'
import { faultsOf, placesFor, timesOf } from './rules/terms.ts'
import { noBidderRules, usualSoftClose } from './views.ts'

/** After this long an unanswered publication is taken for dead; the room then tells how it went. */
const abandonedMs = 30_000

/**
 * Publishes a draft: the room first, which freezes the terms and repeats its answer, then D1. The moment taken for "now" is
 * written down before the room is asked, so a second try after a crash asks for the very same thing.
 */
export async function publishDraft(c: AppContext, row: AuctionRow, seller: Publication['seller']): Promise<void> {
  const { db } = c.var
  const at = (await begunAt(c, row)) ?? (await begin(c, row))
  const outcome = await roomOf(c.env, row.id).publish(await publicationOf(c, row, { seller, at }))
  if (!outcome.ok) {
    await giveUp(c, row)
    throw refused(outcome)
  }
  await runBatch(db, finishPublication(db, row, { published: outcome.value, at }))
}

/**
 * When an earlier try has reached the room: its moment. Null where no try is under way. One that the room has not heard of is
 * given time to arrive before it is forgotten.
 */
export async function begunAt(c: AppContext, row: AuctionRow): Promise<Instant | null> {
  if (row.publishingAt === null) return null
  const state = await roomOf(c.env, row.id).state()
  if (state.ok) return row.publishingAt
  if (row.publishingAt > now() - abandonedMs) throw new Problem('conflict', { retryAfterMs: abandonedMs })
  await giveUp(c, row)
  return null
}

async function begin(c: AppContext, row: AuctionRow): Promise<Instant> {
  const { db } = c.var
  const at = now()
  const errors = faultsOf(completeTerms(row), at)
  if (errors.length > 0) throw new Problem('invalid-fields', { errors })

  const most = placesFor(await completedDealsOf(db, row.seller))
  const abandonedAt = instant(at - abandonedMs)
  const hasBegun = await runBatch(db, [
    ...beginPublication(db, { row, at, most, abandonedAt }),
    freezeMedia(db, row.id),
  ])
  if (hasBegun) return at
  const [taken] = await placesTaken(db, row.seller, { abandonedAt, except: row.id })
  if (!taken || taken.count < most) throw new Problem('stale-version')
  // One that is only on its way to its room has a place for so long at least; an end that has passed is about to be known here.
  const retryAfterMs = taken.firstEndsAt === null ? abandonedMs : Math.max(0, taken.firstEndsAt - at)
  throw new Problem('too-many-auctions', { most, retryAfterMs })
}

/** All terms of a draft, what was left open filled with what is usual. Problem `invalid-fields` names what is missing. */
function completeTerms(row: AuctionRow): CompleteTerms {
  const durationMinutes = row.durationMinutes ?? auctions.durationMinutes.default
  const terms = {
    title: row.title ?? undefined,
    content: row.content ?? undefined,
    images: row.images,
    category: row.category ?? undefined,
    condition: row.condition ?? undefined,
    defects: row.defects ?? undefined,
    startPrice: row.startPrice ?? undefined,
    expectedPrice: row.expectedPrice,
    reservePrice: row.reservePrice,
    buyNowPrice: row.buyNowPrice,
    startsAt: row.startsAt === null ? null : iso(row.startsAt),
    durationMinutes,
    softClose: row.softClose ?? usualSoftClose(durationMinutes),
    handover: row.handover ?? undefined,
    // Who meets pays no postage; for a parcel "free" has to be said.
    shippingFee: row.shippingFee ?? (row.handover === 'meet' ? 0 : undefined),
    region: row.region,
    bidderRules: row.bidderRules ?? { ...noBidderRules },
  }
  const parsed = CompleteTerms.safeParse(terms, { reportInput: true })
  if (!parsed.success) throw invalidBody(parsed.error)
  return parsed.data
}

async function publicationOf(
  c: AppContext,
  row: AuctionRow,
  { seller, at }: { seller: Publication['seller']; at: Instant },
): Promise<Publication> {
  const { startsAt, durationMinutes, images, reservePrice, ...terms } = completeTerms(row)
  const ready = await readyMedia(c.var.db, images, row.seller)
  return {
    auction: row.id,
    seller,
    terms: {
      ...terms,
      images: images.map((media) => ({ media, alt: ready.get(media)?.alt ?? '' })),
      ...timesOf({ startsAt, durationMinutes }, at),
    },
    event: row.event,
    reservePrice,
  }
}

/** The draft is its seller's again, and its pictures may be described anew. */
async function giveUp(c: AppContext, row: AuctionRow): Promise<void> {
  const { db } = c.var
  const { id, seller, images } = row
  await runBatch(db, [abandonPublication(db, id), ...attachMedia(db, { owner: seller, target: id, ids: images })])
}
