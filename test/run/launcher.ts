import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { DataFolder, StartError } from './folder.ts'
import type { House, HousePlan } from './house.ts'
import { root } from './root.ts'

export interface Opening {
  open(plan: HousePlan, say: (line: string) => void): Promise<House>
}

const say = (line: string) => console.log(line)

/** Runs a house from the command line until it is told to stop. */
export async function runHouse({ open }: Opening): Promise<void> {
  try {
    await live(open)
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  }
}

async function live(open: Opening['open']): Promise<void> {
  const { values } = parseArgs({
    options: { demo: { type: 'boolean', default: true }, simulation: { type: 'boolean', default: true } },
    allowNegative: true,
  })
  const folder = await DataFolder.take(resolve(root, process.env.DATA_DIR || '.data'))
  const stopping = untilToldToStop()
  let house: House | undefined
  let demo: ChildProcess | undefined
  try {
    house = await open(
      {
        folder,
        built: join(folder.path, 'built'),
        port: portOf(process.env.PORT),
        host: process.env.HOST || '127.0.0.1',
        origin: process.env.ORIGIN || undefined,
      },
      say,
    )
    stopping.listenAlone()
    say(greeting(house, folder))
    if (values.demo && house.key !== null) demo = startDemo(house, folder, house.key, values.simulation)
    await stopping.told
    say('\nstopping …')
  } finally {
    demo?.kill('SIGTERM')
    await house?.close()
    folder.release()
  }
  process.exit(0)
}

function portOf(text: string | undefined): number {
  const port = Number(text || 8787)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartError(`PORT must be a number from 1 to 65535, not ${text}`)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function untilToldToStop(): { told: Promise<void>; listenAlone(): void } {
  const { promise: told, resolve: tell } = Promise.withResolvers<void>()
  const listen = () => {
    for (const signal of signals) process.on(signal, () => tell())
  }
  listen()
  return {
    told,
    // Miniflare and Vite end the whole process on a signal, before anything else could be put away.
    listenAlone() {
      for (const signal of signals) process.removeAllListeners(signal)
      listen()
    },
  }
}

function greeting({ origin, key }: House, folder: DataFolder): string {
  return [
    '',
    `  Hallabong is open at ${origin}`,
    ...(key === null
      ? ['  open beyond this computer: no demo, no mailbox, no other local door']
      : [`  mail and text messages arrive at ${origin}/dev/mailbox`]),
    `  data is kept in ${relative(process.cwd(), folder.path) || '.'}; Ctrl-C ends everything`,
    '',
  ].join('\n')
}

/** The demo is an ordinary API client; only its exemption from limits and the set-back clock need the key. */
function startDemo({ origin }: House, folder: DataFolder, key: string, simulation: boolean): ChildProcess | undefined {
  const script = join(root, 'test/run/demo.ts')
  if (!existsSync(script)) return undefined
  const child = spawn(process.execPath, [script, ...(simulation ? [] : ['--no-simulation'])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BASE_URL: origin, LOCAL_KEY: key, DATA_DIR: folder.path },
  })
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => say(`  ${line}`))
  folder.record()
  return child
}
