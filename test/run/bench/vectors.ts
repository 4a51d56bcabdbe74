import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { offlineEmbedder } from '../../../relay/embedder/offline.ts'
import { createSearch } from '../../../relay/search.ts'
import { openEmbeddedIndex } from '../../../relay/vectors/embedded.ts'
import { madeWith } from '../../../relay/vectors/open.ts'
import { queryTokensOf, tokensOf } from '../../../relay/vectors/tokenize.ts'
import type { Filter, Item, VectorIndex } from '../../../relay/vectors/vectors.ts'
import { createRelay, type Relay } from '../../../worker/kernel/relay.ts'
import { queries } from '../../relay/vectors/graded/queries.ts'
import { things } from '../../relay/vectors/graded/things.ts'
import { described, streamOf } from '../../support/facts.ts'
import { freshMilvus, milvusAddress } from '../../support/milvus.ts'
import { newFolder, startRelay } from '../../support/relay.ts'
import { cloudyVectors, item } from '../../support/vectors.ts'
import { NotHere, percentile, type Bench, type OpenBench } from './bench.ts'

const many = 100_000
const onMilvus = 20_000
const inRelay = 2_000
const asked = 200
const askedOnMilvus = 40
const facts = 200

const filter: Filter = { kinds: ['auction'], where: { states: ['running'] }, now: 0 }
const limit = 20

const engineFigures = (count: number) => [
  { name: `by meaning, ${count.toLocaleString('en')} x ${offlineEmbedder.dimension}, p50`, unit: 'ms' },
  { name: `by keyword, the same, p50`, unit: 'ms' },
  { name: `both, fused, the same, p50`, unit: 'ms' },
]

export const vectorBenches: Bench[] = [
  {
    name: 'search embedded',
    method: `one question after the other in process, ${asked} of the graded queries round and round, top ${limit}; texts of the demo's lots over and over, vectors in 200 clouds`,
    figures: engineFigures(many).map((figure, place) => (place === 0 ? { ...figure, aim: { atMost: 15 } } : figure)),
    open: async () => engineBench(await embedded(many)),
  },
  {
    name: 'search milvus',
    method: `the same, ${askedOnMilvus} queries, on the Milvus server at MILVUS_ADDRESS or of npm run servers (Milvus Lite: a rig for correctness, not speed)`,
    figures: engineFigures(onMilvus),
    times: 1,
    async open() {
      if (milvusAddress === null) throw new NotHere('a Milvus (npm run servers, RELAY_REAL=1)')
      const { open, clear } = freshMilvus()
      const index = await open(madeWith(offlineEmbedder))
      await fill(index, onMilvus)
      return engineBench({ index, clear }, askedOnMilvus)
    },
  },
  {
    name: 'search relay',
    method: `p50 of a signed POST /search as the Worker asks it, over p50 of the same question in process, ${inRelay.toLocaleString('en')} things each, one after the other`,
    figures: [
      { name: 'the relay adds to a search, p50', unit: 'ms', aim: { atMost: 3 } },
      { name: 'a search by the relay, p50', unit: 'ms' },
      { name: 'a search by the relay, p99', unit: 'ms' },
    ],
    open: relayBench,
  },
  {
    name: 'fact to searchable embedded',
    method: `${facts} auctions, one after the other: from POST /events (described) to the first POST /search that finds it`,
    figures: searchableFigures(),
    times: 1,
    open: () => factBench({}),
  },
  {
    name: 'fact to searchable milvus',
    method: 'the same with VECTORS=milvus',
    figures: searchableFigures(),
    times: 1,
    async open() {
      if (milvusAddress === null) throw new NotHere('a Milvus (npm run servers, RELAY_REAL=1)')
      const { name, clear } = freshMilvus()
      const env = { VECTORS: 'milvus', MILVUS_ADDRESS: milvusAddress, MILVUS_COLLECTION: name }
      const bench = await factBench(env)
      return {
        ...bench,
        async close() {
          await bench.close()
          await clear()
        },
      }
    },
  },
]

function searchableFigures() {
  return [
    { name: 'p50', unit: 'ms', aim: { atMost: 500 } },
    { name: 'p99', unit: 'ms', aim: { atMost: 500 } },
  ]
}

