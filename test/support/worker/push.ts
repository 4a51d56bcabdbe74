import { importJWK, jwtVerify } from 'jose'
import { inject } from 'vitest'
import type { PushPayload } from '../../../worker/contract/notifications.ts'
import type { Brought } from '../push-service.ts'
import type { Actor } from './actors.ts'
import { newKey } from './auctions.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A browser that has subscribed at this run's push service, with the keys that only it holds. */
export interface TestDevice {
  /** As the API knows it. */
  id: string
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  /** Everything that was brought, each checked as a push service and opened as a browser would. */
  received(): Promise<Opened[]>
  /** From now on the push service answers with this status. */
  answerWith(status: number): Promise<void>
}

export interface Opened {
  payload: PushPayload
  ttl: number
  urgency: string
  topic: string
  /** Bytes on the way. */
  size: number
}

/** Subscribes and tells the API about it. */
export async function pushTo(person: Actor, language: 'ko' | 'en' = 'ko'): Promise<TestDevice> {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])) as CryptoKeyPair
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', keys.publicKey)) as ArrayBuffer)
  const auth = crypto.getRandomValues(new Uint8Array(16))
  const box = crypto.randomUUID()
  const service = inject('pushService')
  const subscription = {
    endpoint: `${service}/push/${box}`,
    keys: { p256dh: text(point), auth: text(auth) },
  }
  const added = await person.post(
    '/api/notifications/devices',
    { ...subscription, language },
    { headers: { 'idempotency-key': newKey() } },
  )
  if (added.status !== 201) throw new Error(`no device: ${added.status} ${JSON.stringify(added.body)}`)
  const { publicKey } = (await person.get('/api/notifications/devices')).body
  return {
    id: added.body.id,
    subscription,
    async received() {
      const brought = (await (await fetch(`${service}/box/${box}`)).json()) as Brought[]
      return Promise.all(brought.map((one) => open(one, { service, publicKey, keys, point, auth })))
    },
    async answerWith(status) {
      await (await fetch(`${service}/box/${box}`, { method: 'PUT', body: String(status) })).text()
    },
  }
}

interface Own {
  service: string
  publicKey: string
  keys: CryptoKeyPair
  point: Bytes
  auth: Bytes
}

async function open({ headers, body }: Brought, own: Own): Promise<Opened> {
  await expectSigned(headers['authorization'] ?? '', own)
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm')
  const sealed = bytes(body)
  return {
    payload: JSON.parse(new TextDecoder().decode(await unseal(sealed, own))) as PushPayload,
    ttl: Number(headers['ttl']),
    urgency: headers['urgency'] ?? '',
    topic: headers['topic'] ?? '',
    size: sealed.length,
  }
}

/** RFC 8292: a token for this push service alone, by the key that the browser subscribed with. */
async function expectSigned(header: string, { service, publicKey }: Own): Promise<void> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  if (key !== publicKey) throw new Error('signed by another key than was subscribed with')
  const point = bytes(publicKey)
  const jwk = { kty: 'EC', crv: 'P-256', x: text(point.slice(1, 33)), y: text(point.slice(33)) }
  const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), {
    audience: service,
    algorithms: ['ES256'],
  })
  if (!/^(mailto:|https?:)/.test(payload.sub ?? '')) throw new Error('says nobody to be reached')
}

/** RFC 8291 over RFC 8188, written from the text of the standards and not from the library that seals. */
async function unseal(sealed: Bytes, { keys, point, auth }: Own): Promise<Bytes> {
  const salt = sealed.slice(0, 16)
  const sender = sealed.slice(21, 21 + (sealed[20] ?? 0))
  const record = sealed.slice(21 + sender.length)
  const theirs = await crypto.subtle.importKey('raw', sender, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  // workerd's types name the field `$public`.
  const agreed = { name: 'ECDH', public: theirs } as unknown as SubtleCryptoDeriveKeyAlgorithm
  const secret = new Uint8Array(await crypto.subtle.deriveBits(agreed, keys.privateKey, 256))
  const ikm = await expand(auth, secret, joined(ascii('WebPush: info\0'), point, sender), 32)
  const key = await expand(salt, ikm, ascii('Content-Encoding: aes128gcm\0'), 16)
  const nonce = await expand(salt, ikm, ascii('Content-Encoding: nonce\0'), 12)
  const gcm = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, gcm, record))
  const end = plain.lastIndexOf(2)
  if (plain.slice(end + 1).some((byte) => byte !== 0)) throw new Error('not the last record')
  return plain.slice(0, end)
}

async function expand(salt: Bytes, ikm: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8))
}

function joined(...parts: Bytes[]): Bytes {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

function ascii(value: string): Bytes {
  return new TextEncoder().encode(value) as Bytes
}

function text(value: Bytes): string {
  return Buffer.from(value).toString('base64url')
}

function bytes(value: string): Bytes {
  return new Uint8Array(Buffer.from(value, 'base64'))
}
