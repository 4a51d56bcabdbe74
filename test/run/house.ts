import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Log, LogLevel, Miniflare, type MiniflareOptions } from 'miniflare'
import { deafenWorkerd } from './deaf-workerd.ts'
import { type DataFolder, StartError } from './folder.ts'
import { root } from './root.ts'
import { migrate } from './tables.ts'

export interface HousePlan {
  folder: DataFolder
  /** Where `buildIfChanged` put the site and the Worker. */
  built: string
  port: number
  /** Where it listens. Beyond this computer the local doors are shut. */
  host: string
  /** Under which address people reach it; `http://localhost:PORT` unless a front says otherwise. */
  origin?: string | undefined
}

export interface House {
  origin: string
  /** Opens the local doors; null where they are shut. */
  key: string | null
  /** Where its relay listens, for whoever has its secret. */
  relayUrl: string
  close(): Promise<void>
}

export const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** The built site and Worker in workerd, with the relay beside it, on the folder's data. */
export async function openHouse(plan: HousePlan): Promise<House> {
  const { settings, relay, key } = await prepare(plan)
  const words = createWriteStream(join(plan.folder.path, 'logs', 'worker.log'), { flags: 'a' })
  const miniflare = new Miniflare({
    ...workerOptions(plan.built, settings),
    host: plan.host,
    port: plan.port,
    // Miniflare would say that everybody is in Austin.
    cf: {},
    log: new Log(LogLevel.NONE),
    logRequests: false,
    resourcePersistencePath: join(plan.folder.path, 'v3'),
    handleStructuredLogs: ({ message }) => words.write(`${message}\n`),
  })
  await miniflare.ready
  plan.folder.record()
  const ticking = key === null ? null : tickEachMinute(localOrigin(plan), key)
  return {
    origin: originOf(plan),
    key,
    relayUrl: relay.url,
    async close() {
      if (ticking) clearInterval(ticking)
      if (key !== null) await sayGoodbye(localOrigin(plan), key)
      await relay.close()
      await miniflare.dispose()
      words.end()
    },
  }
}

/** What both ways to serve need first: a free port, current tables, secrets, a relay. */
export async function prepare(plan: HousePlan) {
  const { folder } = plan
  await requireFreePort(plan)
  deafenWorkerd()
  mkdirSync(join(folder.path, 'logs'), { recursive: true })
  await migrate(folder)
  const { LOCAL_KEY, RELAY_SECRET, ...secrets } = folder.secrets()
  const key = isLoopback(plan.host) ? LOCAL_KEY : null
  const relay = await openRelay(folder, localOrigin(plan), RELAY_SECRET)
  const settings: Record<string, string> = {
    ...given(['SMS_DAILY_CAP', ...Object.keys(process.env).filter((name) => /^(OPERATOR|S3)_|^STORAGE$/.test(name))]),
    ...secrets,
    ORIGIN: originOf(plan),
    RELAY_URL: relay.url,
    RELAY_SECRET,
    ...(key === null ? {} : { LOCAL_KEY: key }),
  }
  return { settings, relay, key }
}

function given(names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function originOf({ origin, port, host }: HousePlan): string {
  return origin ?? `http://${isLoopback(host) ? 'localhost' : host}:${port}`
}

/** How processes of this computer reach the Worker, whatever the front is called. */
function localOrigin({ port }: HousePlan): string {
  return `http://127.0.0.1:${port}`
}

function requireFreePort({ port, host }: HousePlan): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = connect({ port, host: isLoopback(host) ? '127.0.0.1' : host === '0.0.0.0' ? '127.0.0.1' : host })
    probe.once('connect', () => {
      probe.destroy()
      reject(new StartError(`Port ${port} is in use. End what uses it, or choose another: PORT=${port + 10} npm start`))
    })
    probe.once('error', () => resolve())
  })
}

interface BuiltConfig {
  name: string
  compatibility_date: string
  compatibility_flags: string[]
  d1_databases: { binding: string; database_id: string }[]
  r2_buckets: { binding: string; bucket_name: string }[]
  durable_objects: { bindings: { name: string; class_name: string }[] }
  ratelimits: { name: string; namespace_id: string; simple: { limit: number; period: 10 | 60 } }[]
  assets: { run_worker_first: string[] }
}

