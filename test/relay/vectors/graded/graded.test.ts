import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { offlineEmbedder } from '../../../../relay/embedder/offline.ts'
import { createSearch } from '../../../../relay/search.ts'
import { openEmbeddedIndex } from '../../../../relay/vectors/embedded.ts'
import { preparedAuction } from '../../../../relay/vectors/facts.ts'
import type { Prepared } from '../../../../relay/vectors/facts.ts'
import { madeWith } from '../../../../relay/vectors/open.ts'
import { queryTokensOf } from '../../../../relay/vectors/tokenize.ts'
import type { VectorIndex } from '../../../../relay/vectors/vectors.ts'
import { withVectors } from '../../../../relay/vectors/with-vectors.ts'
import { freshMilvus, milvusAddress } from '../../../support/milvus.ts'
import { newFolder } from '../../../support/relay.ts'
import { ndcg } from './ndcg.ts'
import { queries } from './queries.ts'
import type { GradedQuery } from './queries.ts'
import { things } from './things.ts'
import type { GradedThing } from './things.ts'
import type { IndexUnderTest } from '../suite.ts'

const filter = { kinds: ['auction'], now: 0 } as const
const depth = 100

const engineNames = ['keywords', 'vectors', 'both'] as const
type EngineName = (typeof engineNames)[number]
type Engine = (text: string) => Promise<string[]>
type Graded = Record<EngineName, number> & Pick<GradedQuery, 'kind'>
const ids = (hits: readonly { id: string }[]) => hits.map(({ id }) => id)

function enginesOf(index: VectorIndex): Record<EngineName, Engine> {
  const search = createSearch({ index, embedder: offlineEmbedder, now: () => 0 })
  return {
    keywords: async (text) => ids(await index.search(queryTokensOf(text), filter, depth)),
    vectors: async (text) => {
      const vector = (await offlineEmbedder.embedWords(text, 1_000))!
      return ids(await index.similar(vector, filter, depth, offlineEmbedder.floor))
    },
    both: async (text) => ids((await search.search({ text, kinds: ['auction'], limit: 20 })).items),
  }
}

function gradedSuite(fresh: () => Promise<Pick<IndexUnderTest, 'open' | 'clear'>>) {
  let index: VectorIndex
  let clear = async () => {}

  beforeAll(async () => {
    const place = await fresh()
    clear = place.clear
    index = await place.open(madeWith(offlineEmbedder))
    await index.rebuild(async (fresh) => fresh.upsert(await withVectors(things.map(prepared), offlineEmbedder)))
  }, 60_000)
  afterAll(async () => {
    await index.close()
    await clear()
  }, 60_000)

  it('goes best by keyword and meaning together', { timeout: 300_000 }, async () => {
    const engines = enginesOf(index)
    const graded: Graded[] = []
    for (const { kind, text, grades } of queries) {
      const of = async (name: EngineName) => ndcg(await engines[name](text), grades)
      graded.push({ kind, keywords: await of('keywords'), vectors: await of('vectors'), both: await of('both') })
    }
    const kinds = [...new Set(graded.map(({ kind }) => kind))]
    const lines = kinds.map((kind) =>
      lineOf(
        kind,
        graded.filter((one) => one.kind === kind),
      ),
    )
    // Straight to the terminal, since what a passing test says by console is not shown.
    process.stdout.write(
      [`nDCG@10 of ${index.kind} over ${things.length} things`, headline, ...lines, lineOf('all', graded), ''].join(
        '\n',
      ),
    )

    const both = meanOf(graded, 'both')
    expect(both).toBeGreaterThan(meanOf(graded, 'keywords'))
    expect(both).toBeGreaterThan(meanOf(graded, 'vectors'))
    expect(both).toBeGreaterThan(0.85)
  })
}

describe('searching what is for sale', () => {
  it('is asked enough, and only of things that are there', () => {
    const keys = new Set(things.map(({ key }) => key))
    expect(queries.length).toBeGreaterThanOrEqual(60)
    expect(queries.flatMap(({ grades }) => Object.keys(grades)).filter((key) => !keys.has(key))).toEqual([])
    expect(new Set(queries.map(({ text }) => text)).size).toBe(queries.length)
  })

  describe('in process', () => {
    gradedSuite(async () => {
      const path = join(await newFolder(), 'index.sqlite')
      return { open: async (made) => openEmbeddedIndex(path, made), clear: async () => {} }
    })
  })

  describe.skipIf(milvusAddress === null)('on Milvus', () => {
    gradedSuite(async () => freshMilvus())
  })
})

function prepared({ key, category, title, content }: GradedThing): Prepared {
  const at = '2026-11-21T03:00:00.000Z'
  const about = { auction: key, seller: `acc_of_${key}`, title, content, category, condition: 'good' }
  const described = { ...about, region: null, event: null, startsAt: at, endsAt: at }
  return preparedAuction({ described, state: 'running', isGone: false }, 0)
}

function meanOf(graded: readonly Graded[], name: EngineName): number {
  return graded.reduce((sum, one) => sum + one[name], 0) / graded.length
}

const headline = ['', 'queries', ...engineNames].map((name) => name.padStart(10)).join('')

function lineOf(kind: string, graded: readonly Graded[]): string {
  const means = engineNames.map((name) => meanOf(graded, name).toFixed(3))
  return [kind, String(graded.length), ...means].map((cell) => cell.padStart(10)).join('')
}
