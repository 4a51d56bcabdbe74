import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createOutgoing, gatherMs, type Reader } from '../../../../web/api/signals/outgoing.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function post(first: Reader | null) {
  let reader = first
  const sent: { targets: string[]; reader: Reader }[] = []
  const outgoing = createOutgoing({
    reader: () => reader,
    send: (signals, to) => sent.push({ targets: signals.map(({ target, ms }) => `${target} ${ms}`), reader: to }),
  })
  return {
    sent,
    outgoing,
    dwell: (target: string, ms: number) => outgoing.add({ target, kind: 'dwell', ms }),
    open: (target: string) => outgoing.add({ target, kind: 'open', ms: 0 }),
    becomes: (next: Reader | null) => (reader = next),
  }
}

describe('signals', () => {
  test('go together a while after the first of them', () => {
    const { sent, dwell, open } = post('personal')
    dwell('a', 1_500)
    vi.advanceTimersByTime(gatherMs - 1)
    open('b')
    expect(sent).toEqual([])
    vi.advanceTimersByTime(1)
    expect(sent).toEqual([{ targets: ['a 1500', 'b 0'], reader: 'personal' }])
  })

  test('go at once when fifty wait, or when the page is left', () => {
    const { sent, dwell, outgoing } = post('personal')
    for (let place = 0; place < 51; place++) dwell(`card ${place}`, 2_000)
    expect(sent.map(({ targets }) => targets.length)).toEqual([50])
    outgoing.flush()
    expect(sent.map(({ targets }) => targets.length)).toEqual([50, 1])
    vi.advanceTimersByTime(gatherMs)
    expect(sent).toHaveLength(2)
  })

  test('of one thing count by the longest look', () => {
    const { sent, dwell, outgoing } = post('personal')
    for (const ms of [2_000, 9_000, 3_000]) dwell('a', ms)
    outgoing.flush()
    expect(sent[0]?.targets).toEqual(['a 9000'])
  })

  test.each(['visitor', 'views-only'] as const)('of a %s are views alone', (reader) => {
    const { sent, dwell, open, outgoing } = post(reader)
    dwell('passed', 9_999)
    dwell('looked at', 10_000)
    open('opened')
    outgoing.flush()
    expect(sent).toEqual([{ targets: ['looked at 10000', 'opened 0'], reader }])
    dwell('passed', 9_999)
    outgoing.flush()
    expect(sent).toHaveLength(1)
  })

  test('wait while it is not known who reads', () => {
    const { sent, dwell, becomes } = post(null)
    dwell('a', 4_000)
    vi.advanceTimersByTime(gatherMs * 3)
    expect(sent).toEqual([])
    becomes('personal')
    vi.advanceTimersByTime(gatherMs)
    expect(sent).toEqual([{ targets: ['a 4000'], reader: 'personal' }])
  })

  test('of somebody who has left are nobody else’s', () => {
    const { sent, dwell, outgoing } = post('personal')
    dwell('a', 4_000)
    outgoing.drop()
    outgoing.flush()
    vi.advanceTimersByTime(gatherMs)
    expect(sent).toEqual([])
  })
})
