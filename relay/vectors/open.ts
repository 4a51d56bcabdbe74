import { join } from 'node:path'
import type { VectorsConfig } from '../config.ts'
import type { Embedder } from '../embedder/embedder.ts'
import { openEmbeddedIndex } from './embedded.ts'
import { tokensVersion } from './tokenize.ts'
import type { Made, VectorIndex } from './vectors.ts'

/** The index of the settings. Rejects with one line where its server cannot be reached. */
export async function openIndex(
  config: VectorsConfig,
  { dataDir, embedder }: { dataDir: string; embedder: Embedder },
): Promise<VectorIndex> {
  if (config.kind === 'milvus') {
    // Its client is loaded only where it is used: gRPC costs every other relay 56 MB and half a second of its start.
    const { openMilvusIndex } = await import('./milvus.ts')
    return openMilvusIndex(config, madeWith(embedder))
  }
  return openEmbeddedIndex(join(dataDir, 'index.sqlite'), madeWith(embedder))
}

/** What an index is made with: another embedder, or other tokens, make another index. */
export function madeWith({ id, dimension }: Embedder): Made {
  return { id: `${id} tokens/${tokensVersion}`, dimension }
}
