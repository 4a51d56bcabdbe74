import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStays } from '../../../../web/api/signals/stays.ts'
import { createWatching } from '../../../../web/api/signals/watching.ts'

type Tell = (entries: { target: Element; intersectionRatio: number }[]) => void

let scroll: (element: Element, share: number) => void
let observed: Set<Element>

beforeEach(() => {
  vi.useFakeTimers()
  observed = new Set()
  class Observer {
    readonly tell: Tell
    constructor(tell: Tell, { threshold }: { threshold: number }) {
      // The browser calls when this share is crossed, and not otherwise.
      expect(threshold).toBe(0.5)
      this.tell = tell
      scroll = (target, intersectionRatio) => this.tell([{ target, intersectionRatio }])
    }
    observe(element: Element): void {
      observed.add(element)
    }
    unobserve(element: Element): void {
      observed.delete(element)
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function watchOne() {
  const told: [string, number][] = []
  const { watch } = createWatching(
    createStays(() => performance.now()),
    (target, ms) => told.push([target, ms]),
  )
  const card = document.createElement('article')
  const stop = watch(card, 'auc_1')
  return { told, card, stop }
}

test('a card counts while at least half of it is in view', () => {
  const { told, card } = watchOne()
  scroll(card, 0.3)
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual([])
  scroll(card, 0.5)
  vi.advanceTimersByTime(4_000)
  scroll(card, 0.49)
  expect(told).toEqual([['auc_1', 4_000]])
})

test('a ratio that was rounded down a hair is still half', () => {
  const { told, card } = watchOne()
  scroll(card, 0.499_6)
  vi.advanceTimersByTime(2_000)
  scroll(card, 0)
  expect(told).toEqual([['auc_1', 2_000]])
})

test('a card that leaves the page is told of, and watched no more', () => {
  const { told, card, stop } = watchOne()
  scroll(card, 1)
  vi.advanceTimersByTime(3_000)
  stop()
  expect(told).toEqual([['auc_1', 3_000]])
  expect(observed.has(card)).toBe(false)
  vi.advanceTimersByTime(60_000)
  expect(told).toHaveLength(1)
})
