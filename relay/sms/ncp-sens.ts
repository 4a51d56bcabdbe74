import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { domestic, post } from './post.ts'
import type { Sms } from './sms.ts'

export interface NcpSensOptions {
  /** Registered with SENS beforehand, digits only. */
  from: string
  /** `ncp:sms:kr:<number>:<project>`, which stands in path and signature as it is. */
  serviceId: string
  accessKey: string
  secretKey: string
  baseUrl?: string
}

const Answer = z.object({ statusCode: z.string() })

/** Naver Cloud's Simple & Easy Notification Service, SMS API version 2. */
export function createNcpSens(options: NcpSensOptions): Sms {
  const { from, serviceId, accessKey, secretKey, baseUrl = 'https://sens.apigw.ntruss.com' } = options
  const path = `/sms/v2/services/${serviceId}/messages`
  return {
    send({ to, text }) {
      const timestamp = String(Date.now())
      return post({
        url: baseUrl + path,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-ncp-apigw-timestamp': timestamp,
          'x-ncp-iam-access-key': accessKey,
          'x-ncp-apigw-signature-v2': sensSignature({ path, timestamp, accessKey, secretKey }),
        },
        body: JSON.stringify({
          type: 'SMS',
          contentType: 'COMM',
          countryCode: '82',
          from,
          content: text,
          messages: [{ to: domestic(to) }],
        }),
        refusal(answer) {
          const parsed = Answer.safeParse(answer)
          if (!parsed.success) return 'an answer of another shape'
          return parsed.data.statusCode === '202' ? null : `status ${parsed.data.statusCode}`
        },
      })
    },
  }
}

/** Of a POST: HMAC-SHA256 over method, path, time and key, base64 (API Gateway signature, version 2). */
export function sensSignature(signed: {
  path: string
  timestamp: string
  accessKey: string
  secretKey: string
}): string {
  const { path, timestamp, accessKey, secretKey } = signed
  return createHmac('sha256', secretKey).update(`POST ${path}\n${timestamp}\n${accessKey}`).digest('base64')
}
