import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { domestic, post } from './post.ts'
import type { Sms } from './sms.ts'

export interface SolapiOptions {
  /** Registered with SOLAPI beforehand, digits only. */
  from: string
  apiKey: string
  apiSecret: string
  baseUrl?: string
}

const Answer = z.object({ failedMessageList: z.array(z.object({ statusCode: z.string() })).default([]) })

/** SOLAPI's messages API, version 4. Its own SDK sends without a deadline and to a fixed address only. */
export function createSolapi({ from, apiKey, apiSecret, baseUrl = 'https://api.solapi.com' }: SolapiOptions): Sms {
  return {
    send({ to, text }) {
      const date = new Date().toISOString()
      const salt = randomBytes(16).toString('hex')
      const signature = solapiSignature({ date, salt, apiSecret })
      return post({
        url: `${baseUrl}/messages/v4/send-many/detail`,
        headers: {
          authorization: `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ messages: [{ to: domestic(to), from, text, type: 'SMS' }] }),
        refusal(answer) {
          const parsed = Answer.safeParse(answer)
          if (!parsed.success) return 'an answer of another shape'
          const [failure] = parsed.data.failedMessageList
          return failure ? `status ${failure.statusCode}` : null
        },
      })
    },
  }
}

/** HMAC-SHA256 over date and salt, hexadecimal. */
export function solapiSignature({ date, salt, apiSecret }: { date: string; salt: string; apiSecret: string }): string {
  return createHmac('sha256', apiSecret)
    .update(date + salt)
    .digest('hex')
}
