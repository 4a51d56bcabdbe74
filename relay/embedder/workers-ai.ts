import { z } from 'zod'
import { createRemoteEmbedder } from './remote.ts'
import type { RemoteSettings } from './remote.ts'
import type { Embedder } from './embedder.ts'

export interface WorkersAiSettings extends Omit<RemoteSettings, 'id'> {
  /** Another host than Cloudflare's, such as a gateway. */
  url: string | null
  account: string
  key: string
  /** As `@cf/baai/bge-m3`, which knows Korean and has 1,024 dimensions. */
  model: string
}

const api = 'https://api.cloudflare.com/client/v4'
const Answer = z.object({ success: z.literal(true), result: z.object({ data: z.array(z.array(z.number())) }) })

/** Cloudflare's models of embeddings by REST: `POST /accounts/{account}/ai/run/{model}`. */
export function createWorkersAiEmbedder({ url, account, key, model, ...settings }: WorkersAiSettings): Embedder {
  return createRemoteEmbedder(
    {
      url: `${(url ?? api).replace(/\/$/, '')}/accounts/${account}/ai/run/${model}`,
      headers: { authorization: `Bearer ${key}` },
      bodyOf: (text) => ({ text }),
      vectorsIn(answer) {
        const parsed = Answer.safeParse(answer)
        return parsed.success ? parsed.data.result.data : null
      },
    },
    { ...settings, id: `workers-ai/${model}/${settings.dimension}` },
  )
}
