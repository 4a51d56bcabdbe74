import type { AuctionId, DealId, RoomId } from './ids.ts'
import type { Won } from './money.ts'
import type { Instant } from './time.ts'

/**
 * The public ledger of one auction: a gapless chain of entries, each carrying the hash of the one before it.
 *
 * Hash input is the UTF-8 form of a JSON array whose fields stand in the order written here (integers, strings and null
 * only, so JSON.stringify is canonical for it). Hashes are SHA-256, written as base64url without padding (43 characters).
 * Entries hold the bidder's number, never a handle, and the digest of a text, never the text: closing an account or
 * removing a note breaks no chain. No zod here: the browser's verifier imports this file.
 */
export type Hash = string & IsHash

export interface IsHash {
  readonly hash: unique symbol
}

/** Ed25519 over the bytes of `checkpointBytes` or `receiptBytes`, base64url. */
export type Signature = string & IsSignature

export interface IsSignature {
  readonly signature: unique symbol
}

/** What an auction's first entry points back to. */
export const noHash = 'A'.repeat(43) as Hash

export type BidKind = 'exact' | 'max' | 'buy-now'
export type ReserveState = 'none' | 'not-met' | 'met'
export type ExtensionCause = 'soft-close' | 'outage'

interface Common {
  /** Place in the ledger, from 1, without gap. */
  seq: number
  /** Arrival, or the stored time for `started` and an end by time. Never before the entry before it. */
  at: Instant
  previous: Hash
  /** Commitments of maxima that the leader raised since the last entry, in order. Who raised is the leader of that moment. */
  raises: Hash[]
}

export interface PublishedEntry extends Common {
  type: 'published'
  termsHash: Hash
  startPrice: Won
  /** `commitmentBytes` of the reserve, number 0; null without a reserve. It is never opened. */
  reserveCommitment: Hash | null
  buyNowPrice: Won | null
  startsAt: Instant
  endsAt: Instant
  /** Soft close: window and the latest possible end. A window of 0 is a hard close. */
  windowMs: number
  hardEndAt: Instant
}

export interface StartedEntry extends Common {
  type: 'started'
}

export interface BidEntry extends Common {
  type: 'bid'
  bidder: number
  kind: BidKind
  /** The amount offered; null for a maximum, which stays secret behind its commitment. */
  amount: Won | null
  /** `commitmentBytes` of a maximum, else null. */
  commitment: Hash | null
  /** Price and leader after this bid. */
  price: Won
  leader: number
  reserve: ReserveState
}

export interface ExtendedEntry extends Common {
  type: 'extended'
  cause: ExtensionCause
  endsAt: Instant
  addedMs: number
  capLeftMs: number
  /** An outage moves the latest end too. */
  hardEndAt: Instant
}

export interface NotedEntry extends Common {
  type: 'noted'
  /** SHA-256 of the note's UTF-8 text. */
  digest: Hash
}

export interface CancelledEntry extends Common {
  type: 'cancelled'
  /** SHA-256 of the reason's text; null where none was needed. */
  digest: Hash | null
}

export interface VoidedEntry extends Common {
  type: 'voided'
  digest: Hash
}

export interface EndedEntry extends Common {
  type: 'ended'
  reason: 'time' | 'bought'
  result: 'sold' | 'unsold'
  price: Won | null
  winner: number | null
  deal: DealId | null
  room: RoomId | null
}

export type Entry =
  | PublishedEntry
  | StartedEntry
  | BidEntry
  | ExtendedEntry
  | NotedEntry
  | CancelledEntry
  | VoidedEntry
  | EndedEntry

export type EntryType = Entry['type']

type Field = string | number | null | Field[]

function own(entry: Entry): Field[] {
  switch (entry.type) {
    case 'published':
      return [
        entry.termsHash,
        entry.startPrice,
        entry.reserveCommitment,
        entry.buyNowPrice,
        entry.startsAt,
        entry.endsAt,
        entry.windowMs,
        entry.hardEndAt,
      ]
    case 'started':
      return []
    case 'bid':
      return [entry.bidder, entry.kind, entry.amount, entry.commitment, entry.price, entry.leader, entry.reserve]
    case 'extended':
      return [entry.cause, entry.endsAt, entry.addedMs, entry.capLeftMs, entry.hardEndAt]
    case 'noted':
    case 'cancelled':
    case 'voided':
      return [entry.digest]
    case 'ended':
      return [entry.reason, entry.result, entry.price, entry.winner, entry.deal, entry.room]
  }
}

