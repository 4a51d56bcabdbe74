import type {
  SearchRequest,
  SearchResponse,
  SimilarHit,
  SimilarRequest,
  SimilarResponse,
} from '../worker/contract/relay.ts'
import { unit } from './embedder/embedder.ts'
import type { Embedder } from './embedder/embedder.ts'
import { fuse } from './vectors/fuse.ts'
import { dot, spread } from './vectors/spread.ts'
import { queryTokensOf } from './vectors/tokenize.ts'
import type { Candidate, Filter, Item, Scored, VectorIndex } from './vectors/vectors.ts'

/** Answers the Worker's questions. Rejects with `IndexAway` when the index cannot. */
export interface Search {
  search(question: SearchRequest): Promise<SearchResponse>
  similar(question: SimilarRequest): Promise<SimilarResponse>
}

export interface SearchParts {
  index: VectorIndex
  embedder: Embedder
  now?: () => number
}

/** Of the Worker's 300 ms: what remains has to do for the index and the way. */
const embedWithinMs = 180
/** How deep each ranking is read before they are fused. */
const leastDepth = 100
/** Nearest candidates that `similar` chooses from. */
const candidateCount = 300

export function createSearch({ index, embedder, now = Date.now }: SearchParts): Search {
  return {
    async search({ text, kinds, limit, where }) {
      const filter = { kinds, where, now: now() }
      const depth = Math.max(limit, leastDepth)
      const [byWords, byMeaning] = await Promise.all([
        index.search(queryTokensOf(text), filter, depth),
        nearWords(text, filter, depth),
      ])
      return { items: fuse([byWords, byMeaning ?? []], limit), degraded: byMeaning === null }
    },

    async similar({ interests, kinds, limit, without, where, spread: isSpread }) {
      const weights = new Map(interests.map(({ id, weight }) => [id, weight]))
      const known = await index.get([...weights.keys()])
      if (known.length === 0) return { items: [] }
      const filter = { kinds, where, without: [...without, ...weights.keys()], now: now() }
      const candidates = await index.similar(middleOf(known, weights), filter, candidateCount, 0)
      const near = candidates.flatMap((candidate) => withReason(candidate, known) ?? [])
      const ordered = isSpread ? spread(near, limit) : near.slice(0, limit)
      return { items: ordered.map(({ kind, id, score, because }): SimilarHit => ({ kind, id, score, because })) }
    },
  }

  async function nearWords(text: string, filter: Filter, depth: number): Promise<Scored[] | null> {
    const vector = await embedder.embedWords(text, embedWithinMs)
    return vector && index.similar(vector, filter, depth, embedder.floor)
  }

  /** The interest a candidate is nearest to, or null where it is near to none: it only lies between them. */
  function withReason(candidate: Candidate, known: readonly Item[]): (Candidate & { because: string }) | null {
    let because: string | null = null
    let nearest = embedder.floor
    for (const { id, vector } of known) {
      const nearness = dot(candidate.vector, vector)
      if (nearness < nearest) continue
      because = id
      nearest = nearness
    }
    return because === null ? null : { ...candidate, because }
  }
}

/** All interests at once: the weighted sum of their vectors, as a direction. */
function middleOf(items: readonly Item[], weights: ReadonlyMap<string, number>): Float32Array {
  const sum = new Float32Array(items[0]?.vector.length ?? 0)
  for (const { id, vector } of items)
    for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + (weights.get(id) ?? 0) * value
  return unit(sum)
}
