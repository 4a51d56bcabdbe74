import { describe, expect, test } from 'vitest'
import { noticeKinds, type NoticeData } from '../../../worker/contract/notifications.ts'
import { stepKinds } from '../../../worker/contract/deals.ts'
import { pathOf, sayTold, type Told } from '../../../web/features/notifications/told.ts'
import { formatIn } from '../../../web/i18n/format.ts'
import { notifications as en } from '../../../web/i18n/en/notifications.ts'
import { notifications as ko } from '../../../web/i18n/ko/notifications.ts'

const texts = { ko, en }
const minji = { handle: 'minji', name: '민지' }

function told(kind: Told['kind'], data: NoticeData = {}, more: Partial<Told> = {}): Told {
  return { kind, actors: [minji], count: 1, target: 'auc_1', data, ...more }
}

const say = (one: Told, language: 'ko' | 'en' = 'ko') => sayTold(one, texts[language], formatIn(language))

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test.each(noticeKinds)('%s has words also where nothing more is known', (kind) => {
    for (const actors of [[minji], []]) {
      const { title, text } = say(told(kind, {}, { actors }), language)
      for (const words of [title, text]) {
        expect(words.trim()).not.toBe('')
        expect(words).not.toMatch(/undefined|null|NaN|\[object/)
      }
    }
  })

  test.each(stepKinds)('the step %s of a deal has words', (step) => {
    const kind = step.startsWith('no-show') ? 'no-show' : step.startsWith('dispute') ? 'dispute' : 'deal-step'
    const { title } = say(told(kind, { step, title: '카메라' }), language)
    expect(title).not.toBe('')
  })
})

describe('says', () => {
  test('what an auction is at, and from where one may bid again', () => {
    const data = { title: '필름 카메라', price: 45_000, minimumBid: 45_500 }
    expect(say(told('outbid', data)).text).toBe(
      '‘필름 카메라’ 현재가는 45,000원이에요. 45,500원부터 다시 입찰할 수 있어요.',
    )
    expect(say(told('outbid', data), 'en').text).toBe(
      '“필름 카메라” is at ₩45,000 now. You can bid again from ₩45,500.',
    )
  })

  test('how many others there were', () => {
    expect(say(told('follow', {}, { count: 13 })).text).toBe('민지님 외 12명이 팔로우하기 시작했어요.')
    expect(say(told('follow', {}, { count: 2 }), 'en').text).toBe('민지 and 1 other started to follow you.')
    expect(say(told('follow'), 'en').text).toBe('민지 started to follow you.')
  })

  test('a message in its own words, and how many there are', () => {
    const data = { text: '안녕하세요', room: null, pictures: 0 }
    expect(say(told('message', data, { count: 3 }))).toEqual({ title: '민지', text: '안녕하세요 (새 메시지 3개)' })
    expect(say(told('message', { text: null, room: '귤 모임', pictures: 2 }))).toEqual({
      title: '민지 · 귤 모임',
      text: '사진 2장을 보냈어요.',
    })
  })
})

describe('leads to', () => {
  test.each([
    ['the auction', told('outbid'), '/auctions/auc_1'],
    ['the deal of a win', told('won', { deal: 'deal_1' }), '/deals/deal_1'],
    ['the auction where a win has no deal yet', told('won'), '/auctions/auc_1'],
    ['the deal', told('deal-step', {}, { target: 'deal_1' }), '/deals/deal_1'],
    ['the room', told('message', {}, { target: 'room_1' }), '/messages/room_1'],
    ['the person', told('follow'), '/users/minji'],
    ['the sign-ins', told('security'), '/settings/sign-ins'],
  ])('%s', (_what, one, path) => {
    expect(pathOf(one)).toBe(path)
  })

  test.each(noticeKinds)('a page of the site for %s', (kind) => {
    expect(pathOf(told(kind))).toMatch(/^\/[a-z]/)
  })
})