function bytes(fields: Field[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(fields))
}

/** Hash input of an entry: `["hallabong.entry.v1", auction, seq, at, type, previous, raises, …own fields]`. */
export function entryBytes(auction: AuctionId, entry: Entry): Uint8Array {
  return bytes([
    'hallabong.entry.v1',
    auction,
    entry.seq,
    entry.at,
    entry.type,
    entry.previous,
    entry.raises,
    ...own(entry),
  ])
}

/** Hash input of a secret amount: `["hallabong.commitment.v1", auction, bidder, amount, salt]`; salt is 16 random bytes, base64url. */
export function commitmentBytes(auction: AuctionId, opening: Opening): Uint8Array {
  return bytes(['hallabong.commitment.v1', auction, opening.bidder, opening.amount, opening.salt])
}

/** Opens a commitment. Bidder 0 is the seller (the reserve). */
export interface Opening {
  bidder: number
  amount: Won
  salt: string
}

/** The public terms, frozen at publication. `termsHash` is the hash of `termsBytes`. */
export interface Terms {
  title: string
  content: string
  /** Media ids in order with their descriptions, the first is the cover. */
  images: { media: string; alt: string }[]
  category: string
  condition: string
  defects: string
  startPrice: Won
  expectedPrice: Won | null
  reserveCommitment: Hash | null
  buyNowPrice: Won | null
  startsAt: Instant
  endsAt: Instant
  softClose: { windowSeconds: number; capMinutes: number }
  handover: string
  shippingFee: Won
  region: string | null
  bidderRules: {
    minManner: number | null
    minDeals: number | null
    maxNoShows: number | null
    followersOnly: boolean
  }
}

export function termsBytes(auction: AuctionId, terms: Terms): Uint8Array {
  const rules = terms.bidderRules
  return bytes([
    'hallabong.terms.v1',
    auction,
    terms.title,
    terms.content,
    terms.images.map(({ media, alt }) => [media, alt]),
    terms.category,
    terms.condition,
    terms.defects,
    terms.startPrice,
    terms.expectedPrice,
    terms.reserveCommitment,
    terms.buyNowPrice,
    terms.startsAt,
    terms.endsAt,
    terms.softClose.windowSeconds,
    terms.softClose.capMinutes,
    terms.handover,
    terms.shippingFee,
    terms.region,
    [rules.minManner, rules.minDeals, rules.maxNoShows, rules.followersOnly ? 1 : 0],
  ])
}

/** The ledger so far, signed: whoever holds it can prove what the room had accepted at that moment. */
export interface Checkpoint {
  logSeq: number
  hash: Hash
  kid: string
  signature: Signature
}

export function checkpointBytes(auction: AuctionId, logSeq: number, hash: Hash): Uint8Array {
  return bytes(['hallabong.checkpoint.v1', auction, logSeq, hash])
}

/**
 * What a bidder keeps of one bid. An accepted bid's receipt is covered by any checkpoint with `logSeq` at or after its
 * own (then `signature` is null); refusals and a leader's raise are signed by themselves: they have no place and hash of
 * their own, and `previous` is the last entry that the room had when it judged them. A maximum's commitment is made under the
 * number that its bidder has, or would have got where the bid was refused. A receipt never holds a maximum.
 */
export interface Receipt {
  auction: AuctionId
  bid: string
  termsHash: Hash
  kind: BidKind
  at: Instant
  verdict: 'accepted' | 'refused'
  /** Problem code of a refusal. */
  code: string | null
  logSeq: number | null
  hash: Hash | null
  previous: Hash | null
  commitment: Hash | null
  kid: string | null
  signature: Signature | null
}

export function receiptBytes(receipt: Receipt): Uint8Array {
  return bytes([
    'hallabong.receipt.v1',
    receipt.auction,
    receipt.bid,
    receipt.termsHash,
    receipt.kind,
    receipt.at,
    receipt.verdict,
    receipt.code,
    receipt.logSeq,
    receipt.hash,
    receipt.previous,
    receipt.commitment,
  ])
}
