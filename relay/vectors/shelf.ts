import { createKeywords } from './keywords.ts'
import { createMatrix } from './matrix.ts'
import { createSorts } from './sorts.ts'
import { keepTop } from './top.ts'
import type { Candidate, Filter, Item, Scored } from './vectors.ts'

/** All things of an embedded index in memory, each in a numbered slot; tokens are kept turned round only. */
export interface Shelf {
  readonly size: number
  /** `before` is what stood in its place. */
  put(item: Item, before: Item | null): void
  take(item: Item): void
  search(tokens: readonly string[], filter: Filter, limit: number): Scored[]
  similar(vector: Float32Array, filter: Filter, limit: number, floor: number): Candidate[]
}

type Placed = Pick<Item, 'kind' | 'id' | 'seller' | 'category'>

export function createShelf(dimension: number): Shelf {
  const slots = new Map<string, number>()
  const placed: (Placed | null)[] = []
  const free: number[] = []
  const sorts = createSorts()
  const matrix = createMatrix(dimension)
  const keywords = createKeywords()

  const idAt = (slot: number) => placed[slot]?.id ?? ''
  const isBefore = (slot: number, other: number) => idAt(slot) < idAt(other)

  function candidateAt({ entry, score }: { entry: number; score: number }): Candidate[] {
    const item = placed[entry]
    return item ? [{ ...item, score, vector: matrix.get(entry) }] : []
  }

  function wanted({ without = [] }: Filter): (slot: number) => boolean {
    const left = new Set(without.flatMap((id) => slots.get(id) ?? []))
    return (slot) => !left.has(slot)
  }

  return {
    get size() {
      return slots.size
    },
    put(item, before) {
      const { kind, id, seller, category, tokens, vector } = item
      const slot = slots.get(id) ?? free.pop() ?? placed.length
      slots.set(id, slot)
      placed[slot] = { kind, id, seller, category }
      sorts.set(slot, item)
      matrix.set(slot, vector)
      if (before && isSame(before.tokens, tokens)) return
      if (before) keywords.remove(slot, before.tokens)
      keywords.add(slot, tokens)
    },
    take({ id, tokens }) {
      const slot = slots.get(id)
      if (slot === undefined) return
      keywords.remove(slot, tokens)
      sorts.clear(slot)
      slots.delete(id)
      placed[slot] = null
      free.push(slot)
    },
    search(tokens, filter, limit) {
      const top = keepTop(limit, isBefore)
      const passes = sorts.passing(filter)
      const isWanted = wanted(filter)
      keywords.score(tokens, (slot, score) => {
        if (score >= top.bar && passes(slot) && isWanted(slot)) top.offer(slot, score)
      })
      return top.list().flatMap(({ entry, score }) => {
        const item = placed[entry]
        return item ? [{ kind: item.kind, id: item.id, score }] : []
      })
    },
    similar(vector, filter, limit, floor) {
      const top = keepTop(limit, isBefore)
      const passes = sorts.passing(filter)
      const isWanted = wanted(filter)
      const products = matrix.products(vector, placed.length)
      let bar = floor
      for (let slot = 0; slot < placed.length; slot++) {
        const score = products[slot] as number
        if (score < bar || !passes(slot) || !isWanted(slot)) continue
        top.offer(slot, score)
        bar = Math.max(floor, top.bar)
      }
      return top.list().flatMap(candidateAt)
    },
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index])
}
