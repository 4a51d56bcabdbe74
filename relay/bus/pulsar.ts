import type * as pulsar from 'pulsar-client'
import type { Consumer, Producer } from 'pulsar-client'
import type { BusConfig } from '../config.ts'
import { log, reasonOf } from '../log.ts'
import { createWebSocketWire } from './pulsar-websocket.ts'
import { reconnectPause, type ConsumePlan, type Consumption, type Wire } from './pulsar-wire.ts'

type Native = typeof pulsar
type PulsarBus = BusConfig & { kind: 'pulsar' }

const warning = 2
const lookEveryMs = 500

/** The native client where it can be loaded, else Pulsar's WebSocket API, which one line of the log tells. */
export async function createPulsarWire(config: PulsarBus): Promise<Wire> {
  try {
    return createNativeWire(await loadNative(), config)
  } catch (error) {
    log('bus-fallback', { wanted: 'pulsar', using: 'pulsar-websocket', reason: reasonOf(error).split('\n')[0] }, 'warn')
    return createWebSocketWire(config)
  }
}

/** It is optional: the package may be absent, or there without the binary for this computer. Then this rejects. */
export async function loadNative(): Promise<Native> {
  const loaded = (await import('pulsar-client')) as Native & { default?: Native }
  return loaded.default ?? loaded
}

/** Messages by the native client, which reconnects by itself. */
function createNativeWire(native: Native, { url, namespace, token }: PulsarBus): Wire {
  const { AuthenticationToken, Client, MessageId } = native
  Client.setLogHandler((level, _file, _line, message) => {
    if (level >= warning) log('pulsar-client', { message: message.slice(0, 300) }, 'warn')
  })
  const client = new Client({
    serviceUrl: url,
    operationTimeoutSeconds: 15,
    ...(token === null ? {} : { authentication: new AuthenticationToken({ token }) }),
  })
  const closing = new AbortController()
  const producers = new Map<string, Promise<Producer>>()
  const full = (topic: string) => `persistent://${namespace}/${topic}`

  function producerOf(topic: string): Promise<Producer> {
    const known = producers.get(topic)
    if (known) return known
    // For the reasons see the WebSocket's producers.
    const opening = client.createProducer({ topic: full(topic), sendTimeoutMs: 0, batchingEnabled: false })
    producers.set(topic, opening)
    opening.catch(() => producers.delete(topic))
    return opening
  }

  function consume({ topic, subscription, consumer: consumerName, window, take }: ConsumePlan): Consumption {
    const ended = new AbortController()
    const over = AbortSignal.any([ended.signal, closing.signal])
    let consumer: Consumer | null = null
    const taken = new Set<string>()
    let wake = () => {}

    async function live() {
      for (let attempt = 0; !over.aborted; attempt += 1)
        try {
          consumer ??= await client.subscribe({
            topic: full(topic),
            subscription,
            subscriptionType: 'Failover',
            subscriptionInitialPosition: 'Earliest',
            consumerName,
            receiverQueueSize: window,
          })
          attempt = 0
          await takeFrom(consumer)
        } catch (error) {
          if (over.aborted) return
          log('bus-lost', { topic, reader: subscription, reason: reasonOf(error) }, 'warn')
          await reconnectPause(attempt)
        }
    }

    async function takeFrom(from: Consumer) {
      while (!over.aborted) {
        if (taken.size >= window) {
          await new Promise<void>((resolve) => (wake = resolve))
          continue
        }
        const message = await from.receive()
        const id = message.getMessageId().serialize().toString('base64')
        taken.add(id)
        if (!over.aborted) take({ id, text: message.getData().toString() })
      }
    }

    over.addEventListener('abort', () => wake())
    const living = live()
    return {
      acknowledge(id) {
        taken.delete(id)
        wake()
        // One that gets lost brings the message again, which is recognised.
        consumer?.acknowledgeId(MessageId.deserialize(Buffer.from(id, 'base64'))).catch(() => {})
      },
      async close() {
        ended.abort()
        await consumer?.close()
        await living
      },
    }
  }

  return {
    kind: 'pulsar',
    async send(topic, key, text) {
      const id = await (await producerOf(topic)).send({ data: Buffer.from(text), partitionKey: key })
      return id.serialize().toString('base64')
    },
    consume,
    async *scan(topic, after) {
      const startMessageId = after === null ? MessageId.earliest() : MessageId.deserialize(Buffer.from(after, 'base64'))
      const reader = await client.createReader({ topic: full(topic), startMessageId, receiverQueueSize: 100 })
      try {
        while (!closing.signal.aborted) {
          // Waiting inside `readNext` would keep one of the few threads of this process.
          if (!reader.hasNext()) {
            await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
            continue
          }
          const message = await reader.readNext()
          yield { id: message.getMessageId().serialize().toString('base64'), text: message.getData().toString() }
        }
      } finally {
        await reader.close()
      }
    },
    closed: closing.signal,
    async close() {
      closing.abort()
      await client.close()
    },
  }
}
