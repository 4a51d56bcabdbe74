import { z } from 'zod'
import { roomKinds, roomNotices } from './chat.ts'
import type { Entry } from './ledger.ts'
import { media as mediaLimits } from './limits.ts'
import { NoticeData, noticeKinds, Recipients } from './notifications.ts'

/**
 * Facts that leave the Worker: past tense, versioned, in order and without gap within their stream, delivered at least
 * once. Readers drop what they have seen by (stream, seq). No event holds an e-mail address, a phone number, a code, a
 * link, a password, a reserve price or somebody's maximum.
 *
 * A payload only grows by optional fields; any other change raises the version of its event.
 */
const id = z.string().min(1).max(64)
const Time = z.iso.datetime({ precision: 3 })

/** A public ledger entry as the chain has it, with its own hash. `entry.seq` is its place in the ledger. */
const LedgerFact = z.object({
  auction: id,
  hash: z.string().length(43),
  entry: z.custom<Entry>(
    (value) => typeof value === 'object' && value !== null && 'seq' in value && 'type' in value,
    'not a ledger entry',
  ),
})

/** An entry that holds the digest of a text comes with the text, which D1 shows; null where none was needed. */
const WordedFact = LedgerFact.extend({ text: z.string().nullable().optional() })

const AuctionFact = z.object({ auction: id, account: id })

const FollowFact = z.object({ follower: id, followee: id })

/** Kinds of things whose views are counted. Posts and products only add a word. */
export const viewedKinds = ['auction'] as const

/** Every event with its version and payload. */
export const events = {
  // stream `auction:<auction id>`: one event for each ledger entry, in the order of the ledger
  'auction-published': { version: 1, payload: LedgerFact },
  'auction-started': { version: 1, payload: LedgerFact },
  'bid-placed': { version: 1, payload: LedgerFact },
  'auction-extended': { version: 1, payload: LedgerFact },
  'note-added': { version: 1, payload: WordedFact },
  'auction-cancelled': { version: 1, payload: WordedFact },
  'auction-voided': { version: 1, payload: WordedFact },
  'auction-ended': { version: 1, payload: LedgerFact },

  // same stream: what is sold, right after it was published, and never the reserve
  'auction-described': {
    version: 1,
    payload: z.object({
      auction: id,
      seller: id,
      title: z.string(),
      content: z.string(),
      category: z.string(),
      condition: z.string(),
      region: z.string().nullable(),
      event: z.string().nullable(),
      startsAt: Time,
      endsAt: Time,
    }),
  },
  // same stream: who is behind a number, right before the entry of their first accepted bid
  'bidder-numbered': {
    version: 1,
    payload: z.object({ auction: id, account: id, number: z.int().positive(), at: Time }),
  },

  // same stream: the room's chat and what people are told
  'message-posted': {
    version: 1,
    payload: z.object({ auction: id, message: id, author: id, text: z.string() }),
  },
  'message-removed': {
    version: 1,
    payload: z.object({ auction: id, message: id, by: z.enum(['author', 'seller', 'moderator']), remover: id }),
  },
  'bidder-banned': {
    version: 1,
    payload: z.object({
      auction: id,
      account: id,
      scope: z.enum(['chat', 'bids']),
      reason: z.string(),
      lifted: z.boolean(),
    }),
  },
  'notice-raised': {
    version: 1,
    payload: z.object({
      kind: z.enum(noticeKinds),
      to: Recipients,
      /** Id of what it is about. */
      target: id,
      /** Public facts that its words need, such as the price. */
      data: NoticeData,
      /** Not shown after this time. */
      expiresAt: Time.nullable(),
    }),
  },

  // stream `deal:<deal id>`: one event for each step. What the two wrote, where they meet and what it cost stays with them.
  'deal-opened': {
    version: 1,
    payload: z.object({
      deal: id,
      auction: id,
      seller: id,
      buyer: id,
      room: id,
      cause: z.enum(['ended', 'bought', 'offer']),
    }),
  },
  'deal-moved': {
    version: 1,
    payload: z.object({
      deal: id,
      place: z.int().positive(),
      step: z.string().max(40),
      by: z.enum(['seller', 'buyer', 'moderator', 'time']),
      state: z.string().max(20),
      fault: z.enum(['seller', 'buyer', 'none']).nullable(),
    }),
  },

  // stream `chat:<room id>`: all that happened in a room to talk in, for its members and nobody else
  'room-opened': {
    version: 1,
    payload: z.object({
      room: id,
      kind: z.enum(roomKinds),
      name: z.string().nullable(),
      owner: id.nullable(),
      deal: id.nullable(),
      /** For whom it was opened; who is in is told by `member-joined`, who has to accept by `member-asked`. */
      people: z.array(id),
    }),
  },
  'room-changed': {
    version: 1,
    payload: z.object({ room: id, name: z.string().nullable(), picture: id.nullable(), owner: id.nullable() }),
  },
  'room-closed': { version: 1, payload: z.object({ room: id }) },
  'member-asked': { version: 1, payload: z.object({ room: id, account: id }) },
  /** They see messages from `fromSeq` on. */
  'member-joined': { version: 1, payload: z.object({ room: id, account: id, fromSeq: z.int().positive() }) },
  'member-departed': {
    version: 1,
    payload: z.object({ room: id, account: id, how: z.enum(['left', 'removed', 'declined']) }),
  },
  /** Also lines that the room itself wrote: then there is a notice instead of an author. */
  'message-sent': {
    version: 1,
    payload: z.object({
      room: id,
      message: id,
      seq: z.int().positive(),
      author: id.nullable(),
      text: z.string().nullable(),
      images: z.array(id),
      notice: z.object({ kind: z.enum(roomNotices), subject: id.nullable() }).nullable(),
    }),
  },
  'message-edited': { version: 1, payload: z.object({ room: id, message: id, text: z.string() }) },
  'message-deleted': { version: 1, payload: z.object({ room: id, message: id }) },

  // stream `accounts`
  'account-opened': {
    version: 1,
    payload: z.object({
      account: id,
      handle: z.string(),
      language: z.enum(['ko', 'en']),
      by: z.enum(['email', 'phone']),
    }),
  },
  'phone-verified': { version: 1, payload: z.object({ account: id }) },
  'account-suspended': { version: 1, payload: z.object({ account: id, until: Time.nullable() }) },
  'suspension-lifted': { version: 1, payload: z.object({ account: id }) },
  'role-changed': { version: 1, payload: z.object({ account: id, role: z.string() }) },
  'security-changed': {
    version: 1,
    payload: z.object({
      account: id,
      change: z.enum(['password-changed', 'password-reset', 'phone-changed', 'new-device']),
    }),
  },

  // stream `profiles`
  'profile-changed': {
    version: 1,
    payload: z.object({
      account: id,
      handle: z.string(),
      name: z.string(),
      bio: z.string(),
      picture: id.nullable(),
      isPublic: z.boolean(),
    }),
  },

  // stream `media`
  'media-ready': {
    version: 1,
    payload: z.object({ media: id, owner: id, purpose: z.string(), width: z.int(), height: z.int() }),
  },
  'media-rejected': { version: 1, payload: z.object({ media: id, owner: id, reason: z.string() }) },
  'media-removed': { version: 1, payload: z.object({ media: id, owner: id }) },
  'media-described': { version: 1, payload: z.object({ media: id, alt: z.string().max(mediaLimits.alt) }) },

  // stream `likes`
  'auction-liked': { version: 1, payload: AuctionFact },
  'auction-unliked': { version: 1, payload: AuctionFact },

  // stream `follows`: who follows whom. Requests, blocks and mutes are told to nobody.
  'person-followed': { version: 1, payload: FollowFact },
  'person-unfollowed': { version: 1, payload: FollowFact },

  // stream `signals`: somebody looked, one per viewer and target in 24 h. Who it was is nobody's business here.
  'view-counted': { version: 1, payload: z.object({ target: id, kind: z.enum(viewedKinds) }) },
} as const satisfies Record<string, { version: number; payload: z.ZodType }>

