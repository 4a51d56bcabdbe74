import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuse } from '../../../relay/vectors/fuse.ts'
import { page, spread } from '../../../relay/vectors/spread.ts'
import { axis, candidate, idsOf } from '../../support/vectors.ts'

describe('spreading', () => {
  it('puts something else before the same again', () => {
    const same = axis(8, 0)
    const order = spread(
      [
        candidate('a', { score: 0.9, vector: same }),
        candidate('a-again', { score: 0.89, vector: same }),
        candidate('b', { score: 0.7, vector: axis(8, 1) }),
      ],
      3,
    )
    expect(idsOf(order)).toEqual(['a', 'b', 'a-again'])
  })

  it('keeps the order of nearness where all are equally different', () => {
    const order = spread(
      [0, 1, 2, 3].map((at) => candidate(`it${at}`, { score: 0.9 - at / 10, vector: axis(8, at) })),
      4,
    )
    expect(idsOf(order)).toEqual(['it0', 'it1', 'it2', 'it3'])
  })

  const candidates = fc
    .array(
      fc.record({
        score: fc.double({ min: 0, max: 1, noNaN: true }),
        seller: fc.constantFrom('acc_a', 'acc_b', 'acc_c', 'acc_d', 'acc_e'),
        category: fc.constantFrom('digital', 'pet', 'furniture', ''),
        at: fc.nat(7),
      }),
      { maxLength: 60 },
    )
    .map((list) =>
      list
        .map(({ at, ...more }, index) => candidate(`it${index}`, { ...more, vector: axis(8, at) }))
        .sort((one, other) => other.score - one.score),
    )

  it('loses nothing and repeats nothing', () => {
    fc.assert(
      fc.property(candidates, fc.nat(80), (list, limit) => {
        const order = idsOf(spread(list, limit))
        expect(order).toHaveLength(Math.min(limit, list.length))
        expect(new Set(order).size).toBe(order.length)
      }),
    )
  })

  it('lets no seller or category fill a page while there is another', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const order = spread(list, list.length)
        const unforced = order.filter((one, at) => {
          const before = order.slice(Math.max(0, at - page.length + 1), at)
          const isFull = ({ seller, category }: typeof one) =>
            before.filter((other) => other.seller === seller).length >= page.ofSeller ||
            (category !== '' && before.filter((other) => other.category === category).length >= page.ofCategory)
          return isFull(one) && !order.slice(at).every(isFull)
        })
        expect(unforced).toEqual([])
      }),
    )
  })
})

describe('fusing', () => {
  const hits = (...ids: string[]) => ids.map((id) => ({ kind: 'auction' as const, id, score: 1 }))

  it('puts what both know before what one knows best', () => {
    expect(idsOf(fuse([hits('a', 'both'), hits('b', 'both')], 10))).toEqual(['both', 'a', 'b'])
  })

  it('is the one ranking where the other is empty, cut where asked', () => {
    expect(idsOf(fuse([hits('c', 'b', 'a'), []], 2))).toEqual(['c', 'b'])
    expect(fuse([[], []], 5)).toEqual([])
  })
})
