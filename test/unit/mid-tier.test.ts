import { expect, test } from 'vitest'
import { midTierSlowdown } from '../run/lighthouse/mid-tier.ts'

test('a phone is made out of a computer by how fast that is', () => {
  const around = [2_233, 1_533, 1_300, 1_050, 800, 475, 150, 20]
  expect(around.map((index) => Number(midTierSlowdown(index).toFixed(2)))).toEqual([7, 4, 3, 2.5, 2, 1.5, 1, 1])
})
