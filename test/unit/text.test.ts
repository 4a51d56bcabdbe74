import { describe, expect, it } from 'vitest'
import { Text } from '../../worker/contract/text.ts'

const title = Text({ max: 10 })
const letter = Text({ max: 100, lines: true })

const faultOf = (text: string, of = title) => of.safeParse(text).error?.issues[0]?.message ?? null

describe('plain text', () => {
  it.each([
    ['trimmed', '  귤 한 상자 ', '귤 한 상자'],
    ['composed', '귤'.normalize('NFD'), '귤'],
    ['of joined pictures', '👩‍🌾 농부', '👩‍🌾 농부'],
    ['in a right-to-left script', 'שלום', 'שלום'],
  ])('is taken %s', (_how, given, kept) => {
    expect(title.parse(given)).toBe(kept)
  })

  it('keeps lines where they are allowed', () => {
    expect(letter.parse('하나\r\n둘')).toBe('하나\n둘')
    expect(faultOf('하나\n둘')).toBe('forbidden-characters')
  })

  it.each([
    ['a control character', 'a\u0000b'],
    ['an override of direction', 'a\u202eb'],
    ['half a character', 'a\ud83c'],
    ['nothing but joiners', '\u200b\u200d'],
    ['nothing but the blank letter of Hangul', '\u3164'],
    ['a mark on nothing', '\u0301'],
  ])('refuses %s', (_what, given) => {
    expect(faultOf(given)).toBe('forbidden-characters')
  })

  it('counts letters as people do', () => {
    expect(faultOf('😀'.repeat(10))).toBeNull()
    expect(faultOf('😀'.repeat(11))).toBe('too-long')
    expect(faultOf('   ')).toBe('empty')
  })
})
