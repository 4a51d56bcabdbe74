import { parseArgs } from 'node:util'
import { harass, type HostileResult, type Sides } from '../process/hostile/hostile.ts'
import { Durations } from './bench/room/spread.ts'

/** Lets hostile clients say so many frames while honest people bid: `npm run hostile -- --frames 1000000 --seed 7`. */
const { values } = parseArgs({
  options: { frames: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})

const began = performance.now()
const endings: Record<string, number> = {}
const overall = { waits: { alone: [], beside: [] }, processors: noTime() } as Pick<
  HostileResult,
  'waits' | 'processors'
>
let faulty = 0
await harass({
  frames: Number(values.frames),
  seed: Number(values.seed),
  onLot(result, sent) {
    for (const [name, count] of Object.entries(result.endings)) endings[name] = (endings[name] ?? 0) + count
    for (const side of ['alone', 'beside'] as const) {
      overall.waits[side].push(...result.waits[side])
      overall.processors[side].asked += result.processors[side].asked
      overall.processors[side].stolen += result.processors[side].stolen
    }
    const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)
    const { before, most } = result.memory
    console.log(
      `${sent} frames, ${((performance.now() - began) / 60_000).toFixed(1)} min; ${result.accepted} honest bids accepted, answered in ${lineOf(result)}; workerd ${megabytes(before)} MB, at most ${megabytes(most)} MB`,
    )
    if (result.faults.length === 0) return
    faulty += 1
    console.log(`auction ${result.auction}:${result.faults.map((fault) => `\n  ${fault}`).join('')}`)
  },
})
for (const [name, count] of Object.entries(endings).toSorted()) console.log(`  ${name}: ${count}`)
console.log(`answered in ${lineOf(overall)}`)
console.log(faulty === 0 ? 'every auction is as it must be' : `${faulty} auctions are not as they must be`)
process.exit(faulty === 0 ? 0 : 1)

function noTime(): HostileResult['processors'] {
  return { alone: { asked: 0, stolen: 0 }, beside: { asked: 0, stolen: 0 } }
}

/** What the host of this computer gave to others is said, too: then a long wait is nobody's fault who is here. */
function lineOf({ waits, processors }: Pick<HostileResult, 'waits' | 'processors'>): string {
  const spreads = bySide((side) => spread(waits[side]))
  const words = bySide((side) => {
    const { p50, p99 } = spreads[side]
    const { asked, stolen } = processors[side]
    const percent = asked === 0 ? 'unknown' : `${Math.round((100 * stolen) / asked)} %`
    return `${p50.toFixed(1)}/${p99.toFixed(1)} ms ${side} (${waits[side].length} bids, ${percent} of the processors taken by others)`
  })
  const ratio = (of: 'p50' | 'p99') => (spreads.beside[of] / spreads.alone[of]).toFixed(1)
  return `p50/p99 ${words.alone}, ${words.beside}, ratios ${ratio('p50')}/${ratio('p99')}`
}

function spread(waits: readonly number[]) {
  const durations = new Durations()
  for (const ms of waits) durations.add(ms)
  return durations.spread()
}

function bySide<T>(of: (side: keyof Sides<unknown>) => T): Sides<T> {
  return { alone: of('alone'), beside: of('beside') }
}
