import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createReadable } from '../../../web/features/auctions/room/readable.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** An amount on a screen that shows it, and what pressing it meant. */
function open(read?: number) {
  const [next, setNext] = createSignal(10_000)
  const meant: number[] = []
  const readable = createRoot((end) => {
    onTestFinished(end)
    return createReadable(next, read)
  })
  readable.amount()
  return {
    meant,
    isJustChanged: readable.isJustChanged,
    change(amount: number) {
      setNext(amount)
      readable.amount()
    },
    press: () => readable.press((amount) => meant.push(amount)),
  }
}

test('an amount that changed under the finger is not meant, and is once it has stood there', () => {
  const button = open()
  vi.advanceTimersByTime(1_000)
  button.change(12_000)
  vi.advanceTimersByTime(100)
  button.press()
  expect(button.meant).toEqual([])
  expect(button.isJustChanged()).toBe(true)
  vi.advanceTimersByTime(400)
  button.press()
  expect(button.meant).toEqual([12_000])
  expect(button.isJustChanged()).toBe(false)
})

test('an amount that was read before is meant at once, another one is not', () => {
  const known = open(10_000)
  known.press()
  expect(known.meant).toEqual([10_000])
  const raised = open(9_000)
  raised.press()
  expect(raised.meant).toEqual([])
})
