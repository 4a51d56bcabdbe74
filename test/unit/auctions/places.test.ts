import { expect, test } from 'vitest'
import { placesFor } from '../../../worker/auctions/rules/terms.ts'

test('a seller holds three auctions at once until three deals are completed, then ten', () => {
  expect([0, 1, 2, 3, 50].map(placesFor)).toEqual([3, 3, 3, 10, 10])
})
