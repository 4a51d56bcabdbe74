import { z } from 'zod'
import type { AuctionId, DealId, RoomId } from './ids.ts'
import type { Checkpoint as SignedCheckpoint, Entry, Hash, Receipt as LedgerReceipt, Signature } from './ledger.ts'
import type { Won } from './money.ts'
import type { Instant } from './time.ts'

/** The shapes of `ledger.ts` as the API sends them. They stand apart, so that the browser's verifier loads no schemas. */
const branded = <T>(schema: z.ZodType) => schema as unknown as z.ZodType<T, T>

const Hash = branded<Hash>(z.string().length(43))
const Signature = branded<Signature>(z.string().length(86))
const Amount = branded<Won>(z.int().nonnegative())
const At = branded<Instant>(z.int())
const ReserveState = z.enum(['none', 'not-met', 'met'])
const BidKind = z.enum(['exact', 'max', 'buy-now'])

export const Checkpoint: z.ZodType<SignedCheckpoint> = z.object({
  logSeq: z.int(),
  hash: Hash,
  kid: z.string(),
  signature: Signature,
})

/** What a bidder keeps of one bid. */
export const Receipt: z.ZodType<LedgerReceipt> = z.object({
  auction: branded<AuctionId>(z.string()),
  bid: z.string(),
  termsHash: Hash,
  kind: BidKind,
  at: At,
  verdict: z.enum(['accepted', 'refused']),
  code: z.string().nullable(),
  logSeq: z.int().nullable(),
  hash: Hash.nullable(),
  previous: Hash.nullable(),
  commitment: Hash.nullable(),
  kid: z.string().nullable(),
  signature: Signature.nullable(),
})

const common = { seq: z.int().positive(), at: At, previous: Hash, raises: z.array(Hash) }

export const LedgerEntry: z.ZodType<Entry> = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('published'),
    termsHash: Hash,
    startPrice: Amount,
    reserveCommitment: Hash.nullable(),
    buyNowPrice: Amount.nullable(),
    startsAt: At,
    endsAt: At,
    windowMs: z.int(),
    hardEndAt: At,
  }),
  z.object({ ...common, type: z.literal('started') }),
  z.object({
    ...common,
    type: z.literal('bid'),
    bidder: z.int(),
    kind: BidKind,
    amount: Amount.nullable(),
    commitment: Hash.nullable(),
    price: Amount,
    leader: z.int(),
    reserve: ReserveState,
  }),
  z.object({
    ...common,
    type: z.literal('extended'),
    cause: z.enum(['soft-close', 'outage']),
    endsAt: At,
    addedMs: z.int(),
    capLeftMs: z.int(),
    hardEndAt: At,
  }),
  z.object({ ...common, type: z.literal('noted'), digest: Hash }),
  z.object({ ...common, type: z.literal('cancelled'), digest: Hash.nullable() }),
  z.object({ ...common, type: z.literal('voided'), digest: Hash }),
  z.object({
    ...common,
    type: z.literal('ended'),
    reason: z.enum(['time', 'bought']),
    result: z.enum(['sold', 'unsold']),
    price: Amount.nullable(),
    winner: z.int().nullable(),
    deal: branded<DealId>(z.string()).nullable(),
    room: branded<RoomId>(z.string()).nullable(),
  }),
])
