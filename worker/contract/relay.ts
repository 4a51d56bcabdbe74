import { z } from 'zod'
import { Envelope } from './events.ts'
import { media as mediaLimits } from './limits.ts'
import { rejectionReasons } from './media.ts'
import { NoticeData, noticeKinds } from './notifications.ts'

/**
 * The internal API between Worker and relay. Every request carries `Authorization: Bearer` with a JWT (HS256, the shared
 * secret) that lives a minute at most, is good once, and is bound to method, path with query, and SHA-256 of the body.
 * The audience names the receiver, so a request cannot be sent back to its sender.
 */
export const parties = ['worker', 'relay'] as const
export type Party = (typeof parties)[number]

export const signing = { lifeSeconds: 60, skewSeconds: 5 } as const

/** Claims beside `iss` and `aud` (a party each), `iat`, `exp` and `jti`. */
export const RequestClaims = z.object({
  method: z.string(),
  /** Path with query, as in the request line. */
  path: z.string(),
  /** SHA-256 of the body, base64url; that of nothing where there is none. */
  body: z.string().length(43),
  jti: z.string().min(16).max(64),
})
export type RequestClaims = z.infer<typeof RequestClaims>

/** Worker to relay. */
export const relayPaths = {
  events: '/events',
  jobs: '/jobs',
  health: '/health',
  mailbox: '/mailbox',
  search: '/search',
  similar: '/similar',
  rebuild: '/rebuild',
} as const

export const publishing = { eventsPerRequest: 500, bytes: 1024 * 1024 } as const

/** Events in order within each stream. */
export const PublishRequest = z.strictObject({
  events: z.array(Envelope).min(1).max(publishing.eventsPerRequest),
})
export type PublishRequest = z.infer<typeof PublishRequest>

/** The last seq of each stream that is stored for good; up to there the sender may forget. */
export const PublishResponse = z.object({ confirmed: z.record(z.string(), z.int()) })
export type PublishResponse = z.infer<typeof PublishResponse>

const Language = z.enum(['ko', 'en'])
const Link = z.url({ protocol: /^https?$/ }).max(2_000)
const Address = z.email().max(254)
const Code = z.string().regex(/^\d{6}$/)
const Minutes = z.int().positive()

/** What a mail says; the words in both languages are the relay's. */
export const MailContent = z.discriminatedUnion('template', [
  /** Sign-up: the code, and a link that does the same. */
  z.strictObject({ template: z.literal('verify-email'), code: Code, link: Link, minutes: Minutes }),
  /** Somebody tried to sign up with an address that has an account. */
  z.strictObject({ template: z.literal('already-registered'), link: Link }),
  z.strictObject({ template: z.literal('reset-password'), link: Link, minutes: Minutes }),
  z.strictObject({
    template: z.literal('security-notice'),
    change: z.enum(['new-device', 'password-changed', 'password-reset', 'phone-attached', 'phone-changed']),
    device: z.string().max(200).nullable(),
    place: z.string().max(200).nullable(),
    at: z.iso.datetime({ precision: 3 }),
    /** Where one sees and ends sign-ins. */
    link: Link,
  }),
  /** A notification, for those who want it by mail. `data` is what its words need: a title, a price. */
  z.strictObject({
    template: z.literal('notice'),
    kind: z.enum(noticeKinds),
    data: NoticeData,
    /** The people who caused it, as they are called. */
    actors: z.array(z.string().max(100)).max(3),
    count: z.int().positive(),
    /** Where one sees what it is about, and where one says that no such mails are wanted. */
    link: Link,
    settings: Link,
  }),
])
export type MailContent = z.infer<typeof MailContent>

export const SmsContent = z.discriminatedUnion('template', [
  z.strictObject({ template: z.literal('phone-code'), code: Code, minutes: Minutes }),
])
export type SmsContent = z.infer<typeof SmsContent>

const SignedAddress = z.string().min(1).max(4_000)

