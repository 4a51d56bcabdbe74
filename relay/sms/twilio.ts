import { z } from 'zod'
import { post } from './post.ts'
import type { Sms } from './sms.ts'

export interface TwilioOptions {
  /** A number in E.164, or a messaging service (`MG…`). */
  from: string
  accountSid: string
  authToken: string
  baseUrl?: string
}

const Answer = z.object({ sid: z.string(), error_code: z.number().nullish() })

/** Twilio's Messages resource, API version 2010-04-01. */
export function createTwilio({ from, accountSid, authToken, baseUrl = 'https://api.twilio.com' }: TwilioOptions): Sms {
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }
  return {
    send({ to, text }) {
      return post({
        url: `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
        headers: {
          authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ To: to, Body: text, ...sender }).toString(),
        refusal(answer) {
          const parsed = Answer.safeParse(answer)
          if (!parsed.success) return 'an answer of another shape'
          return parsed.data.error_code == null ? null : `error ${parsed.data.error_code}`
        },
      })
    },
  }
}
