import { encryptNotification } from '@block65/webcrypto-web-push'
import { importJWK, SignJWT } from 'jose'
import { notifications as limits } from '../../contract/limits.ts'
import type { PushPayload } from '../../contract/notifications.ts'
import type { Config } from '../../env.ts'
import { sha256 } from '../../kernel/ids.ts'
import { describeError, log } from '../../kernel/log.ts'
import type { Device } from './devices.ts'
import { isPushEndpoint } from './endpoint.ts'
import { verdictOf, type Urgency, type Verdict } from './rules.ts'

export interface Sending {
  payload: PushPayload
  urgency: Urgency
  /** Seconds. */
  ttl: number
}

const signedForMs = 12 * 3_600_000
/** Lengths tell little this way, and Firefox on Android takes no full 4 KiB. */
const paddedTo = 512

/** Hands it, sealed for the device alone (RFC 8291), to the device's push service. Never throws. */
export async function sendPush(config: Config, device: Device, sending: Sending, now: number): Promise<Verdict> {
  if (!isPushEndpoint(device.endpoint)) return 'gone'
  try {
    const response = await fetch(device.endpoint, {
      method: 'POST',
      headers: {
        authorization: await vapid(config, device.endpoint, now),
        ttl: String(sending.ttl),
        urgency: sending.urgency,
        topic: sha256(sending.payload.tag).slice(0, 32),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
      },
      body: await seal(device, sending.payload),
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.push.withinMs),
    })
    // Not read: whatever stands there came from an address that a browser named.
    await response.body?.cancel()
    const verdict = verdictOf(response.status)
    if (verdict === 'refused') log('warn', 'push-refused', { device: device.id, status: response.status })
    return verdict
  } catch (error) {
    log('warn', 'push-not-sent', { device: device.id, ...describeError(error) })
    return 'later'
  }
}

async function seal({ endpoint, p256dh, auth }: Device, payload: PushPayload): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(payload))
  const padded = new Uint8Array(Math.ceil(text.length / paddedTo) * paddedTo).fill(32)
  padded.set(text)
  const subscription = { endpoint, expirationTime: null, keys: { p256dh, auth } }
  return encryptNotification(subscription, padded, { pad: false })
}

/** Who pushes (RFC 8292): signed for that push service alone. */
async function vapid(config: Config, endpoint: string, now: number): Promise<string> {
  const { origin, operator, vapidKey } = config
  const token = await new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(new Date(now + signedForMs))
    .setSubject(operator.email ? `mailto:${operator.email}` : origin)
    .sign(await importJWK(vapidKey, 'ES256'))
  return `vapid t=${token}, k=${publicKeyOf(config)}`
}

/** What browsers subscribe with: the uncompressed point, in base64url. */
export function publicKeyOf({ vapidKey: { x, y } }: Pick<Config, 'vapidKey'>): string {
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url')
}
