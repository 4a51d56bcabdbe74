import { createHash } from 'node:crypto'
import { DataType, FunctionType } from '@zilliz/milvus2-sdk-node'
import type { RowData } from '@zilliz/milvus2-sdk-node'
import type { Filter, Item, Made, Place } from './vectors.ts'

/**
 * How things lie in Milvus. Rows of the kind `note` are found by nobody: they say how far a stream has come, and what the
 * vectors were made with. (Milvus Lite forgets a collection's description.)
 */
const noteKind = 'note'
const madeId = `${noteKind}:made`

const text = (name: string, bytes: number) => ({ name, data_type: DataType.VarChar, max_length: bytes })

/** Bytes of one text; what `tokenize.ts` makes of a title and 1,000 characters stays below. */
const mostBytes = 65_535

export function schemaOf(collection: string, dimension: number) {
  return {
    collection_name: collection,
    consistency_level: 'Strong',
    enable_dynamic_field: false,
    fields: [
      { ...text('id', 128), is_primary_key: true },
      { ...text('kind', 16), is_partition_key: true },
      text('seller', 64),
      text('category', 64),
      text('state', 16),
      { name: 'hidden_until', data_type: DataType.Int64 },
      { name: 'seq', data_type: DataType.Int64 },
      text('tokens', mostBytes),
      { ...text('keywords', mostBytes), enable_analyzer: true, analyzer_params: { type: 'standard' } },
      { name: 'vector', data_type: DataType.FloatVector, dim: dimension },
      { name: 'bm25', data_type: DataType.SparseFloatVector },
    ],
    functions: [
      {
        name: 'bm25_of_keywords',
        type: FunctionType.BM25,
        input_field_names: ['keywords'],
        output_field_names: ['bm25'],
        params: {},
      },
    ],
    index_params: [
      // Inner product: all vectors have length 1, or 0 for what is near to nothing.
      { field_name: 'vector', index_type: 'HNSW', metric_type: 'IP', params: { M: 16, efConstruction: 200 } },
      {
        field_name: 'bm25',
        index_type: 'SPARSE_INVERTED_INDEX',
        metric_type: 'BM25',
        params: { bm25_k1: 1.2, bm25_b: 0.75 },
      },
    ],
  }
}

export const itemFields = ['id', 'kind', 'seller', 'category', 'state', 'hidden_until', 'tokens', 'vector']

export function rowOf({ hiddenUntil, tokens, vector, state, ...item }: Item): RowData {
  return {
    ...item,
    state: state ?? '',
    hidden_until: hiddenUntil,
    seq: 0,
    tokens: tokens.join(' '),
    keywords: keywordsOf(tokens),
    vector: [...vector],
  }
}

export function itemOf(row: Record<string, unknown>): Item {
  const tokens = String(row['tokens'])
  return {
    kind: row['kind'] as Item['kind'],
    id: String(row['id']),
    seller: String(row['seller']),
    category: String(row['category']),
    state: (row['state'] || null) as Item['state'],
    hiddenUntil: Number(row['hidden_until']),
    tokens: tokens === '' ? [] : tokens.split(' '),
    vector: Float32Array.from(row['vector'] as number[]),
  }
}

export function placeFilter(stream: string): string {
  return `id == ${JSON.stringify(placeId(stream))}`
}

function placeId(stream: string): string {
  return `${noteKind}:${stream}`
}

export function placeRow({ stream, seq }: Place, dimension: number): RowData {
  return { ...note(placeId(stream), dimension), seq }
}

export const madeFilter = `id == ${JSON.stringify(madeId)}`

/** `tokens` of this row is the id of what the index was made with. */
export function madeRow({ id, dimension }: Made): RowData {
  return { ...note(madeId, dimension), tokens: id }
}

function note(id: string, dimension: number): RowData {
  return {
    id,
    kind: noteKind,
    seller: '',
    category: '',
    state: '',
    hidden_until: 0,
    seq: 0,
    tokens: '',
    keywords: '',
    vector: Array.from({ length: dimension }, () => 0),
  }
}

/**
 * Tokens as words of nine letters, made by hash. The server's analyser would cut ours where they hold signs or change their script, and
 * Milvus Lite has no other; of letters alone it takes each as one. Two of a million meet with a chance of one in ten.
 */
export function keywordsOf(tokens: readonly string[]): string {
  return tokens.map(nineLetters).join(' ')
}

function nineLetters(token: string): string {
  let rest = createHash('sha1').update(token).digest().readUIntBE(0, 6)
  let letters = ''
  for (let index = 0; index < 9; index++) {
    letters += String.fromCharCode(97 + (rest % 26))
    rest = Math.floor(rest / 26)
  }
  return letters
}

/** The filter as an expression of Milvus. Values are quoted as JSON, which its strings are. */
export function expressionOf({ kinds, where, without = [], now }: Filter): string {
  const list = (values: readonly string[]) => JSON.stringify(values)
  return [
    `kind in ${list(kinds)}`,
    `hidden_until <= ${now}`,
    ...(where?.states ? [`state in ${list([...where.states, ''])}`] : []),
    ...(where?.category === undefined ? [] : [`category in ${list([where.category, ''])}`]),
    ...(without.length > 0 ? [`id not in ${list(without)}`] : []),
  ].join(' and ')
}
