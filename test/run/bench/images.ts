import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { media as limits } from '../../../worker/contract/limits.ts'
import { createRelay } from '../../../worker/kernel/relay.ts'
import { startRelay } from '../../support/relay.ts'
import type { Bench, OpenBench } from './bench.ts'
import { inParallel, timed } from './pace.ts'

const pictures = 8
/** As many jobs at once as the Worker's drain sends. */
const jobsAtOnce = 4

/**
 * Pictures per second: the relay's own process (signed jobs in, files out over HTTP) beside sharp alone in a process of
 * its own, on the same pictures with the same sizes, formats and qualities. Both are measured in each round, in turns, so
 * that whatever else the computer does meets both. sharp alone decodes each picture once and keeps every core at work, which
 * is the fastest plain way; it asks nothing, checks nothing and stores nothing.
 */
export const imageBenches: Bench[] = [
  {
    name: 'images',
    method: `${pictures} JPEG of 1,080 to 4,000 px into all their files, by the relay (${jobsAtOnce} jobs at once) and by sharp alone on ${availableParallelism()} cores, in turns`,
    figures: [
      { name: 'relay', unit: 'pictures/s' },
      { name: 'sharp alone', unit: 'pictures/s' },
      { name: 'relay to sharp alone', unit: 'of 1', aim: { atLeast: 0.9 } },
    ],
    times: 5,
    open,
  },
]

async function open(): Promise<OpenBench> {
  const folder = await mkdtemp(join(tmpdir(), 'hallabong-bench-'))
  const photos = await Promise.all(Array.from({ length: pictures }, (_, index) => photo(index)))
  await Promise.all(photos.map((bytes, index) => writeFile(join(folder, `${index}.jpg`), bytes)))
  const relay = await throughRelay(photos)
  const alone = await aloneIn(folder)
  // One of each that does not count: code is compiled and files are read for the first time.
  await relay.round()
  await alone.round()
  let round = 0
  return {
    async measure() {
      const rates = new Map<Runner, number>()
      for (const runner of round % 2 === 0 ? [relay, alone] : [alone, relay])
        rates.set(runner, pictures / (await runner.round()))
      round += 1
      const [ours, theirs] = [rates.get(relay) ?? 0, rates.get(alone) ?? 0]
      return [ours, theirs, ours / theirs]
    },
    async close() {
      await relay.stop()
      alone.stop()
      await rm(folder, { recursive: true })
    },
  }
}

interface Runner {
  /** Seconds for all pictures. */
  round(): Promise<number>
}

async function throughRelay(photos: Buffer[]): Promise<Runner & { stop(): Promise<unknown> }> {
  const server = createServer((request, response) => {
    if (request.method === 'GET') return response.end(photos[Number(request.url?.slice(1))])
    request.on('end', () => response.writeHead(204).end()).resume()
    return
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const workerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const relay = await startRelay({ workerUrl })
  const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
  const names = [...limits.widths.flatMap((width) => [`${width}.avif`, `${width}.webp`]), 'share.jpg']

  /** Asked again where its deadline was too short for this computer, as the Worker does. */
  async function make(index: number): Promise<void> {
    const outcome = await client.processImage({
      kind: 'image',
      id: randomBytes(16).toString('base64url'),
      contentType: 'image/jpeg',
      source: `/${index}`,
      targets: Object.fromEntries(names.map((name) => [name, `/${index}/${name}`])),
    })
    if (outcome.ok && outcome.value.state === 'ready') return
    if (outcome.ok || !outcome.retry) throw new Error(`not made: ${JSON.stringify(outcome)}`)
    await make(index)
  }

  return {
    round: () => timed(() => inParallel(jobsAtOnce, photos.length, make)),
    async stop() {
      await relay.stop()
      server.close()
    },
  }
}

/** In a process that does nothing else. */
async function aloneIn(folder: string): Promise<Runner & { stop(): void }> {
  const child = spawn(process.execPath, [new URL('sharp-alone.ts', import.meta.url).pathname, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return {
    async round() {
      const answer = once(child, 'message') as Promise<[number]>
      child.send('go')
      return (await answer)[0]
    },
    stop: () => void child.kill(),
  }
}

/** Grain and soft shapes as a camera sees them, in the sizes that phones send and browsers shrink to. */
async function photo(index: number): Promise<Buffer> {
  const sizes = [
    [1_980, 1_485],
    [1_600, 1_200],
    [4_000, 3_000],
    [1_080, 1_440],
  ] as const
  const [width, height] = sizes[index % sizes.length] ?? [1_600, 1_200]
  const noise = (across: number, down: number, sigma: number) =>
    sharp({
      create: {
        width: across,
        height: down,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma },
      },
    })
      .png()
      .toBuffer()
  const shapes = await noise(Math.ceil(width / 40), Math.ceil(height / 40), 60)
  const grain = await noise(width, height, 8)
  return sharp(shapes)
    .resize(width, height, { kernel: 'cubic' })
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 88 })
    .toBuffer()
}
