import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'
import { freePort } from '../support/free-port.ts'
import { findChromium } from './chromium.ts'

export interface RunningSite {
  origin: string
  /** Opens the local doors. */
  key: string
  chromium: string
  /** Where its data lies. */
  folder: string
}

declare module 'vitest' {
  interface ProvidedContext {
    site: RunningSite | null
  }
}

const root = new URL('../..', import.meta.url).pathname

/** The house as a person starts it, `npm start` without the demo, on a folder of its own. Once for all journeys. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = findChromium()
  project.provide('site', null)
  if (chromium === null) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'hallabong-browser-'))
  const port = await freePort()
  const house = spawn(process.execPath, [join(root, 'test/run/start.ts'), '--no-demo'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilOpen(house)
  const { LOCAL_KEY } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { LOCAL_KEY: string }
  project.provide('site', { origin: `http://localhost:${port}`, key: LOCAL_KEY, chromium, folder })
  return async () => {
    const gone = new Promise((resolve) => house.once('close', resolve))
    house.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
}

function untilOpen(house: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    for (const stream of [house.stdout, house.stderr])
      createInterface({ input: stream! }).on('line', (line) => {
        said.push(line)
        if (line.includes('is open at')) resolve()
      })
    house.once('close', () => reject(new Error(`the house did not open:\n${said.join('\n')}`)))
  })
}
