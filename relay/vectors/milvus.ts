import { ConsistencyLevelEnum, MilvusClient } from '@zilliz/milvus2-sdk-node'
import type { ResStatus, RowData } from '@zilliz/milvus2-sdk-node'
import { indexKinds } from '../../worker/contract/relay.ts'
import { log, reasonOf } from '../log.ts'
import {
  expressionOf,
  itemFields,
  itemOf,
  keywordsOf,
  madeFilter,
  madeRow,
  placeFilter,
  placeRow,
  rowOf,
  schemaOf,
} from './milvus-schema.ts'
import { IndexAway } from './vectors.ts'
import type { Candidate, FreshIndex, Made, Scored, VectorIndex } from './vectors.ts'

export interface MilvusSettings {
  /** `host:port`, or an `https://` address. */
  address: string
  /** An API key, or `user:password`; null where the server asks for none. */
  token: string | null
  /** The alias under which the index is found; its collections are named after it. */
  name: string
  /** How long a question may take before the server counts as away. Default 2,000: the Worker has gone by then. */
  askWithinMs?: number
}

const connectWithinMs = 5_000
const callWithinMs = 20_000
/** How far an HNSW search looks around, at least: for the top 300 as many. */
const leastBreadth = 128
const mostRows = 16_384
/** A row has 150 kB at the very most, a request 64 MB. */
const rowsPerRequest = 400
const countField = 'count(*)'

/**
 * The index on a Milvus server (2.5 or later, or Milvus Lite): one collection, partitioned by kind, behind an alias. A row
 * and its stream's place go in one request; should a crash part them, repeating the events gives the same rows.
 * Rejects with one line when the server does not answer.
 */
