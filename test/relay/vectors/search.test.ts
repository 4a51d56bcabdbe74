import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Embedder } from '../../../relay/embedder/embedder.ts'
import { createSearch } from '../../../relay/search.ts'
import { openEmbeddedIndex } from '../../../relay/vectors/embedded.ts'
import type { Item, VectorIndex } from '../../../relay/vectors/vectors.ts'
import type { SimilarRequest } from '../../../worker/contract/relay.ts'
import { newFolder } from '../../support/relay.ts'
import { axis, idsOf, item } from '../../support/vectors.ts'

const dimension = 8
/** Words are named after the axis they point along; what it does not know it has no vector for. */
const embedder: Embedder = {
  id: 'axes',
  dimension,
  floor: 0.3,
  embedThings: () => Promise.reject(new Error('not asked here')),
  embedWords: async (words) => (/^[0-7]$/.test(words) ? axis(dimension, Number(words)) : null),
}

describe('the questions of the Worker', () => {
  let index: VectorIndex
  beforeEach(async () => {
    index = openEmbeddedIndex(join(await newFolder(), 'index.sqlite'), { id: 'axes', dimension })
    await index.rebuild(async () => {})
  })
  afterEach(() => index.close())

  const ask = () => createSearch({ index, embedder, now: () => 1_000 })
  const fill = (items: Item[]) => index.upsert(items)

  describe('search', () => {
    it('puts what fits by word and meaning before what fits by one', async () => {
      await fill([
        item('meant', { vector: axis(dimension, 1) }),
        item('both', { tokens: ['1'], vector: axis(dimension, 1, { 2: 0.3 }) }),
        item('named', { tokens: ['1'], vector: axis(dimension, 5) }),
        item('neither', { tokens: ['2'], vector: axis(dimension, 6) }),
      ])
      const { items, degraded } = await ask().search({ text: '1', kinds: ['auction'], limit: 10 })
      expect(items[0]?.id).toBe('both')
      expect(idsOf(items).sort()).toEqual(['both', 'meant', 'named'])
      expect(degraded).toBe(false)
    })

    it('goes by words alone, and says so, when the embedder has no answer', async () => {
      await fill([item('named', { tokens: ['의자'] })])
      const { items, degraded } = await ask().search({ text: '의자', kinds: ['auction'], limit: 10 })
      expect([idsOf(items), degraded]).toEqual([['named'], true])
    })

    it('hides what is hidden now', async () => {
      await fill([
        item('later', { tokens: ['1'], hiddenUntil: 1_001 }),
        item('now', { tokens: ['1'], hiddenUntil: 1_000 }),
      ])
      expect(idsOf((await ask().search({ text: '1', kinds: ['auction'], limit: 10 })).items)).toEqual(['now'])
    })
  })

  describe('similar', () => {
    const similar = async (interests: [id: string, weight: number][], more: Partial<SimilarRequest> = {}) =>
      (
        await ask().similar({
          interests: interests.map(([id, weight]) => ({ kind: 'auction' as const, id, weight })),
          kinds: ['auction'],
          limit: 10,
          without: [],
          spread: false,
          ...more,
        })
      ).items

    beforeEach(() =>
      fill([
        item('camera', { vector: axis(dimension, 0) }),
        item('chair', { vector: axis(dimension, 1) }),
        item('lens', { vector: axis(dimension, 0, { 2: 0.2 }), seller: 'acc_lens' }),
        item('film', { vector: axis(dimension, 0, { 3: 0.5 }), seller: 'acc_film' }),
        item('stool', { vector: axis(dimension, 1, { 4: 0.2 }), seller: 'acc_stool' }),
        item('fridge', { vector: axis(dimension, 7), seller: 'acc_fridge' }),
      ]),
    )

    it('gives what is near, the nearest first, and the interest it is near to', async () => {
      const found = await similar([['camera', 1]])
      expect(found.map(({ id, because }) => [id, because])).toEqual([
        ['lens', 'camera'],
        ['film', 'camera'],
      ])
    })

    it('lets the heavier interest come first', async () => {
      const towards = async (weight: number) =>
        idsOf(
          await similar([
            ['camera', 1],
            ['chair', weight],
          ]),
        )[0]
      expect(await towards(0.3)).toBe('lens')
      expect(await towards(3)).toBe('stool')
    })

    it('names for each the interest that it is nearest to', async () => {
      const found = await similar([
        ['camera', 1],
        ['chair', 1],
      ])
      expect(Object.fromEntries(found.map(({ id, because }) => [id, because]))).toEqual({
        lens: 'camera',
        film: 'camera',
        stool: 'chair',
      })
    })

    it('leaves out the interests themselves, what is unwanted, and what is near to none', async () => {
      expect(idsOf(await similar([['camera', 1]], { without: ['lens'] }))).toEqual(['film'])
    })

    it('does not mind interests that are gone, and knows nothing with none left', async () => {
      expect(
        idsOf(
          await similar([
            ['gone', 5],
            ['camera', 1],
          ]),
        ),
      ).toEqual(['lens', 'film'])
      expect(await similar([['gone', 1]])).toEqual([])
    })

    it('keeps to kinds, states and limit', async () => {
      await fill([item('over', { vector: axis(dimension, 0, { 2: 0.1 }), state: 'ended' })])
      const running = { where: { states: ['running' as const] } }
      expect(idsOf(await similar([['camera', 1]], running))).toEqual(['lens', 'film'])
      expect(await similar([['camera', 1]], { kinds: ['person'] })).toEqual([])
      expect(idsOf(await similar([['camera', 1]], { limit: 1 }))).toEqual(['over'])
    })

    it('spreads over sellers when asked to', async () => {
      const more = Array.from({ length: 12 }, (_, at) =>
        item(`more${at}`, { vector: axis(dimension, 0, { 2: 0.01 * (at + 1) }), category: '' }),
      )
      await fill(more)
      const plain = idsOf(await similar([['camera', 1]]))
      expect(plain.slice(0, 5)).toEqual(['more0', 'more1', 'more2', 'more3', 'more4'])
      const spreadOut = idsOf(await similar([['camera', 1]], { spread: true })).slice(0, 5)
      expect(spreadOut.filter((id) => id.startsWith('more'))).toHaveLength(3)
      expect(spreadOut).toEqual(expect.arrayContaining(['lens', 'film']))
    })
  })
})
