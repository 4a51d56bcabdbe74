import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api as limits } from '../../../worker/contract/limits.ts'
import { callMs } from '../../../web/api/call.ts'
import { follow } from '../../../web/features/auctions/cards/card-feed.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // Whatever is observed is in view.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #tell: (entries: object[]) => void
      constructor(tell: (entries: object[]) => void) {
        this.#tell = tell
      }
      observe(target: Element): void {
        this.#tell([{ target, isIntersecting: true, intersectionRatio: 1 }])
      }
      unobserve(): void {}
    },
  )
  // The browser's own clock does not follow that of the test.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const limit = new AbortController()
    setTimeout(() => limit.abort(new DOMException('too long', 'TimeoutError')), ms)
    return limit.signal
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('cards are asked about again after an answer that never comes', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', (input: string, { signal }: RequestInit) => {
    asked.push(input)
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
  })
  const stop = follow(document.createElement('article'), { id: 'auc_1', badge: 'running' })
  await vi.advanceTimersByTimeAsync(callMs - 1)
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1 + limits.cardsPollMs)
  expect(asked).toHaveLength(2)
  stop()
})
