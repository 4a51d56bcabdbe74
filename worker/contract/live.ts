import { z } from 'zod'
import { sockets } from './limits.ts'
import type { BidPlaced, BidRow, ChatMessage, Presence } from './auctions.ts'
import type { BidEntry, Checkpoint, Hash, Receipt, ReserveState } from './ledger.ts'
import type { Won } from './money.ts'
import type { IsoTime } from './time.ts'

/**
 * The socket of one auction: `GET /api/auctions/{id}/live`, subprotocol `hallabong.v1`, and `ticket.{ticket}` to be signed in.
 * Requests are imperative, facts past tense. Facts carry `seq`, +1 without gap inside an `epoch`; answers, presence and
 * clock are unnumbered. A client frame with `ref` gets exactly one answer with it.
 */
export const protocol = 'hallabong.v1'

export const closeCodes = {
  malformed: 4400,
  authorityOver: 4401,
  suspended: 4403,
  unknown: 4404,
  tooSlow: 4408,
  tooManySockets: 4409,
  frameTooLarge: 4413,
  tooFast: 4429,
  overloaded: 4503,
  restart: 1012,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

const ref = z.string().min(1).max(sockets.ref)
const key = z.string().min(16).max(64)

export const ClientFrame = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    epoch: z.string().max(40).optional(),
    seq: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('renew'), ref, ticket: z.string().max(400) }),
  z.strictObject({ type: z.literal('clock'), ref, sentAt: z.number() }),
  z.strictObject({ type: z.literal('seen'), seq: z.int().nonnegative() }),
  z.strictObject({
    type: z.literal('place-bid'),
    ref,
    key,
    kind: z.enum(['exact', 'max']),
    amount: z.number(),
    showName: z.boolean().optional(),
    confirm: z.boolean().optional(),
    termsHash: z.string().max(64).optional(),
  }),
  z.strictObject({ type: z.literal('buy-now'), ref, key, price: z.number(), termsHash: z.string().max(64) }),
  z.strictObject({ type: z.literal('send-message'), ref, key, text: z.string().max(800) }),
  z.strictObject({ type: z.literal('delete-message'), ref, message: z.string().max(64) }),
])
export type ClientFrame = z.infer<typeof ClientFrame>
export type ClientFrameType = ClientFrame['type']

export const clientFrameTypes = [
  'hello',
  'renew',
  'clock',
  'seen',
  'place-bid',
  'buy-now',
  'send-message',
  'delete-message',
] as const satisfies ClientFrameType[]

/** Who the socket is to the room. Own standing comes with every (re)connect; no maximum is in any frame. */
export interface You {
  signedIn: boolean
  mask?: number
  canBid: boolean
  /** Problem codes that stand in the way, empty where `canBid`. */
  reasons: string[]
  leading?: boolean
}

export interface Welcome {
  type: 'welcome'
  protocol: typeof protocol
  epoch: string
  seq: number
  resumed: boolean
  serverAt: IsoTime
  authUntil?: IsoTime
  heartbeatSeconds: number
  you: You
}

export interface LiveAuction {
  state: 'scheduled' | 'running' | 'sold' | 'unsold' | 'cancelled' | 'void'
  price: Won
  minimumBid: Won | null
  leader: number | null
  winner: number | null
  bidCount: number
  reserve: ReserveState
  buyNowPrice: Won | null
  startsAt: IsoTime
  endsAt: IsoTime
  hardEndAt: IsoTime
  endedAt: IsoTime | null
  termsHash: Hash
}

export interface RoomState {
  slowModeSeconds: number
  chatPaused: boolean
  chatFrom: 'all' | 'traders' | 'followers'
  /** False from 10 minutes after the end: read-only. */
  chatOpen: boolean
}

export interface Snapshot {
  type: 'snapshot'
  epoch: string
  seq: number
  logSeq: number
  /** Hash of the entry at `logSeq`: where the client's own recomputation of the chain begins. */
  hash: Hash
  auction: LiveAuction
  bids: BidRow[]
  messages: ChatMessage[]
  presence: Presence
  room: RoomState
}

