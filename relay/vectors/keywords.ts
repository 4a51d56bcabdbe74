/** Words of numbered things, turned round: for each token who has it and how often. Scores by BM25. */
export interface Keywords {
  add(slot: number, tokens: readonly string[]): void
  /** Needs the very tokens that were added. */
  remove(slot: number, tokens: readonly string[]): void
  /** Tells every slot that has one of the tokens, with its score above 0. */
  score(tokens: readonly string[], tell: (slot: number, score: number) => void): void
}

const k1 = 1.2
const b = 0.75
/** One number holds slot and count: `slot * 256 + count`. */
const mostCounted = 255

export function createKeywords(): Keywords {
  const postings = new Map<string, number[]>()
  /** Tokens of each slot; -1 for an empty one. */
  let lengths = new Float64Array(1_024).fill(-1)
  let scores = new Float64Array(1_024)
  let count = 0
  let total = 0

  function makeRoom(slot: number) {
    if (slot < lengths.length) return
    const wider = new Float64Array(Math.max(slot + 1, lengths.length * 2)).fill(-1)
    wider.set(lengths)
    lengths = wider
    scores = new Float64Array(wider.length)
  }

  return {
    add(slot, tokens) {
      makeRoom(slot)
      lengths[slot] = tokens.length
      count += 1
      total += tokens.length
      for (const [token, times] of countsOf(tokens)) {
        const posting = slot * 256 + Math.min(times, mostCounted)
        const list = postings.get(token)
        if (list) list.push(posting)
        else postings.set(token, [posting])
      }
    },
    remove(slot, tokens) {
      lengths[slot] = -1
      count -= 1
      total -= tokens.length
      for (const token of new Set(tokens)) {
        const list = postings.get(token)
        const index = list?.findIndex((posting) => Math.floor(posting / 256) === slot) ?? -1
        const last = index < 0 ? undefined : list?.pop()
        if (!list || last === undefined) continue
        if (index < list.length) list[index] = last
        if (list.length === 0) postings.delete(token)
      }
    },
    score(tokens, tell) {
      const average = total / Math.max(1, count)
      const touched: number[] = []
      for (const token of new Set(tokens)) {
        const list = postings.get(token)
        if (!list) continue
        const rarity = Math.log(1 + (count - list.length + 0.5) / (list.length + 0.5))
        for (const posting of list) {
          const slot = Math.floor(posting / 256)
          const times = posting % 256
          const before = scores[slot] ?? 0
          if (before === 0) touched.push(slot)
          const length = lengths[slot] ?? 0
          scores[slot] = before + (rarity * times * (k1 + 1)) / (times + k1 * (1 - b + (b * length) / average))
        }
      }
      for (const slot of touched) {
        tell(slot, scores[slot] ?? 0)
        scores[slot] = 0
      }
    },
  }
}

function countsOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
  return counts
}