/**
 * A job is done once for its `id`, repeated or not, and never stored, published or logged with what it carries.
 * Addresses of pictures are signed by the Worker: absolute, or paths of the Worker itself.
 */
export const MailJob = z.strictObject({
  kind: z.literal('mail'),
  id: z.string().min(16).max(64),
  to: Address,
  language: Language,
  content: MailContent,
})
export type MailJob = z.infer<typeof MailJob>

export const SmsJob = z.strictObject({
  kind: z.literal('sms'),
  id: z.string().min(16).max(64),
  /** Korean mobile number in E.164: `+8210…`. */
  to: z.string().regex(/^\+821\d{8,9}$/),
  language: Language,
  content: SmsContent,
})
export type SmsJob = z.infer<typeof SmsJob>

export const ImageJob = z.strictObject({
  kind: z.literal('image'),
  id: z.string().min(16).max(64),
  /** What the uploader said it is; anything else inside is refused. */
  contentType: z.enum(mediaLimits.types),
  source: SignedAddress,
  /** Where each possible variant goes by PUT. A missing `share.jpg` asks for none. */
  targets: z.record(z.string(), SignedAddress),
})
export type ImageJob = z.infer<typeof ImageJob>

export const Job = z.discriminatedUnion('kind', [MailJob, SmsJob, ImageJob])
export type Job = z.infer<typeof Job>

export const ImageMade = z.object({
  state: z.literal('ready'),
  /** Upright size of the original. */
  width: z.int().positive(),
  height: z.int().positive(),
  thumbhash: z.string(),
  /** Sizes that were made, rising; `nominal` names their files. */
  sizes: z.array(z.object({ nominal: z.int(), width: z.int(), height: z.int() })).min(1),
  share: z.boolean(),
})
export type ImageMade = z.infer<typeof ImageMade>

export const ImageResult = z.discriminatedUnion('state', [
  ImageMade,
  z.object({ state: z.literal('rejected'), reason: z.enum(rejectionReasons) }),
])
export type ImageResult = z.infer<typeof ImageResult>

/** `{}` for mail and SMS: handed to the carrier. */
export const JobResponse = z.object({ image: ImageResult.optional() })
export type JobResponse = z.infer<typeof JobResponse>

/** Kinds of things in the index. A new kind is a word here and a handler of its events in the relay. */
export const indexKinds = ['auction', 'person'] as const
export const IndexKind = z.enum(indexKinds)
export type IndexKind = z.infer<typeof IndexKind>

/** Where an auction stands: cancelled and void ones are in the index no more, sold and unsold ones have ended. */
export const indexStates = ['scheduled', 'running', 'ended'] as const
export const IndexState = z.enum(indexStates)
export type IndexState = z.infer<typeof IndexState>

/** What one question may hold, and how long the Worker waits for its answer before it goes on with what D1 knows. */
export const querying = { text: 100, limit: 300, interests: 10, without: 1_000, withinMs: 300 } as const

/** Nothing that a query language of a server could read as its own. */
const IndexId = z.string().regex(/^[\w-]{1,64}$/)
const Kinds = z.array(IndexKind).min(1).max(indexKinds.length)
const Limit = z.int().min(1).max(querying.limit)

/** Every condition that is given must hold. A kind without states or categories, such as people, is not touched by them. */
export const IndexWhere = z.strictObject({
  states: z.array(IndexState).min(1).max(indexStates.length).optional(),
  category: IndexId.optional(),
})
export type IndexWhere = z.infer<typeof IndexWhere>

/**
 * `POST /search`: words as somebody typed them, 1 to 100 characters, Korean, English or both. Keyword and meaning are
 * ranked apart and fused. `malformed` outside these limits, `busy` while the index is being loaded or its server is away.
 */
export const SearchRequest = z.strictObject({
  text: z
    .string()
    .min(1)
    .refine((text) => [...text].length <= querying.text),
  kinds: Kinds,
  limit: Limit,
  where: IndexWhere.optional(),
})
export type SearchRequest = z.infer<typeof SearchRequest>