export async function openMilvusIndex(settings: MilvusSettings, made: Made): Promise<VectorIndex> {
  const { name, askWithinMs = 2_000 } = settings
  const { dimension } = made
  const client = await connect(settings)
  /** What the alias leads to, if it was made as it should be. */
  let collection = await aliased()
  if (collection !== null && !(await isMadeAsAsked(collection))) collection = null

  /** The collection behind the alias. */
  async function aliased(): Promise<string | null> {
    const answer = await called(client.describeAlias({ collection_name: name, alias: name }))
    if (/not (found|exist)/i.test(answer.status.reason)) return null
    done(answer.status)
    return answer.collection
  }

  async function isMadeAsAsked(collection: string): Promise<boolean> {
    await load(collection)
    const [note] = await query(collection, madeFilter, ['tokens'])
    return note?.['tokens'] === made.id
  }

  async function load(collection: string) {
    done(await called(client.loadCollectionSync({ collection_name: collection })))
  }

  function inUse(): string {
    if (!collection) throw new IndexAway('the index has to be built first')
    return collection
  }

  async function put(collection: string, rows: RowData[]) {
    for (let from = 0; from < rows.length; from += rowsPerRequest) {
      const data = rows.slice(from, from + rowsPerRequest)
      done((await called(client.upsert({ collection_name: collection, data, timeout: callWithinMs }))).status)
    }
  }

  async function query(collection_name: string, filter: string, fields: string[]): Promise<Record<string, unknown>[]> {
    const asked = { collection_name, filter, output_fields: fields, timeout: callWithinMs }
    // A count with a limit is refused.
    const answer = await called(client.query(fields.includes(countField) ? asked : { ...asked, limit: mostRows }))
    done(answer.status)
    return answer.data
  }

  async function ask(asked: Asked): Promise<Record<string, unknown>[]> {
    const answer = await called(
      client.search({
        collection_name: inUse(),
        anns_field: asked.field,
        data: [asked.data],
        limit: asked.limit,
        filter: asked.filter,
        metric_type: asked.metric,
        params: asked.params,
        output_fields: asked.fields,
        // A question may be answered from a moment ago; waiting for the newest would cost it most of its time.
        consistency_level: ConsistencyLevelEnum.Bounded,
        timeout: askWithinMs,
      }),
    )
    done(answer.status)
    return answer.results as unknown as Record<string, unknown>[]
  }

  return {
    kind: 'milvus',
    isCurrent: async () => collection !== null,
    async upsert(items, place) {
      await put(inUse(), [...items.map(rowOf), ...(place ? [placeRow(place, dimension)] : [])])
    },
    async delete(ids, place) {
      const collection_name = inUse()
      if (ids.length > 0) {
        const filter = `id in ${JSON.stringify(ids)}`
        done((await called(client.delete({ collection_name, filter, timeout: callWithinMs }))).status)
      }
      if (place) await put(collection_name, [placeRow(place, dimension)])
    },
    async get(ids) {
      if (ids.length === 0) return []
      const found = await query(inUse(), `id in ${JSON.stringify(ids)}`, itemFields)
      const byId = new Map(found.map((row) => [row['id'], itemOf(row)]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    async ofSeller(seller) {
      const found = await query(inUse(), `seller == ${JSON.stringify(seller)}`, itemFields)
      return found.map(itemOf).sort((one, other) => (one.id < other.id ? -1 : 1))
    },
    async place(stream) {
      const [row] = await query(inUse(), placeFilter(stream), ['seq'])
      return Number(row?.['seq'] ?? 0)
    },
    async search(tokens, filter, limit) {
      if (tokens.length === 0) return []
      const found = await ask({
        field: 'bm25',
        data: keywordsOf(tokens),
        metric: 'BM25',
        limit,
        filter: expressionOf(filter),
        params: {},
        fields: ['id', 'kind'],
      })
      // Milvus Lite tells scores below zero, best first all the same.
      return inOrder(found.map((row) => ({ ...scoredOf(row), score: Math.abs(Number(row['score'])) })))
    },
    async similar(vector, filter, limit, floor) {
      const found = await ask({
        field: 'vector',
        data: [...vector],
        metric: 'IP',
        limit,
        filter: expressionOf(filter),
        params: { ef: Math.max(limit, leastBreadth) },
        fields: ['id', 'kind', 'seller', 'category', 'vector'],
      })
      return inOrder(found.map(candidateOf).filter(({ score }) => score >= floor))
    },
    async count() {
      const [row] = await query(inUse(), `kind in ${JSON.stringify(indexKinds)}`, [countField])
      return Number(row?.[countField] ?? 0)
    },
    async rebuild(fill) {
      const fresh = `${name}_${Date.now().toString(36)}`
      done(await called(client.createCollection(schemaOf(fresh, dimension) as never)))
      const index: FreshIndex = {
        upsert: (items, place) => put(fresh, [...items.map(rowOf), ...(place ? [placeRow(place, dimension)] : [])]),
        reached: (places) =>
          put(
            fresh,
            places.map((place) => placeRow(place, dimension)),
          ),
      }
      try {
        await fill(index)
        await put(fresh, [madeRow(made)])
        await load(fresh)
      } catch (error) {
        await client.dropCollection({ collection_name: fresh }).catch(() => {})
        throw error
      }
      const point = { collection_name: fresh, alias: name }
      done(await called((await aliased()) === null ? client.createAlias(point) : client.alterAlias(point)))
      collection = fresh
      await dropOthers(client, name, fresh)
    },
    async close() {
      await client.closeConnection()
    },
  }
}

interface Asked {
  field: string
  data: string | number[]
  /** The SDK sends none by itself, and Milvus Lite does not know what to do then. */
  metric: string
  limit: number
  filter: string
  params: Record<string, number>
  fields: string[]
}

async function connect({ address, token }: MilvusSettings): Promise<MilvusClient> {
  const client = new MilvusClient({
    address,
    ...(token === null ? {} : { token }),
    timeout: callWithinMs,
    maxRetries: 1,
    logLevel: 'none',
    // On by default, and of nobody's business.
    telemetry: { enabled: false },
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${connectWithinMs / 1_000} s`)), connectWithinMs)
  })
  try {
    await Promise.race([client.connectPromise, late])
    return client
  } catch (error) {
    await client.closeConnection().catch(() => {})
    throw new Error(`Milvus at ${address} cannot be reached: ${reasonOf(error)}`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Former collections of this index, and what a rebuild that died has left. */
async function dropOthers(client: MilvusClient, name: string, kept: string) {
  const { data } = await called(client.showCollections())
  const others = data.map((one) => one.name).filter((one) => one.startsWith(`${name}_`) && one !== kept)
  for (const collection_name of others)
    await client
      .dropCollection({ collection_name })
      .catch((error: unknown) =>
        log('milvus-leftover', { collection: collection_name, reason: reasonOf(error) }, 'warn'),
      )
}

/** What the SDK throws is now an Error, now an answer, now its own crash over an empty one; all mean that it did not work. */
async function called<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    const { reason } = error as Partial<ResStatus>
    throw new IndexAway(`Milvus: ${reason ?? reasonOf(error)}`, { cause: error })
  }
}

function isDone(status: ResStatus): boolean {
  return status.error_code === 'Success' || Number(status.error_code) === 0
}

function done(status: ResStatus) {
  if (!isDone(status)) throw new IndexAway(`Milvus: ${String(status.reason).slice(0, 200)}`)
}

function scoredOf(row: Record<string, unknown>): Scored {
  return { kind: row['kind'] as Scored['kind'], id: String(row['id']), score: Number(row['score']) }
}

function candidateOf(row: Record<string, unknown>): Candidate {
  const vector = Float32Array.from(row['vector'] as number[])
  return { ...scoredOf(row), seller: String(row['seller']), category: String(row['category']), vector }
}

function inOrder<T extends Scored>(found: T[]): T[] {
  return found.sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
}
