import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'

const Line = z.string().trim().min(1, 'is empty').max(500)
const Token = z.string().trim().min(1, 'is empty').max(4_000)

const Origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((url) => new URL(url).origin === url.replace(/\/$/, ''), 'must be an origin: scheme and host, nothing after')
  .transform((url) => new URL(url).origin)

const Secret = z
  .string('is missing')
  .regex(/^[\w-]{43,}$/, 'must be at least 32 random bytes in base64url')
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))

const Port = z.coerce.number('must be a number').int().min(0).max(65_535)

const Settings = z.object({
  RELAY_PORT: Port.optional(),
  PORT: Port.optional(),
  OPS_PORT: Port.default(0),
  HOST: Line.default('127.0.0.1'),
  DATA_DIR: Line.default('.data/relay'),
  RELAY_SECRET: Secret,
  WORKER_URL: Origin,
  /** Where signed addresses of S3 lead, comma separated. */
  STORAGE_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .pipe(z.array(Origin)),
  BUS: z
    .enum(['embedded', 'pulsar', 'pulsar-websocket'], 'must be embedded, pulsar or pulsar-websocket')
    .default('embedded'),
  PULSAR_URL: z.url({ protocol: /^pulsar(\+ssl)?$/, error: 'must be pulsar:// or pulsar+ssl://' }).optional(),
  /** Origin of a broker's or proxy's web service: administration, and events by WebSocket. */
  PULSAR_WEB_URL: Origin.optional(),
  PULSAR_TOKEN: Token.optional(),
  PULSAR_NAMESPACE: z
    .string()
    .regex(/^[\w-]{1,64}\/[\w-]{1,64}$/, 'must be tenant/namespace')
    .optional(),
  IMAGE_CORES: z.coerce.number('must be a number').int().min(1).max(64).optional(),
  UV_THREADPOOL_SIZE: z.coerce.number('must be a number').int().min(1).max(1_024).default(4),
  MAIL: z.enum(['mailbox', 'smtp'], 'must be mailbox or smtp').default('mailbox'),
  MAIL_FROM: Line.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp:// or smtps://' }).optional(),
  SMS: z
    .enum(['mailbox', 'solapi', 'ncp-sens', 'twilio'], 'must be mailbox, solapi, ncp-sens or twilio')
    .default('mailbox'),
  SMS_FROM: Line.optional(),
  SMS_URL: Origin.optional(),
  SOLAPI_API_KEY: Line.optional(),
  SOLAPI_API_SECRET: Line.optional(),
  NCP_ACCESS_KEY: Line.optional(),
  NCP_SECRET_KEY: Line.optional(),
  NCP_SENS_SERVICE_ID: Line.regex(/^[\w:.-]+$/, 'must be as the console shows it: ncp:sms:kr:…').optional(),
  TWILIO_ACCOUNT_SID: Line.optional(),
  TWILIO_AUTH_TOKEN: Line.optional(),
  VECTORS: z.enum(['embedded', 'milvus'], 'must be embedded or milvus').default('embedded'),
  MILVUS_ADDRESS: z
    .string()
    .regex(/^(https?:\/\/)?[\w.-]+(:\d{1,5})?$/, 'must be host:port or an https:// address')
    .optional(),
  /** An API key, or `user:password`. */
  MILVUS_TOKEN: Line.optional(),
  MILVUS_COLLECTION: z
    .string()
    .regex(/^[a-z]\w{0,63}$/i, 'must be letters, digits and underscores')
    .optional(),
  EMBEDDER: z.enum(['offline', 'openai', 'workers-ai'], 'must be offline, openai or workers-ai').default('offline'),
  EMBEDDER_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  EMBEDDER_KEY: Line.optional(),
  EMBEDDER_ACCOUNT: z
    .string()
    .regex(/^\w{1,64}$/, 'must be the id of a Cloudflare account')
    .optional(),
  EMBEDDER_MODEL: z
    .string()
    .regex(/^[\w@./:-]{1,128}$/, 'must be the name of a model')
    .optional(),
  EMBEDDER_DIMENSION: z.coerce.number('must be a number').int().min(8).max(4_096).optional(),
  EMBEDDER_FLOOR: z.coerce.number('must be a number').min(0).max(1).optional(),
})
type Settings = z.infer<typeof Settings>

/** Where a Pulsar is, and the tenant and namespace (`tenant/namespace`) that are the bus's own. */
export interface PulsarConfig {
  webUrl: string
  namespace: string
  /** A JWT, where the server asks for one. */
  token: string | null
}
export type BusConfig =
  | { kind: 'embedded' }
  | ({ kind: 'pulsar-websocket' } & PulsarConfig)
  | ({ kind: 'pulsar'; url: string } & PulsarConfig)