export type EventType = keyof typeof events
export type PayloadOf<T extends EventType> = z.infer<(typeof events)[T]['payload']>

/** What an owner says happened; delivery adds stream place and version. */
export type Fact = { [T in EventType]: { type: T; payload: PayloadOf<T> } }[EventType]

/** Stream of an auction's room. */
export function auctionStream(auction: string): `auction:${string}` {
  return `auction:${auction}`
}

/** Stream of a deal. */
export function dealStream(deal: string): `deal:${string}` {
  return `deal:${deal}`
}

/** Stream of a room to talk in. */
export function chatStream(room: string): `chat:${string}` {
  return `chat:${room}`
}

/** Streams whose owner is D1. */
export const tableStreams = ['accounts', 'profiles', 'media', 'likes', 'follows', 'signals'] as const
export type TableStream = (typeof tableStreams)[number]

/** Streams are the unit of order: letters, digits, dash, underscore, and a colon before the owner's id. */
export const streamPattern = /^[a-z][a-z0-9-]{0,31}(:[A-Za-z0-9_-]{1,64})?$/

/** How an event travels. `seq` counts from 1 within its stream, without gap. */
export const Envelope = z.strictObject({
  stream: z.string().regex(streamPattern),
  seq: z.int().positive(),
  at: Time,
  version: z.int().positive(),
  type: z.string().max(64),
  payload: z.unknown(),
})
export type Envelope = z.infer<typeof Envelope>

export type KnownEvent = Fact & { stream: string; seq: number; at: string; version: number }

/** Dresses a fact for the road. */
export function envelope(stream: string, seq: number, at: string, fact: Fact): Envelope {
  return { stream, seq, at, version: events[fact.type].version, type: fact.type, payload: fact.payload }
}

/** The event inside an envelope, or the reason why this reader does not know it. Fields it does not know are kept out. */
export function readEvent(from: Envelope): { ok: true; event: KnownEvent } | { ok: false; reason: string } {
  if (!Object.hasOwn(events, from.type)) return { ok: false, reason: `unknown type ${from.type}` }
  const known = events[from.type as EventType]
  if (from.version > known.version) return { ok: false, reason: `version ${from.version} of ${from.type} is newer` }
  const payload = known.payload.safeParse(from.payload)
  if (!payload.success) return { ok: false, reason: `payload of ${from.type}: ${z.prettifyError(payload.error)}` }
  return { ok: true, event: { ...from, type: from.type, payload: payload.data } as KnownEvent }
}
