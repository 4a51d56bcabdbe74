import { describe, expect, it } from 'vitest'
import { hintsOf } from '../../../worker/chat/rules/hints.ts'

const hints = (text: string) => hintsOf(text, 'hallabong.example')

describe('a hint at an account number', () => {
  it.each([
    '신한 110-123-456789',
    '1002 123 456789',
    '3333011234567',
    '농협 302-1234-5678-91 입니다',
    '계좌 123456012345678',
  ])('is given for %s', (text) => expect(hints(text)).toEqual(['account-number']))

  it.each([
    '010-1234-5678 로 전화 주세요',
    '01012345678',
    '12,000원',
    '2026-11-26',
    '세 시',
    '123456789',
    '+82 10 1234 5678',
  ])('is not given for %s', (text) => expect(hints(text)).toEqual([]))
})

describe('a hint at an outside link', () => {
  it.each([
    'https://open.kakao.com/o/abc',
    'http://pay.example',
    'bit.ly/3xYz 여기요',
    'www.shop.example',
    'evil.com.',
  ])('is given for %s', (text) => expect(hints(text)).toEqual(['outside-link']))

  it.each(['https://hallabong.example/auctions/auc_1', 'somebody@example.com', '3.5만원', '네.감사합니다', 'end.Then'])(
    'is not given for %s',
    (text) => expect(hints(text)).toEqual([]),
  )

  it('is not fooled by our name elsewhere', () => {
    expect(hints('https://evil.example/hallabong.example')).toEqual(['outside-link'])
    expect(hints('https://hallabong.example.evil.com')).toEqual(['outside-link'])
    expect(hints('https://hallabong.example@evil.com')).toEqual(['outside-link'])
  })

  it('takes its time from the length of the text, whatever stands in it', () => {
    expect(hints('1-'.repeat(500))).toEqual([])
    expect(hints('a.'.repeat(500))).toEqual([])
  })
})
