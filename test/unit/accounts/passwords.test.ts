import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../../worker/contract/password.ts'
import { isCommon } from '../../../worker/accounts/rules/password.ts'

const owner = { handle: 'sunny.fox', name: '김한라', email: 'jeju.island@example.com' }

describe('accepts', () => {
  it.each(['river-4-boat!', '귤나무-7그루!', 'Sv7!mQz4', 'long words without signs', 'mandarinenbaum'])(
    '%s',
    (password) => {
      expect(faultsOf(password, owner)).toEqual([])
    },
  )

  it('any letters from 12 characters on', () => {
    expect(faultsOf('kettleharbour')).toEqual([])
    expect(faultsOf('kettleharbo')).toEqual(['needs-digit', 'needs-sign'])
  })
})

describe('names every fault at once', () => {
  it.each([
    ['a1!', ['too-short']],
    ['12345678', ['all-digits', 'needs-letter', 'needs-sign']],
    ['92847561029384', ['all-digits']],
    ['abcdefgh', ['needs-digit', 'needs-sign']],
    ['x1!'.repeat(22), ['too-long']],
    ['SunnyFox-1', ['like-handle']],
    ['김한라2026!김', ['like-name']],
    ['jeju_island1', ['like-email']],
  ])('%s', (password, faults) => {
    expect(faultsOf(password, owner)).toEqual(faults)
  })

  it('counts characters, not bytes or code units', () => {
    expect(faultsOf('🍊🍊🍊🍊a1!')).toEqual(['too-short'])
    expect(faultsOf('🍊🍊🍊🍊🍊a1!')).toEqual([])
  })

  it('lets a long sentence hold a short name', () => {
    expect(faultsOf('my name is mina and I like tea', { name: 'mina' })).toEqual([])
  })
})

describe('knows what is guessed first', () => {
  it.each(['password1!', 'P@ssw0rd!23', 'qwer1234!', '1q2w3e4r!', 'tkfkdgo12!', 'Hallabong1!', 'password123456789'])(
    '%s',
    (password) => {
      expect(isCommon(password)).toBe(true)
    },
  )

  it.each(['aaaa1111!', 'abcd1234!', 'qwertyuiop12', 'abababababab'])('series: %s', (password) => {
    expect(isCommon(password)).toBe(true)
  })

  it.each(['river-4-boat!', 'correct horse battery', '한라봉-따는-날-7', 'Sv7!mQz4pL'])('but not %s', (password) => {
    expect(isCommon(password)).toBe(false)
  })
})
