import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bidAt } from '../../../worker/contract/bid-ids.ts'
import { idKinds, idPattern, type IdKind } from '../../../worker/contract/ids.ts'
import { createIds, randomDigits } from '../../../worker/kernel/ids.ts'

const ids = createIds(new Uint8Array(32).fill(7))
const others = createIds(new Uint8Array(32).fill(8))
const kinds = Object.keys(idKinds) as IdKind[]

describe('an id', () => {
  it.each(kinds)('of kind %s is genuine for its kind alone', (kind) => {
    const id = ids.mint(kind)
    expect(id).toMatch(idPattern)
    expect(kinds.filter((other) => ids.isGenuine(other, id))).toEqual([kind])
  })

  it('is not genuine with any character changed', () => {
    const id = ids.mint('auction')
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz_'), (at, letter) => {
        fc.pre(id[at] !== letter)
        expect(ids.isGenuine('auction', id.slice(0, at) + letter + id.slice(at + 1))).toBe(false)
      }),
    )
  })

  it('of another house is not genuine here', () => {
    expect(ids.isGenuine('account', others.mint('account'))).toBe(false)
  })

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => ids.mint('bid'))).size).toBe(1_000)
  })

  it('derived from the same parts is the same, from others another', () => {
    const auction = ids.mint('auction')
    expect(ids.derive('offer', auction, 3)).toBe(ids.derive('offer', auction, 3))
    expect(ids.derive('offer', auction, 3)).not.toBe(ids.derive('offer', auction, 4))
    expect(ids.derive('offer', 'a', 'bc')).not.toBe(ids.derive('offer', 'ab', 'c'))
    expect(ids.isGenuine('offer', ids.derive('offer', auction, 3))).toBe(true)
  })

  it('of a place in the ledger is genuine where its auction is', () => {
    expect(ids.isGenuine('bid', bidAt(ids.mint('auction'), 3))).toBe(true)
    expect(ids.isGenuine('bid', bidAt(others.mint('auction'), 3))).toBe(false)
    expect(ids.isGenuine('bid', `${bidAt(ids.mint('auction'), 3)}x`)).toBe(false)
    expect(ids.isGenuine('auction', bidAt(ids.mint('auction'), 3))).toBe(false)
  })

  it.each(['', 'acc_', 'acc_short', "acc_'; drop table account", '../../etc', 'acc_' + '0'.repeat(26)])(
    'that is made up (%s) is not found',
    (text) => {
      expect(() => ids.require('account', text)).toThrow('not-found')
    },
  )
})

describe('codes', () => {
  it('have their digits, leading zeros included', () => {
    const codes = Array.from({ length: 200 }, () => randomDigits(6))
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true)
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  })
})
