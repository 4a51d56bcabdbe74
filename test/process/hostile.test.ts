import { expect, it } from 'vitest'
import { harass, type HostileResult } from './hostile/hostile.ts'

/** `npm run hostile` takes as many as one wants. */
const frames = process.env.CI === 'true' ? 20_000 : 5_000
/** Far beyond what workerd needs, far below what frames that are kept would fill. */
const memoryMost = 1_500 * 1_048_576

it(`lets honest people bid on beside ${frames} frames of hostile ones`, { timeout: 600_000 }, async () => {
  const results: HostileResult[] = []
  await harass({ frames, seed: 1, onLot: (result) => results.push(result) })
  expect(results.flatMap(({ faults }) => faults)).toEqual([])
  expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThanOrEqual(frames)
  for (const { accepted, memory } of results) {
    expect(accepted).toBeGreaterThan(0)
    expect(memory.most).toBeLessThan(memoryMost)
  }
  const codes = new Set(results.flatMap(({ endings }) => Object.keys(endings).map((name) => name.split(': ')[1])))
  expect([...codes]).toEqual(expect.arrayContaining(['4400', '4401', '4409', '4413', '4429']))
})
