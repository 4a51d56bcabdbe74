import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rates } from '../../../worker/contract/limits.ts'
import { FloodCounter } from '../../../worker/local/flood-counter.ts'

const [most, windowMs] = rates.callsPerIp

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('takes as many calls of one address as a window has room for, and no address stands in the way of another', async () => {
  const counter = new FloodCounter()
  expect(await allowed(counter, 'one', most + 2)).toBe(most)
  expect(await allowed(counter, 'other', 1)).toBe(1)
})

test('begins anew with each window', async () => {
  const counter = new FloodCounter()
  await allowed(counter, 'one', most)
  vi.setSystemTime(Date.now() + windowMs)
  expect(await allowed(counter, 'one', most + 2)).toBe(most)
})

/** Of so many calls, how many were let through. */
async function allowed(counter: FloodCounter, key: string, calls: number): Promise<number> {
  let count = 0
  for (let call = 0; call < calls; call += 1) count += (await counter.limit({ key })).success ? 1 : 0
  return count
}
