import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** N=2^14 r=8 p=5: about 220 ms of CPU, and below the platform's cap on scrypt. Raise it under a new version. */
const cost = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 1024 * 1024 }
const version = 'scrypt1'
const decoy = Buffer.alloc(16)

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return [version, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Takes the same time whether there is a hash to compare with or not, so that nobody learns which accounts exist. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [made, salt, hash] = stored?.split('$') ?? []
  const isKnown = made === version && salt !== undefined && hash !== undefined
  const actual = await derive(password, isKnown ? Buffer.from(salt, 'base64url') : decoy)
  return isKnown && timingSafeEqual(actual, Buffer.from(hash, 'base64url'))
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
