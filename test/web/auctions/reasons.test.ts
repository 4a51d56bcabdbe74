import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hash } from '../../../worker/contract/ledger.ts'
import { type Opened, tellEntries } from '../../../web/features/auctions/ledger/reasons.ts'
import { Scenes, tell } from '../../model/histories.ts'
import { play } from './played.ts'

const Stories = Scenes.map((scene) => play(tell(scene)))
const openedOf = (openings: { commitment: Hash; amount: number }[]): Opened =>
  new Map(openings.map(({ commitment, amount }) => [commitment, amount]))

describe('the reasons of a ledger', () => {
  test('tell every entry, and the price that each leaves', () => {
    fc.assert(
      fc.property(Stories, ({ evidence, lot }) => {
        const told = tellEntries(evidence.lines, openedOf(evidence.openings))
        expect(told).toHaveLength(evidence.lines.length)
        expect(told.at(-1)?.price).toBe(lot.price)
        expect(told.filter(({ isRise }) => isRise)).toHaveLength(lot.bidCount)
      }),
      { numRuns: 300 },
    )
  })

  test('agree with who leads after a bid', () => {
    fc.assert(
      fc.property(Stories, ({ evidence }) => {
        let leader: number | null = null
        for (const { entry, reason } of tellEntries(evidence.lines, openedOf(evidence.openings))) {
          if (entry.type !== 'bid') continue
          const isHeld = reason.code === 'held' || reason.code === 'heldEqual'
          expect(isHeld).toBe(leader !== null && entry.leader === leader && entry.bidder !== leader)
          if ('who' in reason) expect(reason.who).toBe(leader)
          leader = entry.leader
        }
      }),
      { numRuns: 300 },
    )
  })
})
