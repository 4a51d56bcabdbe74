import { join } from 'node:path'
import type { BusConfig } from '../config.ts'
import { reasonOf } from '../log.ts'
import type { Bus } from './bus.ts'
import { openEmbeddedBus } from './embedded.ts'
import { createPulsarAdmin } from './pulsar-admin.ts'
import { openPulsarBus } from './pulsar-bus.ts'
import { openJournal } from './pulsar-journal.ts'
import { createPulsarWire } from './pulsar.ts'
import { createWebSocketWire } from './pulsar-websocket.ts'

/** The bus of these settings. Throws one line when its server cannot be used. */
export async function openBus(config: BusConfig, dataDir: string): Promise<Bus> {
  if (config.kind === 'embedded') return openEmbeddedBus(join(dataDir, 'bus.sqlite'))
  const wire = config.kind === 'pulsar' ? await createPulsarWire(config) : createWebSocketWire(config)
  const journal = openJournal(join(dataDir, 'pulsar.sqlite'))
  try {
    return await openPulsarBus({ wire, admin: createPulsarAdmin(config), journal })
  } catch (error) {
    await wire.close()
    journal.close()
    throw new Error(`Pulsar at ${config.webUrl} cannot be used: ${reasonOf(error)}`, { cause: error })
  }
}
