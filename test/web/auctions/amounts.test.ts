import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { raised, type Won } from '../../../worker/contract/money.ts'
import { amountIn, faultOf, needsConfirmation, quickAmounts } from '../../../web/features/auctions/room/amount.ts'

const Hundreds = fc.integer({ min: 1, max: 1_000_000 }).map((count) => count * 100)

describe('an amount', () => {
  test('is read whatever separates its digits', () => {
    expect(amountIn('125,000원')).toBe(125_000)
    expect(amountIn('₩ 1 250 000')).toBe(1_250_000)
    expect(amountIn('원')).toBeNull()
  })

  test('is refused below the next bid, off the hundreds, or not above the own maximum', () => {
    const rules = { minimum: 10_500, above: null }
    expect(faultOf(null, rules)).toBe('empty')
    expect(faultOf(10_450, rules)).toBe('not-hundreds')
    expect(faultOf(10_400, rules)).toBe('too-low')
    expect(faultOf(10_500, rules)).toBeNull()
    expect(faultOf(1_000_000_100, rules)).toBe('too-high')
    expect(faultOf(20_000, { minimum: 10_500, above: 20_000 })).toBe('not-higher')
    expect(faultOf(20_100, { minimum: 10_500, above: 20_000 })).toBeNull()
  })

  test('is asked about once more from ten times the next bid on', () => {
    expect(needsConfirmation(104_900, 10_500)).toBe(false)
    expect(needsConfirmation(105_000, 10_500)).toBe(true)
  })

  test('offered at a touch can always be bid, and the first is the least', () => {
    fc.assert(
      fc.property(Hundreds, (minimum) => {
        const amounts = quickAmounts(minimum)
        expect(amounts[0]).toBe(minimum)
        expect(amounts[1]).toBe(raised(minimum as Won))
        expect(amounts.toSorted((a, b) => a - b)).toEqual(amounts)
        for (const amount of amounts) expect(faultOf(amount, { minimum, above: null })).toBeNull()
      }),
    )
  })
})
