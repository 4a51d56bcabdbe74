import { request as plainly } from 'node:http'
import { request as securely } from 'node:https'
import { z } from 'zod'
import { relayPaths } from '../../worker/contract/relay.ts'
import { signRequest } from '../../worker/kernel/relay.ts'

/** What the relay's index holds afterwards; null where this relay keeps none. */
export type RebuiltIndex = z.infer<typeof Answer> | null

const path = relayPaths.rebuild
const Answer = z.object({ streams: z.int(), items: z.int() })

/** Has the relay build its index anew from its own archive. It takes as long as it takes; searches are answered meanwhile. */
export async function rebuildIndex(relayUrl: string, secret: string): Promise<RebuiltIndex> {
  const key = new Uint8Array(Buffer.from(secret, 'base64url'))
  const token = await signRequest(key, { method: 'POST', path, body: new Uint8Array() })
  const { status, text } = await post(relayUrl + path, { authorization: `Bearer ${token}`, 'content-length': '0' })
  if (status === 404) return null
  if (status !== 200) throw new Error(`the relay answered ${status}: ${text}`)
  return Answer.parse(JSON.parse(text))
}

/** Not `fetch`, which gives up after five minutes without a word. */
function post(url: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const ask = url.startsWith('https:') ? securely : plainly
  return new Promise((resolve, reject) => {
    const asked = ask(url, { method: 'POST', headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    asked.on('error', reject)
    asked.end()
  })
}
