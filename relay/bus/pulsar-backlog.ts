import type { Envelope } from '../../worker/contract/events.ts'
import type { Backlog } from './reader.ts'

/** A message as one reader holds it: its events are in hand or wait for their turn. */
interface Held {
  id: string
  last: number
  acknowledge(): void
}

/** Streams of which a reader remembers how far it is, though it holds nothing of them. */
const remembered = 100_000

/**
 * What a reader has taken from Pulsar and not done yet. Events that it holds or has done already, by (stream, seq), are
 * dropped; a message is acknowledged when all of its events are done.
 */
export class PulsarBacklog implements Backlog {
  private readonly queues = new Map<string, Envelope[]>()
  private readonly held = new Map<string, Held[]>()
  private readonly done = new Map<string, number>()
  readonly setAside: Backlog['setAside']

  constructor(setAside: Backlog['setAside']) {
    this.setAside = setAside
  }

  unread(): ReadonlyMap<string, number> {
    return new Map([...this.queues].map(([stream, queue]) => [stream, queue.length]))
  }

  /** Takes a message of events of one stream in order; answers how many of them are new. */
  take(id: string, events: readonly [Envelope, ...Envelope[]], acknowledge: () => void): number {
    const { stream } = events[0]
    const last = events.at(-1)?.seq ?? 0
    const queue = this.queueOf(stream)
    const known = queue.at(-1)?.seq ?? this.done.get(stream) ?? 0
    const fresh = events.filter(({ seq }) => seq > known)
    queue.push(...fresh)
    if (queue.length === 0) this.queues.delete(stream)
    if (last <= (this.done.get(stream) ?? 0)) {
      acknowledge()
      return 0
    }
    const held = this.held.get(stream) ?? []
    // After a cut a message that is held may come again.
    this.held.set(stream, [...held.filter((each) => each.id !== id), { id, last, acknowledge }])
    return fresh.length
  }

  peek(stream: string, limit: number): Envelope[] {
    return this.queues.get(stream)?.slice(0, limit) ?? []
  }

  acknowledge(stream: string, seq: number): void {
    this.done.delete(stream)
    this.done.set(stream, seq)
    const queue = this.queueOf(stream)
    const next = queue.findIndex((event) => event.seq > seq)
    queue.splice(0, next < 0 ? queue.length : next)
    if (queue.length === 0) this.queues.delete(stream)
    const held = this.held.get(stream) ?? []
    const left = held.filter(({ last }) => last > seq)
    if (left.length > 0) this.held.set(stream, left)
    else this.held.delete(stream)
    for (const message of held) if (message.last <= seq) message.acknowledge()
    this.forgetOldest()
  }

  private queueOf(stream: string): Envelope[] {
    const queue = this.queues.get(stream) ?? []
    this.queues.set(stream, queue)
    return queue
  }

  private forgetOldest(): void {
    if (this.done.size <= remembered) return
    for (const stream of this.done.keys()) {
      if (this.queues.has(stream)) continue
      this.done.delete(stream)
      return
    }
  }
}
