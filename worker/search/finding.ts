import type { z } from 'zod'
import { search as limits } from '../contract/limits.ts'
import type { AccountId } from '../contract/ids.ts'
import type { IndexKind } from '../contract/relay.ts'
import type { SearchPage, SearchQuery, SearchType, Suggestion } from '../contract/search.ts'
import { idsByWords, titlesByWords, walkFound } from '../auctions/api.ts'
import { blockedEitherWay, hiddenFrom, relationsOf } from '../follows/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { cursorOf, type Position } from '../kernel/cursor.ts'
import { Problem } from '../kernel/problem.ts'
import { isSuspended, requireSignedIn } from '../kernel/sessions.ts'
import { accountsLike, personCards } from '../profiles/api.ts'
import { askForWords } from './index-relay.ts'
import { foundOf, keepFound } from './queries/orders.ts'

type Query = z.output<typeof SearchQuery>

/** How one type of things is found. Posts, products and boards only add one. */
interface Finder {
  kind: IndexKind
  canBe(c: AppContext, id: string): boolean
  /** By keywords in D1, best match first. */
  byWords(c: AppContext, words: string): Promise<string[]>
  /** A page of an order, checked again as it is read. */
  page(c: AppContext, ids: string[], at: { place: number; limit: number }): Promise<Found>
}

type Found = { next: number | null } & (
  | Pick<Extract<SearchPage, { type: 'auctions' }>, 'type' | 'items'>
  | Pick<Extract<SearchPage, { type: 'people' }>, 'type' | 'items'>
)

const finders: Record<SearchType, Finder> = {
  auctions: {
    kind: 'auction',
    canBe: (c, id) => c.var.ids.isGenuine('auction', id),
    byWords: (c, words) => idsByWords(c.var.db, words, limits.ranked),
    async page(c, ids, at) {
      const { cards, next } = await walkFound(c.var.db, ids, at)
      return { type: 'auctions', items: cards, next }
    },
  },
  people: {
    kind: 'person',
    canBe: (c, id) => c.var.ids.isGenuine('account', id) && id !== c.var.actor?.account,
    byWords(c, words) {
      const { account } = requireSignedIn(c)
      const wanted = { limit: limits.ranked, without: account, hidden: blockedEitherWay(account) }
      return accountsLike(c.var.db, words, wanted)
    },
    async page(c, ids, { place, limit }) {
      const wanted = ids.slice(place, place + limit) as AccountId[]
      const [cards, relations] = await Promise.all([
        personCards(c.var.db, wanted),
        relationsOf(c.var.db, requireSignedIn(c).account, wanted),
      ])
      const isBlocked = (id: AccountId) => {
        const relation = relations.get(id)
        return relation?.isBlocking === true || relation?.isBlockedBy === true
      }
      const next = place + limit
      return {
        type: 'people',
        items: wanted.flatMap((id) => (isBlocked(id) ? [] : (cards.get(id) ?? []))),
        next: next < ids.length ? next : null,
      }
    },
  },
}

interface Order {
  ids: string[]
  degraded: boolean
  place: number
  /** Its name where it is kept. */
  name: string | null
}

/** `GET /api/search`. The order of a first page is kept where another one follows, and its cursors walk it. */
export async function pageFound(c: AppContext, query: Query): Promise<SearchPage> {
  const finder = finders[query.type]
  const cursor = cursorOf(c, 'search', query)
  const position = cursor.read(query.cursor)
  const order = position ? await orderAt(c, position) : await orderFor(c, finder, query.q)
  const { next, ...page } = await finder.page(c, order.ids, { place: order.place, limit: query.limit })
  const { degraded } = order
  if (next === null) return { ...page, nextCursor: null, degraded }
  const name = order.name ?? (await keepFound(c.var.db, order.ids, now()))
  return { ...page, nextCursor: cursor.write([name, next, degraded ? 1 : 0]), degraded }
}

async function orderFor(c: AppContext, finder: Finder, words: string): Promise<Order> {
  const found = await askForWords(c, { text: words, kinds: [finder.kind], limit: limits.ranked })
  const ids = found ? found.hits.map(({ id }) => id) : await finder.byWords(c, words)
  // What the index says is looked up, never believed: a thing it made up or named twice is passed over.
  const sound = [...new Set(ids)].filter((id) => finder.canBe(c, id))
  return { ids: sound, degraded: found?.degraded ?? true, place: 0, name: null }
}

async function orderAt(c: AppContext, [name, place, degraded]: Position): Promise<Order> {
  const ids = await foundOf(c.var.db, String(name), now())
  if (!ids || typeof place !== 'number') throw new Problem('bad-cursor')
  return { ids, degraded: degraded === 1, place, name: String(name) }
}

/** `GET /api/search/suggestions`: titles of open auctions, and people for those who have signed in. From D1 alone: it has to keep up with typing. */
export async function suggestionsFor(c: AppContext, words: string): Promise<Suggestion[]> {
  const { db, actor } = c.var
  const { titles, people } = limits.suggestions
  const [texts, accounts] = await Promise.all([
    titlesByWords(db, words, titles),
    actor && !isSuspended(actor)
      ? accountsLike(db, words, { limit: people, without: actor.account, hidden: hiddenFrom(actor.account) })
      : [],
  ])
  const cards = await personCards(db, accounts)
  return [
    ...texts.map((text) => ({ kind: 'title', text }) as const),
    ...accounts.flatMap((id) => {
      const person = cards.get(id)
      return person ? [{ kind: 'person', person } as const] : []
    }),
  ]
}
