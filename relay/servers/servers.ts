import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3'
import { install, type Installed } from './install.ts'
import { end, isAlive, nameOf, type ProcessName } from './processes.ts'

/** Pulsar, Milvus and an S3 store as processes of this computer, on loopback only, with all they keep in one folder. */
export interface Servers {
  pulsar: { url: string; webUrl: string }
  milvus: { address: string }
  s3: { endpoint: string; region: string; bucket: string; accessKeyId: string; secretAccessKey: string }
}

export type ServerName = keyof Servers
export const serverNames = ['pulsar', 'milvus', 's3'] as const satisfies ServerName[]

export interface Place {
  /** Data, logs and what was started. */
  folder: string
  /** What was brought to this computer, `install` in the folder by default. */
  installed?: string
  /** First of four ports in a row; the servers' usual ones by default. */
  firstPort?: number | undefined
}

/** Where the servers of this checkout are: `.data/servers`, or as `SERVERS_DIR` and `SERVERS_PORT` say. */
export function placeFrom(env: Record<string, string | undefined>): Place {
  const firstPort = Number(env['SERVERS_PORT'] || 0)
  if (!Number.isInteger(firstPort) || firstPort < 0 || firstPort > 65_532)
    throw new Error(`SERVERS_PORT must be the first of four ports in a row, not ${env['SERVERS_PORT']}`)
  return {
    folder: resolve(env['SERVERS_DIR'] || join(import.meta.dirname, '../../.data/servers')),
    firstPort: firstPort || undefined,
  }
}

interface Ports {
  pulsar: number
  pulsarWeb: number
  milvus: number
  s3: number
}

interface Started {
  servers: Servers
  ports: Ports
  processes: Partial<Record<ServerName, ProcessName>>
}

const host = '127.0.0.1'
const region = 'us-east-1'
const bucket = 'hallabong-media'
const patienceMs = 120_000

/** Starts what does not run yet and waits until all are healthy. Those that run are left as they are. */
export async function startServers(
  place: Place,
  say: (line: string) => void = () => {},
  names: readonly ServerName[] = serverNames,
): Promise<Servers> {
  const installed = await install(place.installed ?? join(place.folder, 'install'), say)
  mkdirSync(join(place.folder, 'logs'), { recursive: true })
  const record = read(place.folder) ?? anew(place)
  const launches = { pulsar: launchPulsar, milvus: launchMilvus, s3: launchS3 }
  for (const name of names) {
    const running = record.processes[name]
    if (running && isAlive(running)) continue
    await requireFreePorts(name, record.ports)
    record.processes[name] = launches[name](place.folder, record, installed)
    write(place.folder, record)
    say(`starting ${name} …`)
  }
  await Promise.all(names.map((name) => untilHealthy(name, place.folder, record)))
  return record.servers
}

/** Ends exactly what was started here. */
export async function stopServers(folder: string, names: readonly ServerName[] = serverNames): Promise<void> {
  const record = read(folder)
  if (!record) return
  await Promise.all(names.map((name) => record.processes[name]).map((running) => running && end(running)))
  for (const name of names) delete record.processes[name]
  if (Object.keys(record.processes).length > 0) write(folder, record)
  else rmSync(recordPath(folder), { force: true })
}

export interface Status {
  name: ServerName
  pid: number | null
  healthy: boolean
  address: string
}

export async function statusOfServers(folder: string): Promise<Status[]> {
  const record = read(folder)
  return Promise.all(
    serverNames.map(async (name) => {
      const running = record?.processes[name]
      if (!record || !running || !isAlive(running)) return { name, pid: null, healthy: false, address: '' }
      return { name, pid: running.pid, healthy: await isHealthy(name, record), address: addressOf(name, record) }
    }),
  )
}

/** Where the servers that were started here are, or null if one of them does not run. */
export function runningServers(folder: string): Servers | null {
  const record = read(folder)
  const all = serverNames.every((name) => {
    const running = record?.processes[name]
    return running !== undefined && isAlive(running)
  })
  return record && all ? record.servers : null
}

