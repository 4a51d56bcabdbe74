import { parseArgs } from 'node:util'
import { besiege } from '../process/siege/siege.ts'

/**
 * Kills workerd under load so many times and judges every auction: `npm run siege -- --kills 1000 --histories DIR --seed 7`. The
 * histories are for independent checkers: process/siege/history.ts says how to read them.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    histories: { type: 'string' },
  },
})

const began = performance.now()
let bids = 0
let accepted = 0
let faulty = 0
await besiege({
  kills: Number(values.kills),
  seed: Number(values.seed),
  histories: values.histories ?? null,
  onLot(result, kills) {
    bids += result.bids
    accepted += result.accepted
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    console.log(`${kills} deaths, ${bids} bids answered, ${accepted} accepted, ${minutes} min`)
    if (result.faults.length === 0) return
    faulty += 1
    console.log(`auction ${result.auction}:${result.faults.map((fault) => `\n  ${fault}`).join('')}`)
  },
})
console.log(faulty === 0 ? 'every auction is as it must be' : `${faulty} auctions are not as they must be`)
process.exit(faulty === 0 ? 0 : 1)
