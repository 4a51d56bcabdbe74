import type { Candidate, Filter, Item } from '../../relay/vectors/vectors.ts'
import { unit } from '../../relay/embedder/embedder.ts'

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Vectors in clouds, as those of real things are: `clouds` middles, each with its own crowd. */
export function cloudyVectors(count: number, dimension: number, seed = 1, clouds = 200): Float32Array[] {
  const next = numbersFrom(seed)
  const any = () => Float32Array.from({ length: dimension }, () => next() + next() + next() - 1.5)
  const middles = Array.from({ length: clouds }, () => unit(any()))
  return Array.from({ length: count }, () => {
    const middle = middles[Math.floor(next() * clouds)] ?? unit(any())
    const off = unit(any())
    return unit(middle.map((value, index) => value + 0.8 * (off[index] ?? 0)))
  })
}

/** A vector of length 1 along one axis, leaning to a second one. */
export function axis(dimension: number, at: number, leaning: Record<number, number> = {}): Float32Array {
  const vector = new Float32Array(dimension)
  vector[at] = 1
  for (const [index, value] of Object.entries(leaning)) vector[Number(index)] = value
  return unit(vector)
}

export function item(id: string, { tokens = [], vector = axis(8, 0), ...more }: Partial<Item> = {}): Item {
  return {
    kind: 'auction',
    id,
    seller: 'acc_seller',
    category: 'digital',
    state: 'running',
    hiddenUntil: 0,
    tokens,
    vector,
    ...more,
  }
}

export function candidate(id: string, { vector = axis(8, 0), ...more }: Partial<Candidate> = {}): Candidate {
  return { kind: 'auction', id, score: 0.5, seller: `acc_${id}`, category: '', vector, ...more }
}

export const everything: Filter = { kinds: ['auction', 'person'], now: 1_000 }

export const idsOf = (hits: readonly { id: string }[]): string[] => hits.map(({ id }) => id)
