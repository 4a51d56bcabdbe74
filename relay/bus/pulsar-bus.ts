import { hash, randomBytes } from 'node:crypto'
import type { Envelope } from '../../worker/contract/events.ts'
import { log, reasonOf } from '../log.ts'
import type { Bus, DeadLetter, Published, Subscription } from './bus.ts'
import { eventsTopic, type PulsarAdmin } from './pulsar-admin.ts'
import { PulsarBacklog } from './pulsar-backlog.ts'
import { followDeadLetters } from './pulsar-dead-letters.ts'
import type { Journal } from './pulsar-journal.ts'
import { idBefore, isAtOrAfter, positionOf, reconnectPause, type Consumption, type Wire } from './pulsar-wire.ts'
import { read } from './reader.ts'

export interface PulsarParts {
  wire: Wire
  admin: PulsarAdmin
  journal: Journal
}

export interface PulsarBusOptions {
  now?: () => number
  /** A subscription this many messages behind makes `publish` answer `busy`. Default 100,000. */
  mostWaiting?: number
  /** How long it is known what stored events looked like. Default 7 days. */
  retentionMs?: number
  /** Messages of each partition that a reader holds. Default 50. */
  window?: number
}

type Run = [Envelope, ...Envelope[]]

const week = 7 * 24 * 60 * 60 * 1_000
const messageEvents = 500
/** Of JSON. In base64 it stays below the megabyte that Pulsar's WebSocket takes by default. */
const messageBytes = 512 * 1024
const lookEveryMs = 1_000
const busy: Published = { ok: false, code: 'busy', retryAfterMs: 1_000 }

/**
 * The bus on Pulsar. A stream lies in one of a fixed number of partitions, a run of its events in one message. A stream's
 * next message is sent when the one before is stored, so the first of each event's appearances are in order; what was in
 * doubt is sent again, and readers drop by (stream, seq) what they have seen.
 */
