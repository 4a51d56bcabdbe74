import { describe, expect, it } from 'vitest'
import { privacy as en } from '../../../web/i18n/en/privacy.ts'
import { privacy as ko } from '../../../web/i18n/ko/privacy.ts'
import { accounts } from '../../../worker/contract/limits.ts'
import { actor, newEmail } from '../../support/worker/actors.ts'
import { ask, type Answer } from '../../support/worker/app.ts'
import { DAY, MINUTE } from '../../support/worker/clock.ts'

/** What a section says, its parts one after the other. */
const said = (text: typeof ko, section: number) => text.sections[section - 1]?.body.flat() ?? []

/** The cookies that an answer leaves, by name, with how long they last. */
function left({ headers }: Answer): [name: string, ms: number][] {
  return headers.getSetCookie().map((cookie) => {
    const [, name = '', seconds = ''] = /^(\w+)=.*max-age=(\d+)/i.exec(cookie) ?? []
    return [name, Number(seconds) * 1_000]
  })
}

describe.each([
  ['ko', ko, /쿠키:/, '로그아웃하면 없어져요', '로그아웃해도 남고', '일 뒤', '분 뒤'],
  ['en', en, /^A cookie that/, 'it goes when you log out', 'it stays when you log out', ' days', ' minutes'],
] as const)('the privacy policy in %s', (_, text, isCookie, goes, stays, days, minutes) => {
  it('names every cookie there is, what becomes of it, and for how long', async () => {
    const person = await actor('person')
    const { password } = person
    const wish = { email: newEmail(), password, name: 'somebody', acceptTerms: true, over14: true }
    const begun = await ask('POST', '/api/accounts/registration', { body: wish })
    const signedIn = await ask('POST', '/api/accounts/login', { body: { login: person.phone, password } })
    const out = await ask('POST', '/api/accounts/logout', { cookies: signedIn.cookies })
    expect(out.cookies).toEqual({ refresh: '' })

    const cookies = new Map([...left(signedIn), ...left(begun)])
    expect([...cookies.keys()].toSorted()).toEqual(['device', 'refresh', 'registration'])
    const [refresh, device, registration, ...more] = said(text, 5).filter((line) => isCookie.test(line))
    expect(more).toEqual([])
    expect(refresh).toContain(goes)
    expect(device).toContain(stays)
    expect(device).toContain(`${Number(cookies.get('device')) / DAY}${days}`)
    expect(registration).toContain(`${Number(cookies.get('registration')) / MINUTE}${minutes}`)
  })

  it('says when a sign-in ends, and when its record goes', () => {
    const line = said(text, 4).find((part) => /^(로그인|Sign-ins):/.test(part)) ?? ''
    const figures = [...line.matchAll(/\d+/g)].map(Number)
    const { refreshSlidingMs, refreshTotalMs } = accounts
    expect(figures).toEqual([refreshSlidingMs, refreshTotalMs, refreshTotalMs].map((ms) => ms / DAY))
  })
})
