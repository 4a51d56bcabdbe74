import { createHash, randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { parties, RequestClaims, signing } from '../worker/contract/relay.ts'
import type { Party } from '../worker/contract/relay.ts'

/** A request as both sides see it. `path` is the request target: path with query. */
export interface SignedParts {
  method: string
  path: string
  body: Uint8Array
}

export type Verified = { ok: true; jti: string; expiresAt: number } | { ok: false; reason: string }

/** The bearer token for one request to the Worker. */
export function signRequest(secret: Uint8Array, request: SignedParts): Promise<string> {
  return new SignJWT({ method: request.method, path: request.path, body: digest(request.body) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('relay' satisfies Party)
    .setAudience('worker' satisfies Party)
    .setIssuedAt()
    .setExpirationTime(`${signing.lifeSeconds}s`)
    .setJti(randomBytes(16).toString('base64url'))
    .sign(secret)
}

/** Whether the Worker signed exactly this request within the last minute. Whether it is a replay is asked elsewhere. */
export async function verifyRequest(secret: Uint8Array, token: string, request: SignedParts): Promise<Verified> {
  const [issuer, audience] = parties
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer,
      audience,
      maxTokenAge: signing.lifeSeconds,
      clockTolerance: signing.skewSeconds,
      requiredClaims: ['exp', 'iat', 'jti'],
    })
    const claims = RequestClaims.parse(payload)
    if (claims.method !== request.method || claims.path !== request.path)
      return { ok: false, reason: 'signed for another request' }
    if (claims.body !== digest(request.body)) return { ok: false, reason: 'signed for another body' }
    return { ok: true, jti: claims.jti, expiresAt: Number(payload.exp) * 1_000 }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.name : 'not a token' }
  }
}

function digest(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
