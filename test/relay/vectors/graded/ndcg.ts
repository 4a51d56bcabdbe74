import type { GradedQuery } from './queries.ts'

const depth = 10

/** nDCG@10 with gain `2^grade - 1` and discount `log2(rank + 1)` (Järvelin and Kekäläinen 2002; Burges et al. 2005). */
export function ndcg(found: readonly string[], grades: GradedQuery['grades']): number {
  const ideal = Object.values(grades).sort((one, other) => other - one)
  return gainOf(found.map((key) => grades[key] ?? 0)) / gainOf(ideal)
}

function gainOf(grades: readonly number[]): number {
  return grades.slice(0, depth).reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0)
}
