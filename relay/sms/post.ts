import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { reasonOf } from '../log.ts'
import type { Carried } from '../mail/mail.ts'

export interface CarrierRequest {
  url: string
  headers: Record<string, string>
  body: string
  /** Whether an answer with status 2xx means that the message was taken; the reason why not, else null. */
  refusal: (answer: unknown) => string | null
  /** For all of it. Default 8,000. */
  deadlineMs?: number
}

const answerBytes = 64 * 1024

/**
 * One POST to a carrier. Whatever ends before the connection stood was never read by anybody and may be sent again. What
 * ends between there and an answer is in doubt. Among the answers 4xx are final, save those that ask for patience or doubt
 * our credentials; 500, 502 and 504 tell nothing of what became of the message, so they leave it in doubt too.
 */
export async function post(asked: CarrierRequest): Promise<Carried> {
  const exchange = await send(asked)
  if ('error' in exchange)
    return { ok: false, code: exchange.isSent ? 'in-doubt' : 'failed', reason: reasonOf(exchange.error) }
  const { status, text } = exchange
  if (status >= 200 && status < 300) {
    const reason = asked.refusal(parse(text))
    return reason === null ? { ok: true } : { ok: false, code: 'refused', reason }
  }
  return { ok: false, code: codeOf(status), reason: `status ${status}` }
}

function codeOf(status: number): (Carried & { ok: false })['code'] {
  if ([401, 403, 408, 425, 429, 503].includes(status)) return 'failed'
  return status >= 500 ? 'in-doubt' : 'refused'
}

type Exchange = { status: number; text: string } | { error: unknown; isSent: boolean }

/**
 * By node:http and not by fetch, which does not tell whether the connection stood when it failed. Each on a connection of
 * its own: one that was kept may turn out to be closed only when the request is under way, which would be one more doubt.
 */
function send({ url, headers, body, deadlineMs = 8_000 }: CarrierRequest): Promise<Exchange> {
  const target = new URL(url)
  const isSecure = target.protocol === 'https:'
  const ask = isSecure ? httpsRequest : httpRequest
  let isSent = false
  return new Promise((resolve) => {
    const fail = (error: unknown) => resolve({ error, isSent })
    const signal = AbortSignal.timeout(deadlineMs)
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const request = ask(target, { method: 'POST', headers: { ...headers, ...length }, agent: false, signal })
    request.on('error', fail)
    request.on('socket', (socket) => socket.once(isSecure ? 'secureConnect' : 'connect', () => (isSent = true)))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= answerBytes) chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    request.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `+821012345678` as it is dialled inside Korea: `01012345678`. */
export function domestic(number: string): string {
  return number.replace(/^\+82/, '0')
}
