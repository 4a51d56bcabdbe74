import type { DisputeType, Fault, Method, Remedy, Side, Standing } from '../contract/deal-steps.ts'
import type { StepKind } from '../contract/deals.ts'
import type { AccountId, AuctionId, CaseId, DealId, MediaId, OfferId, RoomId } from '../contract/ids.ts'
import type { Hash, Terms } from '../contract/ledger.ts'
import type { Won } from '../contract/money.ts'
import type { Instant } from '../contract/time.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** What a deal begins with: frozen when the hammer fell or an offer was accepted. */
export interface DealOpening {
  deal: DealId
  room: RoomId
  auction: AuctionId
  seller: AccountId
  buyer: AccountId
  price: Won
  terms: Terms
  termsHash: Hash
  cause: 'ended' | 'bought' | 'offer'
  offer: OfferId | null
  /** The log place of the auction's end. */
  logSeq: number
  at: Instant
}

/** What a party does. Texts are validated; pictures are their own, ready, and attached. */
export type PartyCommand =
  | { type: 'propose-appointment'; at: Instant; place: string; method: Method }
  | { type: 'accept-appointment' }
  | { type: 'hand-over'; carrier: string | null; tracking: string | null }
  | { type: 'confirm' }
  /** Proposes, or agrees with the other's proposal. */
  | { type: 'cancel'; reason: string | null }
  | { type: 'withdraw-cancel' }
  | { type: 'refuse'; reason: string }
  | { type: 'report-no-show'; note: string; media: MediaId[] }
  | { type: 'answer-no-show'; answer: 'accept' | 'contest'; note: string; media: MediaId[] }
  | { type: 'open-dispute'; dispute: DisputeType; text: string; media: MediaId[] }
  | { type: 'add-evidence'; text: string; media: MediaId[] }
  | { type: 'propose-remedy'; remedy: Remedy; amount: Won | null; text: string }
  | { type: 'agree-remedy'; proposal: number }
  /** The seller goes on to the next bidder, because the buyer is suspended; the caller has looked. */
  | { type: 'pass-on' }

/** One thing that happened to a deal. */
export interface Step {
  /** From 1, without gap. */
  place: number
  kind: StepKind
  by: Side | 'moderator' | 'time'
  /** How the deal stands after it. */
  standing: Standing
  text: string | null
  at: Instant
}

export interface Appointment {
  at: Instant
  place: string
  method: Method
}

export interface DisputeRecord {
  by: Side
  type: DisputeType
  text: string
  media: MediaId[]
  at: Instant
  viewFrom: Instant
  withModerator: boolean
  outcome: Remedy | 'ruled' | 'cancelled' | null
}

export interface ReportRecord {
  by: Side
  note: string
  media: MediaId[]
  at: Instant
  answerBy: Instant
  answer: { answer: 'accept' | 'contest' | 'silence'; note: string; media: MediaId[]; at: Instant } | null
}

export interface EntryRecord {
  number: number
  kind: 'evidence' | 'proposal' | 'agreement'
  by: Side | 'moderator'
  text: string
  media: MediaId[]
  remedy: Remedy | null
  amount: Won | null
  proposal: number | null
  at: Instant
}

/** What waited or waits for a moderator; its id follows from the deal and the number. */
export interface CaseRecord {
  number: number
  kind: 'no-show' | 'dispute'
  by: Side
  openedAt: Instant
  /** Ruled on, or over because the two agreed. */
  closedAt: Instant | null
  ruling: RulingRecord | null
}

export interface RulingRecord {
  fault: Fault
  reason: string
  moderator: AccountId
  at: Instant
  /** On appeal, by somebody else. */
  overturnedAt?: Instant
}

/** What a moderator said in a dispute, for the audit: the parties read it among the entries. */
export interface NoteRecord {
  /** Of its step. */
  place: number
  moderator: AccountId
  text: string
  at: Instant
}

/** All that a party may know of a deal, for the routes to make views of. */
export interface DealReading {
  opening: DealOpening
  standing: Standing
  proposal: (Appointment & { by: Side }) | null
  agreed: Appointment | null
  parcel: { carrier: string | null; tracking: string | null } | null
  cancel: { by: Side; reason: string; at: Instant } | null
  report: ReportRecord | null
  dispute: DisputeRecord | null
  ruling: RulingRecord | null
  steps: Step[]
  place: number
  /** The deal's own time. */
  at: Instant
}

/** Who asks: a party, or staff, whom the caller has established as such; `house` for what decides by it and shows nobody. */
export type Reader = { account: AccountId; isStaff: boolean } | 'house'

/** What may be asked of a deal over RPC. Who asks has been established by the caller; the deal knows its parties. */
export interface DealRpc {
  /** Makes the deal, its room and its projection, exactly once per id however often it is asked. */
  open(opening: DealOpening): Promise<Outcome<null>>
  /** `not-found` for whoever is neither a party nor staff. Looks at the clock first, so it may end the deal. */
  read(reader: Reader): Promise<Outcome<DealReading>>
  /** A step of a party's, once per key. `version`: only if this was the last step. */
  take(account: AccountId, key: string, command: PartyCommand, version: number | null): Promise<Outcome<null>>
  entries(reader: Reader): Promise<Outcome<EntryRecord[]>>
  /** A moderator's question or note in a dispute. */
  note(moderator: AccountId, key: string, text: string): Promise<Outcome<null>>
  /** Rules on a case; answers when, by the deal's own time. */
  rule(moderator: AccountId, of: CaseId, ruling: { fault: Fault; reason: string }): Promise<Outcome<Instant>>
  /** Takes back the fault that rulings found with this account: they were overturned. Where there is none it changes nothing. */
  liftFault(account: AccountId): Promise<Outcome<null>>
  /** Tells D1 how the deal stands as if D1 had never heard of it. For making D1 again. */
  tellAgain(): Promise<Outcome<null>>
}
