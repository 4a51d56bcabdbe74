import { parseArgs } from 'node:util'
import { harass, type HostileResult } from '../process/hostile/hostile.ts'

/** Lets hostile clients say so many frames while honest people bid: `npm run hostile -- --frames 1000000 --seed 7`. */
const { values } = parseArgs({
  options: { frames: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})

const began = performance.now()
const endings: Record<string, number> = {}
let faulty = 0
await harass({
  frames: Number(values.frames),
  seed: Number(values.seed),
  onLot(result, sent) {
    for (const [name, count] of Object.entries(result.endings)) endings[name] = (endings[name] ?? 0) + count
    console.log(`${sent} frames, ${((performance.now() - began) / 60_000).toFixed(1)} min; ${lineOf(result)}`)
    if (result.faults.length === 0) return
    faulty += 1
    console.log(`auction ${result.auction}:${result.faults.map((fault) => `\n  ${fault}`).join('')}`)
  },
})
for (const [name, count] of Object.entries(endings).toSorted()) console.log(`  ${name}: ${count}`)
console.log(faulty === 0 ? 'nobody honest noticed' : `${faulty} auctions are not as they must be`)
process.exit(faulty === 0 ? 0 : 1)

function lineOf({ accepted, waits: { alone, beside }, memory }: HostileResult): string {
  const both = ({ p50, p99 }: Record<'p50' | 'p99', number>) => `${p50.toFixed(1)}/${p99.toFixed(1)} ms`
  const times = (beside.p99 / alone.p99).toFixed(1)
  const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)
  return `${accepted} honest bids accepted, answered (p50/p99) in ${both(alone)} alone, ${both(beside)} beside (${times}); workerd ${megabytes(memory.before)} MB, at most ${megabytes(memory.most)} MB`
}
