import { describe, expect, it, vi } from 'vitest'
import * as fc from 'fast-check'
import type { Envelope } from '../../worker/contract/events.ts'
import { createOutbox, deliverToRelay, type Delivery } from '../../worker/kernel/outbox.ts'
import type { Relay } from '../../worker/kernel/relay.ts'

const taken: Delivery = { ok: true }
const away: Delivery = { ok: false, retry: true, reason: 'unreachable' }
const never: Delivery = { ok: false, retry: false, reason: 'malformed' }

/** Rows 1, 2, 3 … over a cursor that survives whoever reads them. */
function table(count: number) {
  const rows = Array.from({ length: count }, (_, index) => index + 1)
  const state = { cursor: 0, rows, aside: [] as number[], delivered: [] as number[][] }
  const open = (
    deliver: (run: number[]) => Delivery | Promise<Delivery>,
    options: { batch?: number; deadlineMs?: number; restMs?: () => number } = {},
  ) =>
    createOutbox<number>({
      name: 'test',
      read: (limit) => state.rows.filter((row) => row > state.cursor).slice(0, limit),
      async deliver(run) {
        const delivery = await deliver([...run])
        if (delivery.ok) state.delivered.push([...run])
        return delivery
      },
      confirm: (run) => {
        state.cursor = run.at(-1) ?? state.cursor
      },
      setAside: (row) => void state.aside.push(row),
      ...options,
    })
  return { state, open }
}

