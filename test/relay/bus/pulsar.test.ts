import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPulsarAdmin } from '../../../relay/bus/pulsar-admin.ts'
import { openPulsarBus } from '../../../relay/bus/pulsar-bus.ts'
import { openJournal } from '../../../relay/bus/pulsar-journal.ts'
import { createPulsarWire, loadNative } from '../../../relay/bus/pulsar.ts'
import { createWebSocketWire } from '../../../relay/bus/pulsar-websocket.ts'
import type { Wire } from '../../../relay/bus/pulsar-wire.ts'
import type { BusConfig } from '../../../relay/config.ts'
import { newFolder } from '../../support/relay.ts'
import { newNamespace, realServers } from '../../support/servers.ts'
import { busSuite, type BusLimits } from './suite.ts'

const servers = realServers()
const hasNative = await loadNative().then(
  () => true,
  () => false,
)

type Pulsar = BusConfig & { kind: 'pulsar' }

const transports: [string, boolean, (config: Pulsar) => Promise<Wire>][] = [
  ['WebSocket', servers !== null, async (config) => createWebSocketWire(config)],
  ['the native client', servers !== null && hasNative, createPulsarWire],
]

// Where a transport is not here, nothing is skipped in silence: the lane of the real servers says what it ran.
const here = transports.filter(([, isHere]) => isHere)

describe('Pulsar', () => {
  it('is reached by every transport that is here, and only where a run asks for real servers', () => {
    expect(here.map(([name]) => name)).toEqual([
      ...(servers ? ['WebSocket'] : []),
      ...(servers && hasNative ? ['the native client'] : []),
    ])
  })

  describe.each(here)('by %s', (_name, _isHere, createWire) => {
    busSuite(async (limits: BusLimits = {}) => {
      const { url, webUrl } = servers!.pulsar
      const config: Pulsar = { kind: 'pulsar', url, webUrl, namespace: newNamespace(), token: null }
      const folder = await newFolder()
      const openOn = async (journal: string) => {
        const wire = await createWire(config)
        const parts = { wire, admin: createPulsarAdmin(config), journal: openJournal(join(folder, journal)) }
        return { wire, bus: await openPulsarBus(parts, limits) }
      }
      const { wire, bus } = await openOn('one.sqlite')
      return {
        bus,
        async crash() {
          await wire.close()
          return (await openOn('one.sqlite')).bus
        },
        reopen: async () => (await openOn('one.sqlite')).bus,
        another: async () => (await openOn('two.sqlite')).bus,
      }
    })
  })
})
