import { recommendations as limits } from '../contract/limits.ts'
import type { RecommendedPage, Related, RelatedItem } from '../contract/search.ts'
import type { Instant } from '../contract/time.ts'
import {
  openAmong,
  openOf,
  walkFrom,
  walkRecommended,
  type LeftOut as AuctionsLeftOut,
  type Near,
} from '../auctions/api.ts'
import { hiddenFor } from '../follows/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { cursorOf, type Position } from '../kernel/cursor.ts'
import { Problem } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import { askForNear } from './index-relay.ts'
import { keepNear, nearOf } from './queries/orders.ts'
import { tasteOf } from './queries/taste.ts'
import { leftOutFor, soundOrder, weighed, type LeftOut, type Taste } from './rules.ts'
import { requireTarget, type Target } from './targets.ts'

/** What the index may be asked to leave out; the rest is left out when it is read. */
const withoutMost = 1_000

/** What one reader is not shown, and what they like. Of a visitor nothing is known. */
interface Reader {
  actor: Actor | null
  taste: Taste | null
  leftOut: LeftOut
}

async function readerOf(c: AppContext, at: Instant): Promise<Reader> {
  const { actor, db } = c.var
  if (!actor) return { actor, taste: null, leftOut: { targets: [], authors: [] } }
  const [taste, circle] = await Promise.all([tasteOf(db, actor.account, at), hiddenFor(db, actor.account)])
  return { actor, taste, leftOut: leftOutFor(actor.account, taste, circle, at) }
}

function ofAuctions({ leftOut }: Reader): AuctionsLeftOut {
  return { auctions: leftOut.targets, sellers: leftOut.authors }
}

/** The order that a page walks. `name` is that of what comes first; empty where nothing personal does. */
interface Order {
  near: Near[]
  name: string
  slot: number
  place: number
  degraded: boolean
}

/** `GET /api/auctions/recommend`: what is near to the reader's interests, then the common order, to the very end. */
export async function recommendedTo(
  c: AppContext,
  { cursor: text, limit }: { cursor?: string | undefined; limit: number },
): Promise<RecommendedPage> {
  const at = now()
  const cursor = cursorOf(c, 'recommended')
  const position = cursor.read(text)
  const reader = await readerOf(c, at)
  const order = position ? await orderAt(c, reader, position, at) : await orderFor(c, reader, at)
  const { near, name, slot, place, degraded } = order
  const walking = { walk: { slot, place }, limit, near, leftOut: ofAuctions(reader) }
  const { cards, next } = await walkRecommended(c.var.db, walking)
  const nextCursor = next === null ? null : cursor.write([slot, next, name, degraded ? 1 : 0])
  return { items: cards, nextCursor, degraded }
}

async function orderFor(c: AppContext, { actor, taste, leftOut }: Reader, at: Instant): Promise<Order> {
  const start = { ...walkFrom(null), near: [], name: '', degraded: false }
  if (!actor || !taste?.isPersonalised || taste.interests.length === 0) return start
  const hits = await askForNear(c, {
    interests: weighed(taste.interests).map(({ interest, weight }) => ({
      kind: interest.kind,
      id: interest.target,
      weight,
    })),
    kinds: ['auction'],
    limit: limits.similar,
    without: leftOut.targets.slice(0, withoutMost),
    where: { states: ['scheduled', 'running'] },
    spread: true,
  })
  if (!hits) return { ...start, degraded: true }
  const near = soundOrder(hits, {
    asked: new Set(taste.interests.map(({ target }) => target)),
    canBe: (id) => c.var.ids.isGenuine('auction', id),
  })
  if (near.length === 0) return start
  return { ...start, near, name: await keepNear(c.var.db, actor.account, near, at) }
}

async function orderAt(c: AppContext, { actor }: Reader, position: Position, at: Instant): Promise<Order> {
  const [slot = '', place = '', name, degraded] = position
  if (typeof name !== 'string') throw new Problem('bad-cursor')
  const order = { ...walkFrom([slot, place]), name, degraded: degraded === 1 }
  if (name === '') return { ...order, near: [] }
  const near = actor && (await nearOf(c.var.db, { account: actor.account, id: name, at }))
  // Forgotten meanwhile, or too old: a new first page makes another order.
  if (!near) throw new Problem('bad-cursor')
  return { ...order, near }
}

/** `GET /api/recommendations/related`: near to one thing, across kinds. */
export async function relatedTo(c: AppContext, id: string): Promise<Related> {
  const [target, reader] = await Promise.all([requireTarget(c, id), readerOf(c, now())])
  const leftOut = { ...ofAuctions(reader), auctions: [...reader.leftOut.targets, target.id] }
  const hits = await askForNear(c, {
    interests: [{ kind: target.kind, id: target.id, weight: 1 }],
    kinds: ['auction'],
    limit: limits.related * 4,
    without: leftOut.auctions.slice(-withoutMost),
    where: { states: ['scheduled', 'running'] },
    spread: true,
  })
  if (!hits) return { items: await likeKin(c, target, leftOut), degraded: true }
  const near = soundOrder(hits, { asked: new Set([target.id]), canBe: (one) => c.var.ids.isGenuine('auction', one) })
  const ids = near.map(([one]) => one)
  const cards = await openAmong(c.var.db, ids, { limit: limits.related, leftOut })
  return { items: cards.map((auction) => ({ kind: 'auction', auction })), degraded: false }
}

/** Without an index: the newest of the same category. */
async function likeKin(c: AppContext, { category }: Target, leftOut: AuctionsLeftOut): Promise<RelatedItem[]> {
  if (category === null) return []
  const cards = await openOf(c.var.db, category, { limit: limits.related, leftOut })
  return cards.map((auction) => ({ kind: 'auction', auction }))
}
