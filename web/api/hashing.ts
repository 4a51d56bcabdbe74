import type { Hash } from '../../worker/contract/ledger.ts'

/** SHA-256 as ledgers write it. Needs a secure context (https, or one's own computer); see `canHash`. */
export async function hashOf(bytes: Uint8Array): Promise<Hash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '') as Hash
}

export function canHash(): boolean {
  return globalThis.crypto?.subtle !== undefined
}
