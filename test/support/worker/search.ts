import type { AuctionCard, AuctionView } from '../../../worker/contract/auctions.ts'
import type { SearchHit, SearchResponse, SimilarHit } from '../../../worker/contract/relay.ts'
import type { Actor } from './actors.ts'
import { ask, type Answer, type Request } from './app.ts'
import { draft, must, publish, type Terms } from './auctions.ts'
import { actor } from './actors.ts'
import { MINUTE } from './clock.ts'

export const idsOf = ({ body }: Answer): string[] => body.items.map(({ id }: AuctionCard) => id)

/** So many auctions in order of publication, three of one seller at most. */
export async function manyAuctions(
  count: number,
  terms: (place: number) => Terms = () => ({}),
): Promise<AuctionView[]> {
  const sellers = await Promise.all(Array.from({ length: Math.ceil(count / 3) }, () => actor('seller')))
  const sellerOf = (place: number) => sellers[Math.floor(place / 3)]!
  const drafts = await Promise.all(Array.from({ length: count }, (_, place) => draft(sellerOf(place), terms(place))))
  const made: AuctionView[] = []
  for (const [place, one] of drafts.entries()) made.push(await publish(sellerOf(place), one))
  return made
}

let base: number | null = null
let minutes = 0

/**
 * The middle of a minute that no other reader of this file was in, so that the common order is fixed anew. Near to now on both sides:
 * tokens live for 15 minutes. Counted from one minute, since from now on two of them would be the same once a minute has passed.
 */
export function ownMinute(): Request {
  base ??= Math.floor(Date.now() / MINUTE)
  minutes = minutes > 0 ? -minutes : 1 - minutes
  return { later: (base + minutes) * MINUTE + MINUTE / 2 - Date.now() }
}

export function hits(ids: readonly string[], kind: SearchHit['kind'] = 'auction'): SearchHit[] {
  return ids.map((id, place) => ({ kind, id, score: 1 / (place + 1) }))
}

export function found(ids: readonly string[], kind: SearchHit['kind'] = 'auction'): SearchResponse {
  return { items: hits(ids, kind), degraded: false }
}

export function near(ids: readonly string[], because: string): SimilarHit[] {
  return hits(ids).map((hit) => ({ ...hit, because }))
}

/** All pages of a list, with what happens after the first. */
export async function walk(
  path: string,
  { as, at = {}, between }: { as?: Actor; at?: Request; between?: () => Promise<unknown> } = {},
): Promise<Answer['body'][]> {
  const pages: Answer['body'][] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const body: Answer['body'] = must(await (as ? as.get(path + query, at) : ask('GET', path + query, at)), 200)
    pages.push(body)
    cursor = body.nextCursor
    if (pages.length === 1) await between?.()
  } while (cursor !== null)
  return pages
}

export const walkedIds = (pages: Answer['body'][]): string[] =>
  pages.flatMap(({ items }) => items.map(({ id }: AuctionCard) => id))

export const tell = (who: Actor | null, signals: object[], request: Request = {}): Promise<Answer> =>
  who ? who.post('/api/signals', { signals }, request) : ask('POST', '/api/signals', { body: { signals }, ...request })

export const opened = (target: string) => ({ target, kind: 'open', ms: 0 })
export const dwelt = (target: string, ms = 10_000) => ({ target, kind: 'dwell', ms })
