import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lettersOf } from '../../../relay/vectors/jamo.ts'
import { queryTokensOf, tokensOf } from '../../../relay/vectors/tokenize.ts'

const stored = (title: string, content = '') => new Set(tokensOf({ title, content }))
/** Tokens that somebody's words and a thing have in common. */
const shared = (asked: string, title: string, content = '') =>
  queryTokensOf(asked).filter((token) => stored(title, content).has(token))

describe('tokens', () => {
  it.each([
    ['카메라를', '카메라'],
    ['카메라', '카메라는 있어요'],
    ['고양이', '고양이와 강아지'],
    ['의자에서', '의자'],
    ['책', '책을 팝니다'],
    ['자전거라도', '자전거'],
  ])('let %s find %s in spite of particles', (asked, title) => {
    expect(shared(asked, title).filter((token) => /^[가-힣]+$/.test(token))).not.toEqual([])
  })

  it.each([
    ['필름카메라', '필름 카메라'],
    ['필름 카메라', '필름카메라'],
    ['손 목시계', '손목시계'],
  ])('let %s find %s in spite of spaces', (asked, title) => {
    const pairs = queryTokensOf(asked).filter((token) => token.startsWith('_'))
    expect(pairs.length).toBeGreaterThan(2)
    expect(pairs.filter((pair) => !stored(title).has(pair))).toEqual([])
  })

  it.each([
    ['rtx3080', 'RTX 3080'],
    ['RTX 3080', 'rtx3080'],
    ['아이폰15', '아이폰 15를 팝니다'],
    ['아이폰 15', '아이폰15를 팝니다'],
    ['wh1000xm4', 'Sony WH-1000XM4'],
    ['airpods', 'Air Pods'],
    ['ＲＴＸ３０８０', 'RTX3080'],
  ])('let %s find %s as one name', (asked, title) => {
    expect(shared(asked, title).filter((token) => /^[\p{L}\p{N}]*(\d|airpod)/u.test(token))).not.toEqual([])
  })

  it('tell models of one series apart', () => {
    expect(shared('rtx3080', 'RTX 4070')).toEqual(['rtx'])
    expect(shared('아이폰15', '아이폰13')).not.toContain('15')
  })

  it.each([
    ['카', '카메라'],
    ['캄', '카메라'],
    ['카메', '카메라'],
    ['카멜', '카메라'],
    ['턴테ㅇ', '턴테이블'],
    ['mac', 'MacBook'],
    ['닭ㄱ', '닭고기'],
  ])('let the beginning %s find the title %s', (asked, title) => {
    expect(shared(asked, title).filter((token) => token.startsWith('>'))).toHaveLength(1)
  })

  it('know a word by first letters, from two on', () => {
    expect(shared('ㅋㅁㄹ', '필름 카메라')).toEqual(['#ㅋㅁㄹ'])
    expect(shared('ㅋㅁ', '카메라')).toEqual(['#ㅋㅁ'])
    expect(shared('ㅁㄹ', '카메라')).toEqual([])
  })

  it('take English words in the singular, and forms of one letter as one', () => {
    expect(shared('bicycles', 'a bicycle')).toContain('bicycle')
    expect(shared('BOXES', 'box')).toContain('box')
    expect(shared('가방'.normalize('NFD'), '가방')).toContain('가방')
    expect(shared('glass', 'glasses')).toContain('glass')
  })

  it('leave out how somebody asks, unless that is all', () => {
    expect(queryTokensOf('중고 자전거 팝니다')).toEqual(queryTokensOf('자전거'))
    expect(queryTokensOf('the')).toContain('the')
  })

  it('let a title weigh more than what is said below', () => {
    const times = (tokens: readonly string[], token: string) => tokens.filter((one) => one === token).length
    expect(times(tokensOf({ title: '의자', content: '' }), '의자')).toBe(3)
    expect(times(tokensOf({ title: '', content: '의자' }), '의자')).toBe(1)
  })

  it('are nothing where nothing is said', () => {
    expect(tokensOf({ title: '', content: '' })).toEqual([])
    expect(queryTokensOf(' …! ')).toEqual([])
  })

  const anything = fc.string({
    unit: fc.oneof(fc.constantFrom(...'가나다라의를 15a-ㄱㅏ값읽'), fc.string({ maxLength: 1 })),
  })

  it('are words without spaces, and the same each time', () => {
    fc.assert(
      fc.property(anything, anything, (title, content) => {
        const tokens = tokensOf({ title, content })
        expect(tokens.filter((token) => token === '' || /\s/u.test(token))).toEqual([])
        expect(tokensOf({ title: title.normalize('NFD'), content })).toEqual(tokensOf({ title, content }))
      }),
    )
  })

  it('stay below what an index takes, whatever a seller writes', () => {
    const worst = fc.string({ unit: fc.constantFrom('값', '뷁', ' ', 'ㄳ', 'a', '1'), minLength: 80, maxLength: 80 })
    fc.assert(
      fc.property(worst, fc.constantFrom('값', '뷁 ', '가1', 'a1 '), (title, piece) => {
        const bytes = Buffer.byteLength(tokensOf({ title, content: piece.repeat(1_000) }).join(' '))
        expect(bytes).toBeLessThan(65_535)
      }),
      { numRuns: 30 },
    )
  })
})

describe('letters of Hangul', () => {
  it('are those one types, doubled ones apart', () => {
    expect(lettersOf('카메라')).toBe('ㅋㅏㅁㅔㄹㅏ')
    expect(lettersOf('값')).toBe('ㄱㅏㅂㅅ')
    expect(lettersOf('과의')).toBe('ㄱㅗㅏㅇㅡㅣ')
    expect(lettersOf('RTX ㄳ')).toBe('RTX ㄱㅅ')
  })

  it('begin as the text begins, at whatever letter one stops', () => {
    const syllables = fc.string({
      unit: fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code)),
    })
    fc.assert(
      fc.property(syllables, syllables, (text, more) => {
        expect(lettersOf(text + more).startsWith(lettersOf(text))).toBe(true)
      }),
    )
  })
})
