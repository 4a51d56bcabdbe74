import { describe, expect, it } from 'vitest'
import { faultsOf, timesOf } from '../../../worker/auctions/rules/terms.ts'
import { won } from '../../../worker/contract/money.ts'
import { instant, iso } from '../../../worker/contract/time.ts'

const now = instant(Date.UTC(2026, 10, 21, 3))
const good = {
  startPrice: won(10_000),
  reservePrice: null,
  buyNowPrice: null,
  startsAt: null,
  durationMinutes: 20,
  softClose: { windowSeconds: 30, capMinutes: 10 },
} as const

describe('terms at publication', () => {
  it('accepts a reserve and an offer that fit', () => {
    expect(faultsOf({ ...good, reservePrice: won(10_100), buyNowPrice: won(10_600) }, now)).toEqual([])
  })

  it.each([
    [{ reservePrice: won(10_000) }, [{ pointer: '/reservePrice', code: 'not-above-start' }]],
    [{ buyNowPrice: won(10_500) }, [{ pointer: '/buyNowPrice', code: 'not-above-first-step' }]],
    [{ reservePrice: won(30_000), buyNowPrice: won(29_900) }, [{ pointer: '/buyNowPrice', code: 'below-reserve' }]],
    [{ startsAt: iso(now - 3_600_000) }, [{ pointer: '/startsAt', code: 'in-the-past' }]],
    [{ startsAt: iso(now + 48 * 3_600_000 + 1) }, [{ pointer: '/startsAt', code: 'too-late' }]],
    [
      { durationMinutes: 1, softClose: { windowSeconds: 60, capMinutes: 10 } as const },
      [{ pointer: '/softClose/windowSeconds', code: 'window-too-long' }],
    ],
  ])('finds what does not fit in %o', (wish, faults) => {
    expect(faultsOf({ ...good, ...wish }, now)).toEqual(faults)
  })

  it('starts now where no start was chosen, or where it has just passed', () => {
    const both = [timesOf(good, now), timesOf({ ...good, startsAt: iso(now - 1_000) }, now)]
    expect(both).toEqual([0, 1].map(() => ({ startsAt: now, endsAt: now + 20 * 60_000 })))
  })
})
