import { describe, expect, it } from 'vitest'
import { instant } from '../../worker/contract/time.ts'
import { afterTry, leaseMs, needsShare } from '../../worker/media/rules.ts'

const at = instant(1_000_000)
const away = { ok: false, retry: true } as const

describe('after a try', () => {
  it('a picture that was made is finished', () => {
    const made = { state: 'ready', width: 1, height: 1, thumbhash: '', sizes: [], share: false } as const
    expect(afterTry({ ok: true, value: { ...made, sizes: [] } }, 1, at)).toMatchObject({ step: 'finish' })
  })

  it('a picture that was refused stays refused', () => {
    const refused = { state: 'rejected', reason: 'broken' } as const
    expect(afterTry({ ok: true, value: refused }, 1, at)).toEqual({ step: 'reject', reason: 'broken' })
  })

  it('a relay that is away is asked again, later each time, for twenty minutes', () => {
    const waits = Array.from({ length: 19 }, (_, index) => {
      const next = afterTry(away, index + 1, at)
      if (next.step !== 'wait') throw new Error(`ended after ${index + 1}`)
      return next.until - at
    })
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
    expect(Math.max(...waits)).toBe(120_000)
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(20 * 60_000)
    expect(afterTry(away, 20, at)).toEqual({ step: 'reject', reason: 'failed' })
  })

  it('a busy relay is given the time it asks for', () => {
    expect(afterTry({ ...away, retryAfterMs: 30_000 }, 1, at)).toEqual({ step: 'wait', until: at + 30_000 })
  })

  it('a job that cannot be read is not repeated', () => {
    expect(afterTry({ ok: false, retry: false }, 1, at)).toEqual({ step: 'reject', reason: 'failed' })
  })
})

describe('a picture', () => {
  it('gets a preview for links where it can be a cover', () => {
    expect((['post', 'product', 'auction'] as const).map(needsShare)).toEqual([true, true, true])
    expect((['profile', 'board', 'chat', 'evidence'] as const).map(needsShare)).toEqual([false, false, false, false])
  })

  it("is nobody else's to try for longer than the relay may take", () => {
    expect(leaseMs).toBeGreaterThan(25_000)
  })
})
