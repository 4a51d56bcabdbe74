import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEligible } from '../../../worker/auctions/rules/judge.ts'
import { unmetRules } from '../../../web/features/auctions/room/eligibility.ts'

type Lot = Parameters<typeof isEligible>[0]
type Standing = Parameters<typeof isEligible>[1]

const few = fc.integer({ min: 0, max: 3 })
const rules = fc.record({
  minManner: fc.option(fc.constantFrom(30, 40, 50)),
  minDeals: fc.option(few),
  maxNoShows: fc.option(few),
  followersOnly: fc.boolean(),
})
const bidder = fc.record({
  manner: fc.constantFrom(29.9, 30, 40, 50.1),
  deals: few,
  noShows: few,
  isFollowing: fc.boolean(),
})

describe('what keeps somebody from bidding', () => {
  test('is there exactly where the room refuses for the seller’s rules', () => {
    fc.assert(
      fc.property(rules, bidder, (bidderRules, who) => {
        const lot = { terms: { bidderRules } } as unknown as Lot
        const standing = { ...who, isShutOut: false } as Standing
        expect(unmetRules(bidderRules, who).length === 0).toBe(isEligible(lot, standing))
      }),
    )
  })

  test('is not following only where that is known', () => {
    const only = { minManner: null, minDeals: null, maxNoShows: null, followersOnly: true }
    const who = { manner: 40, deals: 0, noShows: 0 }
    expect(unmetRules(only, { ...who, isFollowing: null })).toEqual([])
    expect(unmetRules(only, { ...who, isFollowing: false })).toEqual(['followersOnly'])
  })
})
