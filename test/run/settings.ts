import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** Everything secret that a house of its own needs. Made once per data folder, and anew for each run of the tests. */
export interface Secrets {
  TOKEN_SECRET: string
  ID_SECRET: string
  LEDGER_KEYS: string
  VAPID_KEY: string
  RELAY_SECRET: string
  /** Opens the local doors: `worker/index.local.ts` alone knows it. */
  LOCAL_KEY: string
}

export function makeSecrets(): Secrets {
  return {
    TOKEN_SECRET: secret(),
    ID_SECRET: secret(),
    LEDGER_KEYS: JSON.stringify([ledgerKey()]),
    VAPID_KEY: JSON.stringify(vapidKey()),
    RELAY_SECRET: secret(),
    LOCAL_KEY: secret(),
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function ledgerKey() {
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kty, crv, kid: new Date().toISOString().slice(0, 10), x, d }
}

function vapidKey() {
  const { kty, crv, x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  return { kty, crv, x, y, d }
}
