import { expect, it } from 'vitest'
import { besiege } from './siege/siege.ts'

/** Many in the slow run, a few on one's own computer; `npm run siege` takes as many as one wants. */
const kills = process.env.CI === 'true' ? 50 : 10

it(`keeps every promise through ${kills} deaths of workerd and some of the relay`, { timeout: 1_200_000 }, async () => {
  const results: { faults: string[]; accepted: number }[] = []
  await besiege({ kills, seed: 1, histories: null, onLot: (result) => results.push(result) })
  expect(results.flatMap(({ faults }) => faults)).toEqual([])
  // How many bids fit between two deaths is the computer's affair.
  expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBeGreaterThan(0)
})
