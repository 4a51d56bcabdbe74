import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { ImageResult } from '../../worker/contract/relay.ts'
import { createRelay } from '../../worker/kernel/relay.ts'
import { halves } from '../support/pictures.ts'
import { startRelay } from '../support/relay.ts'

const uploads = 200
const cores = 2
/** Pictures that may be in memory, and jobs that may wait: see `relay/images/images.ts`. */
const most = { inHand: cores + 2, waiting: cores * 8 }
const fileNames = ['160.avif', '160.webp']

/** A small picture in a large file: what makes it large is skipped by every decoder, but has to be held. */
async function heavyPicture(bytes: number): Promise<Buffer> {
  const picture = await halves(100, 60).jpeg().toBuffer()
  const filler = Buffer.alloc(65_535 + 2, 7)
  filler.set([0xff, 0xef, 0xff, 0xff])
  const many = Array.from({ length: Math.ceil(bytes / filler.length) }, () => filler)
  return Buffer.concat([picture.subarray(0, 2), ...many, picture.subarray(2)])
}

/** Stands where the Worker's storage is, and knows which pictures the relay has fetched and not yet stored whole. */
async function storage(picture: Buffer) {
  const files = new Map<string, Set<string>>()
  const inHand = new Set<string>()
  const seen = { most: 0, fetched: 0 }
  const server = createServer((request, response) => {
    const [, upload = '', name] = (request.url ?? '').split('/')
    if (request.method === 'GET') {
      inHand.add(upload)
      seen.fetched += 1
      seen.most = Math.max(seen.most, inHand.size)
      response.writeHead(200).end(picture)
      return
    }
    request.resume().on('end', () => {
      const stored = files.get(upload) ?? new Set()
      files.set(upload, stored.add(name ?? ''))
      if (stored.size === fileNames.length) inHand.delete(upload)
      response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, files, seen }
}

/** The most that a process ever held, in MiB. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}

it(
  'two hundred uploads at once are made a few at a time, in bounded memory, and all end well',
  { timeout: 300_000 },
  async () => {
    const picture = await heavyPicture(3 * 1024 * 1024)
    const store = await storage(picture)
    const relay = await startRelay({ workerUrl: store.url, env: { IMAGE_CORES: String(cores) } })
    onTestFinished(() => relay.kill())
    const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
    const idle = await peakOf(relay.pid)
    const busy: (number | undefined)[] = []

    async function untilMade(upload: string): Promise<ImageResult> {
      for (;;) {
        const outcome = await client.processImage({
          kind: 'image',
          id: randomBytes(16).toString('base64url'),
          contentType: 'image/jpeg',
          source: `/${upload}`,
          targets: Object.fromEntries(fileNames.map((name) => [name, `/${upload}/${name}`])),
        })
        if (outcome.ok) return outcome.value
        expect(outcome).toMatchObject({ retry: true, code: 'busy' })
        busy.push(outcome.retryAfterMs)
        await new Promise((resolve) => setTimeout(resolve, outcome.retryAfterMs))
      }
    }

    const first = Array.from({ length: uploads }, (_, index) => untilMade(`upload-${index}`))
    const made = await Promise.all(first)
    expect(made.map(({ state }) => state)).toEqual(Array.from({ length: uploads }, () => 'ready'))
    expect([...store.files.values()].every((stored) => stored.size === fileNames.length)).toBe(true)
    expect(store.files.size).toBe(uploads)
    // What was turned away was never fetched.
    expect(store.seen.fetched).toBe(uploads)
    expect(store.seen.most).toBeLessThanOrEqual(most.inHand)
    expect(busy.length).toBeGreaterThanOrEqual(uploads - most.inHand - most.waiting)
    expect(busy.every((ms) => ms !== undefined && ms >= 1_000)).toBe(true)

    const peak = await peakOf(relay.pid)
    const all = (uploads * picture.length) / 1_024 / 1_024
    console.log(
      `${uploads} uploads at once (${Math.round(all)} MiB): at most ${store.seen.most} in hand, ` +
        `${busy.length} answers "busy", resident memory ${Math.round(idle)} MiB idle, ${Math.round(peak)} MiB at its peak`,
    )
    expect(peak).toBeLessThan(all)
  },
)
