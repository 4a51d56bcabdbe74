import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Handle, ProfileChange } from '../../../worker/contract/profiles.ts'
import { handleChangeFrom, handleFault, inventHandle } from '../../../worker/profiles/rules.ts'

describe('refuses as a handle', () => {
  it.each([
    ['abc', 'too-short'],
    ['a'.repeat(26), 'too-long'],
    ['with space', 'characters'],
    ['한라봉한라', 'characters'],
    ['Upper', 'characters'],
    ['.dot', 'dots'],
    ['dot.', 'dots'],
    ['do..t', 'dots'],
    ['latest', 'reserved'],
    ['recommend', 'reserved'],
    ['mine', 'reserved'],
    ['admin_', 'reserved'],
    ['hallabong.official', 'reserved'],
  ])('%s', (handle, fault) => {
    expect(handleFault(handle)).toBe(fault)
  })
})

describe('accepts as a handle', () => {
  it.each(['abcd', 'a.b_c', 'jeju_tangerine.7', 'a'.repeat(25), 'minerals'])('%s', (handle) => {
    expect(handleFault(handle)).toBeNull()
  })

  it('whatever is invented for those who choose none', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const handle = inventHandle((below) => (numbers.next().value as number) % below)
        expect(handleFault(handle)).toBeNull()
      }),
    )
  })

  it('exactly what the contract lets through, reserved words aside', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'z', '0', '_', '.', '-', 'é', ' '), maxLength: 30 })
    fc.assert(
      fc.property(text, (handle) => {
        const trimmed = handle.trim()
        const fault = handleFault(trimmed)
        expect(Handle.safeParse(handle).success).toBe(fault === null || fault === 'reserved')
      }),
    )
  })
})

describe('the handle changes', () => {
  const day = 24 * 3_600_000

  it('the first time at once, then after 14 days', () => {
    expect(handleChangeFrom(null, 5)).toBeNull()
    expect(handleChangeFrom(0, 14 * day - 1)).toBe(14 * day)
    expect(handleChangeFrom(0, 14 * day)).toBeNull()
  })
})

describe('links', () => {
  const linksOf = (...links: string[]) => ProfileChange.safeParse({ links })

  it('become https where no scheme is given', () => {
    expect(linksOf('jeju.example/fruit', 'https://a.example:8443/x').data?.links).toEqual([
      'https://jeju.example/fruit',
      'https://a.example:8443/x',
    ])
  })

  it.each([
    'http://plain.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pass@a.example',
    'localhost',
    'https://',
    'two words.example',
  ])('are not %s', (link) => {
    expect(linksOf(link).success).toBe(false)
  })

  it('are two at most, and may be none', () => {
    expect(linksOf().success).toBe(true)
    expect(linksOf('a.example', 'b.example', 'c.example').success).toBe(false)
  })
})
