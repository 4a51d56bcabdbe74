import type { Language } from '../contract/accounts.ts'
import { accounts } from '../contract/limits.ts'
import type { MailContent } from '../contract/relay.ts'
import { instant, iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { prepareLetter, type Parcel } from '../kernel/jobs.ts'
import { deviceOf, placeOf } from './requests.ts'

export interface Reader {
  email: string
  language: Language
}

const minutes = (ms: number) => Math.round(ms / 60_000)
/** A notice of security is still worth reading a day later. */
const noticeMs = 24 * 3_600_000

export function phoneCodeLetter(c: AppContext, to: { phone: string; language: Language }, code: string): Parcel {
  const lifeMs = accounts.phoneCode.lifeMs
  const content = { template: 'phone-code' as const, code, minutes: minutes(lifeMs) }
  return prepareLetter(c, { kind: 'sms', to: to.phone, language: to.language, content }, instant(now() + lifeMs))
}

/** The key travels behind `#`, so that neither logs nor the pages it leads to ever see it. */
export function verifyEmailLetter(c: AppContext, reader: Reader, secrets: { code: string; key: string }): Parcel {
  const link = pageOf(c, reader, `/sign-up/confirm#key=${secrets.key}`)
  const lifeMs = accounts.emailCode.lifeMs
  return mail(c, reader, { template: 'verify-email', code: secrets.code, link, minutes: minutes(lifeMs) }, lifeMs)
}

export function alreadyRegisteredLetter(c: AppContext, reader: Reader): Parcel {
  const content = { template: 'already-registered' as const, link: pageOf(c, reader, '/log-in') }
  return mail(c, reader, content, accounts.emailCode.lifeMs)
}

export function resetLetter(c: AppContext, reader: Reader, token: string): Parcel {
  const link = pageOf(c, reader, `/reset-password#token=${token}`)
  const lifeMs = accounts.resetLinkMs
  return mail(c, reader, { template: 'reset-password', link, minutes: minutes(lifeMs) }, lifeMs)
}

export type SecurityChange = Extract<MailContent, { template: 'security-notice' }>['change']

export function securityLetter(c: AppContext, reader: Reader, change: SecurityChange): Parcel {
  return mail(
    c,
    reader,
    {
      template: 'security-notice',
      change,
      device: deviceOf(c),
      place: placeOf(c),
      at: iso(now()),
      link: pageOf(c, reader, '/settings/sign-ins'),
    },
    noticeMs,
  )
}

function mail(c: AppContext, { email, language }: Reader, content: MailContent, lifeMs: number): Parcel {
  return prepareLetter(c, { kind: 'mail', to: email, language, content }, instant(now() + lifeMs))
}

function pageOf(c: AppContext, { language }: Reader, path: string): string {
  return `${c.var.config.origin}${language === 'en' ? '/en' : ''}${path}`
}