/** The Worker as the build left it, in Miniflare's terms. */
function workerOptions(built: string, settings: Record<string, string>): Pick<MiniflareOptions, 'workers'> {
  const folder = join(built, 'worker')
  const config = JSON.parse(readFileSync(join(folder, 'wrangler.json'), 'utf8')) as BuiltConfig
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, { type: 'esm' as const, contents: readFileSync(join(folder, name), 'utf8') }])
  const objects = config.durable_objects.bindings
  return {
    workers: [
      {
        config: {
          name: config.name,
          compatibilityDate: config.compatibility_date,
          compatibilityFlags: config.compatibility_flags,
          manifest: { mainModule: 'index.js', modulesRoot: folder, modules: Object.fromEntries(modules) },
          env: {
            ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { type: 'text', value }])),
            ...Object.fromEntries(
              config.d1_databases.map((each) => [each.binding, { type: 'd1', id: each.database_id }]),
            ),
            ...Object.fromEntries(
              config.r2_buckets.map((each) => [each.binding, { type: 'r2', name: each.bucket_name }]),
            ),
            ...Object.fromEntries(
              objects.map((each) => [
                each.name,
                { type: 'durable-object', worker: config.name, exportName: each.class_name },
              ]),
            ),
            ...Object.fromEntries(
              config.ratelimits.map((each) => [
                each.name,
                { type: 'rate-limit', namespace: each.namespace_id, simple: each.simple },
              ]),
            ),
          },
          exports: Object.fromEntries(
            objects.map((each) => [each.class_name, { type: 'durable-object', storage: 'sqlite' }]),
          ),
          assets: {
            directory: join(built, 'client'),
            hasUserWorker: true,
            runWorkerFirst: config.assets.run_worker_first,
          },
        },
        dev: { rootPath: folder },
      },
    ],
  } as Pick<MiniflareOptions, 'workers'>
}

interface RunningRelay {
  url: string
  close(): Promise<void>
}

const restartAfterMs = 1_000
const goodbyeWithinMs = 10_000

/** The relay as a process of its own. When it dies it is started again at the same place; what it had not confirmed comes again. */
async function openRelay(folder: DataFolder, workerUrl: string, secret: string): Promise<RunningRelay> {
  const words = createWriteStream(join(folder.path, 'logs', 'relay.log'), { flags: 'a' })
  let port = 0
  let isClosing = false
  let child: ChildProcess

  const launch = () =>
    new Promise<void>((resolve, reject) => {
      child = spawn(process.execPath, [join(root, 'relay/index.ts')], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          RELAY_PORT: String(port),
          HOST: '127.0.0.1',
          DATA_DIR: join(folder.path, 'relay'),
          RELAY_SECRET: secret,
          WORKER_URL: workerUrl,
        },
      })
      let lastWords = ''
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => {
          words.write(`${line}\n`)
          lastWords = line
          const ready = readyPort(line)
          if (ready === null) return
          port = ready
          resolve()
        })
      child.once('close', () => {
        if (isClosing) return
        if (port === 0) reject(new StartError(`The relay did not start: ${lastWords}`))
        else
          setTimeout(
            () =>
              isClosing ||
              launch().then(
                () => folder.record(),
                () => {},
              ),
            restartAfterMs,
          )
      })
    })

  await launch()
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      isClosing = true
      return new Promise((resolve) => {
        const end = () => {
          words.end()
          resolve()
        }
        if (child.exitCode !== null || child.signalCode !== null) return end()
        child.once('close', end)
        child.kill('SIGTERM')
      })
    },
  }
}

function readyPort(line: string): number | null {
  try {
    const { event, port } = JSON.parse(line) as { event?: unknown; port?: unknown }
    return event === 'ready' && typeof port === 'number' ? port : null
  } catch {
    return null
  }
}

/** Who is connected learns when to come back. A house that takes longer closes without it. */
export async function sayGoodbye(origin: string, key: string): Promise<void> {
  const signal = AbortSignal.timeout(goodbyeWithinMs)
  await fetch(`${origin}/dev/goodbye`, { method: 'POST', headers: { 'x-local-key': key }, signal }).catch(() => {})
}

/** Locally no cron fires by itself. */
export function tickEachMinute(origin: string, key: string): NodeJS.Timeout {
  return setInterval(() => {
    fetch(`${origin}/dev/cron`, { method: 'POST', headers: { 'x-local-key': key } }).catch(() => {})
  }, 60_000)
}
