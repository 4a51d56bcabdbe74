/**
 * Turns texts into directions: what means the same points the same way. Vectors have length 1, so that their dot product is
 * their cosine. None of its methods is told who asks.
 */
export interface Embedder {
  /** Kind, model, version and dimension. Vectors of two ids never meet in one index: a new id means a rebuild. */
  readonly id: string
  readonly dimension: number
  /** Cosine from which on two things have something to do with each other. Found by looking, different for each model. */
  readonly floor: number
  /**
   * Vectors of things, in their order. Takes as long as it needs; rejects with `EmbedderAway` when trying again later may
   * help, with `EmbedderWrong` when only another setting will.
   */
  embedThings(things: readonly Thing[]): Promise<Float32Array[]>
  /** The vector of somebody's words, or null when it is not there within `withinMs`. Never rejects. */
  embedWords(words: string, withinMs: number): Promise<Float32Array | null>
}

export interface Thing {
  title: string
  content: string
}

export class EmbedderAway extends Error {
  /** Not before this long. */
  readonly retryAfterMs: number
  constructor(reason: string, retryAfterMs = 0) {
    super(`The embedder is away: ${reason}`)
    this.retryAfterMs = retryAfterMs
  }
}

export class EmbedderWrong extends Error {
  constructor(reason: string) {
    super(`The embedder is of no use: ${reason}`)
  }
}

/** The vector of length 1 in the same direction; that of no length stays as it is. */
export function unit(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  if (sum === 0) return vector
  const by = 1 / Math.sqrt(sum)
  return vector.map((value) => value * by)
}
