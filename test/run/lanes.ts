import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isInstalled } from '../../relay/servers/install.ts'
import { placeFrom, runningServers, settingsFor, startServers, stopServers } from '../../relay/servers/servers.ts'
import { freePort } from '../support/free-port.ts'
import { root } from './root.ts'

/** Settings for what runs inside. */
type Env = Record<string, string>

const place = placeFrom(process.env)
const { folder } = place
const native = join(root, 'node_modules/pulsar-client')

/** Whether the real servers are on this computer already; bringing them takes minutes, which only CI does unasked. */
export const hasServers = () => isInstalled(join(folder, 'install'))

/** Does the work while Pulsar, Milvus and the S3 store run, which are ended afterwards unless they ran before. */
export async function onRealServers(work: (env: Env) => Promise<void>): Promise<void> {
  const ranBefore = runningServers(folder) !== null
  try {
    const firstPort = place.firstPort ?? (await freePort(4))
    const servers = await startServers({ folder, firstPort }, (line) => console.log(line))
    await work({ RELAY_REAL: '1', ...settingsOfHouse(settingsFor(servers)) })
  } finally {
    if (!ranBefore) await stopServers(folder)
  }
}

/** For houses, which take what they find; a namespace and an index of its own, for their streams begin anew with each run. */
function settingsOfHouse(servers: Env): Env {
  const { PULSAR_URL: _native, ...settings } = servers
  const run = randomBytes(6).toString('hex')
  return {
    ...settings,
    BUS: 'pulsar-websocket',
    PULSAR_NAMESPACE: `public/run-${run}`,
    MILVUS_COLLECTION: `run_${run}`,
  }
}

/** Does the work as if the optional native client had not been installed. */
export async function withoutNativeClient(work: (env: Env) => Promise<void>): Promise<void> {
  await withNativeClient(null, () => work({ PULSAR_CLIENT: 'absent' }))
}

/** Does the work with the native client's package, and what it needs, but without the binary for this computer. */
export async function withoutNativeBinary(work: (env: Env) => Promise<void>): Promise<void> {
  const fetched = mkdtempSync(join(tmpdir(), 'hallabong-pulsar-client-'))
  try {
    const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      optionalDependencies: Record<string, string>
    }
    const wanted = `pulsar-client@${optionalDependencies['pulsar-client']}`
    await npm(['install', '--ignore-scripts', '--no-save', '--no-audit', '--prefix', fetched, wanted])
    await withNativeClient(join(fetched, 'node_modules/pulsar-client'), () => work({ PULSAR_CLIENT: 'without-binary' }))
  } finally {
    rmSync(fetched, { recursive: true, force: true })
  }
}

/** Puts another folder, or none, in the place of `node_modules/pulsar-client` for as long as the work takes. */
async function withNativeClient(other: string | null, work: () => Promise<void>): Promise<void> {
  const aside = `${native}.aside`
  if (existsSync(native)) renameSync(native, aside)
  try {
    if (other) symlinkSync(other, native, 'dir')
    await work()
  } finally {
    if (other && existsSync(native)) unlinkSync(native)
    if (existsSync(aside)) renameSync(aside, native)
  }
}

function npm(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm ${args[0]} failed`))))
  })
}
