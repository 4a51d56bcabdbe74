import { z } from 'zod'
import { createRemoteEmbedder } from './remote.ts'
import type { RemoteSettings } from './remote.ts'
import type { Embedder } from './embedder.ts'

export interface OpenAiSettings extends Omit<RemoteSettings, 'id'> {
  /** Up to and without `/embeddings`, as `https://api.openai.com/v1`. */
  url: string
  /** Null for a server of one's own that asks for none. */
  key: string | null
  model: string
}

const Answer = z.object({ data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()) })) })

/** Whatever speaks OpenAI's `POST /v1/embeddings`: OpenAI, vLLM, llama.cpp, Ollama, text-embeddings-inference. */
export function createOpenAiEmbedder({ url, key, model, ...settings }: OpenAiSettings): Embedder {
  const { dimension } = settings
  // Only these can be shortened; others refuse the wish.
  const canBeShort = model.startsWith('text-embedding-3')
  return createRemoteEmbedder(
    {
      url: `${url.replace(/\/$/, '')}/embeddings`,
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
      bodyOf: (input) => ({
        model,
        input,
        encoding_format: 'float',
        ...(canBeShort ? { dimensions: dimension } : {}),
      }),
      vectorsIn(answer) {
        const parsed = Answer.safeParse(answer)
        if (!parsed.success) return null
        const inOrder = parsed.data.data.sort((one, other) => one.index - other.index)
        return inOrder.every(({ index }, place) => index === place) ? inOrder.map(({ embedding }) => embedding) : null
      },
    },
    { ...settings, id: `openai/${model}/${dimension}` },
  )
}
