import { log, reasonOf } from '../log.ts'
import { EmbedderAway, EmbedderWrong, unit } from './embedder.ts'
import type { Embedder, Thing } from './embedder.ts'

/** What one service of embeddings speaks. */
export interface Protocol {
  url: string
  headers: Record<string, string>
  bodyOf(texts: readonly string[]): unknown
  /** Vectors in the order of the texts, or null where the answer is none. */
  vectorsIn(answer: unknown): readonly (readonly number[])[] | null
}

export interface RemoteSettings {
  id: string
  dimension: number
  floor: number
  /** Pause before try `attempt` (from 2), in ms. Default: doubling from half a second, with jitter. */
  pauseMs?: (attempt: number) => number
}

const textsPerRequest = 64
const requestWithinMs = 15_000
const attempts = 4
/** Characters of one text: some 4,000 tokens at most, which every model of these takes. */
const textLength = 4_000
const rememberedWords = 1_000

const doubling = (attempt: number) => 250 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2)

/**
 * An embedder at the other end of a wire. Things are sent in batches and tried again; words have to come back at once, and
 * an answer that came too late is kept for whoever asks the same next. The last 1,000 words' vectors are remembered in
 * memory, with nothing about who asked.
 */
export function createRemoteEmbedder(protocol: Protocol, settings: RemoteSettings): Embedder {
  const { id, dimension, floor, pauseMs = doubling } = settings
  const remembered = new Map<string, Promise<Float32Array | null>>()

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors = await ask(protocol, texts)
    if (vectors.length !== texts.length)
      throw new EmbedderWrong(`${vectors.length} vectors came for ${texts.length} texts`)
    return vectors.map((vector) => {
      if (vector.length !== dimension)
        throw new EmbedderWrong(`vectors of ${vector.length} dimensions came where EMBEDDER_DIMENSION is ${dimension}`)
      return unit(Float32Array.from(vector))
    })
  }

  async function embedPatiently(texts: readonly string[]): Promise<Float32Array[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await embed(texts)
      } catch (error) {
        if (attempt === attempts || !(error instanceof EmbedderAway)) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.max(error.retryAfterMs, pauseMs(attempt + 1))))
      }
    }
  }

  function vectorOf(words: string): Promise<Float32Array | null> {
    const key = words.trim().normalize('NFC')
    const known = remembered.get(key)
    const vector =
      known ??
      embed([key]).then(
        ([vector]) => vector ?? null,
        (error: unknown) => {
          log('embedder-failed', { reason: reasonOf(error) }, 'warn')
          remembered.delete(key)
          return null
        },
      )
    // Set again, so that the oldest is the one not asked for longest.
    remembered.delete(key)
    remembered.set(key, vector)
    const [oldest] = remembered.keys()
    if (remembered.size > rememberedWords && oldest !== undefined) remembered.delete(oldest)
    return vector
  }

  return {
    id,
    dimension,
    floor,
    async embedThings(things) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < things.length; from += textsPerRequest)
        vectors.push(...(await embedPatiently(things.slice(from, from + textsPerRequest).map(textOf))))
      return vectors
    },
    async embedWords(words, withinMs) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), withinMs)
      })
      const vector = await Promise.race([vectorOf(words), late])
      clearTimeout(timer)
      return vector
    },
  }
}

function textOf({ title, content }: Thing): string {
  return [...`${title}\n${content}`].slice(0, textLength).join('')
}

async function ask({ url, headers, bodyOf, vectorsIn }: Protocol, texts: readonly string[]) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(bodyOf(texts)),
    redirect: 'error',
    signal: AbortSignal.timeout(requestWithinMs),
  }).catch((error: unknown) => {
    throw new EmbedderAway(`no answer: ${reasonOf(error)}`)
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw refusalOf(response)
  }
  const vectors = vectorsIn(
    await response.json().catch((error: unknown) => {
      throw new EmbedderAway(`no whole answer: ${reasonOf(error)}`)
    }),
  )
  if (!vectors) throw new EmbedderWrong('the answer holds no vectors')
  return vectors
}

/** 4xx mean that a setting is wrong, save those that ask for patience. */
function refusalOf(response: Response): Error {
  const mayPass = response.status >= 500 || [408, 409, 425, 429].includes(response.status)
  if (!mayPass) return new EmbedderWrong(`status ${response.status}`)
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return new EmbedderAway(`status ${response.status}`, Math.min(60, seconds > 0 ? seconds : 0) * 1_000)
}
