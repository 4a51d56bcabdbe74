import type { Scored } from './vectors.ts'

/** Softens the first ranks; the authors' value, which is said to matter little. */
const k = 60

/**
 * One ranking out of several, by rank alone, since scores of different kinds do not compare: each gives `1 / (60 + rank)`
 * (reciprocal rank fusion; Cormack, Clarke and Büttcher, SIGIR 2009). What stands in several rises; ties by id.
 */
export function fuse(rankings: readonly (readonly Scored[])[], limit: number): Scored[] {
  const fused = new Map<string, Scored>()
  for (const ranking of rankings)
    for (const [index, { kind, id }] of ranking.entries()) {
      const score = (fused.get(id)?.score ?? 0) + 1 / (k + index + 1)
      fused.set(id, { kind, id, score })
    }
  return [...fused.values()]
    .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, limit)
}
