import {
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  randomInt,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import { auctionOfBid } from '../contract/bid-ids.ts'
import { idKinds, idPattern, type IdKind, type IdOf } from '../contract/ids.ts'
import { Problem } from './problem.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const bodyLength = 20
const macLength = 6

export interface Ids {
  /** A new id, 100 random bits. */
  mint<K extends IdKind>(kind: K): IdOf[K]
  /** The same id for the same parts, for ever: what is written twice keeps its name. */
  derive<K extends IdKind>(kind: K, ...parts: (string | number)[]): IdOf[K]
  /** Whether we made it, told by its MAC alone: no query, no object. */
  isGenuine<K extends IdKind>(kind: K, text: string): text is IdOf[K]
  /** Throws Problem `not-found` for anything that is not a genuine id of this kind. */
  require<K extends IdKind>(kind: K, text: string | undefined): IdOf[K]
}

const known = new WeakMap<Uint8Array, Ids>()

/** The ids of a secret. Made once for each: an object that wakes should not derive the key again. */
export function createIds(secret: Uint8Array): Ids {
  const ids = known.get(secret) ?? idsBy(createSecretKey(deriveKey(secret, 'ids')))
  known.set(secret, ids)
  return ids
}

function idsBy(key: KeyObject): Ids {
  const sealed = (prefix: string, body: string) =>
    `${prefix}_${body}${base32(hmac(key, `${prefix}_${body}`), macLength)}`

  const isGenuine = <K extends IdKind>(kind: K, text: string): text is IdOf[K] => {
    const prefix = idKinds[kind]
    const auction = kind === 'bid' ? auctionOfBid(text) : null
    if (auction !== null) return isGenuine('auction', auction)
    if (!idPattern.test(text) || !text.startsWith(`${prefix}_`)) return false
    return areEqual(text, sealed(prefix, text.slice(prefix.length + 1, prefix.length + 1 + bodyLength)))
  }

  return {
    mint: <K extends IdKind>(kind: K) => sealed(idKinds[kind], base32(randomBytes(13), bodyLength)) as IdOf[K],
    derive: <K extends IdKind>(kind: K, ...parts: (string | number)[]) =>
      sealed(idKinds[kind], base32(hmac(key, JSON.stringify([kind, ...parts])), bodyLength)) as IdOf[K],
    isGenuine,
    require: (kind, text) => {
      if (text === undefined || !isGenuine(kind, text)) throw new Problem('not-found')
      return text
    },
  }
}

/** A key for one purpose from the root secret, so that no two uses share one. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return hmac(secret, `hallabong/${purpose}`)
}

function hmac(key: Uint8Array | KeyObject, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest()
}

/** A keyed hash as text, for what has to be found again but must not be readable: phone numbers, codes, addresses. */
export function fingerprint(key: Uint8Array, text: string): string {
  return Buffer.from(hmac(key, text)).toString('base64url')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** An unguessable text of 256 bits in base64url, for links, proofs and the like. Keep only its `sha256`. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** `count` digits from a secure generator, leading zeros kept. */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('')
}

/** A secure integer from 0 to `below` - 1. */
export function randomBelow(below: number): number {
  return randomInt(below)
}

export function randomSalt(bytes: number): Uint8Array {
  return randomBytes(bytes)
}

/** Compares in a time that does not tell how far two texts agree. */
export function areEqual(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function base32(bytes: Uint8Array, length: number): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return text
}
