import { randomBytes } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openBus } from '../../../relay/bus/open.ts'
import { readConfig } from '../../../relay/config.ts'
import { archiveIn } from '../../../relay/handlers/archive.ts'
import { runningServers } from '../../../relay/servers/servers.ts'
import type { Envelope } from '../../../worker/contract/events.ts'
import { createOutbox, deliverToRelay, type Delivery } from '../../../worker/kernel/outbox.ts'
import { createRelay } from '../../../worker/kernel/relay.ts'
import { likes, newFolder, startRelay } from '../../support/relay.ts'
import { newNamespace, serversFolder } from '../../support/servers.ts'
import { NotHere, percentile, type Bench } from './bench.ts'

interface Load {
  streams: number
  eventsPerStream: number
  batch: number
}
type Deliver = (run: readonly Envelope[]) => Promise<Delivery>

const inRuns: Load = { streams: 16, eventsPerStream: 5_000, batch: 100 }
const singly: Load = { streams: 256, eventsPerStream: 50, batch: 1 }
const told = ({ streams, eventsPerStream }: Load) =>
  `${(streams * eventsPerStream).toLocaleString('en')} events of ${streams} streams`

export const busBenches: Bench[] = [
  busBench('embedded', () => ({})),
  busBench('pulsar-websocket', () => {
    const servers = runningServers(serversFolder)
    if (!servers) throw new NotHere('the real servers do not run (npm run servers)')
    return { BUS: 'pulsar-websocket', PULSAR_WEB_URL: servers.pulsar.webUrl, PULSAR_NAMESPACE: newNamespace() }
  }),
]

function busBench(kind: string, settings: () => Record<string, string>): Bench {
  return {
    name: `bus-${kind}`,
    method: [
      'the Worker’s own outbox over memory, until the last event of every stream is synced in the archive.',
      `In runs: ${told(inRuns)}, ${inRuns.batch} a signed request (the Worker’s own batch) to a relay process on this computer.`,
      `Singly: ${told(singly)}, each a message of its own, bus and archive in this process.`,
      'By request: the same, each a signed request of its own to the relay process',
    ].join(' '),
    figures: [
      { name: `${kind}: outbox to archive, in runs`, unit: 'events/s', aim: { atLeast: 20_000 } },
      { name: `${kind}: outbox to archive, singly`, unit: 'events/s', aim: { atLeast: 3_000 } },
      { name: `${kind}: outbox to archive, by request`, unit: 'events/s' },
      { name: `${kind}: one of these requests, p99`, unit: 'ms' },
    ],
    async open() {
      const env = settings()
      const relay = await startRelay({ dataDir: await newFolder(), secret: randomBytes(32), env })
      const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
      const toRelay: Deliver = (run) => deliverToRelay(client, run)
      return {
        async measure() {
          const times: number[] = []
          const timed: Deliver = async (run) => {
            const began = performance.now()
            const delivery = await toRelay(run)
            times.push(performance.now() - began)
            return delivery
          }
          return [
            await eventsPerSecond(inRuns, toRelay, relay.dataDir),
            await onBareBus(env),
            await eventsPerSecond(singly, timed, relay.dataDir),
            percentile(times, 0.99),
          ]
        },
        async close() {
          await relay.stop()
          await rm(relay.dataDir, { recursive: true })
        },
      }
    },
  }
}

async function onBareBus(env: Record<string, string>): Promise<number> {
  const folder = await newFolder()
  const needed = { RELAY_SECRET: 'a'.repeat(43), WORKER_URL: 'http://127.0.0.1:9' }
  const namespace = env['PULSAR_NAMESPACE'] === undefined ? {} : { PULSAR_NAMESPACE: newNamespace() }
  const bus = await openBus(readConfig({ ...needed, ...env, ...namespace }).bus, folder)
  try {
    bus.subscribe('archive', archiveIn(join(folder, 'archive')))
    const toBus: Deliver = async (run) => {
      const published = await bus.publish(run)
      return published.ok ? { ok: true } : { ok: false, retry: true, reason: published.code }
    }
    return await eventsPerSecond(singly, toBus, folder)
  } finally {
    await bus.close()
    await rm(folder, { recursive: true })
  }
}

async function eventsPerSecond(load: Load, deliver: Deliver, dataDir: string): Promise<number> {
  const name = randomBytes(4).toString('hex')
  const queues = Array.from({ length: load.streams }, (_, place) =>
    likes(`auction:${name}_${place}`, 1, load.eventsPerStream),
  )
  const began = performance.now()
  await Promise.all(
    queues.map(async (rows) => {
      const stream = rows[0]?.stream ?? ''
      let sent = 0
      const outbox = createOutbox<Envelope>({
        name: stream,
        read: (limit) => rows.slice(sent, sent + limit),
        deliver,
        confirm: (run) => void (sent += run.length),
        setAside: () => {
          throw new Error('an event was set aside')
        },
        batch: load.batch,
      })
      for (let wait = await outbox.run(); wait !== null; wait = await outbox.run()) await pause(wait)
      await archived(dataDir, stream, load.eventsPerStream)
    }),
  )
  return (load.streams * load.eventsPerStream) / ((performance.now() - began) / 1_000)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until the archive of a stream ends with this place. */
async function archived(dataDir: string, stream: string, seq: number): Promise<void> {
  const path = join(dataDir, 'archive', `${stream.replace(':', '/')}.jsonl`)
  while ((await lastSeq(path)) < seq) await pause(10)
}

async function lastSeq(path: string): Promise<number> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size === 0) return 0
  const file = await open(path)
  try {
    const length = Math.min(size, 1_000)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const line = /[^\n]*\n$/.exec(buffer.toString())?.[0]
    return line?.startsWith('{') ? (JSON.parse(line) as Envelope).seq : 0
  } finally {
    await file.close()
  }
}
