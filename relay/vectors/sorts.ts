import type { Filter, Item } from './vectors.ts'

/** What sort of thing each slot holds, as a number, so that a question is compared with a few sorts and not with each thing. */
export interface Sorts {
  set(slot: number, item: Sort & Pick<Item, 'hiddenUntil'>): void
  clear(slot: number): void
  /** Whether the thing in a slot passes, its id aside. */
  passing(filter: Filter): (slot: number) => boolean
}

type Sort = Pick<Item, 'kind' | 'state' | 'category'>

/** The sort of an empty slot, which passes nothing. */
const nothing = 0

export function createSorts(): Sorts {
  const numbers = new Map<string, number>()
  const sorts: (Sort | null)[] = [null]
  let sortOf = new Uint16Array(1_024)
  let hiddenUntil = new Float64Array(1_024)

  function numberOf({ kind, state, category }: Sort): number {
    const name = `${kind} ${state} ${category}`
    const number = numbers.get(name) ?? sorts.push({ kind, state, category }) - 1
    numbers.set(name, number)
    return number
  }

  return {
    set(slot, item) {
      if (slot >= sortOf.length) {
        const wider = new Uint16Array(slot * 2)
        wider.set(sortOf)
        sortOf = wider
        const later = new Float64Array(slot * 2)
        later.set(hiddenUntil)
        hiddenUntil = later
      }
      sortOf[slot] = numberOf(item)
      hiddenUntil[slot] = item.hiddenUntil
    },
    clear(slot) {
      sortOf[slot] = nothing
    },
    passing(filter) {
      const passes = sorts.map((sort) => sort !== null && doesPass(sort, filter))
      const { now } = filter
      return (slot) => passes[sortOf[slot] ?? nothing] === true && (hiddenUntil[slot] ?? 0) <= now
    },
  }
}

function doesPass({ kind, state, category }: Sort, { kinds, where }: Filter): boolean {
  return (
    kinds.includes(kind) &&
    (!where?.states || state === null || where.states.includes(state)) &&
    (where?.category === undefined || category === '' || category === where.category)
  )
}
