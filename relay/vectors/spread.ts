import type { Candidate } from './vectors.ts'

/** How much nearness counts against variety: 1 would be nearness alone. */
const lambda = 0.7

/**
 * What "no seller or topic fills a page" means: of any 12 in a row at most 3 are of one seller and 6 of one category,
 * as long as something else is left.
 */
export const page = { length: 12, ofSeller: 3, ofCategory: 6 } as const

/**
 * Puts candidates, best first, into an order without monotony (maximal marginal relevance; Carbonell and Goldstein, SIGIR
 * 1998): next comes the one with the highest `lambda * nearness - (1 - lambda) * likeness to what was taken`, likeness
 * being the largest cosine. Among those of a seller or category whose share of the page is full only if there is no other.
 */
export function spread<T extends Candidate>(candidates: readonly T[], limit: number): T[] {
  const left = candidates.map((candidate) => ({ candidate, likeness: 0 }))
  const taken: T[] = []
  while (taken.length < limit && left.length > 0) {
    const latest = taken.slice(1 - page.length)
    const isFull = fullnessOf(latest)
    let best = 0
    let bestRank: Rank | null = null
    for (const [index, { candidate, likeness }] of left.entries()) {
      const rank = { isFull: isFull(candidate), value: lambda * candidate.score - (1 - lambda) * likeness }
      if (bestRank && !isBetter(rank, bestRank)) continue
      best = index
      bestRank = rank
    }
    const [next] = left.splice(best, 1)
    if (!next) break
    taken.push(next.candidate)
    for (const one of left) one.likeness = Math.max(one.likeness, dot(one.candidate.vector, next.candidate.vector))
  }
  return taken
}

interface Rank {
  isFull: boolean
  value: number
}

function isBetter(one: Rank, other: Rank): boolean {
  return one.isFull === other.isFull ? one.value > other.value : !one.isFull
}

function fullnessOf(latest: readonly Candidate[]): (candidate: Candidate) => boolean {
  const sellers = countBy(latest, ({ seller }) => seller)
  const categories = countBy(latest, ({ category }) => category)
  return ({ seller, category }) =>
    (sellers.get(seller) ?? 0) >= page.ofSeller ||
    (category !== '' && (categories.get(category) ?? 0) >= page.ofCategory)
}

function countBy(candidates: readonly Candidate[], name: (candidate: Candidate) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const candidate of candidates) counts.set(name(candidate), (counts.get(name(candidate)) ?? 0) + 1)
  return counts
}

export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0)
  return sum
}
