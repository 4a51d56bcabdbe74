import { createPrivateKey, hash, sign, type KeyObject } from 'node:crypto'
import type { LedgerKey } from '../env.ts'

/** SHA-256 as base64url, 43 characters. Synchronous, so that nothing else can happen between a decision and its record. */
export function digestOf(data: Uint8Array | string): string {
  return hash('sha256', data, 'base64url')
}

export interface Signer {
  kid: string
  /** Ed25519 over the bytes, base64url. Synchronous; about 20 µs. */
  sign(bytes: Uint8Array): string
}

const known = new WeakMap<LedgerKey, KeyObject>()

export function createSigner(jwk: LedgerKey): Signer {
  const key = known.get(jwk) ?? createPrivateKey({ key: jwk, format: 'jwk' })
  known.set(jwk, key)
  return { kid: jwk.kid, sign: (bytes) => sign(null, bytes, key).toString('base64url') }
}
