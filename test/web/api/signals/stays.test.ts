import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createStays } from '../../../../web/api/signals/stays.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Cards by name, and what was told of them. */
function look() {
  const told: [string, number][] = []
  const keys = new Map<string, object>()
  const keyOf = (card: string) => {
    const key = keys.get(card) ?? {}
    keys.set(card, key)
    return key
  }
  const stays = createStays(() => performance.now())
  return {
    told,
    comes: (card: string) => stays.begin(keyOf(card), (ms) => told.push([card, ms])),
    goes: (card: string) => stays.end(keyOf(card)),
    hide: stays.pause,
    show: stays.resume,
    pass: (ms: number) => vi.advanceTimersByTime(ms),
  }
}

describe('how long a card is looked at', () => {
  test('is told when it goes, from one second on', () => {
    const { told, comes, goes, pass } = look()
    comes('passed by')
    comes('looked at')
    pass(999)
    goes('passed by')
    pass(2_500)
    goes('looked at')
    expect(told).toEqual([['looked at', 3_499]])
  })

  test('is told at ten seconds, once, however long it stays', () => {
    const { told, comes, goes, pass } = look()
    comes('camera')
    pass(10_000)
    expect(told).toEqual([['camera', 10_000]])
    pass(60_000)
    goes('camera')
    expect(told).toHaveLength(1)
  })

  test('counts anew when the card comes back: what was broken is not added up', () => {
    const { told, comes, goes, pass } = look()
    for (const ms of [6_000, 6_000]) {
      comes('camera')
      pass(ms)
      goes('camera')
    }
    expect(told).toEqual([
      ['camera', 6_000],
      ['camera', 6_000],
    ])
  })

  test('goes on when the browser says again that it is in view', () => {
    const { told, comes, goes, pass } = look()
    comes('camera')
    pass(4_000)
    comes('camera')
    pass(4_000)
    goes('camera')
    expect(told).toEqual([['camera', 8_000]])
  })

  test('ends while nobody looks at the page, and begins anew after', () => {
    const { told, comes, goes, hide, show, pass } = look()
    comes('camera')
    pass(3_000)
    hide()
    expect(told).toEqual([['camera', 3_000]])
    pass(60_000)
    comes('scrolled in unseen')
    pass(5_000)
    show()
    pass(2_000)
    goes('camera')
    goes('scrolled in unseen')
    expect(told).toEqual([
      ['camera', 3_000],
      ['camera', 2_000],
      ['scrolled in unseen', 2_000],
    ])
  })

  test('is not told of what never came', () => {
    const { told, goes, pass } = look()
    pass(5_000)
    goes('camera')
    expect(told).toEqual([])
  })
})
