/** The best so many of a stream of scored entries, without keeping the rest: a heap with the worst kept one on top. */
export interface Top {
  /** Below this score nothing is kept any more. */
  readonly bar: number
  offer(entry: number, score: number): void
  /** Best first. */
  list(): { entry: number; score: number }[]
}

/** `isBefore` decides between equal scores. */
export function keepTop(limit: number, isBefore: (entry: number, other: number) => boolean): Top {
  const entries: number[] = []
  const scores: number[] = []

  const at = (index: number) => scores[index] ?? 0
  function isWorse(one: number, other: number): boolean {
    if (at(one) !== at(other)) return at(one) < at(other)
    return isBefore(entries[other] ?? 0, entries[one] ?? 0)
  }
  function swap(one: number, other: number) {
    const [entry, score] = [entries[one] ?? 0, at(one)]
    entries[one] = entries[other] ?? 0
    scores[one] = at(other)
    entries[other] = entry
    scores[other] = score
  }
  function rise(index: number) {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1
      if (!isWorse(child, parent)) return
      swap(child, parent)
      child = parent
    }
  }
  function sink() {
    for (let parent = 0; ;) {
      let worst = parent
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < entries.length && isWorse(child, worst)) worst = child
      if (worst === parent) return
      swap(parent, worst)
      parent = worst
    }
  }

  return {
    get bar() {
      return entries.length < limit ? -Infinity : at(0)
    },
    offer(entry, score) {
      if (entries.length < limit) {
        entries.push(entry)
        scores.push(score)
        rise(entries.length - 1)
        return
      }
      if (score < at(0) || (score === at(0) && !isBefore(entry, entries[0] ?? 0))) return
      entries[0] = entry
      scores[0] = score
      sink()
    },
    list() {
      return entries
        .map((entry, index) => ({ entry, score: at(index) }))
        .sort((one, other) => other.score - one.score || (isBefore(one.entry, other.entry) ? -1 : 1))
    },
  }
}
