import type { PulsarConfig } from '../config.ts'
import { reasonOf } from '../log.ts'
import type { Position } from './pulsar-wire.ts'

/** What the bus asks of Pulsar's administration: its own topics, subscriptions and how far they are. */
export interface PulsarAdmin {
  /** Makes namespace and topics where they are missing, and tells into how many partitions events are split. */
  prepare(): Promise<number>
  /** Makes a subscription on all partitions that begins with the oldest message; one that exists keeps its place. */
  makeSubscription(name: string): Promise<void>
  /** Messages that a subscription has not acknowledged, for each of them. */
  backlogs(): Promise<Map<string, number>>
  /** Where a topic ends just now; null if nothing was ever sent to it. */
  end(topic: string): Promise<Position | null>
}

/** Events lie in `events-partition-<n>`, chosen by stream; the number never changes, for order hangs on it. */
export const eventsTopic = 'events'
/** What was set aside, for people and other programs. */
export const deadTopic = 'dead'

const partitions = 8
const retention = { retentionTimeInMinutes: 7 * 24 * 60, retentionSizeInMB: -1 }
const earliest = { ledgerId: -1, entryId: -1 }

export function createPulsarAdmin({ webUrl, namespace, token }: PulsarConfig): PulsarAdmin {
  const topics = `persistent/${namespace}`

  function ask(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${webUrl}/admin/v2/${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    }).catch((error: unknown) => {
      // The message of `fetch` itself says no more than that it failed.
      throw new Error(`it does not answer: ${reasonOf(error instanceof Error ? (error.cause ?? error) : error)}`)
    })
  }

  async function told<T>(path: string): Promise<T> {
    const response = await ask('GET', path)
    if (response.ok) return (await response.json()) as T
    throw await failure(response, path)
  }

  /** Makes something that may be there already. */
  async function make(path: string, body?: unknown, method = 'PUT'): Promise<void> {
    const response = await ask(method, path, body)
    if (!response.ok && response.status !== 409) throw await failure(response, path)
    await response.body?.cancel()
  }

  return {
    async prepare() {
      await make(`namespaces/${namespace}`)
      await make(`namespaces/${namespace}/retention`, retention, 'POST')
      await make(`${topics}/${eventsTopic}/partitions`, partitions)
      await make(`${topics}/${deadTopic}`)
      const made = await told<{ partitions: number }>(`${topics}/${eventsTopic}/partitions`)
      if (made.partitions === 0) throw new Error(`the topic ${namespace}/${eventsTopic} is not partitioned`)
      return made.partitions
    },
    makeSubscription: (name) => make(`${topics}/${eventsTopic}/subscription/${name}`, earliest),
    async backlogs() {
      const query = 'perPartition=false&getPreciseBacklog=true'
      const stats = await told<{ subscriptions: Record<string, { msgBacklog: number }> }>(
        `${topics}/${eventsTopic}/partitioned-stats?${query}`,
      )
      return new Map(Object.entries(stats.subscriptions).map(([name, { msgBacklog }]) => [name, msgBacklog]))
    },
    async end(topic) {
      const last = await told<{ ledgerId: number; entryId: number }>(`${topics}/${topic}/lastMessageId`)
      return last.entryId < 0 ? null : { ledger: BigInt(last.ledgerId), entry: BigInt(last.entryId) }
    },
  }
}

async function failure(response: Response, path: string): Promise<Error> {
  const text = (await response.text()).slice(0, 200)
  return new Error(`Pulsar answered ${response.status} to ${path}: ${text}`)
}