export type MailConfig = { kind: 'mailbox' } | { kind: 'smtp'; url: string; from: string }
export type SmsConfig =
  | { kind: 'mailbox' }
  | ({ kind: 'solapi'; apiKey: string; apiSecret: string } & Sender)
  | ({ kind: 'ncp-sens'; serviceId: string; accessKey: string; secretKey: string } & Sender)
  | ({ kind: 'twilio'; accountSid: string; authToken: string } & Sender)
interface Sender {
  from: string
  /** Where the carrier's API is, if not at its usual address. */
  baseUrl?: string
}

export type VectorsConfig =
  | { kind: 'embedded' }
  /** `name` is the alias that the index has there; `token` null where the server asks for none. */
  | { kind: 'milvus'; address: string; token: string | null; name: string }

/** `floor`: the cosine from which on two texts have to do with each other under this model. */
interface ModelConfig {
  model: string
  dimension: number
  floor: number
}
export type EmbedderConfig =
  | { kind: 'offline' }
  | ({ kind: 'openai'; url: string; key: string | null } & ModelConfig)
  | ({ kind: 'workers-ai'; url: string | null; account: string; key: string } & ModelConfig)

export interface Config {
  /** 0 takes any free port; the `ready` line tells which. */
  port: number
  /** Of `/healthz`, `/readyz` and `/metrics`, on this computer only. 0 takes any free port; the `ready` line tells which. */
  opsPort: number
  host: string
  dataDir: string
  secret: Uint8Array
  workerUrl: string
  /** Origins that picture jobs may read from and write to: the Worker's and those of the storage. */
  storageOrigins: string[]
  bus: BusConfig
  /** Pieces of picture work done at once, one thread each. */
  imageCores: number
  mail: MailConfig
  sms: SmsConfig
  vectors: VectorsConfig
  embedder: EmbedderConfig
}

/** Reads the settings once. Throws one line that names the setting that is missing, malformed or at odds with another. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`Setting ${String(issue?.path[0])} ${issue?.message}`)
  }
  return decide(parsed.data)
}

function decide(set: Settings): Config {
  const mail = mailOf(set)
  const sms = smsOf(set)
  if (!isLoopback(set.HOST))
    for (const [name, { kind }] of Object.entries({ MAIL: mail, SMS: sms }))
      if (kind === 'mailbox')
        throw new Error(`Setting ${name} is mailbox, which keeps codes for anyone to read: not with HOST ${set.HOST}`)
  return {
    port: set.RELAY_PORT ?? set.PORT ?? 8788,
    opsPort: set.OPS_PORT,
    host: set.HOST,
    dataDir: resolve(set.DATA_DIR),
    secret: set.RELAY_SECRET,
    workerUrl: set.WORKER_URL,
    storageOrigins: [set.WORKER_URL, ...set.STORAGE_ORIGINS],
    bus: busOf(set),
    imageCores: imageCoresOf(set),
    mail,
    sms,
    vectors: vectorsOf(set),
    embedder: embedderOf(set),
  }
}

function busOf(set: Settings): BusConfig {
  const unused = { embedded: pulsarNames, 'pulsar-websocket': ['PULSAR_URL'] as const, pulsar: [] }[set.BUS]
  for (const name of unused)
    if (set[name] !== undefined) throw new Error(`Setting BUS is ${set.BUS}, though ${name} is set`)
  if (set.BUS === 'embedded') return { kind: 'embedded' }
  const pulsar: PulsarConfig = {
    webUrl: needed(set, 'PULSAR_WEB_URL', 'BUS'),
    namespace: set.PULSAR_NAMESPACE ?? 'public/hallabong',
    token: set.PULSAR_TOKEN ?? null,
  }
  if (set.BUS === 'pulsar-websocket') return { kind: 'pulsar-websocket', ...pulsar }
  return { kind: 'pulsar', url: needed(set, 'PULSAR_URL', 'BUS'), ...pulsar }
}

const pulsarNames = ['PULSAR_URL', 'PULSAR_WEB_URL', 'PULSAR_TOKEN', 'PULSAR_NAMESPACE'] as const

const milvusNames = ['MILVUS_ADDRESS', 'MILVUS_TOKEN', 'MILVUS_COLLECTION'] as const

function vectorsOf(set: Settings): VectorsConfig {
  if (set.VECTORS === 'embedded') {
    refuseUnused(set, 'VECTORS', milvusNames)
    return { kind: 'embedded' }
  }
  return {
    kind: 'milvus',
    address: needed(set, 'MILVUS_ADDRESS', 'VECTORS'),
    token: set.MILVUS_TOKEN ?? null,
    name: set.MILVUS_COLLECTION ?? 'hallabong',
  }
}

const modelNames = ['EMBEDDER_URL', 'EMBEDDER_KEY', 'EMBEDDER_MODEL', 'EMBEDDER_DIMENSION', 'EMBEDDER_FLOOR'] as const

function embedderOf(set: Settings): EmbedderConfig {
  if (set.EMBEDDER !== 'workers-ai') refuseUnused(set, 'EMBEDDER', ['EMBEDDER_ACCOUNT'])
  if (set.EMBEDDER === 'offline') {
    refuseUnused(set, 'EMBEDDER', modelNames)
    return { kind: 'offline' }
  }
  const model = {
    model: needed(set, 'EMBEDDER_MODEL', 'EMBEDDER'),
    dimension: Number(needed(set, 'EMBEDDER_DIMENSION', 'EMBEDDER')),
    floor: set.EMBEDDER_FLOOR ?? 0,
  }
  if (set.EMBEDDER === 'openai')
    return { kind: 'openai', url: needed(set, 'EMBEDDER_URL', 'EMBEDDER'), key: set.EMBEDDER_KEY ?? null, ...model }
  return {
    kind: 'workers-ai',
    url: set.EMBEDDER_URL ?? null,
    account: needed(set, 'EMBEDDER_ACCOUNT', 'EMBEDDER'),
    key: needed(set, 'EMBEDDER_KEY', 'EMBEDDER'),
    ...model,
  }
}

function refuseUnused(set: Settings, because: 'VECTORS' | 'EMBEDDER', names: readonly (keyof Settings)[]) {
  for (const name of names)
    if (set[name] !== undefined) throw new Error(`Setting ${because} is ${set[because]}, though ${name} is set`)
}

/** One thread of Node's pool stays free for names and files, or storing a picture would wait for making the next one. */
function imageCoresOf({ IMAGE_CORES, UV_THREADPOOL_SIZE }: Settings): number {
  const most = Math.max(1, UV_THREADPOOL_SIZE - 1)
  if (IMAGE_CORES !== undefined && IMAGE_CORES > most)
    throw new Error(
      `Setting IMAGE_CORES is ${IMAGE_CORES}, which needs UV_THREADPOOL_SIZE of ${IMAGE_CORES + 1} or more`,
    )
  return IMAGE_CORES ?? Math.min(availableParallelism(), most)
}