/** Scores order one answer and mean nothing between two. */
export const SearchHit = z.object({ kind: IndexKind, id: IndexId, score: z.number() })
export type SearchHit = z.infer<typeof SearchHit>

/** Best first, nothing twice. `degraded` says that meaning did not count, since the embedder gave no answer in time. */
export const SearchResponse = z.object({ items: z.array(SearchHit).max(querying.limit), degraded: z.boolean() })
export type SearchResponse = z.infer<typeof SearchResponse>

/**
 * `POST /similar`: what is near the things somebody was interested in. The question says all of it, for nothing about a
 * person is kept here. Interests that are not in the index do not count; with none left the answer is empty. The
 * interests themselves and the ids in `without` are left out. `spread` trades nearness for variety by seller and topic
 * (maximal marginal relevance). Errors as for `/search`.
 */
export const SimilarRequest = z.strictObject({
  interests: z
    .array(z.strictObject({ kind: IndexKind, id: IndexId, weight: z.number().positive().max(1_000) }))
    .min(1)
    .max(querying.interests),
  kinds: Kinds,
  limit: Limit,
  without: z.array(IndexId).max(querying.without),
  where: IndexWhere.optional(),
  spread: z.boolean(),
})
export type SimilarRequest = z.infer<typeof SimilarRequest>

/** `because` is the id of the interest that this one is nearest to. */
export const SimilarHit = SearchHit.extend({ because: IndexId })
export type SimilarHit = z.infer<typeof SimilarHit>

export const SimilarResponse = z.object({ items: z.array(SimilarHit).max(querying.limit) })
export type SimilarResponse = z.infer<typeof SimilarResponse>

/**
 * `POST /rebuild`, without a body: builds the index anew from the relay's archive, and answers when that is done, however
 * long it takes. Questions are answered by the index before it meanwhile, and facts wait. `busy` when it failed; nothing has changed then.
 */
export const RebuildIndexResponse = z.object({
  /** Streams of the archive that were read. */
  streams: z.int().nonnegative(),
  /** Things in the index now. */
  items: z.int().nonnegative(),
})
export type RebuildIndexResponse = z.infer<typeof RebuildIndexResponse>

/**
 * Why a request failed. 401 `unsigned`, 413 `too-large`, 422 `malformed` and `refused` (by the carrier, for good) are
 * final, and so is 409 `in-doubt`: a text message that may have gone out is not sent again, its reader asks for another
 * one. 503 `busy`, 502 `carrier-failed` and `storage-failed` are worth another try, after `Retry-After` if given.
 */
export const relayErrors = {
  unsigned: 401,
  'not-found': 404,
  'too-large': 413,
  malformed: 422,
  refused: 422,
  'in-doubt': 409,
  'carrier-failed': 502,
  'storage-failed': 502,
  busy: 503,
} as const
export type RelayErrorCode = keyof typeof relayErrors
export const RelayError = z.object({ code: z.enum(Object.keys(relayErrors) as [RelayErrorCode, ...RelayErrorCode[]]) })

export const RelayHealth = z.object({
  ok: z.boolean(),
  bus: z.object({
    kind: z.string(),
    /** Events not yet taken by the slowest reader, and those set aside as unreadable. */
    waiting: z.int(),
    dead: z.int(),
  }),
  images: z.object({ running: z.int(), waiting: z.int() }),
})
export type RelayHealth = z.infer<typeof RelayHealth>

/** The development mailbox, newest first; exists only where mail or SMS go there. */
export const Mailbox = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['mail', 'sms']),
      to: z.string(),
      at: z.iso.datetime({ precision: 3 }),
      subject: z.string().nullable(),
      text: z.string(),
      html: z.string().nullable(),
    }),
  ),
})
export type Mailbox = z.infer<typeof Mailbox>
