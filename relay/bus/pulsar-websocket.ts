import type { PulsarConfig } from '../config.ts'
import { log, reasonOf } from '../log.ts'
import { reconnectPause, type ConsumePlan, type Consumption, type Wire, type WireMessage } from './pulsar-wire.ts'

/** Frames of Pulsar's WebSocket API, as far as they are used here. */
interface SendAnswer {
  result: string
  messageId?: string
  errorMsg?: string
  context: string
}
interface MessageFrame {
  messageId?: string
  payload?: string
}

/** The server ends connections that are silent for five minutes. */
const aliveEveryMs = 60_000
const openWithinMs = 15_000

/** Messages by Pulsar's WebSocket API: one connection for each topic that is sent to and for each that is read. */
export function createWebSocketWire({ webUrl, namespace, token }: PulsarConfig): Wire {
  const root = `${webUrl.replace(/^http/, 'ws')}/ws/v2`
  const open = new Set<WebSocket>()
  const senders = new Map<string, Promise<Sender>>()
  const closing = new AbortController()

  function connect(path: string, query: Record<string, string>): Promise<WebSocket> {
    if (closing.signal.aborted) return Promise.reject(new Error('the bus is closed'))
    const url = `${root}/${path}?${new URLSearchParams(query).toString()}`
    const socket = new WebSocket(url, token === null ? undefined : { headers: { authorization: `Bearer ${token}` } })
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer)
        open.delete(socket)
        reject(new Error(`Pulsar's WebSocket for ${path} ${why}`))
      }
      const timer = setTimeout(() => {
        fail('did not open in time')
        socket.close()
      }, openWithinMs)
      open.add(socket)
      socket.addEventListener('open', () => {
        clearTimeout(timer)
        resolve(socket)
      })
      // After an error a close follows, but not always before it has opened.
      socket.addEventListener('error', () => fail('failed'))
      socket.addEventListener('close', ({ code }) => fail(`was closed (${code})`))
    })
  }

  function senderOf(topic: string): Promise<Sender> {
    const known = senders.get(topic)
    if (known) return known
    // No batching: with it Pulsar drops whole batches after a reconnect. No time limit: what is on its way stays in order.
    const opening = connect(`producer/persistent/${namespace}/${topic}`, {
      sendTimeoutMillis: '0',
      batchingEnabled: 'false',
    }).then((socket) => createSender(socket, () => senders.delete(topic)))
    senders.set(topic, opening)
    opening.catch(() => senders.delete(topic))
    return opening
  }

  return {
    kind: 'pulsar-websocket',
    async send(topic, key, text) {
      return (await senderOf(topic)).send(key, text)
    },
    consume(plan) {
      return consume(plan, () =>
        connect(`consumer/persistent/${namespace}/${plan.topic}/${encodeURIComponent(plan.subscription)}`, {
          subscriptionType: 'Failover',
          consumerName: plan.consumer,
          receiverQueueSize: String(plan.window),
          pullMode: 'true',
        }),
      )
    },
    async *scan(topic, after) {
      const socket = await connect(`reader/persistent/${namespace}/${topic}`, {
        messageId: after ?? 'earliest',
        receiverQueueSize: '100',
      })
      try {
        yield* messagesOf(socket)
      } finally {
        socket.close()
      }
    },
    closed: closing.signal,
    async close() {
      closing.abort()
      const gone = [...open].map(
        (socket) => new Promise((resolve) => socket.addEventListener('close', resolve, { once: true })),
      )
      for (const socket of open) socket.close()
      await Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, 2_000))])
    },
  }

  function consume(plan: ConsumePlan, connect: () => Promise<WebSocket>): Consumption {
    let socket: WebSocket | null = null
    const ended = new AbortController()
    const over = AbortSignal.any([ended.signal, closing.signal])
    let isLost = false
    /** Messages of this connection that are not acknowledged: each of them used up a permit. */
    let taken = new Set<string>()
    const say = (frame: object) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    }
    const alive = setInterval(() => say({ type: 'isEndOfTopic' }), aliveEveryMs)

    async function live() {
      for (let attempt = 0; !over.aborted; attempt += 1) {
        try {
          const opened = await connect()
          if (isLost) log('bus-back', { topic: plan.topic, reader: plan.subscription })
          isLost = false
          attempt = 0
          await untilClosed(opened)
        } catch (error) {
          if (!isLost && !over.aborted)
            log('bus-lost', { topic: plan.topic, reader: plan.subscription, reason: reasonOf(error) }, 'warn')
          isLost = true
        }
        if (!over.aborted) await reconnectPause(attempt)
      }
    }

    function untilClosed(opened: WebSocket): Promise<never> {
      socket = opened
      taken = new Set()
      return new Promise((_, reject) => {
        opened.addEventListener('close', ({ code }) => reject(new Error(`closed (${code})`)), { once: true })
        opened.addEventListener('message', ({ data }) => {
          const message = messageIn(String(data))
          if (!message || over.aborted) return
          taken.add(message.id)
          plan.take(message)
        })
        if (over.aborted) opened.close()
        else say({ type: 'permit', permitMessages: plan.window })
      })
    }

    const living = live().finally(() => clearInterval(alive))
    return {
      acknowledge(messageId) {
        say({ messageId })
        if (taken.delete(messageId)) say({ type: 'permit', permitMessages: 1 })
      },
      async close() {
        ended.abort()
        socket?.close()
        await living
      },
    }
  }
}

