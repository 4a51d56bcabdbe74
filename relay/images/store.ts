import { media as limits } from '../../worker/contract/limits.ts'
import { reasonOf } from '../log.ts'
import { signRequest } from '../signing.ts'

/** Reads uploads and writes files through addresses that the Worker signed. The relay holds no key of any storage. */
export interface PictureStore {
  fetch(
    address: string,
  ): Promise<{ ok: true; bytes: Buffer } | { ok: false; code: 'too-large' | 'failed'; reason: string }>
  put(address: string, name: string, bytes: Buffer): Promise<{ ok: true } | { ok: false; reason: string }>
}

export interface StoreOptions {
  workerUrl: string
  /** Nothing outside these origins is asked, whatever a job says. */
  origins: readonly string[]
  secret: Uint8Array
  /** For each request. Default 10,000. */
  deadlineMs?: number
}

const contentTypes: Record<string, string> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }

export function createStore({ workerUrl, origins, secret, deadlineMs = 10_000 }: StoreOptions): PictureStore {
  async function ask(method: 'GET' | 'PUT', address: string, body: Uint8Array<ArrayBuffer>, type?: string) {
    const url = new URL(address, workerUrl)
    if (!origins.includes(url.origin)) throw new Error(`${url.origin} is none of our storages`)
    const headers = new Headers()
    if (type) headers.set('content-type', type)
    // A storage knows its own signed addresses only; the Worker also wants to see who asks.
    if (url.origin === workerUrl) {
      const path = url.pathname + url.search
      headers.set('authorization', `Bearer ${await signRequest(secret, { method, path, body })}`)
    }
    const response = await fetch(url, {
      method,
      headers,
      ...(method === 'PUT' && { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`${method} answered ${response.status}`)
    }
    return response
  }

  return {
    async fetch(address) {
      try {
        const response = await ask('GET', address, new Uint8Array())
        const bytes = await readAtMost(response, limits.bytes)
        return bytes ? { ok: true, bytes } : { ok: false, code: 'too-large', reason: 'more bytes than allowed' }
      } catch (error) {
        return { ok: false, code: 'failed', reason: reasonOf(error) }
      }
    },
    async put(address, name, bytes) {
      const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
      try {
        const response = await ask('PUT', address, new Uint8Array(bytes), type)
        await response.body?.cancel()
        return { ok: true }
      } catch (error) {
        return { ok: false, reason: reasonOf(error) }
      }
    },
  }
}

/** The body, or null as soon as it grows beyond `most` bytes. */
async function readAtMost(response: Response, most: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
