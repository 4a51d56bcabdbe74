import { openItemFile } from './item-file.ts'
import { createShelf } from './shelf.ts'
import type { Shelf } from './shelf.ts'
import { IndexAway } from './vectors.ts'
import type { FreshIndex, Item, Made, VectorIndex } from './vectors.ts'

/**
 * The index that needs nothing: one SQLite file, read whole into typed arrays at the start, compared exactly. Writes are on
 * disk before they are in memory, so a question never sees what a crash could take back. For one process.
 */
export function openEmbeddedIndex(path: string, { id: embedder, dimension }: Made): VectorIndex {
  const file = openItemFile(path)
  file.tidy()
  const found = file.current()
  let { generation } = found
  let shelf = found.embedder === embedder ? loaded(generation) : null

  function loaded(generation: number): Shelf {
    const shelf = createShelf(dimension)
    for (const item of file.all(generation)) shelf.put(item, null)
    return shelf
  }

  function inUse(): Shelf {
    if (!shelf) throw new IndexAway('the index has to be built first')
    return shelf
  }

  const whole = (ids: readonly string[]): Item[] => ids.flatMap((id) => file.get(generation, id) ?? [])

  return {
    kind: 'embedded',
    isCurrent: async () => shelf !== null,
    async upsert(items, place) {
      const before = items.map(({ id }) => file.get(generation, id))
      const shelf = inUse()
      file.write(generation, { put: items, places: place ? [place] : [] })
      for (const [index, item] of items.entries()) shelf.put(item, before[index] ?? null)
    },
    async delete(ids, place) {
      const before = whole(ids)
      const shelf = inUse()
      file.write(generation, { take: ids, places: place ? [place] : [] })
      for (const item of before) shelf.take(item)
    },
    get: async (ids) => whole(ids),
    ofSeller: async (seller) => whole(file.idsOfSeller(generation, seller)),
    place: async (stream) => file.place(generation, stream),
    search: async (tokens, filter, limit) => inUse().search(tokens, filter, limit),
    similar: async (vector, filter, limit, floor) => inUse().similar(vector, filter, limit, floor),
    count: async () => inUse().size,
    async rebuild(fill) {
      file.tidy()
      const fresh = generation + 1
      const index: FreshIndex = {
        async upsert(items, place) {
          file.write(fresh, { put: items, places: place ? [place] : [] })
        },
        async reached(places) {
          file.write(fresh, { places })
        },
      }
      await fill(index)
      const built = loaded(fresh)
      file.use(fresh, embedder)
      generation = fresh
      shelf = built
    },
    async close() {
      file.close()
    },
  }
}