/** SIGKILL, for tests of what a crash leaves. */
export async function killServer(folder: string, name: ServerName): Promise<void> {
  const record = read(folder)
  const running = record?.processes[name]
  if (!record || !running || !isAlive(running)) throw new Error(`${name} does not run`)
  process.kill(running.pid, 'SIGKILL')
  // A process of many threads counts as dead before its last thread lets go of its ports.
  while (isAlive(running) || (await portInUse(name, record.ports)) !== null)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

const recordPath = (folder: string) => join(folder, 'servers.json')

function read(folder: string): Started | null {
  return existsSync(recordPath(folder)) ? (JSON.parse(readFileSync(recordPath(folder), 'utf8')) as Started) : null
}

function write(folder: string, record: Started): void {
  writeFileSync(recordPath(folder), JSON.stringify(record, null, 2), { mode: 0o600 })
}

function anew({ folder, firstPort }: Place): Started {
  const ports: Ports = firstPort
    ? { pulsar: firstPort, pulsarWeb: firstPort + 1, milvus: firstPort + 2, s3: firstPort + 3 }
    : { pulsar: 6650, pulsarWeb: 8080, milvus: 19_530, s3: 7070 }
  const servers: Servers = {
    pulsar: { url: `pulsar://${host}:${ports.pulsar}`, webUrl: `http://${host}:${ports.pulsarWeb}` },
    milvus: { address: `${host}:${ports.milvus}` },
    s3: { endpoint: `http://${host}:${ports.s3}`, region, bucket, ...s3Keys(folder) },
  }
  return { servers, ports, processes: {} }
}

/** Made once for each folder: the store's data belong to them. */
function s3Keys(folder: string): { accessKeyId: string; secretAccessKey: string } {
  const path = join(folder, 's3-keys.json')
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const keys = { accessKeyId: randomBytes(8).toString('hex'), secretAccessKey: randomBytes(24).toString('hex') }
    writeFileSync(path, JSON.stringify(keys), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(path, 'utf8')) as { accessKeyId: string; secretAccessKey: string }
}

function launchPulsar(folder: string, { ports }: Started, { java, classpath }: Installed): ProcessName {
  const cwd = join(folder, 'pulsar')
  mkdirSync(cwd, { recursive: true })
  const settings = readFileSync(join(import.meta.dirname, 'standalone.conf'), 'utf8')
    .replace(/^brokerServicePort=.*$/m, `brokerServicePort=${ports.pulsar}`)
    .replace(/^webServicePort=.*$/m, `webServicePort=${ports.pulsarWeb}`)
    .replace(/^listeningInterface=.*$/m, `listeningInterface=${loopbackInterface()}`)
  writeFileSync(join(cwd, 'standalone.conf'), settings)
  const open = [
    ...['java.io', 'java.lang', 'java.nio', 'java.util', 'java.util.zip'].map((name) => `java.base/${name}`),
    ...['jdk.internal.misc', 'jdk.internal.platform', 'sun.net'].map((name) => `java.base/${name}`),
    'java.management/sun.management',
    'jdk.management/com.sun.management.internal',
  ]
  const args = [
    '-Xms256m',
    '-Xmx768m',
    '-XX:MaxDirectMemorySize=512m',
    ...open.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    '-cp',
    classpath,
    'org.apache.pulsar.PulsarStandaloneStarter',
    '--config',
    join(cwd, 'standalone.conf'),
    '-nfw',
    '-nss',
    '-a',
    host,
  ]
  return launch('pulsar', { folder, cwd, program: java, args })
}

function launchMilvus(folder: string, { ports }: Started, { milvusLite }: Installed): ProcessName {
  const cwd = join(folder, 'milvus')
  mkdirSync(cwd, { recursive: true })
  const args = ['server', '--data-dir', join(cwd, 'data'), '--host', host, '--port', String(ports.milvus)]
  return launch('milvus', { folder, cwd, program: milvusLite, args })
}

function launchS3(folder: string, { servers }: Started, { versitygw }: Installed): ProcessName {
  const cwd = join(folder, 's3')
  mkdirSync(join(cwd, 'data'), { recursive: true })
  const { endpoint, accessKeyId, secretAccessKey } = servers.s3
  const args = ['--port', new URL(endpoint).host, '--health', '/health', 'posix', join(cwd, 'data')]
  const env = { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey }
  return launch('s3', { folder, cwd, program: versitygw, args, env })
}

interface Launch {
  folder: string
  cwd: string
  program: string
  args: string[]
  env?: Record<string, string>
}

function launch(name: ServerName, { folder, cwd, program, args, env }: Launch): ProcessName {
  const words = openSync(logPath(name, folder), 'a')
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ['ignore', words, words],
    env: { ...process.env, ...env },
  })
  child.unref()
  const started = child.pid === undefined ? null : nameOf(child.pid)
  if (!started) throw new Error(`${name} did not start: ${program}`)
  return started
}

