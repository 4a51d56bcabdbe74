import { randomBytes } from 'node:crypto'
import { MilvusClient } from '@zilliz/milvus2-sdk-node'
import { openMilvusIndex } from '../../relay/vectors/milvus.ts'
import type { Made } from '../../relay/vectors/vectors.ts'
import { realServers } from './servers.ts'

/** Address of the real Milvus where a run is told to use it; else null. */
export const milvusAddress = process.env['MILVUS_ADDRESS'] ?? realServers()?.milvus.address ?? null

/** An index of its own on that server, and how to take it away again. */
export function freshMilvus() {
  if (milvusAddress === null) throw new Error('no Milvus: npm run servers, and RELAY_REAL=1')
  const address = milvusAddress
  const name = `test_${randomBytes(6).toString('hex')}`
  return {
    name,
    open: (made: Made) => openMilvusIndex({ address, token: null, name, askWithinMs: 60_000 }, made),
    async clear() {
      const client = new MilvusClient({ address, timeout: 60_000, telemetry: { enabled: false } })
      await client.dropAlias({ alias: name })
      const { data } = await client.showCollections()
      for (const one of data.filter(({ name: found }) => found.startsWith(`${name}_`)))
        await client.dropCollection({ collection_name: one.name })
      await client.closeConnection()
    },
  }
}