/** The hashed fields of a ledger entry besides those that the frame itself carries (`logSeq` is `seq`, `at` is `at`). */
export type LiveBidEntry = Omit<BidEntry, 'type' | 'seq' | 'at' | 'previous'>

/** Chain facts. Inside a batch `hash` may be left out: the client recomputes it and compares with the checkpoint. */
interface ChainFact {
  seq: number
  logSeq: number
  hash?: Hash
  at: IsoTime
  raises: Hash[]
}

export interface AuctionStarted extends ChainFact {
  type: 'auction-started'
  endsAt: IsoTime
}

export interface LiveBid extends ChainFact {
  type: 'bid-placed'
  entry: LiveBidEntry
  bid: string
  bidder: { number: number; name: { handle: string; name: string } | null }
  price: Won
  leader: number
  minimumBid: Won
  bidCount: number
  reserve: ReserveState
  buyNowPrice: Won | null
}

export interface AuctionExtended extends ChainFact {
  type: 'auction-extended'
  endsAt: IsoTime
  hardEndAt: IsoTime
  addedMs: number
  cause: 'soft-close' | 'outage'
  capLeftMs: number
}

export interface AuctionEnded extends ChainFact {
  type: 'auction-ended'
  result: 'sold' | 'unsold'
  reason: 'time' | 'bought'
  price?: Won
  winner?: { number: number; name: { handle: string; name: string } | null }
  deal?: string
  room?: string
}

export interface AuctionCancelled extends ChainFact {
  type: 'auction-cancelled'
  result: 'cancelled' | 'void'
  reason: string | null
  digest: Hash | null
}

export interface NoteAdded extends ChainFact {
  type: 'note-added'
  text: string
  digest: Hash
}

export interface MessagePosted {
  type: 'message-posted'
  seq: number
  message: ChatMessage
}

export interface MessageRemoved {
  type: 'message-removed'
  seq: number
  message: string
  by: 'author' | 'seller' | 'moderator'
}

export interface RoomChanged extends RoomState {
  type: 'room-changed'
  seq: number
}

/** Facts that are entries of the ledger. */
export type LedgerFact = AuctionStarted | LiveBid | AuctionExtended | AuctionEnded | AuctionCancelled | NoteAdded

/** Everything numbered. */
export type Fact = LedgerFact | MessagePosted | MessageRemoved | RoomChanged

export interface PresenceFrame extends Presence {
  type: 'presence'
}

export interface Batch {
  type: 'batch'
  first: number
  last: number
  /** Facts one by one, or packed runs of bids as `wire.ts` has them. */
  frames: unknown[]
  checkpoint?: Checkpoint
}

export interface BidAccepted extends BidPlaced {
  type: 'bid-accepted'
  ref: string
}

export interface BidRefused {
  type: 'bid-refused'
  ref: string
  receipt: Receipt | null
  code: string
  minimumBid?: Won
  lateByMs?: number
  retryAfterMs?: number
}

export interface Outbid {
  type: 'outbid'
  bidSeq: number
  price: Won
  minimumBid: Won
}

export interface MessageSent {
  type: 'message-sent'
  ref: string
  message: ChatMessage
}

export interface Done {
  type: 'done'
  ref: string
  authUntil?: IsoTime
  you?: You
}

export interface ClockFrame {
  type: 'clock'
  ref: string
  sentAt: number
  serverAt: IsoTime
}

export interface ProblemFrame {
  type: 'problem'
  ref?: string
  code: string
  retryAfterMs?: number
}

export interface Goodbye {
  type: 'goodbye'
  retryAfterMs: number
}

export type ServerFrame =
  | Welcome
  | Snapshot
  | Batch
  | PresenceFrame
  | BidAccepted
  | BidRefused
  | Outbid
  | MessageSent
  | Done
  | ClockFrame
  | ProblemFrame
  | Goodbye
  | Fact