interface Filled {
  index: VectorIndex
  clear(): Promise<void>
}

function engineBench({ index, clear }: Filled, count = asked): OpenBench {
  const search = createSearch({ index, embedder: offlineEmbedder, now: () => 0 })
  return {
    async measure() {
      const byMeaning = await p50(async (text) => {
        const vector = await offlineEmbedder.embedWords(text, 1_000)
        await index.similar(vector ?? new Float32Array(offlineEmbedder.dimension), filter, limit, offlineEmbedder.floor)
      }, count)
      const byKeyword = await p50((text) => index.search(queryTokensOf(text), filter, limit), count)
      const both = await p50(
        (text) => search.search({ text, kinds: ['auction'], where: { states: ['running'] }, limit }),
        count,
      )
      return [byMeaning, byKeyword, both]
    },
    async close() {
      await index.close()
      await clear()
    },
  }
}

async function relayBench(): Promise<OpenBench> {
  const dataDir = await newFolder()
  const { index } = await embedded(inRelay, dataDir)
  const search = createSearch({ index, embedder: offlineEmbedder, now: () => 0 })
  const relay = await startRelay({ dataDir })
  const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
  const question = (text: string) => ({ text, kinds: ['auction' as const], limit })
  return {
    async measure() {
      const bare = percentile(await timesOf((text) => search.search(question(text))), 0.5)
      const whole = await timesOf((text) => found(client, question(text)))
      return [percentile(whole, 0.5) - bare, percentile(whole, 0.5), percentile(whole, 0.99)]
    },
    async close() {
      await relay.stop()
      await index.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

async function factBench(env: Record<string, string>): Promise<OpenBench> {
  const relay = await startRelay({ env })
  const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
  await relay.line('index-rebuilt')
  return {
    async measure() {
      const times: number[] = []
      for (let at = 0; at < facts; at += 1) {
        const name = `품목${at.toString().padStart(4, '0')}`
        const began = performance.now()
        const published = await client.publish(streamOf(`auction:auc_${at}`, [described(`auc_${at}`, { title: name })]))
        if (!published.ok) throw new Error(`the relay took no events: ${published.code}`)
        while (!(await found(client, { text: name, kinds: ['auction'], limit })).includes(`auc_${at}`));
        times.push(performance.now() - began)
      }
      return [percentile(times, 0.5), percentile(times, 0.99)]
    },
    async close() {
      await relay.stop()
      await rm(relay.dataDir, { recursive: true })
    },
  }
}

/** Late answers are none, and count with the time they were waited for. */
async function found(client: Relay, question: Parameters<Relay['search']>[0]): Promise<string[]> {
  const outcome = await client.search(question)
  return outcome.ok ? outcome.value.items.map(({ id }) => id) : []
}

async function embedded(count: number, folder?: string): Promise<Filled> {
  const dir = folder ?? (await newFolder())
  const index = openEmbeddedIndex(join(dir, 'index.sqlite'), madeWith(offlineEmbedder))
  await fill(index, count)
  return { index, clear: () => rm(dir, { recursive: true }) }
}

async function fill(index: VectorIndex, count: number) {
  const vectors = cloudyVectors(count, offlineEmbedder.dimension)
  const tokens = things.map((thing) => tokensOf(thing))
  const items = vectors.map((vector, at): Item =>
    item(`auc_${at}`, { vector, tokens: [...(tokens[at % tokens.length] ?? []), `물건${at}`] }),
  )
  await index.rebuild(async (fresh) => {
    for (let from = 0; from < count; from += 1_000) await fresh.upsert(items.slice(from, from + 1_000))
  })
}

async function p50(ask: (text: string) => Promise<unknown>, count: number): Promise<number> {
  return percentile(await timesOf(ask, count), 0.5)
}

async function timesOf(ask: (text: string) => Promise<unknown>, count = asked): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < count; at += 1) {
    const text = queries[at % queries.length]?.text ?? ''
    const began = performance.now()
    await ask(text)
    times.push(performance.now() - began)
  }
  return times
}
