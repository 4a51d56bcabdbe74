import { expect, test } from 'vitest'
import type { BidRow } from '../../../worker/contract/auctions.ts'
import { olderAfter } from '../../../web/features/auctions/room/older-bids.ts'

const rows = (...places: number[]) => places.map((logSeq) => ({ logSeq }) as BidRow)

test('what goes off the end of the live bids stays below them, once', () => {
  expect(olderAfter(rows(5, 4, 3), rows(8, 7, 6), rows(9, 8, 7))).toEqual(rows(6, 5, 4, 3))
  expect(olderAfter(rows(7, 6, 5, 4), rows(8, 7, 6), rows(9, 8, 7))).toEqual(rows(7, 6, 5, 4))
  expect(olderAfter(rows(5, 4), rows(8, 7, 6), rows(8, 7, 6))).toEqual(rows(5, 4))
})

test('where more was missed than the live bids hold, all below is to be asked for anew', () => {
  expect(olderAfter(rows(3, 2), rows(6, 5, 4), rows(20, 19, 18))).toBeNull()
  // The oldest of the new ones is the newest of before: nothing lies between.
  expect(olderAfter(rows(3, 2), rows(6, 5, 4), rows(8, 7, 6))).toEqual(rows(5, 4, 3, 2))
})
