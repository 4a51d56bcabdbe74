import { fork } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../root.ts'
import type { Bench, Effort, Measured } from './bench.ts'
import type { Order, Report } from './cached/load.ts'
import { openMarket } from './reads/market.ts'

const script = fileURLToPath(new URL('cached/load.ts', import.meta.url))
const lines = 16
const page = '/auctions'

export const cachedPageBenches: Bench[] = [
  {
    name: 'cached-page',
    method: `a list of auctions that the stand-in for the edge's cache holds, asked for by ${lines} lines at once from a process of its own, uncompressed; turn about with the file of the site that is nearest in size, which is the baseline. Every answer of the page must be a hit`,
    figures: [
      { name: 'cached page', unit: 'requests/s' },
      { name: 'cached page, p99', unit: 'ms' },
      { name: 'cached page to static file, requests/s', unit: 'x', aim: { atLeast: 0.5 } },
    ],
    open: async (effort) => {
      const market = await openMarket(100)
      return { measure: () => measure(market.house.origin, effort), close: () => market.close() }
    },
  },
]

/** In short turns: a page lives for ten seconds, and what else the computer does should hit both alike. */
async function measure(origin: string, { quick }: Effort): Promise<Measured[]> {
  const load = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ask = (path: string) =>
    new Promise<Report>((resolve, reject) => {
      load.once('message', (report: Report) => resolve(report))
      load.once('error', reject)
      load.send({ url: origin + path, lines, forMs: quick ? 500 : 2_000 } satisfies Order)
    })
  try {
    const file = fileOfSize(await sizeOf(origin + page))
    await sizeOf(origin + file)
    const turns: [page: Report, file: Report][] = []
    for (let turn = 0; turn < (quick ? 1 : 3); turn += 1) {
      await renew(origin + page)
      turns.push([hits(await ask(page)), await ask(file)])
    }
    const mean = (of: (report: Report) => number, which: 0 | 1) =>
      turns.reduce((sum, turn) => sum + of(turn[which]), 0) / turns.length
    const beside = (of: (report: Report) => number) => ({ value: mean(of, 0), baseline: mean(of, 1) })
    const rate = beside(({ perSecond }) => perSecond)
    return [rate, beside(({ p99 }) => p99), rate.value / rate.baseline]
  } finally {
    load.disconnect()
  }
}

async function sizeOf(url: string): Promise<number> {
  return (await (await fetch(url)).arrayBuffer()).byteLength
}

/** Waits until the page has just been made anew, so that it lives for the whole turn. */
async function renew(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url)
    await answer.arrayBuffer()
    const age = Number(answer.headers.get('age'))
    if (age < 5) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function fileOfSize(bytes: number): string {
  const folder = join(root, 'dist/house/client/assets')
  const distance = (name: string) => Math.abs(statSync(join(folder, name)).size - bytes)
  const nearest = readdirSync(folder).toSorted((a, b) => distance(a) - distance(b))[0]
  if (nearest === undefined) throw new Error(`${folder} is empty`)
  return `/assets/${nearest}`
}

function hits(report: Report): Report {
  const others = Object.keys(report.answers).filter((said) => said !== '200 HIT')
  if (others.length > 0) throw new Error(`not every answer was a hit: ${JSON.stringify(report.answers)}`)
  return report
}
