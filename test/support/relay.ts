import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hash, randomBytes } from 'node:crypto'
import type { Envelope } from '../../worker/contract/events.ts'
import { realServers } from './servers.ts'

export interface RunningRelay {
  url: string
  /** Where it tells how it is, to this computer. */
  opsUrl: string
  pid: number
  dataDir: string
  secret: Uint8Array
  /** Lines it wrote so far, parsed. */
  lines: Record<string, unknown>[]
  /** The next line with this event, or one written already. */
  line(event: string): Promise<Record<string, unknown>>
  /** What the archive holds of a stream. */
  archived(stream: string): Promise<Envelope[]>
  /** Resolves when the archive of a stream ends with this place. */
  archives(stream: string, seq: number): Promise<void>
  /** Asks it to stop and tells its exit code. */
  stop(): Promise<number | null>
  /** SIGKILL. */
  kill(): Promise<void>
}

export interface RelaySettings {
  dataDir?: string
  secret?: Uint8Array
  workerUrl?: string
  env?: Record<string, string>
}

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'hallabong-relay-'))
}

/** On real servers, where the run is told to use them, each data folder has a namespace and an index of its own. */
function serversOf(dataDir: string, { BUS, VECTORS }: Record<string, string> = {}): Record<string, string> {
  const servers = realServers()
  if (!servers) return {}
  const name = hash('sha256', dataDir).slice(0, 12)
  const bus = {
    BUS: 'pulsar-websocket',
    PULSAR_WEB_URL: servers.pulsar.webUrl,
    PULSAR_NAMESPACE: `public/test-${name}`,
  }
  const vectors = { VECTORS: 'milvus', MILVUS_ADDRESS: servers.milvus.address, MILVUS_COLLECTION: `test_${name}` }
  return { ...(BUS === undefined ? bus : {}), ...(VECTORS === undefined ? vectors : {}) }
}

/** What a test that failed half-way leaves would keep the whole run from ending. Benches start relays, too, without such a run. */
const living = new Set<ChildProcess>()
if (process.env.VITEST) {
  const { afterAll } = await import('vitest')
  afterAll(() => {
    for (const child of living) child.kill('SIGKILL')
  })
}

function spawnRelay({ workerUrl, env }: RelaySettings, dataDir: string, secret: Uint8Array) {
  const child = spawn(process.execPath, [new URL('../../relay/index.ts', import.meta.url).pathname], {
    env: {
      RELAY_PORT: '0',
      DATA_DIR: dataDir,
      RELAY_SECRET: Buffer.from(secret).toString('base64url'),
      WORKER_URL: workerUrl ?? 'http://127.0.0.1:9',
      ...serversOf(dataDir, env),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  living.add(child)
  const exited = once(child, 'exit') as Promise<[number | null]>
  child.once('exit', () => living.delete(child))
  const lines: Record<string, unknown>[] = []
  const waiting = new Set<(line: Record<string, unknown>) => void>()
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Record<string, unknown>
    lines.push(line)
    for (const tell of waiting) tell(line)
  })
  return { child, exited, lines, waiting }
}

/** Starts a relay that cannot go on, and tells how it ended and what it said. */
export async function launchRelay(settings: RelaySettings = {}) {
  const { child, lines } = spawnRelay(settings, settings.dataDir ?? (await newFolder()), randomBytes(32))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, lines }
}

/** Starts the real relay in a process of its own on any free port. */
export async function startRelay(settings: RelaySettings = {}): Promise<RunningRelay> {
  const dataDir = settings.dataDir ?? (await newFolder())
  const secret = settings.secret ?? randomBytes(32)
  const { child, exited, lines, waiting } = spawnRelay(settings, dataDir, secret)

  function line(event: string): Promise<Record<string, unknown>> {
    const known = lines.find((one) => one['event'] === event)
    if (known) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const tell = (one: Record<string, unknown>) => {
        if (one['event'] !== event) return
        waiting.delete(tell)
        resolve(one)
      }
      waiting.add(tell)
      void exited.then(([code]) => reject(new Error(`the relay ended with ${code} before "${event}"`)))
    })
  }

  const ready = await line('ready')
  return {
    url: `http://127.0.0.1:${String(ready['port'])}`,
    opsUrl: `http://127.0.0.1:${String(ready['opsPort'])}`,
    pid: child.pid ?? 0,
    dataDir,
    secret,
    lines,
    line,
    archived: (stream) => readArchive(dataDir, stream),
    async archives(stream, seq) {
      while ((await readArchive(dataDir, stream).catch(() => [])).at(-1)?.seq !== seq)
        await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async stop() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export async function readArchive(dataDir: string, stream: string): Promise<Envelope[]> {
  const text = await readFile(join(dataDir, 'archive', `${stream.replace(':', '/')}.jsonl`), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Envelope)
}

/** Events `from` to `to` of a stream that any reader can read. */
export function likes(stream: string, from: number, to: number): Envelope[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    stream,
    seq: from + index,
    at: '2026-11-21T03:00:00.000Z',
    version: 1,
    type: 'auction-liked',
    payload: { auction: 'auc_1', account: `acc_${from + index}` },
  }))
}