export async function openPulsarBus(parts: PulsarParts, options: PulsarBusOptions = {}): Promise<Bus> {
  const { wire, admin, journal } = parts
  const { now = Date.now, mostWaiting = 100_000, retentionMs = week, window = 50 } = options
  const partitions = await admin.prepare()
  const dead = await followDeadLetters(wire, admin)
  const subscriptions = new Map<Subscription, string>()
  /** The last thing that is done for each stream, so that two publishers of one stream follow each other. */
  const tails = new Map<string, Promise<unknown>>()
  let backlogs = new Map<string, number>()

  const topicOf = (stream: string) =>
    `${eventsTopic}-partition-${hash('sha256', stream, 'buffer').readUInt32BE() % partitions}`
  const waiting = () => Math.max(0, ...[...subscriptions.values()].map((name) => backlogs.get(name) ?? 0))

  const looking = setInterval(() => {
    if (subscriptions.size === 0) return
    admin.backlogs().then(
      (found) => (backlogs = found),
      (error: unknown) => log('bus-lost', { reason: reasonOf(error) }, 'warn'),
    )
  }, lookEveryMs)
  wire.closed.addEventListener('abort', () => clearInterval(looking))

  function inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const result = (tails.get(stream) ?? Promise.resolve()).then(work, work)
    const tail = result.catch(() => {})
    tails.set(stream, tail)
    void tail.then(() => tails.get(stream) === tail && tails.delete(stream))
    return result
  }

  /** Stores what is new of one stream and tells the last seq that is stored. */
  async function publishStream(events: Run): Promise<number> {
    const { stream } = events[0]
    const head = journal.head(stream)
    for (const event of events)
      if (event.seq <= head && !journal.isSame(event)) {
        log('bus-conflict', { stream, seq: event.seq }, 'error')
        await setAside('publish', event, 'another event has this place', 1)
      }
    let last = head
    for (const run of runsOf(events.filter(({ seq }, place) => seq > Math.max(head, events[place - 1]?.seq ?? 0)))) {
      if (last > 0 && run[0].seq > last + 1) log('bus-gap', { stream, after: last, seq: run[0].seq }, 'warn')
      const message = await wire.send(topicOf(stream), stream, JSON.stringify(run))
      journal.stored(run, message, now())
      last = run.at(-1)?.seq ?? last
    }
    return Math.max(last, events.at(-1)?.seq ?? 0)
  }

  function setAside(reader: string, event: Envelope, reason: string, attempts: number): Promise<void> {
    const letter: DeadLetter = { reader, event, reason: reason.slice(0, 500), attempts, at: now() }
    return dead.add(letter)
  }

  return {
    kind: wire.kind,
    async publish(events) {
      if (waiting() >= mostWaiting) return busy
      const streams = Map.groupBy(events, ({ stream }) => stream)
      try {
        const confirmed = await Promise.all(
          [...streams].map(
            async ([stream, list]) => [stream, await inTurn(stream, () => publishStream(list as Run))] as const,
          ),
        )
        return { ok: true, confirmed: Object.fromEntries(confirmed) }
      } catch (error) {
        log('bus-not-stored', { reason: reasonOf(error) }, 'warn')
        return busy
      }
    },
    subscribe(name, receive, settings) {
      const backlog = new PulsarBacklog((event, reason, attempts) => setAside(name, event, reason, attempts))
      const reader = read(backlog, name)
      const member = reader.join(receive, settings)
      const consumer = `${name}-${randomBytes(6).toString('hex')}`
      let consumptions: Consumption[] = []
      const stopped = new AbortController()
      const over = AbortSignal.any([stopped.signal, wire.closed])

      async function begin() {
        for (let attempt = 0; !over.aborted; attempt += 1)
          try {
            await admin.makeSubscription(name)
            break
          } catch (error) {
            log('bus-lost', { reader: name, reason: reasonOf(error) }, 'warn')
            await reconnectPause(attempt)
          }
        if (over.aborted) return
        consumptions = Array.from({ length: partitions }, (_, partition) => {
          const consumption: Consumption = wire.consume({
            topic: `${eventsTopic}-partition-${partition}`,
            subscription: name,
            consumer,
            window,
            take({ id, text }) {
              const run = JSON.parse(text) as Run
              const fresh = backlog.take(id, run, () => consumption.acknowledge(id))
              if (fresh > 0) reader.arrived(new Map([[run[0].stream, fresh]]))
            },
          })
          return consumption
        })
      }
      const begun = begin()

      const subscription: Subscription = {
        async idle() {
          await begun
          // What a reader that was stopped has left stays, and nobody is to ask for it for ever.
          while (!over.aborted) {
            await member.idle()
            const left = (await admin.backlogs()).get(name) ?? 0
            if (left === 0 && reader.waiting() === 0) return
            await new Promise((resolve) => setTimeout(resolve, 50))
          }
        },
        async stop() {
          stopped.abort()
          subscriptions.delete(subscription)
          await begun
          await member.stop()
          await Promise.all(consumptions.map((consumption) => consumption.close()))
        },
      }
      subscriptions.set(subscription, name)
      return subscription
    },
    async *read(stream) {
      const topic = topicOf(stream)
      const end = await admin.end(topic)
      if (!end) return
      let place = 0
      const first = journal.firstMessage(stream)
      for await (const { id, text } of wire.scan(topic, first === null ? null : idBefore(first))) {
        for (const event of JSON.parse(text) as Run) {
          if (event.stream !== stream || event.seq <= place) continue
          yield event
          place = event.seq
        }
        if (isAtOrAfter(positionOf(id), end)) return
      }
    },
    setAside: (reader, event, reason, attempts = 1) => setAside(reader, event, reason, attempts),
    async deadLetters() {
      return dead.list()
    },
    async health() {
      backlogs = await admin.backlogs()
      return { waiting: waiting(), dead: dead.count() }
    },
    async lag() {
      backlogs = await admin.backlogs()
      return Object.fromEntries([...subscriptions.values()].map((name) => [name, backlogs.get(name) ?? 0]))
    },
    async prune() {
      return journal.prune(now() - retentionMs)
    },
    async close() {
      await Promise.all([...subscriptions.keys()].map((subscription) => subscription.stop()))
      await wire.close()
      journal.close()
    },
  }
}

/** Events of one stream as messages: within the limits, and without a gap inside. */
function runsOf(events: readonly Envelope[]): Run[] {
  const runs: Run[] = []
  let bytes = 0
  for (const event of events) {
    const run = runs.at(-1)
    const size = Buffer.byteLength(JSON.stringify(event)) + 1
    const fits = run && run.length < messageEvents && bytes + size <= messageBytes
    if (fits && event.seq === (run.at(-1)?.seq ?? 0) + 1) {
      run.push(event)
      bytes += size
    } else {
      runs.push([event])
      bytes = size
    }
  }
  return runs
}