function mailOf(set: Settings): MailConfig {
  if (set.MAIL === 'mailbox') {
    if (set.SMTP_URL) throw new Error('Setting MAIL is mailbox, though SMTP_URL is set')
    return { kind: 'mailbox' }
  }
  return { kind: 'smtp', url: needed(set, 'SMTP_URL', 'MAIL'), from: needed(set, 'MAIL_FROM', 'MAIL') }
}

function smsOf(set: Settings): SmsConfig {
  switch (set.SMS) {
    case 'mailbox':
      return { kind: 'mailbox' }
    case 'solapi':
      return {
        kind: 'solapi',
        ...senderOf(set),
        apiKey: needed(set, 'SOLAPI_API_KEY', 'SMS'),
        apiSecret: needed(set, 'SOLAPI_API_SECRET', 'SMS'),
      }
    case 'ncp-sens':
      return {
        kind: 'ncp-sens',
        ...senderOf(set),
        serviceId: needed(set, 'NCP_SENS_SERVICE_ID', 'SMS'),
        accessKey: needed(set, 'NCP_ACCESS_KEY', 'SMS'),
        secretKey: needed(set, 'NCP_SECRET_KEY', 'SMS'),
      }
    case 'twilio':
      return {
        kind: 'twilio',
        ...senderOf(set),
        accountSid: needed(set, 'TWILIO_ACCOUNT_SID', 'SMS'),
        authToken: needed(set, 'TWILIO_AUTH_TOKEN', 'SMS'),
      }
  }
}

function senderOf(set: Settings): Sender {
  return { from: needed(set, 'SMS_FROM', 'SMS'), ...(set.SMS_URL === undefined ? {} : { baseUrl: set.SMS_URL }) }
}

type Credential =
  | 'SMTP_URL'
  | 'MAIL_FROM'
  | 'SMS_FROM'
  | (`${'PULSAR' | 'SOLAPI' | 'NCP' | 'TWILIO' | 'MILVUS' | 'EMBEDDER'}_${string}` & keyof Settings)

function needed(set: Settings, name: Credential, because: 'BUS' | 'MAIL' | 'SMS' | 'VECTORS' | 'EMBEDDER'): string {
  const value = set[name]
  if (value === undefined) throw new Error(`Setting ${name} is missing, though ${because} is ${set[because]}`)
  return String(value)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
