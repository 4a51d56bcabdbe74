import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeMail } from '../../../relay/mail/templates.ts'
import { pathOf as siteOf } from '../../../web/features/notifications/told.ts'
import { noticeKinds, notificationKinds } from '../../../worker/contract/notification-kinds.ts'
import { instant } from '../../../worker/contract/time.ts'
import { pathOf } from '../../../worker/notifications/paths.ts'
import {
  cannotBeOff,
  channelsOf,
  isQuiet,
  preferencesAtFirst,
  spelledOut,
} from '../../../worker/notifications/rules.ts'

const seoul = (time: string) => instant(Date.parse(`2026-11-26T${time}:00+09:00`))

describe('quiet hours', () => {
  it('are of the day in Seoul, begin at their minute and end at theirs', () => {
    const quiet = { from: '22:30', to: '07:00' }
    const told = ['22:29', '22:30', '23:59', '00:00', '06:59', '07:00', '12:00'].map((time) =>
      isQuiet(quiet, seoul(time)),
    )
    expect(told).toEqual([false, true, true, true, true, false, false])
    expect(isQuiet(null, seoul('03:00'))).toBe(false)
  })

  it('and the rest of the day make a whole day', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const text = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        fc.pre(from !== to)
        const [one, other] = [text(from), text(to)]
        const isIn = isQuiet({ from: one, to: other }, seoul(text(at)))
        expect(isQuiet({ from: other, to: one }, seoul(text(at)))).toBe(!isIn)
      }),
    )
  })
})

describe('channels', () => {
  it('are everybody’s until somebody chooses', () => {
    expect(channelsOf(preferencesAtFirst, 'won')).toEqual({ app: true, push: true, mail: true })
    expect(channelsOf(preferencesAtFirst, 'message-request')).toEqual({ app: true, push: false, mail: false })
    const chosen = { kinds: { won: { app: false, push: false, mail: true } }, quiet: null }
    expect(channelsOf(chosen, 'won')).toEqual({ app: false, push: false, mail: true })
    expect(channelsOf(chosen, 'lost')).toEqual({ app: true, push: true, mail: false })
  })

  it('of what must be told stay open in the app', () => {
    const all = Object.fromEntries(noticeKinds.map((kind) => [kind, { app: false, push: false, mail: false }]))
    const mustBeTold = noticeKinds.filter((kind) => 'always' in notificationKinds[kind])
    expect(cannotBeOff({ kinds: all, quiet: null })).toEqual(mustBeTold)
    for (const kind of noticeKinds)
      expect([kind, channelsOf({ kinds: all, quiet: null }, kind).app]).toEqual([kind, mustBeTold.includes(kind)])
    expect(Object.keys(spelledOut(preferencesAtFirst).kinds)).toEqual(noticeKinds)
  })
})

describe('a letter', () => {
  const data = { title: '필름 카메라', price: 120_000, deal: 'deal_1' }
  const content = (kind: (typeof noticeKinds)[number]) => ({
    template: 'notice' as const,
    kind,
    data,
    actors: ['한라'],
    count: 3,
    link: 'https://hallabong.example/auctions/auc_1',
    settings: 'https://hallabong.example/settings/notifications',
  })

  it.each(noticeKinds)('of %s says what it is about in both languages, and where to stop such letters', (kind) => {
    const [ko, en] = [writeMail(content(kind), 'ko'), writeMail(content(kind), 'en')]
    expect(ko.subject).toMatch(/^\[한라봉\] .*[가-힣]/)
    expect(en.subject).toMatch(/^\[Hallabong\] [A-Z“한]/)
    expect(en.subject.replace('한라', '').replace('필름 카메라', '')).not.toMatch(/[가-힣]/)
    for (const { text, html } of [ko, en])
      for (const words of [text, html]) {
        expect(words).toContain('https://hallabong.example/auctions/auc_1')
        expect(words).toContain('https://hallabong.example/settings/notifications')
      }
  })

  it('shows nothing of a title as HTML', () => {
    const { html } = writeMail({ ...content('won'), data: { title: '<b>&' } }, 'en')
    expect(html).toContain('&lt;b&gt;&amp;')
    expect(html).not.toContain('<b>')
  })

  it.each(noticeKinds)('of %s leads where the site leads', (kind) => {
    for (const data of [{}, { deal: 'deal_2' }]) {
      const told = { kind, target: 'thing_1', data, actors: [] as { handle: string; name: string }[], count: 1 }
      const own = pathOf(told)
      // Of people there is no page that a letter could know without their handle.
      if (kind === 'follow' || kind === 'follow-accepted') expect(own).toBe('/notifications')
      else expect(own).toBe(siteOf(told as never))
    }
  })
})