const logPath = (name: ServerName, folder: string) => join(folder, 'logs', `${name}.log`)

function loopbackInterface(): string {
  const found = Object.entries(networkInterfaces()).find(([, addresses]) => addresses?.some((each) => each.internal))
  return found?.[0] ?? 'lo'
}

async function requireFreePorts(name: ServerName, ports: Ports): Promise<void> {
  const port = await portInUse(name, ports)
  if (port !== null)
    throw new Error(
      `Port ${port} is in use. End what uses it, or choose four others: SERVERS_PORT=26600 npm run servers`,
    )
}

async function portInUse(name: ServerName, ports: Ports): Promise<number | null> {
  for (const port of name === 'pulsar' ? [ports.pulsar, ports.pulsarWeb] : [ports[name]])
    if (await answers(port)) return port
  return null
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host })
    const tell = (is: boolean) => {
      probe.destroy()
      resolve(is)
    }
    probe.once('connect', () => tell(true)).once('error', () => tell(false))
  })
}

async function untilHealthy(name: ServerName, folder: string, record: Started): Promise<void> {
  const until = Date.now() + patienceMs
  while (!(await isHealthy(name, record))) {
    const running = record.processes[name]
    const isDead = !running || !isAlive(running)
    if (!isDead && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      continue
    }
    const words = readFileSync(logPath(name, folder), 'utf8').trimEnd().split('\n').slice(-5).join('\n')
    throw new Error(
      `${name} ${isDead ? 'ended' : 'is not healthy yet'}; its log ${logPath(name, folder)} ends with\n${words}`,
    )
  }
  if (name === 's3') await makeBucket(record.servers.s3)
}

async function isHealthy(name: ServerName, { servers, ports }: Started): Promise<boolean> {
  if (name === 'milvus') return answers(ports.milvus)
  const url = name === 'pulsar' ? `${servers.pulsar.webUrl}/admin/v2/brokers/health` : `${servers.s3.endpoint}/health`
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}

function addressOf(name: ServerName, { servers }: Started): string {
  if (name === 'pulsar') return `${servers.pulsar.url} ${servers.pulsar.webUrl}`
  return name === 'milvus' ? servers.milvus.address : servers.s3.endpoint
}

/** The bucket of pictures, which browsers of any house on this computer may put into by signed address. */
async function makeBucket({ endpoint, region, bucket, ...credentials }: Servers['s3']): Promise<void> {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket })).catch((error: Error) => {
      if (!error.name.startsWith('BucketAlready')) throw error
    })
    const rule = {
      AllowedOrigins: ['*'],
      AllowedMethods: ['PUT', 'GET'],
      AllowedHeaders: ['content-type', 'if-none-match'],
      MaxAgeSeconds: 3_600,
    }
    await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }))
  } finally {
    client.destroy()
  }
}

/** Settings with which a house (`npm start`) lives on these servers. */
export function settingsFor({ pulsar, milvus, s3 }: Servers): Record<string, string> {
  return {
    BUS: 'pulsar',
    PULSAR_URL: pulsar.url,
    PULSAR_WEB_URL: pulsar.webUrl,
    VECTORS: 'milvus',
    MILVUS_ADDRESS: milvus.address,
    STORAGE: 's3',
    STORAGE_ORIGINS: s3.endpoint,
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  }
}
