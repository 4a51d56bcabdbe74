import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Envelope } from '../../worker/contract/events.ts'
import { log } from '../log.ts'
import type { Bus, Published } from './bus.ts'
import { openLogFile, type Appended } from './log-file.ts'
import { read, type Member, type Reader } from './reader.ts'

export interface EmbeddedOptions {
  now?: () => number
  /** A reader this many events behind makes `publish` answer `busy`. Default 100,000. */
  mostWaiting?: number
  /** How long acknowledged events are kept. Default 7 days. */
  retentionMs?: number
}

interface Asked {
  events: readonly Envelope[]
  resolve(published: Published): void
  reject(error: unknown): void
}

const week = 7 * 24 * 60 * 60 * 1_000
/** Events read at once by `read`. */
const pageLength = 500

/** The bus that needs nothing: a log in one SQLite file, for one relay process. */
export function openEmbeddedBus(path: string, options: EmbeddedOptions = {}): Bus {
  const { now = Date.now, mostWaiting = 100_000, retentionMs = week } = options
  mkdirSync(dirname(path), { recursive: true })
  const file = openLogFile(path)
  const readers = new Map<string, Reader>()
  const members = new Set<Member>()
  const waiting = () => Math.max(0, ...[...readers.values()].map((reader) => reader.waiting()))
  let asked: Asked[] = []

  /** Whoever asks in the same turn shares one sync of the disk. */
  function storeAll() {
    const batch = asked
    asked = []
    try {
      const results = file.append(
        batch.map(({ events }) => events),
        now(),
      )
      for (const [place, appended] of results.entries()) batch[place]?.resolve(stored(appended))
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error)
      // One of them cannot be stored: each on its own, so that the others are not held up.
      for (const one of batch) {
        asked = [one]
        storeAll()
      }
    }
  }

  function stored({ confirmed, added, conflicts, gaps }: Appended): Published {
    for (const event of conflicts) {
      log('bus-conflict', { stream: event.stream, seq: event.seq }, 'error')
      file.setAside('publish', event, 'another event has this place', 1, now())
    }
    for (const gap of gaps) log('bus-gap', gap, 'warn')
    for (const reader of readers.values()) reader.arrived(added)
    return { ok: true, confirmed }
  }

  function readerOf(name: string): Reader {
    const known = readers.get(name)
    if (known) return known
    const reader = read(
      {
        unread: () => file.unread(name),
        peek: (stream, limit) => file.after(stream, file.place(name, stream), limit),
        acknowledge: (stream, seq) => file.acknowledge(name, stream, seq),
        setAside: (event, reason, attempts) => file.setAside(name, event, reason, attempts, now()),
      },
      name,
    )
    readers.set(name, reader)
    return reader
  }

  return {
    kind: 'embedded',
    publish(events) {
      if (waiting() >= mostWaiting) return Promise.resolve({ ok: false, code: 'busy', retryAfterMs: 1_000 })
      return new Promise((resolve, reject) => {
        if (asked.length === 0) setImmediate(() => asked.length > 0 && storeAll())
        asked.push({ events, resolve, reject })
      })
    },
    subscribe(name, receive, settings) {
      const member = readerOf(name).join(receive, settings)
      members.add(member)
      return {
        idle: member.idle,
        async stop() {
          members.delete(member)
          if (await member.stop()) readers.delete(name)
        },
      }
    },
    async *read(stream) {
      let place = 0
      const newest = file.head(stream)
      for (let page = file.after(stream, place, pageLength); page.length > 0;) {
        for (const event of page) {
          if (event.seq > newest) return
          yield event
          place = event.seq
        }
        page = file.after(stream, place, pageLength)
      }
    },
    async setAside(reader, event, reason, attempts = 1) {
      file.setAside(reader, event, reason, attempts, now())
    },
    async deadLetters() {
      return file.deadLetters()
    },
    async health() {
      return { waiting: waiting(), dead: file.deadCount() }
    },
    async lag() {
      return Object.fromEntries([...readers].map(([name, reader]) => [name, reader.waiting()]))
    },
    async prune() {
      return file.prune([...readers.keys()], now() - retentionMs)
    },
    async close() {
      await Promise.all([...members].map((member) => member.stop()))
      if (asked.length > 0) storeAll()
      file.close()
    },
  }
}
