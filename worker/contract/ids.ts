/**
 * Ids are opaque on the wire: prefix, 20 characters of Crockford base 32, then a MAC of 6, all lower case. The MAC makes an
 * invented id a 404 without a query; `kernel/ids.ts` mints and checks them.
 */
declare const kind: unique symbol

/** What makes a text an id. Has a name only so that declarations which infer an id can say it. */
export interface OfKind<K extends string> {
  readonly [kind]: K
}
type Id<K extends string> = string & OfKind<K>

export type AccountId = Id<'acc'>
export type LoginId = Id<'login'>
export type MediaId = Id<'med'>
export type AuctionId = Id<'auc'>
export type BidId = Id<'bid'>
export type DealId = Id<'deal'>
export type RoomId = Id<'room'>
export type MessageId = Id<'msg'>
export type OfferId = Id<'offer'>
export type ReviewId = Id<'rev'>
export type NotificationId = Id<'ntf'>
export type DecisionId = Id<'dec'>
export type CaseId = Id<'case'>
export type DeviceId = Id<'dev'>

export const idKinds = {
  account: 'acc',
  login: 'login',
  media: 'med',
  auction: 'auc',
  bid: 'bid',
  deal: 'deal',
  room: 'room',
  message: 'msg',
  offer: 'offer',
  review: 'rev',
  notification: 'ntf',
  decision: 'dec',
  case: 'case',
  device: 'dev',
} as const

export type IdKind = keyof typeof idKinds

export interface IdOf {
  account: AccountId
  login: LoginId
  media: MediaId
  auction: AuctionId
  bid: BidId
  deal: DealId
  room: RoomId
  message: MessageId
  offer: OfferId
  review: ReviewId
  notification: NotificationId
  decision: DecisionId
  case: CaseId
  device: DeviceId
}

/** The shape ids have; whether it is one of ours only its MAC tells. */
export const idPattern = /^[a-z]+_[0-9a-hjkmnp-tv-z]{26}$/
