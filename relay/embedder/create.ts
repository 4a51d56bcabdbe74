import type { EmbedderConfig } from '../config.ts'
import type { Embedder } from './embedder.ts'
import { offlineEmbedder } from './offline.ts'
import { createOpenAiEmbedder } from './openai.ts'
import { createWorkersAiEmbedder } from './workers-ai.ts'

export function createEmbedder(config: EmbedderConfig): Embedder {
  switch (config.kind) {
    case 'offline':
      return offlineEmbedder
    case 'openai':
      return createOpenAiEmbedder(config)
    case 'workers-ai':
      return createWorkersAiEmbedder(config)
  }
}
