import type { Config } from '../env.ts'
import { deriveKey, fingerprint, sha256 } from '../kernel/ids.ts'

type WithSecret = Pick<Config, 'idSecret'>

/** What is kept of a phone number. */
export function phoneFingerprint({ idSecret }: WithSecret, phone: string): string {
  return fingerprint(deriveKey(idSecret, 'phones'), phone)
}

/** An address as limits know it: nobody reads it from an object's name. */
export function addressFingerprint({ idSecret }: WithSecret, address: string): string {
  return fingerprint(deriveKey(idSecret, 'addresses'), address)
}

/** What is kept of a code: bound to what it was sent for, since six digits alone are soon found. */
export function codeHash({ idSecret }: WithSecret, scope: string, code: string): string {
  return fingerprint(deriveKey(idSecret, 'codes'), `${scope}\n${code}`)
}

/** What is kept of a token that carries 256 bits of its own. */
export function tokenHash(token: string): string {
  return sha256(token)
}
