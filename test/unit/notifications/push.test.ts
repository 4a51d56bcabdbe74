import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notifications as limits } from '../../../worker/contract/limits.ts'
import { noticeKinds } from '../../../worker/contract/notifications.ts'
import { isPushEndpoint } from '../../../worker/notifications/push/endpoint.ts'
import { secondsToLive, urgencyOf, verdictOf } from '../../../worker/notifications/push/rules.ts'

describe('how long a push is kept', () => {
  const now = Date.parse('2026-11-26T09:00:00.000Z')

  test('never past what it is about, never longer than three days, and always some time', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: -10 * 86_400_000, max: 10 * 86_400_000 })), (ahead) => {
        const expiresAt = ahead === null ? null : now + ahead
        const seconds = secondsToLive(expiresAt, now)
        if (seconds === null) {
          expect(ahead).toBeLessThan(1_000)
          return
        }
        expect(seconds).toBeGreaterThan(0)
        expect(now + seconds * 1_000).toBeLessThanOrEqual(Math.min(expiresAt ?? Infinity, now + limits.push.keptMs))
      }),
    )
  })
})

describe('an answer of a push service', () => {
  test.each([
    [201, 'told'],
    [200, 'told'],
    [404, 'gone'],
    [410, 'gone'],
    [408, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
    [301, 'refused'],
    [400, 'refused'],
    [403, 'refused'],
    [413, 'refused'],
  ] as const)('of %i means %s', (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict)
  })
})

test('every kind has an urgency, and what one has minutes for has the highest', () => {
  for (const kind of noticeKinds) expect(['high', 'normal', 'low']).toContain(urgencyOf(kind))
  for (const kind of ['outbid', 'ending-soon', 'auction-started', 'won', 'message'] as const)
    expect(urgencyOf(kind)).toBe('high')
})

describe('what we post to', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QGz',
    'https://wns2-by3p.notify.windows.com/w/?token=BQ',
  ])('is %s', (address) => {
    expect(isPushEndpoint(address)).toBe(true)
  })

  test('is never an address of a network, however it is written', () => {
    const inner = fc.oneof(
      fc.ipV4().map((ip) => ip),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.integer({ min: 0, max: 0xff_ff_ff_ff }).map(String),
      fc.integer({ min: 0, max: 0xff_ff_ff_ff }).map((number) => `0x${number.toString(16)}`),
      fc.constantFrom('localhost', 'a.localhost', 'printer.local', 'db.internal', 'router.lan', 'x.home.arpa', 'host'),
    )
    fc.assert(
      fc.property(inner, (host) => {
        expect(isPushEndpoint(`https://${host}/push`)).toBe(false)
      }),
    )
  })
})
