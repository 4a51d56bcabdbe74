import { z } from 'zod'
import type { AuctionAudience } from './auctions/audience.ts'
import type { AuctionRoom } from './auctions/room.ts'
import type { ChatRoom } from './chat/room.ts'
import type { Deal } from './deals/deal.ts'
import type { Drain } from './kernel/drain.ts'
import type { Limiter } from './kernel/rate-limit.ts'
import type { Inbox } from './notifications/inbox.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings, Partial<Record<Setting, string>> {}
  }
  interface Env extends Cloudflare.Env {}
}

interface Bindings {
  DB: D1Database
  MEDIA: R2Bucket
  FLOOD: RateLimit
  AUCTION_ROOM: DurableObjectNamespace<AuctionRoom>
  AUCTION_AUDIENCE: DurableObjectNamespace<AuctionAudience>
  CHAT_ROOM: DurableObjectNamespace<ChatRoom>
  DEAL: DurableObjectNamespace<Deal>
  INBOX: DurableObjectNamespace<Inbox>
  DRAIN: DurableObjectNamespace<Drain>
  LIMITER: DurableObjectNamespace<Limiter>
}

type Setting = keyof typeof Settings.shape

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)

const Origin = z
  .url({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a URL') })
  .refine((url) => new URL(url).origin === url, 'must be an origin: scheme and host, nothing after')
  .refine((url) => {
    const { protocol, hostname } = new URL(url)
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  }, 'must be https (http only on this computer)')

const Secret = z
  .string('is missing')
  .regex(/^[\w-]{43,}$/, 'must be at least 32 random bytes in base64url')
  .transform((text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)))

const LedgerKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1),
  x: z.string().length(43),
  d: z.string().length(43),
})

function parseJson(text: string, ctx: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
}

const LedgerKeys = z
  .string('is missing')
  .transform(parseJson)
  .pipe(z.array(LedgerKey, 'must be a list of Ed25519 private keys (JWK) with kid').min(1, 'needs at least one key'))
  .refine((keys) => new Set(keys.map((key) => key.kid)).size === keys.length, 'has two keys with one kid')

const VapidKey = z.object(
  {
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().length(43),
    y: z.string().length(43),
    d: z.string().length(43),
  },
  'must be a P-256 private key (JWK)',
)

const VapidText = z.string('is missing').transform(parseJson).pipe(VapidKey)

const Line = z.string().trim().min(1, 'is empty').max(200)

const Settings = z.object({
  ORIGIN: Origin,
  TOKEN_SECRET: Secret,
  TOKEN_SECRET_PREVIOUS: Secret.optional(),
  ID_SECRET: Secret,
  LEDGER_KEYS: LedgerKeys,
  VAPID_KEY: VapidText,
  RELAY_URL: z.url('must be a URL').optional(),
  RELAY_SECRET: Secret.optional(),
  SMS_DAILY_CAP: z.coerce.number('must be a number').int().min(0).default(1000),
  STORAGE: z.enum(['r2', 's3'], 'must be r2 or s3').default('r2'),
  S3_ENDPOINT: z.url('must be a URL').optional(),
  S3_REGION: Line.default('auto'),
  S3_BUCKET: Line.optional(),
  S3_ACCESS_KEY_ID: Line.optional(),
  S3_SECRET_ACCESS_KEY: Line.optional(),
  OPERATOR_NAME: Line.default('Hallabong'),
  OPERATOR_REPRESENTATIVE: Line.optional(),
  OPERATOR_ADDRESS: Line.optional(),
  OPERATOR_EMAIL: z.email('must be an e-mail address').optional(),
  OPERATOR_PHONE: Line.optional(),
  OPERATOR_BUSINESS_NUMBER: Line.optional(),
  OPERATOR_MAIL_ORDER_NUMBER: Line.optional(),
})

export type LedgerKey = z.infer<typeof LedgerKey>
export type VapidKey = z.infer<typeof VapidKey>
type Bytes = Uint8Array<ArrayBuffer>