describe('an outbox', () => {
  it('hands over all rows in order, in runs of its size', async () => {
    const { state, open } = table(7)
    expect(await open(() => taken, { batch: 3 }).run()).toBeNull()
    expect(state.delivered).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })

  it('does nothing for nothing', async () => {
    const { state, open } = table(0)
    expect(await open(() => taken).run()).toBeNull()
    expect(state.delivered).toEqual([])
  })

  it('takes along what is written while it runs', async () => {
    const { state, open } = table(2)
    const outbox = open((run) => {
      if (run.includes(2)) state.rows.push(3, 4)
      return taken
    })
    await outbox.run()
    expect(state.delivered.flat()).toEqual([1, 2, 3, 4])
  })

  it('rests between two deliveries, and takes along all that came meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const { state, open } = table(1)
      const outbox = open(() => taken, { restMs: () => 100 })
      const add = (row: number) => {
        state.rows.push(row)
        return outbox.run()
      }
      await outbox.run()
      const later = [add(2)]
      await vi.advanceTimersByTimeAsync(60)
      later.push(add(3), add(4))
      expect(state.delivered).toEqual([[1]])
      await vi.advanceTimersByTimeAsync(40)
      await Promise.all(later)
      expect(state.delivered).toEqual([[1], [2, 3, 4]])
      await vi.advanceTimersByTimeAsync(100)
      await add(5)
      expect(state.delivered).toEqual([[1], [2, 3, 4], [5]])
    } finally {
      vi.useRealTimers()
    }
  })

  it('never delivers twice at once, whoever asks', async () => {
    const { state, open } = table(50)
    let inHand = 0
    let most = 0
    const outbox = open(
      async () => {
        inHand += 1
        most = Math.max(most, inHand)
        await new Promise((resolve) => setImmediate(resolve))
        inHand -= 1
        return taken
      },
      { batch: 5 },
    )
    await Promise.all([outbox.run(), outbox.run(), outbox.run()])
    expect(most).toBe(1)
    expect(state.delivered.flat()).toEqual(state.rows)
  })

  it('misses no row that is written at the very end of a run', async () => {
    const { state, open } = table(1)
    const outbox = open(() => taken)
    for (let row = 2; row <= 40; row += 1) {
      const running = outbox.run()
      // Somewhere between the last look and the answer.
      for (let turn = 0; turn < row % 7; turn += 1) await Promise.resolve()
      state.rows.push(row)
      await Promise.all([running, outbox.run()])
      expect(state.cursor).toBe(row)
    }
  })

  it('waits longer after each failure, up to a minute, and starts over after success', async () => {
    const { state, open } = table(1)
    let answer: Delivery = away
    const outbox = open(() => answer)
    const waits: number[] = []
    for (let round = 0; round < 12; round += 1) waits.push((await outbox.run(true)) ?? 0)
    for (const [round, wait] of waits.entries()) {
      const whole = Math.min(60_000, 250 * 2 ** round)
      expect(wait).toBeGreaterThanOrEqual(whole / 2)
      expect(wait).toBeLessThanOrEqual(whole)
    }
    answer = taken
    expect(await outbox.run(true)).toBeNull()
    answer = away
    state.rows.push(2)
    expect(await outbox.run(true)).toBeLessThanOrEqual(250)
  })

  it('keeps its pause against everyone but the alarm', async () => {
    const { open } = table(1)
    let asked = 0
    const outbox = open(() => {
      asked += 1
      return { ...away, afterMs: 5_000 }
    })
    await outbox.run()
    expect(await outbox.run()).toBeGreaterThan(4_000)
    expect(asked).toBe(1)
    await outbox.run(true)
    expect(asked).toBe(2)
  })

  it('forgets its pause once the alarm found the other side again', async () => {
    const { state, open } = table(1)
    let answer: Delivery = { ...away, afterMs: 60_000 }
    const outbox = open(() => answer)
    await outbox.run()
    answer = taken
    await outbox.run(true)
    state.rows.push(2)
    expect(await outbox.run()).toBeNull()
    expect(state.cursor).toBe(2)
  })

  it('waits as long as it was asked to', async () => {
    const { open } = table(1)
    expect(await open(() => ({ ...away, afterMs: 90_000 })).run()).toBe(90_000)
  })

  it('seeks out the row that nobody takes, sets it aside after five tries, and goes on', async () => {
    const { state, open } = table(9)
    const asked: number[][] = []
    const outbox = open((run) => {
      asked.push(run)
      return run.includes(4) ? never : taken
    })
    for (let tries = 1; tries < 5; tries += 1) {
      expect(await outbox.run(true)).not.toBeNull()
      expect(state.aside).toEqual([])
    }
    expect(await outbox.run(true)).toBeNull()
    expect(state.aside).toEqual([4])
    expect(state.delivered.flat()).toEqual([1, 2, 3, 5, 6, 7, 8, 9])
    expect(asked.filter((run) => run.length === 1 && run[0] === 4)).toHaveLength(5)
  })

  it('sets nothing aside while the other side is merely away', async () => {
    const { state, open } = table(3)
    const outbox = open(() => away)
    for (let round = 0; round < 30; round += 1) await outbox.run(true)
    expect([state.aside, state.cursor]).toEqual([[], 0])
  })

  it.each([
    ['throws', () => Promise.reject(new Error('boom'))],
    ['hangs', () => new Promise<Delivery>(() => {})],
  ])('tries again when the other side %s', async (_what, first) => {
    const { state, open } = table(2)
    let isFirst = true
    const outbox = open(
      () => {
        if (!isFirst) return taken
        isFirst = false
        return first()
      },
      { deadlineMs: 5 },
    )
    expect(await outbox.run()).toBeGreaterThan(0)
    expect(await outbox.run(true)).toBeNull()
    expect(state.delivered).toEqual([[1, 2]])
  })

  it('answers with a pause when its own table fails, and recovers', async () => {
    const { state } = table(1)
    let isBroken = true
    const outbox = createOutbox<number>({
      name: 'test',
      read: () => {
        if (isBroken) throw new Error('disk')
        return state.rows.filter((row) => row > state.cursor)
      },
      deliver: async () => taken,
      confirm: ([row]) => {
        state.cursor = row
      },
      setAside: () => {},
    })
    expect(await outbox.run()).toBeGreaterThan(0)
    isBroken = false
    expect(await outbox.run(true)).toBeNull()
    expect(state.cursor).toBe(1)
  })

  it('delivers every row in order at least once, however often it dies and whoever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom<'take' | 'away' | 'lose-answer' | 'die'>('take', 'away', 'lose-answer', 'die'), {
          maxLength: 30,
        }),
        async (count, batch, script) => {
          const { state, open } = table(count)
          const got: number[] = []
          const acts = [...script]
          const deliver = (run: number[]): Delivery => {
            const act = acts.shift() ?? 'take'
            if (act === 'away') return away
            got.push(...run)
            // Taken, but the sender never hears of it, or is dead by then.
            if (act !== 'take') return { ok: false, retry: true, reason: act }
            return taken
          }
          let outbox = open(deliver, { batch })
          while ((await outbox.run(true)) !== null) if (acts.length % 3 === 0) outbox = open(deliver, { batch })
          const firsts = got.filter((row, at) => got.indexOf(row) === at)
          expect(firsts).toEqual(state.rows)
          // After a repetition it goes on without a jump.
          for (const [at, row] of got.entries()) expect(row).toBeLessThanOrEqual((got[at - 1] ?? 0) + 1)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('publishing through the relay', () => {
  const event: Envelope = {
    stream: 'accounts',
    seq: 3,
    at: '2026-11-21T03:00:00.000Z',
    version: 1,
    type: 'x',
    payload: {},
  }
  const relay = (publish: Relay['publish']) => ({ publish }) as Relay

  it('is done when every event is confirmed', async () => {
    expect(
      await deliverToRelay(
        relay(async () => ({ ok: true, value: { accounts: 3 } })),
        [event],
      ),
    ).toEqual({ ok: true })
  })

  it('is not done when one is missing', async () => {
    const short = relay(async () => ({ ok: true, value: { accounts: 2 } }))
    expect(await deliverToRelay(short, [event])).toMatchObject({ ok: false, retry: true })
  })

  it('passes on why not, and when to ask again', async () => {
    const busy = relay(async () => ({ ok: false, retry: true, code: 'busy', retryAfterMs: 2_000 }))
    expect(await deliverToRelay(busy, [event])).toEqual({ ok: false, retry: true, reason: 'busy', afterMs: 2_000 })
  })

  it('waits where no relay is set', async () => {
    expect(await deliverToRelay(null, [event])).toMatchObject({ ok: false, retry: true, afterMs: 60_000 })
  })
})
