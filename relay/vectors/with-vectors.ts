import type { Embedder } from '../embedder/embedder.ts'
import type { Prepared } from './facts.ts'
import type { Item } from './vectors.ts'

/** Gives prepared things their vectors. What has no text is near to nothing. */
export async function withVectors(prepared: readonly Prepared[], embedder: Embedder): Promise<Item[]> {
  const things = prepared.flatMap(({ thing }) => thing ?? [])
  const vectors = (things.length > 0 ? await embedder.embedThings(things) : []).values()
  return prepared.map(({ thing, ...item }) => ({
    ...item,
    vector: (thing ? vectors.next().value : undefined) ?? new Float32Array(embedder.dimension),
  }))
}