export interface Config {
  /** Scheme and host under which people reach the site. */
  origin: string
  isSecure: boolean
  /** HS256 secrets of access tokens: the first signs, all verify. */
  tokenSecrets: [Bytes, ...Bytes[]]
  /** Root of every derived key: MACs of ids, cursors, tickets, uploads, hashes of phone numbers. */
  idSecret: Bytes
  /** The first signs checkpoints and receipts; the rest are retired and only published. */
  ledgerKeys: [LedgerKey, ...LedgerKey[]]
  /** Who pushes, to push services: browsers subscribe with its public half, so that a new one loses every device. */
  vapidKey: VapidKey
  relay: { url: string; secret: Bytes } | null
  smsDailyCap: number
  storage: { kind: 'r2' } | ({ kind: 's3' } & S3Settings)
  operator: Operator
}

export interface S3Settings {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export interface Operator {
  name: string
  representative: string | null
  address: string | null
  email: string | null
  phone: string | null
  businessNumber: string | null
  mailOrderNumber: string | null
}

const known = new WeakMap<object, Config>()

/** The settings of this isolate, read once. Throws one line that names the setting when one is missing, malformed or at odds with another. */
export function readConfig(env: Partial<Record<Setting, string>>): Config {
  const before = known.get(env)
  if (before) return before
  const parsed = Settings.safeParse(env)
  if (!parsed.success) throw new Error(linesOf(parsed.error)[0])
  const config = decide(parsed.data)
  known.set(env, config)
  return config
}

/** Every setting that is missing or malformed, a line each. What is at odds with another is not looked for. */
export function faultsIn(env: Partial<Record<Setting, string>>): string[] {
  const { error } = Settings.safeParse(env)
  return error ? linesOf(error) : []
}

function linesOf({ issues }: z.ZodError): string[] {
  return [...new Set(issues.map(({ path, message }) => `Setting ${String(path[0])} ${message}`))]
}

function decide(set: z.infer<typeof Settings>): Config {
  const [ledgerKey, ...retired] = set.LEDGER_KEYS
  if (!ledgerKey) throw new Error('Setting LEDGER_KEYS needs at least one key')
  return {
    origin: set.ORIGIN,
    isSecure: set.ORIGIN.startsWith('https:'),
    tokenSecrets: set.TOKEN_SECRET_PREVIOUS ? [set.TOKEN_SECRET, set.TOKEN_SECRET_PREVIOUS] : [set.TOKEN_SECRET],
    idSecret: set.ID_SECRET,
    ledgerKeys: [ledgerKey, ...retired],
    vapidKey: set.VAPID_KEY,
    relay: relayOf(set),
    smsDailyCap: set.SMS_DAILY_CAP,
    storage: set.STORAGE === 's3' ? { kind: 's3', ...s3Of(set) } : { kind: 'r2' },
    operator: {
      name: set.OPERATOR_NAME,
      representative: set.OPERATOR_REPRESENTATIVE ?? null,
      address: set.OPERATOR_ADDRESS ?? null,
      email: set.OPERATOR_EMAIL ?? null,
      phone: set.OPERATOR_PHONE ?? null,
      businessNumber: set.OPERATOR_BUSINESS_NUMBER ?? null,
      mailOrderNumber: set.OPERATOR_MAIL_ORDER_NUMBER ?? null,
    },
  }
}

function relayOf({ RELAY_URL: url, RELAY_SECRET: secret }: z.infer<typeof Settings>): Config['relay'] {
  if (url && secret) return { url: url.replace(/\/$/, ''), secret }
  if (url) throw new Error('Setting RELAY_SECRET is missing, though RELAY_URL is set')
  if (secret) throw new Error('Setting RELAY_URL is missing, though RELAY_SECRET is set')
  return null
}

function s3Of(set: z.infer<typeof Settings>): S3Settings {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = set
  for (const [name, value] of Object.entries({ S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }))
    if (!value) throw new Error(`Setting ${name} is missing, though STORAGE is s3`)
  return {
    endpoint: S3_ENDPOINT ?? '',
    region: set.S3_REGION,
    bucket: S3_BUCKET ?? '',
    accessKeyId: S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: S3_SECRET_ACCESS_KEY ?? '',
  }
}
