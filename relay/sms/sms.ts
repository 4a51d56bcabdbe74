import type { SmsContent, SmsJob } from '../../worker/contract/relay.ts'
import type { SmsConfig } from '../config.ts'
import type { MailboxStore } from '../mailbox.ts'
import type { Carried } from '../mail/mail.ts'
import { createNcpSens } from './ncp-sens.ts'
import { createSolapi } from './solapi.ts'
import { createTwilio } from './twilio.ts'

export interface TextMessage {
  /** Korean mobile number, E.164. */
  to: string
  text: string
}

/** Hands one text message to a carrier, within its own deadline; never throws. */
export interface Sms {
  send(message: TextMessage): Promise<Carried>
}

export function createSms(config: SmsConfig, mailbox: MailboxStore | null): Sms {
  switch (config.kind) {
    case 'solapi':
      return createSolapi(config)
    case 'ncp-sens':
      return createNcpSens(config)
    case 'twilio':
      return createTwilio(config)
    case 'mailbox': {
      if (!mailbox) throw new Error('text messages to the mailbox need one')
      return {
        async send({ to, text }) {
          await mailbox.keep({ kind: 'sms', to, subject: null, text, html: null })
          return { ok: true }
        },
      }
    }
  }
}

export function sendSms(sms: Sms, job: SmsJob): Promise<Carried> {
  return sms.send({ to: job.to, text: writeSms(job.content, job.language) })
}

/** At most 90 bytes in EUC-KR: beyond that Korean networks make it a long message at three times the price. */
export function writeSms(content: SmsContent, language: 'ko' | 'en'): string {
  return language === 'ko'
    ? `[한라봉] 인증번호 ${content.code}\n${content.minutes}분 안에 입력해 주세요. 남에게 알리지 마세요.`
    : `[Hallabong] Code ${content.code}\nGood for ${content.minutes} minutes. Tell it to nobody.`
}
