import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { audience, sockets } from '../../../worker/contract/limits.ts'
import { instant } from '../../../worker/contract/time.ts'
import { Listeners } from '../../../worker/kernel/listeners.ts'
import { atFirst, LiveSession } from '../../../worker/kernel/live-session.ts'

class Session extends LiveSession<object> {
  constructor(socket: WebSocket) {
    super(socket, { openedAt: Date.now(), authUntil: null, ...atFirst })
  }
}

/** One socket that was just opened, with what it was closed with. */
function opened() {
  const closes: number[] = []
  const socket = { close: (code: number) => closes.push(code), serializeAttachment: () => {} }
  const session = new Session(socket as unknown as WebSocket)
  const listeners = new Listeners<Session, { seq: number }>({
    clock: { now: () => instant(Date.now()), shiftMs: () => 0 },
    unsent: [],
    writer: () => () => '',
    flushed: () => {},
    lastPing: () => 0,
  })
  listeners.add(session)
  listeners.expectHello(session)
  return { session, listeners, closes }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a hello', () => {
  it('that does not come in time closes the socket', () => {
    const { closes } = opened()
    vi.advanceTimersByTime(sockets.helloWithinMs - 1)
    expect(closes).toEqual([])
    vi.advanceTimersByTime(2)
    expect(closes).toEqual([4400])
  })

  it('that waits its turn while the machine lags is waited for as long as it lagged', () => {
    const { session, closes } = opened()
    const lagMs = 1_500
    // The clock goes on and no timer rings.
    vi.setSystemTime(Date.now() + lagMs)
    vi.advanceTimersByTime(sockets.helloWithinMs)
    vi.advanceTimersByTime(lagMs - 1)
    expect(closes).toEqual([])
    session.greet(0)
    vi.advanceTimersByTime(sockets.helloWithinMs)
    expect(closes).toEqual([])
  })

  it('that never comes is waited for no longer than twice its time, however much the machine lags', () => {
    const { listeners, closes } = opened()
    vi.setSystemTime(Date.now() + 60_000)
    vi.advanceTimersByTime(sockets.helloWithinMs)
    expect(closes).toEqual([])
    vi.advanceTimersByTime(sockets.helloWithinMs)
    expect(closes).toEqual([4400])
    expect(listeners.size).toBe(0)
  })
})

describe('a crowd', () => {
  function crowd(size: number) {
    const unsent: { seq: number }[] = []
    const listeners = new Listeners<Session, { seq: number }>({
      clock: { now: () => instant(Date.now()), shiftMs: () => 0 },
      unsent,
      writer: () => (part) => part.map(({ seq }) => seq).join(),
      flushed: () => {},
      lastPing: () => 0,
    })
    const come = (sent: number) => {
      const heard: string[] = []
      const socket = { send: (text: string) => heard.push(text), close: () => {}, serializeAttachment: () => {} }
      const session = new Session(socket as unknown as WebSocket)
      listeners.add(session)
      session.greet(sent)
      return heard
    }
    const all = Array.from({ length: size }, () => come(0))
    const commit = (seq: number) => {
      unsent.push({ seq })
      listeners.facts()
    }
    return { listeners, all, come, commit, reached: () => all.filter(({ length }) => length > 0).length }
  }

  it('is told by parts, and what came in meanwhile has its turn between them', () => {
    const { commit, reached } = crowd(2 * audience.turn + 1)
    commit(1)
    expect(reached()).toBe(audience.turn)
    vi.advanceTimersToNextTimer()
    expect(reached()).toBe(2 * audience.turn)
    vi.advanceTimersToNextTimer()
    expect(reached()).toBe(2 * audience.turn + 1)
  })

  it('hears what was committed meanwhile after it, once and in order', () => {
    const { commit, all } = crowd(3 * audience.turn)
    commit(1)
    commit(2)
    vi.advanceTimersToNextTimer()
    commit(3)
    vi.advanceTimersByTime(sockets.flushMs.max)
    expect(all).toEqual(all.map(() => ['1', '2,3']))
  })

  it.each([
    [5, 100],
    [7, 71],
    [10, 50],
    [200, 50],
  ])('of a thousand that has %i facts to hear, hears them %i ms after those before', (count, afterMs) => {
    const { commit, all } = crowd(1_000)
    const began = Date.now()
    commit(1)
    for (let seq = 2; seq < 2 + count; seq += 1) commit(seq)
    while (all[0]?.length === 1) vi.advanceTimersByTime(1)
    expect(Date.now() - began).toBe(afterMs)
    expect(all[0]?.at(-1)?.split(',').length).toBe(count)
  })

  it('is not told again of what somebody had with the greeting', () => {
    const { commit, come } = crowd(2 * audience.turn)
    commit(1)
    const late = come(1)
    vi.advanceTimersByTime(sockets.flushMs.max)
    commit(2)
    vi.advanceTimersByTime(sockets.flushMs.max)
    expect(late).toEqual(['2'])
  })

  it('is told to the last before an object that parts from it', () => {
    const { listeners, commit, all } = crowd(3 * audience.turn)
    commit(1)
    commit(2)
    listeners.flush()
    expect(all).toEqual(all.map(() => ['1', '2']))
  })

  it('is told to the last before the object sleeps', () => {
    const { listeners, commit, reached, all } = crowd(3 * audience.turn)
    commit(1)
    listeners.dropTimers()
    expect(reached()).toBe(all.length)
  })
})