interface Sender {
  send(key: string, text: string): Promise<string>
}

function createSender(socket: WebSocket, forget: () => void): Sender {
  const waiting = new Map<string, { resolve(id: string): void; reject(error: Error): void }>()
  let sent = 0
  socket.addEventListener('message', ({ data }) => {
    const { context, result, messageId, errorMsg } = JSON.parse(String(data)) as SendAnswer
    const asked = waiting.get(context)
    waiting.delete(context)
    if (result === 'ok' && messageId !== undefined) asked?.resolve(messageId)
    else asked?.reject(new Error(`Pulsar did not store a message: ${errorMsg ?? result}`))
  })
  socket.addEventListener('close', ({ code }) => {
    forget()
    for (const { reject } of waiting.values()) reject(new Error(`the connection to Pulsar was closed (${code})`))
    waiting.clear()
  })
  return {
    send(key, text) {
      return new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection to Pulsar is closed'))
        const context = String((sent += 1))
        waiting.set(context, { resolve, reject })
        socket.send(JSON.stringify({ payload: Buffer.from(text).toString('base64'), key, context }))
      })
    },
  }
}

/** What a reader's connection brings, each acknowledged when it was taken: else the flow stops. */
async function* messagesOf(socket: WebSocket): AsyncIterable<WireMessage> {
  const arrived: WireMessage[] = []
  let wake = () => {}
  let isOver = false
  const end = () => {
    isOver = true
    wake()
  }
  socket.addEventListener('close', end)
  socket.addEventListener('message', ({ data }) => {
    const message = messageIn(String(data))
    if (message) arrived.push(message)
    wake()
  })
  const alive = setInterval(() => socket.send('{"type":"isEndOfTopic"}'), aliveEveryMs)
  try {
    for (;;) {
      const message = arrived.shift()
      if (message) {
        yield message
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ messageId: message.id }))
      } else if (isOver) throw new Error('the connection to Pulsar was closed')
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    clearInterval(alive)
  }
}

/** The message in a frame, or null for answers to `isEndOfTopic`. */
function messageIn(frame: string): WireMessage | null {
  const { messageId, payload } = JSON.parse(frame) as MessageFrame
  return messageId === undefined ? null : { id: messageId, text: Buffer.from(payload ?? '', 'base64').toString() }
}
