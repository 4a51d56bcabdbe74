import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../browser/chromium.ts'
import { descendantsOf, isAlive } from '../run/processes.ts'
import { root } from '../run/root.ts'
import { Site } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { freePort } from '../support/free-port.ts'
import { InboxClient } from '../support/inbox-client.ts'
import { newcomer } from './bidding.ts'

const folders = ['worker', 'web', 'relay', 'migrations', 'test/run']
const files = ['vite.config.ts', 'wrangler.toml', 'package.json', 'tsconfig.json', 'tsconfig.base.json']
const sources = [...folders, ...files, 'test/tsconfig.json']
const executablePath = findChromium()

/** A working tree of its own, so that the sources of this one stay as they are. */
const tree = mkdtempSync(join(tmpdir(), 'hallabong-dev-'))

describe.skipIf(executablePath === null)('npm run dev', () => {
  let house: ChildProcess
  let origin: string
  let browser: Browser
  let page: Page
  const said: string[] = []

  beforeAll(async () => {
    for (const source of sources) cpSync(join(root, source), join(tree, source), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    const port = await freePort()
    origin = `http://localhost:${port}`
    house = spawn(process.execPath, [join(tree, 'test/run/dev.ts'), '--no-demo'], {
      cwd: tree,
      env: { ...process.env, PORT: String(port), DATA_DIR: join(tree, '.data') },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A terminal's Ctrl-C reaches all processes of its group at once.
      detached: true,
    })
    await untilOpen()
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] })
    page = await browser.newPage()
    await page.goto(`${origin}/about`)
    // What comes a moment after the page has woken up.
    await page.locator('div.fixed[aria-live=polite]').first().waitFor({ state: 'attached' })
  })

  afterAll(async () => {
    await browser?.close()
    if (house?.exitCode === null && house.signalCode === null) house.kill('SIGTERM')
    rmSync(tree, { recursive: true, force: true })
  })

  function untilOpen(): Promise<void> {
    return new Promise((resolve, reject) => {
      for (const stream of [house.stdout, house.stderr])
        createInterface({ input: stream! }).on('line', (line) => {
          said.push(line)
          if (line.includes('is open at')) resolve()
        })
      house.once('close', () => reject(new Error(`the house did not open:\n${said.join('\n')}`)))
    })
  }

  function edit(file: string, from: string, to: string): void {
    const path = join(tree, file)
    const before = readFileSync(path, 'utf8')
    if (!before.includes(from)) throw new Error(`${file} has no ${from}`)
    writeFileSync(path, before.replace(from, to))
  }

  /** Somebody who has just joined, with their own socket open. */
  async function connected(): Promise<InboxClient> {
    const data = join(tree, '.data')
    const { LOCAL_KEY } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as { LOCAL_KEY: string }
    const person = await newcomer(new Site(origin, LOCAL_KEY), Memory.of(data), 'night.owl')
    const { ticket } = await person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
    const url = `${origin.replace('http', 'ws')}/api/live`
    const client = new InboxClient(new WebSocket(url, ['hallabong.v1', `ticket.${ticket}`]))
    await client.until('open', () => (client.socket.readyState === WebSocket.OPEN ? true : undefined))
    await client.hello()
    return client
  }

  /** Is gone as soon as the page has been loaded again. */
  const mark = () => page.evaluate(() => document.body.setAttribute('data-mark', ''))
  const hasMark = () => page.locator('body[data-mark]').count()

  it('brings a changed component to an open page, which goes on', async () => {
    await mark()
    edit('web/features/legal/about-page.tsx', '<h1', '<h1 data-edited="true"')
    await page.locator('h1[data-edited]').waitFor()
    expect(await hasMark()).toBe(1)
  })

  it('brings a changed rule of the Worker, and loads open pages again', async () => {
    await mark()
    edit('worker/service/routes.ts', "'/time'", "'/time-of-day'")
    await expect.poll(async () => (await fetch(`${origin}/api/time-of-day`)).status, { timeout: 60_000 }).toBe(200)
    await expect.poll(hasMark, { timeout: 60_000 }).toBe(0)
  })

  it('says goodbye on Ctrl-C and ends every process', async () => {
    const person = await connected()
    const all = descendantsOf(process.pid).filter(({ pid }) => pid === house.pid)
    all.push(...descendantsOf(house.pid!))
    // The launcher, workerd, the relay.
    expect(all.length).toBeGreaterThanOrEqual(3)
    const gone = new Promise<number | null>((resolve) => house.once('close', resolve))
    process.kill(-house.pid!, 'SIGINT')
    expect((await person.gone()).code).toBe(1012)
    expect(person.frames.at(-1)).toMatchObject({ type: 'goodbye', retryAfterMs: expect.any(Number) })
    expect(await gone).toBe(0)
    await expect.poll(() => all.filter(isAlive), { timeout: 60_000 }).toEqual([])
  })
})
