import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unit } from '../../../relay/embedder/embedder.ts'
import { dot } from '../../../relay/vectors/spread.ts'
import { IndexAway } from '../../../relay/vectors/vectors.ts'
import type { Made, VectorIndex } from '../../../relay/vectors/vectors.ts'
import { axis, cloudyVectors, everything, idsOf, item } from '../../support/vectors.ts'

export interface IndexUnderTest {
  /** Opens the same data, as it is on disk or on the server. */
  open(made: Made): Promise<VectorIndex>
  /** Takes all of it away. */
  clear(): Promise<void>
}

const dimension = 8
const made: Made = { id: 'test/1', dimension }
const from = -1

/** What every index must do. Each backend runs it unchanged. */
export function indexSuite(fresh: () => Promise<IndexUnderTest>): void {
  describe('an index', () => {
    let place: IndexUnderTest
    let index: VectorIndex

    async function restart(how = made) {
      await index.close()
      index = await place.open(how)
    }

    beforeEach(async () => {
      place = await fresh()
      index = await place.open(made)
      await index.rebuild(async () => {})
    })
    afterEach(async () => {
      await index.close()
      await place.clear()
    }, 120_000)

    const search = async (tokens: string[], filter = everything, limit = 10) =>
      idsOf(await index.search(tokens, filter, limit))
    const similar = async (vector: Float32Array, filter = everything, limit = 10, floor = from) =>
      idsOf(await index.similar(vector, filter, limit, floor))

    describe('by words', () => {
      it('finds what has any of them, the rarer word first', async () => {
        await index.upsert([
          item('camera', { tokens: ['필름', '카메라', '_카메', '_메라'] }),
          item('lens', { tokens: ['카메라', '렌즈', '_카메', '_메라'] }),
          item('chair', { tokens: ['의자', '식탁', '방석', '나무'] }),
        ])
        expect(await search(['카메라', '필름'])).toEqual(['camera', 'lens'])
        expect(await search(['카메라', '렌즈'])).toEqual(['lens', 'camera'])
        expect(await search(['자전거'])).toEqual([])
        expect(await search([])).toEqual([])
      })

      it('counts a word more where it stands more often and among fewer', async () => {
        await index.upsert([
          item('often', { tokens: ['의자', '의자', '의자', '나무'] }),
          item('once', { tokens: ['의자', '나무', '책상', '방석'] }),
          item('lost', { tokens: ['의자', ...Array.from({ length: 40 }, (_, at) => `말${at}`)] }),
        ])
        expect(await search(['의자'])).toEqual(['often', 'once', 'lost'])
      })

      it('keeps signs and scripts apart, and finds whole tokens only', async () => {
        await index.upsert([
          item('a', { tokens: ['>ㅋㅏㅁ', 'rtx3080', '_카메'] }),
          item('b', { tokens: ['#ㅋㅏㅁ', 'RTX3080', '카메'] }),
        ])
        expect(await search(['>ㅋㅏㅁ'])).toEqual(['a'])
        expect(await search(['#ㅋㅏㅁ'])).toEqual(['b'])
        expect(await search(['rtx3080'])).toEqual(['a'])
        expect(await search(['ㅋㅏ', 'rtx'])).toEqual([])
      })
    })

    describe('by nearness', () => {
      it('gives the nearest first, with cosine, seller, category and vector', async () => {
        await index.upsert([
          item('far', { vector: axis(dimension, 3) }),
          item('near', { vector: axis(dimension, 0, { 1: 0.1 }), seller: 'acc_a', category: 'pet' }),
          item('nearer', { vector: axis(dimension, 0) }),
        ])
        const [first, second, third] = await index.similar(axis(dimension, 0), everything, 10, from)
        expect(idsOf([first!, second!, third!])).toEqual(['nearer', 'near', 'far'])
        expect(first!.score).toBeCloseTo(1, 4)
        expect(third!.score).toBeCloseTo(0, 4)
        expect(second).toMatchObject({ seller: 'acc_a', category: 'pet' })
        expect([...second!.vector]).toEqual([...axis(dimension, 0, { 1: 0.1 })])
      })

      it('leaves out what is below the floor', async () => {
        await index.upsert([item('far', { vector: axis(dimension, 3) }), item('near')])
        expect(await similar(axis(dimension, 0), everything, 10, 0.5)).toEqual(['near'])
      })

      it('puts equally near ones in the order of their ids', async () => {
        await index.upsert(['c', 'a', 'b'].map((id) => item(id)))
        expect(await similar(axis(dimension, 0))).toEqual(['a', 'b', 'c'])
      })
    })

    it('answers no more than was asked for', async () => {
      const many = Array.from({ length: 400 }, (_, at) => item(`it${at}`, { tokens: ['의자'] }))
      await index.upsert(many)
      expect(await search(['의자'], everything, 7)).toHaveLength(7)
      expect(await search(['의자'], everything, 300)).toHaveLength(300)
      expect(await similar(axis(dimension, 0), everything, 300)).toHaveLength(300)
    })

    describe('leaves out', () => {
      const tokens = ['의자']
      it('other kinds, states and categories', async () => {
        await index.upsert([
          item('run', { tokens }),
          item('soon', { tokens, state: 'scheduled', category: 'pet' }),
          item('over', { tokens, state: 'ended' }),
          item('who', { tokens, kind: 'person', state: null, category: '' }),
        ])
        for (const ask of [
          async (filter: typeof everything) => (await search(tokens, filter)).sort(),
          async (filter: typeof everything) => (await similar(axis(dimension, 0), filter)).sort(),
        ]) {
          expect(await ask(everything)).toEqual(['over', 'run', 'soon', 'who'])
          expect(await ask({ ...everything, kinds: ['person'] })).toEqual(['who'])
          expect(await ask({ ...everything, kinds: ['auction'], where: { states: ['running', 'ended'] } })).toEqual([
            'over',
            'run',
          ])
          expect(await ask({ ...everything, where: { category: 'pet' } })).toEqual(['soon', 'who'])
        }
      })

      it('what is hidden, until its time is over', async () => {
        await index.upsert([
          item('hidden', { tokens, hiddenUntil: 2_000 }),
          item('always', { tokens, hiddenUntil: Number.MAX_SAFE_INTEGER }),
          item('shown', { tokens }),
        ])
        expect(await search(tokens)).toEqual(['shown'])
        expect(await similar(axis(dimension, 0), { ...everything, now: 2_000 })).toEqual(['hidden', 'shown'])
      })

      it('ids that the question does not want', async () => {
        await index.upsert(['a', 'b', 'c'].map((id) => item(id, { tokens })))
        const without = ['a', 'c', ...Array.from({ length: 1_000 }, (_, at) => `auc_${at}`)]
        expect(await similar(axis(dimension, 0), { ...everything, without })).toEqual(['b'])
      })
    })

    describe('knows at once', () => {
      it('an edit, in words, place and state', async () => {
        await index.upsert([item('a', { tokens: ['의자', '나무'] }), item('b', { tokens: ['책상', '나무'] })])
        await index.upsert([item('a', { tokens: ['소파', '나무'], vector: axis(dimension, 5), state: 'ended' })])
        expect(await search(['의자'])).toEqual([])
        expect(await search(['소파'])).toEqual(['a'])
        expect((await search(['나무'])).sort()).toEqual(['a', 'b'])
        expect(await similar(axis(dimension, 5), everything, 1)).toEqual(['a'])
        expect(await search(['소파'], { ...everything, where: { states: ['running'] } })).toEqual([])
        expect(await index.count()).toBe(2)
      })

      it('a deletion, and what comes into its place', async () => {
        await index.upsert([item('a', { tokens: ['의자'] }), item('b', { tokens: ['의자'] })])
        await index.delete(['a', 'never'])
        expect(await search(['의자'])).toEqual(['b'])
        expect(await similar(axis(dimension, 0))).toEqual(['b'])
        await index.upsert([item('c', { tokens: ['소파'], vector: axis(dimension, 2) })])
        expect(await search(['의자'])).toEqual(['b'])
        expect(await similar(axis(dimension, 2), everything, 1)).toEqual(['c'])
        expect(await index.count()).toBe(2)
      })
    })

    it('gives things back whole, by id and by seller', async () => {
      const mine = item('mine', { tokens: ['>ㅋㅏ', '의자', '의자'], seller: 'acc_a', hiddenUntil: 5, state: 'ended' })
      const me = item('acc_a', {
        kind: 'person',
        seller: 'acc_a',
        category: '',
        state: null,
        vector: new Float32Array(8),
      })
      await index.upsert([mine, me, item('other')])
      expect(await index.get(['mine', 'nobody', 'acc_a'])).toEqual([mine, me])
      expect(await index.ofSeller('acc_a')).toEqual([me, mine])
      expect(await index.get([])).toEqual([])
    })

    it('keeps a place for each stream with what it led to, and everything through a restart', async () => {
      expect(await index.place('auction:a')).toBe(0)
      await index.upsert([item('a', { tokens: ['의자'] })], { stream: 'auction:a', seq: 3 })
      await index.upsert([], { stream: 'accounts', seq: 7 })
      await index.upsert([item('b', { tokens: ['의자'] })])
      await index.delete(['b'], { stream: 'auction:b', seq: 4 })
      await restart()
      expect(await index.isCurrent()).toBe(true)
      expect(await Promise.all(['auction:a', 'accounts', 'auction:b', 'auction:c'].map((s) => index.place(s)))).toEqual(
        [3, 7, 4, 0],
      )
      expect(await search(['의자'])).toEqual(['a'])
      expect(await similar(axis(dimension, 0))).toEqual(['a'])
      expect(await index.count()).toBe(1)
    })

    describe('is built anew', () => {
      it('beside the old one, which answers meanwhile', async () => {
        await index.upsert([item('old', { tokens: ['의자'] })], { stream: 'accounts', seq: 9 })
        await index.rebuild(async (fresh) => {
          await fresh.upsert([item('new', { tokens: ['의자'] })], { stream: 'auction:new', seq: 2 })
          await fresh.reached([{ stream: 'profiles', seq: 5 }])
          expect(await search(['의자'])).toEqual(['old'])
        })
        expect(await search(['의자'])).toEqual(['new'])
        expect(await Promise.all(['accounts', 'auction:new', 'profiles'].map((s) => index.place(s)))).toEqual([0, 2, 5])
        await index.upsert([item('newer', { tokens: ['의자'] })])
        expect((await search(['의자'])).sort()).toEqual(['new', 'newer'])
        await restart()
        expect((await search(['의자'])).sort()).toEqual(['new', 'newer'])
      })

      it('or stays as it was, when that fails', async () => {
        await index.upsert([item('old', { tokens: ['의자'] })])
        const failing = index.rebuild(async (fresh) => {
          await fresh.upsert([item('new', { tokens: ['의자'] })])
          throw new Error('the archive cannot be read')
        })
        await expect(failing).rejects.toThrow('the archive cannot be read')
        expect(await search(['의자'])).toEqual(['old'])
        await index.rebuild(async (fresh) => fresh.upsert([item('newer', { tokens: ['의자'] })]))
        expect(await search(['의자'])).toEqual(['newer'])
      })

      it('under another embedder, and never mixes the two', async () => {
        await index.upsert([item('old', { tokens: ['의자'] })])
        await restart({ id: 'test/2', dimension: 16 })
        expect(await index.isCurrent()).toBe(false)
        const vector = axis(16, 0)
        await expect(index.search(['의자'], everything, 10)).rejects.toThrow(IndexAway)
        await expect(index.similar(vector, everything, 10, 0)).rejects.toThrow(IndexAway)
        await expect(index.upsert([item('new', { vector })])).rejects.toThrow(IndexAway)
        await index.rebuild(async (fresh) => fresh.upsert([item('new', { tokens: ['의자'], vector })]))
        expect(await index.isCurrent()).toBe(true)
        expect(await search(['의자'])).toEqual(['new'])
        expect(await similar(vector)).toEqual(['new'])
      })
    })

    it('finds at least 95 of 100 true neighbours among 20,000 things', { timeout: 300_000 }, async () => {
      const [count, dimension, asked] = [20_000, 64, 50]
      await restart({ id: 'test/recall', dimension })
      const vectors = cloudyVectors(count, dimension)
      await index.rebuild(async (fresh) => {
        for (let at = 0; at < count; at += 1_000)
          await fresh.upsert(
            vectors.slice(at, at + 1_000).map((vector, offset) => item(`it${at + offset}`, { vector })),
          )
      })
      let found = 0
      for (const vector of between(vectors, asked)) {
        const exact = vectors
          .map((other, at) => ({ id: `it${at}`, score: dot(other, vector) }))
          .sort((one, other) => other.score - one.score)
          .slice(0, 10)
        const got = new Set(await similar(vector, everything, 10))
        found += exact.filter(({ id }) => got.has(id)).length
      }
      const recall = found / (asked * 10)
      process.stdout.write(`recall@10 of ${index.kind} over ${count} things: ${recall.toFixed(4)}\n`)
      expect(recall).toBeGreaterThanOrEqual(0.95)
    })
  })
}

/** Questions that are no thing themselves: each lies between two. */
function between(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const step = Math.floor(vectors.length / count)
  return Array.from({ length: count }, (_, at) => {
    const other = vectors[at * step + 1]!
    return unit(vectors[at * step]!.map((value, index) => value + 0.5 * other[index]!))
  })
}
