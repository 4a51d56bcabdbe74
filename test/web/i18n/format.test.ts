import { describe, expect, test } from 'vitest'
import { formatIn } from '../../../web/i18n/format.ts'
import { inLanguage, languageOf } from '../../../web/i18n/language.ts'

const ko = formatIn('ko')
const en = formatIn('en')
const now = Date.parse('2026-11-21T06:20:00.000Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('money', () => {
  test('is written as each language does', () => {
    expect(ko.won(125_000)).toBe('125,000원')
    expect(en.won(125_000)).toBe('₩125,000')
  })
})

describe('times', () => {
  test('are those of Korea, wherever the computer is', () => {
    expect(ko.dateTime(now)).toMatch(/11월 21일.*토.*오후 3:20/)
    expect(en.dateTime(now)).toMatch(/Sat, Nov 21.*3:20\sPM/)
    expect(ko.exactTime(now + 4)).toBe('15:20:00.004')
    expect(ko.date('2026-11-20T15:00:00.000Z')).toBe('2026년 11월 21일')
  })

  test.each([
    [0, '지금', 'now'],
    [-3 * minute, '3분 전', '3 minutes ago'],
    [2 * hour, '2시간 후', 'in 2 hours'],
    [-1 * day, '어제', 'yesterday'],
    [-9 * day, '2026년 11월 12일', 'November 12, 2026'],
  ])('near %i ms are relative, far ones are dates', (ms, korean, english) => {
    expect(ko.relative(now + ms, now)).toBe(korean)
    expect(en.relative(now + ms, now)).toBe(english)
  })
})

describe('a clock', () => {
  test.each([
    [0, '00:00'],
    [-5_000, '00:00'],
    [1, '00:01'],
    [59_001, '01:00'],
    [299_000, '04:59'],
    [hour + 2 * minute + 3_000, '1:02:03'],
    [2 * day + 3 * hour + 59 * minute, '2일 3시간'],
  ])('shows %i ms as %s', (ms, shown) => {
    expect(ko.clock(ms)).toBe(shown)
  })

  test('never shows more than is left in whole seconds, nor zero before the end', () => {
    for (let ms = 1; ms < 10_000; ms += 333) expect(Number(ko.clock(ms).split(':')[1])).toBe(Math.ceil(ms / 1_000))
  })
})

describe('lengths', () => {
  test.each([
    [30_000, '30초', '30 sec'],
    [20 * minute, '20분', '20 min'],
    [hour + 20 * minute, '1시간 20분', '1 h 20 min'],
    [7 * day, '7일', '7 d'],
  ])('of %i ms', (ms, korean, english) => {
    expect(ko.duration(ms)).toBe(korean)
    expect(en.duration(ms)).toBe(english)
  })
})

describe('the language of an address', () => {
  test.each([
    ['/', 'ko'],
    ['/en', 'en'],
    ['/en/auctions?x=1', 'en'],
    ['/english', 'ko'],
  ] as const)('of %s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language)
  })

  test.each([
    ['/', 'en', '/en'],
    ['/en', 'ko', '/'],
    ['/auctions?category=pet', 'en', '/en/auctions?category=pet'],
    ['/en/auctions/auc_1#bids', 'ko', '/auctions/auc_1#bids'],
    ['/english', 'en', '/en/english'],
    ['/en?x=1', 'ko', '/?x=1'],
    ['//evil.example', 'ko', '/evil.example'],
    ['//evil.example', 'en', '/en/evil.example'],
    ['/en//evil.example', 'ko', '/evil.example'],
    ['/en/\\\\evil.example', 'ko', '/evil.example'],
    ['\\\\evil.example', 'ko', '/evil.example'],
    ['/\\evil.example/a//b', 'ko', '/evil.example/a//b'],
  ] as const)('of %s in %s leads to %s', (path, language, there) => {
    expect(inLanguage(path, language)).toBe(there)
  })
})
