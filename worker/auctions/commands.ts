import type {
  AuctionView,
  BidPlaced,
  BidRow,
  BuyNow,
  ChatMessage,
  LedgerPage,
  MyBids,
  PlaceBid,
  Presence,
  RoomSettings,
  RoomSettingsView,
} from '../contract/auctions.ts'
import type { AccountId, AuctionId, DealId, LoginId, OfferId, RoomId } from '../contract/ids.ts'
import type { Checkpoint, Hash, Opening, Receipt, ReserveState, Terms } from '../contract/ledger.ts'
import type { Snapshot } from '../contract/live.ts'
import type { Won } from '../contract/money.ts'
import type { Instant, IsoTime } from '../contract/time.ts'
import type { Participant } from '../accounts/api.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'

export interface Publication {
  auction: AuctionId
  seller: { account: AccountId; handle: string; name: string }
  /** The public terms without the commitment, which the room makes from `reservePrice` with its own salt. */
  terms: Omit<Terms, 'reserveCommitment'>
  /** Staff label; no part of the terms. */
  event: string | null
  reservePrice: Won | null
}

export interface Published {
  state: 'scheduled' | 'running'
  termsHash: Hash
  reserveCommitment: Hash | null
  startsAt: Instant
  endsAt: Instant
  hardEndAt: Instant
}

/**
 * The room's latest state for D1, with the log place it stands for; a projection only moves forward. It holds whatever D1 learns
 * at publication too, so that a publication which broke off half-way heals with the next projection.
 */
export interface Fold {
  auction: AuctionId
  logSeq: number
  termsHash: Hash
  reserveCommitment: Hash | null
  state: 'scheduled' | 'running' | 'sold' | 'unsold' | 'cancelled' | 'void'
  price: Won
  bidCount: number
  leader: AccountId | null
  leaderNumber: number | null
  winner: AccountId | null
  winnerNumber: number | null
  reserve: ReserveState
  buyNowPrice: Won | null
  startsAt: Instant
  endsAt: Instant
  hardEndAt: Instant
  endedAt: Instant | null
  deal: string | null
  /** What was said when it was cancelled or made void. */
  cancelReason: string | null
  /** Accounts that bid for the first time since the last confirmed projection, with their numbers. */
  newBidders: { account: AccountId; number: number; at: Instant }[]
  /** Notes since the last confirmed projection. */
  newNotes: { logSeq: number; text: string; at: Instant }[]
}

/** What deciding who may buy has to know of a bidder. */
export type BidderFacts = Pick<
  Participant,
  'account' | 'trader' | 'manner' | 'deals' | 'noShows' | 'following' | 'blocked' | 'suspended'
>

/** Whom an offer could go to now, in order, and the deal whose failure it needs; null where none was made. */
export interface OfferQuestion {
  deal: DealId | null
  candidates: AccountId[]
}

export interface OfferGiven {
  id: OfferId
  amount: Won
  expiresAt: Instant
  deal: DealId
  room: RoomId
}

export interface RefusedBid extends Refusal {
  receipt: Receipt | null
}
export type BidOutcome = { ok: true; value: BidPlaced } | RefusedBid

/** A receipt with what its owner needs to prove it. The checkpoint is at or after its place. */
export interface OwnReceipt {
  receipt: Receipt
  opening: Opening | null
  checkpoint: Checkpoint | null
}

/** A bidder's mask number for bids, an account for chat. */
export type BanTarget = { scope: 'bids'; number: number } | { scope: 'chat'; account: AccountId; handle: string }

export type SellerRelation = Pick<Participant, 'following' | 'blocked'>

/**
 * What may be asked of an auction's object over RPC. Who asks has been established by the caller; the room decides what they may.
 * `Participant` carries every fact about the asker that a decision needs.
 */
export interface AuctionRoomRpc {
  /** Makes the tables; repeating it with the same terms answers the same, with others `conflict`. */
  publish(publication: Publication): Promise<Outcome<Published>>
  placeBid(who: Participant, key: string, bid: PlaceBid): Promise<BidOutcome>
  buyNow(who: Participant, key: string, purchase: BuyNow): Promise<BidOutcome>
  /** Seller only: scheduled, or running without bids. */
  cancel(who: Pick<Participant, 'account'>, reason: string | null): Promise<Outcome<null>>
  /** Moderators' door: no winner, no deal. */
  void(reason: string): Promise<Outcome<null>>
  addNote(who: Participant, text: string): Promise<Outcome<{ logSeq: number; text: string; at: IsoTime }>>
  /** The socket's snapshot; `not-found` before publication. Looks at the clock first, so it may start or close the auction. */
  state(): Promise<Outcome<Snapshot>>
  /** Own standing; null for one who never bid here. */
  standing(account: AccountId): Promise<AuctionView['mine'] | null>
  /** Problem codes that keep this person from bidding now. A block reads as `not-eligible`. */
  eligibility(who: Participant): Promise<string[]>
  bids(before: number | null, limit: number): Promise<{ items: BidRow[]; next: number | null }>
  myBids(account: AccountId): Promise<MyBids>
  receipt(account: AccountId, bid: string): Promise<Outcome<OwnReceipt>>
  ledger(from: number, limit: number): Promise<Outcome<LedgerPage>>
  messages(before: number | null, limit: number): Promise<{ items: ChatMessage[]; next: number | null }>
  sendMessage(who: Participant, key: string, text: string): Promise<Outcome<ChatMessage>>
  /** Staff who neither wrote it nor sell need a reason: `invalid-fields` until the caller says that it `isAudited`. */
  removeMessage(who: Participant, message: { id: string; isAudited: boolean }): Promise<Outcome<null>>
  presence(): Promise<Presence>
  changeSettings(who: Participant, settings: RoomSettings): Promise<Outcome<RoomSettingsView>>
  bans(who: Participant): Promise<Outcome<{ who: string; scope: 'chat' | 'bids'; reason: string; at: IsoTime }[]>>
  ban(who: Participant, target: BanTarget, reason: string): Promise<Outcome<null>>
  unban(who: Participant, target: BanTarget): Promise<Outcome<null>>
  /** How one person stands to the seller from now on, for the sockets they have open here; whoever comes later brings it along. */
  related(account: AccountId, relation: SellerRelation): Promise<void>
  offerQuestion(): Promise<Outcome<OfferQuestion>>
  /** Offers it to the first candidate among `facts` who may still buy. `failedAt`: when that deal failed through its buyer. */
  makeOffer(given: { facts: BidderFacts[]; failedAt: Instant | null }): Promise<Outcome<OfferGiven>>
  /** The bidder's own answer, once; the deal of an accepted offer is open when it comes back, or will be. */
  answerOffer(who: BidderFacts, offer: OfferId, answer: 'accepted' | 'declined'): Promise<Outcome<OfferGiven>>
  /** Closes the sockets of an account, or of one of its sign-ins, with the code. */
  closeSockets(account: AccountId, login: LoginId | null, code: number): Promise<void>
}
