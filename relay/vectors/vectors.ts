import type { IndexKind, IndexState, IndexWhere } from '../../worker/contract/relay.ts'

/** A thing that can be found. Texts stay outside: here are only the tokens and the vector that were made of them. */
export interface Item {
  kind: IndexKind
  /** Unique across kinds, as all ids are. */
  id: string
  /** Account whose thing it is; a person is their own. */
  seller: string
  /** What it is spread by beside its seller; empty where the kind has none. */
  category: string
  /** Null for kinds that do not begin and end. */
  state: IndexState | null
  /** Not found before this time, epoch ms: its seller is suspended until then. 0 for never hidden. */
  hiddenUntil: number
  /** Of `tokenize.ts`, repeated as they weigh. */
  tokens: readonly string[]
  /** Of the index's embedder: length 1, or all zero for what shall be near to nothing. */
  vector: Float32Array
}

/** How far a stream of the bus has come into the index. */
export interface Place {
  stream: string
  seq: number
}

export interface Filter {
  kinds: readonly IndexKind[]
  where?: IndexWhere | undefined
  /** Ids left out, at most 1,010. */
  without?: readonly string[]
  /** What is hidden beyond this time is left out, epoch ms. */
  now: number
}

export interface Scored {
  kind: IndexKind
  id: string
  score: number
}

/** A hit with what spreading it needs. */
export interface Candidate extends Scored {
  seller: string
  category: string
  vector: Float32Array
}

/**
 * The index behind search and recommendation, in this process or on a server; both pass `test/relay/vectors/suite.ts`.
 *
 * Writing: one writer at a time. What resolved is stored for good, its place with it, and the next question sees it.
 * Asking: both kinds of question give the best first, at most `limit` (1 to 300), ties by id. Every method rejects with
 * `IndexAway` while its server cannot be reached or the index is being built.
 */
export interface VectorIndex {
  readonly kind: 'embedded' | 'milvus'
  /** False while it was never built, or with another embedder or other tokens: then it takes and tells nothing until `rebuild`. */
  isCurrent(): Promise<boolean>
  /** Puts things in or in another's place, each id once, and with them how far their stream has come. */
  upsert(items: readonly Item[], place?: Place): Promise<void>
  /** Takes things out for good; ids that are not there change nothing. */
  delete(ids: readonly string[], place?: Place): Promise<void>
  /** Those of these things that are there, whole. */
  get(ids: readonly string[]): Promise<Item[]>
  /** Everything of one seller, whole, the person included. */
  ofSeller(seller: string): Promise<Item[]>
  /** Last seq of a stream that is in the index; 0 for none. */
  place(stream: string): Promise<number>
  /**
   * By words: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) with k1 = 1.2
   * and b = 0.75, any token may fit.
   */
  search(tokens: readonly string[], filter: Filter, limit: number): Promise<Scored[]>
  /** By nearness: cosine with a vector of length 1, from `floor` on. */
  similar(vector: Float32Array, filter: Filter, limit: number, floor: number): Promise<Candidate[]>
  /** Number of things, hidden ones included. */
  count(): Promise<number>
  /**
   * Builds the index anew beside the one in use, which answers until the new one takes its place; if `fill` rejects, nothing
   * changes. Nobody else may write meanwhile.
   */
  rebuild(fill: (fresh: FreshIndex) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** What the vectors of an index are made with. An index remembers `id` and is stale under any other. */
export interface Made {
  id: string
  dimension: number
}

export type FreshIndex = Pick<VectorIndex, 'upsert'> & {
  /** Writes down how far streams have come, beside those that `upsert` tells. */
  reached(places: readonly Place[]): Promise<void>
}

/** The index cannot answer now; asking again later may help. */
export class IndexAway extends Error {}
