import type { Signature } from '../../../../worker/contract/ledger.ts'
import type { SigningKey } from './evidence.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The room's public keys by id; null where this browser cannot check Ed25519. */
export async function readKeys(keys: SigningKey[]): Promise<Map<string, CryptoKey> | null> {
  try {
    const imported = await Promise.all(
      keys.map(async ({ kid, kty, crv, x }) => {
        const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])
        return [kid, key] as const
      }),
    )
    return new Map(imported)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return null
    throw error
  }
}

export async function isSignedBy(key: CryptoKey, signature: Signature, bytes: Uint8Array): Promise<boolean> {
  const decoded = fromBase64Url(signature)
  return decoded !== null && crypto.subtle.verify('Ed25519', key, decoded, bytes as Bytes)
}

function fromBase64Url(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
