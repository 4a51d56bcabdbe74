import { describe, expect, it } from 'vitest'
import { Name } from '../../../worker/contract/profiles.ts'

const faultsOf = (name: string) => (Name.safeParse(name).error?.issues ?? []).map(({ message }) => message)

describe('a name', () => {
  it.each([
    '김한라',
    '한라봉 농부',
    '한라산 지기',
    '정운영',
    '지원',
    '네시의찻집',
    '바닷바람'.normalize('NFD'),
    'José María',
    'Nguyễn Văn A',
    'שלום',
    '👩‍🌾 농부',
    '👩🏽‍🌾 농부',
    '🏳️‍🌈 무지개',
    '🕵️‍♂️ 탐정',
    '👨‍👩‍👧‍👦 가족',
    '❤️ 하루',
    '1️⃣ 번',
    '🇰🇷 서울',
    'Staffan',
    'Badminton club',
    'System of a Down',
    '관리 안 하는 사람',
  ])('is taken: %s', (name) => {
    expect(Name.parse(name)).toBe(name.normalize('NFC'))
  })

  it.each([
    ['a space without width', '김\u200b한라'],
    ['a joiner of words', 'kim\u2060'],
    ['a hyphen that shows only at the end of a line', 'ki\u00adm'],
    ['a tag', 'kim\u{e0061}'],
    ['a joiner between letters', 'ki\u200dm'],
    ['a joiner behind a picture', '👩\u200d 농부'],
    ['two joiners between pictures', '👩\u200d\u200d🌾 농부'],
    ['a non-joiner', 'ki\u200cm'],
    ['the choice of a look on a letter', 'kim\ufe0f'],
    ['a second choice of a look on a picture', '❤\ufe0f\ufe0f 하루'],
    ['a blank letter of Hangul', '김\u3164한라'],
    ['half a blank letter of Hangul', '김\uffa0한라'],
    ['a blank cell of Braille', '김\u2800한라'],
    ['an override of direction', 'a\u202eb'],
  ])('with %s is refused', (_what, name) => {
    expect(faultsOf(name)).toEqual(['forbidden-characters'])
  })

  it.each([
    'admin',
    'ADMIN',
    'Ａｄｍｉｎ',
    'Ⓐⓓⓜⓘⓝ',
    'ádmin',
    'a.d.m.i.n',
    'adm1n',
    'Admin 2',
    'The Moderators',
    'Hallabong',
    'hallabong support team',
    'Hallabong Official',
    '한라봉',
    '한라봉 운영자',
    '운영자',
    '운영자'.normalize('NFD'),
    '운영팀님',
    '운영자1',
    '[관리자]',
    '★ 한라봉 고객센터 ★',
    '공식 계정',
    '스태프',
  ])('that reads as the staff is refused: %s', (name) => {
    expect(faultsOf(name)).toEqual(['like-staff'])
  })
})
