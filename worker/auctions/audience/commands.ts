import type { AccountId, LoginId } from '../../contract/ids.ts'
import type { ClientFrame, ClientFrameType, ServerFrame, You } from '../../contract/live.ts'
import type { Participant } from '../../accounts/api.ts'
import type { SellerRelation } from '../commands.ts'
import type { Here } from '../room/crowd.ts'

/** Consecutive facts as the frame that every socket gets. */
export interface PushedBatch {
  first: number
  last: number
  text: string
}

/** How the room stands, for a shard to see whether it is behind. What was said of it may have been lost. */
export interface Standing {
  /** Place of the last fact that went to sockets. */
  seq: number
  /** How far the room's clock stands from the machine's; other than 0 only behind a local door. */
  shiftMs: number
  /** What was told last of who is present, as the frame that sockets get; empty when nothing was. */
  presence: string
}

/** What a shard has to know of its room. */
export interface About extends Standing {
  epoch: string
  seller: AccountId
}

/** Facts after a place, as frames of at most a resume's size. */
export interface LaterFacts {
  batches: PushedBatch[]
  /** Place of the room's last fact: there are more where the batches end before it. */
  seq: number
}

export type AskedFrame = Extract<
  ClientFrame,
  { type: Extract<ClientFrameType, 'clock' | 'place-bid' | 'buy-now' | 'send-message' | 'delete-message'> }
>

/** Who is in a shard: everybody, or what changed since its report before. */
export interface Report {
  /** Names one life of the shard, whose reports are numbered from 1; a whole one may have any number. */
  life: string
  number: number
  isWhole: boolean
  sockets: number
  visitors: number
  here: (Here & { account: AccountId })[]
  gone: AccountId[]
}

/** What the room makes of a report. */
export interface Heard {
  /** False: it does not know what the report builds on and needs a whole one. */
  isUnderstood: boolean
  /** Place of the last fact that went to sockets. */
  seq: number
}

/** What the shards of an auction's audience ask their room over RPC. */
export interface AudienceRoomRpc {
  /** From here on the shard is sent everything. Null where there is no such auction. */
  attach(shard: number): Promise<About | null>
  /** Null where they are no longer kept. */
  factsAfter(seq: number, limit: number): Promise<LaterFacts | null>
  /** The whole room as the frame that sockets get, and the place it stands for. */
  snapshot(): Promise<{ seq: number; text: string } | null>
  you(who: Participant): Promise<You>
  /** Does what somebody asks from a shard, as if their socket were the room's: it arrives now. */
  answerFrom(shard: number, who: Participant | null, frame: AskedFrame): Promise<ServerFrame>
  /** Null where there is no such auction. */
  report(shard: number, report: Report): Promise<Heard | null>
}

/** What the room asks of a shard over RPC. */
export interface AuctionAudienceRpc {
  push(batch: PushedBatch): Promise<void>
  /** After something may have been missed: the shard fetches what it lacks and reports who is there. */
  look(standing: Standing): Promise<void>
  /** A frame without number, for everybody. */
  say(presence: string): Promise<void>
  tell(account: AccountId, frame: ServerFrame): Promise<void>
  related(account: AccountId, relation: SellerRelation): Promise<void>
  closeSockets(account: AccountId, login: LoginId | null, code: number): Promise<void>
  /** So many sockets of a person who has too many, all places together. */
  closeOldest(account: AccountId, count: number): Promise<void>
  /** Sends everybody back to the edge, which has another place for them. */
  empty(): Promise<void>
}
