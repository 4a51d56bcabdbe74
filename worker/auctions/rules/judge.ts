import type { BidKind, Hash } from '../../contract/ledger.ts'
import { auctions } from '../../contract/limits.ts'
import { isWon, raised, type Won } from '../../contract/money.ts'
import type { Instant } from '../../contract/time.ts'
import { end, extend } from './closing.ts'
import { nextAmount, record, type Course, type Lot } from './lot.ts'

/** Everything the house knows of somebody that decides whether they may bid here. */
export interface Standing {
  /** The bidder's number in this auction, null for one without an accepted bid. */
  number: number | null
  isSeller: boolean
  isTrader: boolean
  /** Banned from bidding by the seller, or blocked in either direction. */
  isShutOut: boolean
  manner: number
  deals: number
  noShows: number
  isFollowing: boolean
}

export interface Bid {
  kind: BidKind
  /** As it came: whether it is an amount at all is part of judging. */
  amount: number
  isConfirmed: boolean
  /** The terms that the bidder saw; null where none were named. */
  termsHash: string | null
  /** Commitment of a `max` under `numberOf(lot, who)`; null for the other kinds. */
  commitment: Hash | null
}

/** In the order of checking. */
export type RefusalCode =
  | 'terms-changed'
  | 'auction-not-running'
  | 'seller-may-not-bid'
  | 'not-a-trader'
  | 'not-eligible'
  | 'amount-invalid'
  | 'buy-now-gone'
  | 'already-leading'
  | 'bid-too-low'
  | 'confirmation-needed'

export interface Refused {
  ok: false
  code: RefusalCode
  minimumBid?: Won
  lateByMs?: number
}

export interface Accepted {
  ok: true
  number: number
  leading: boolean
  /** Place of the bid's own entry; null for a raise that nobody sees. */
  logSeq: number | null
  /** Who led before and does not any more. */
  outbid: number | null
}

export type Verdict = Accepted | Refused

export interface Judgement extends Course {
  verdict: Verdict
}

/** The number that `who` has, or would get with an accepted bid. */
export function numberOf(lot: Lot, who: Pick<Standing, 'number'>): number {
  return who.number ?? lot.bidders + 1
}

/** What keeps this person from bidding now, in the order of checking. */
export function obstacles(lot: Lot, who: Standing): RefusalCode[] {
  const found: RefusalCode[] = []
  if (lot.state !== 'running') found.push('auction-not-running')
  if (who.isSeller) found.push('seller-may-not-bid')
  if (!who.isTrader) found.push('not-a-trader')
  if (!isEligible(lot, who)) found.push('not-eligible')
  return found
}

/** Not shut out, and as the seller's rules ask. */
export function isEligible({ terms: { bidderRules: rules } }: Lot, who: Standing): boolean {
  return (
    !who.isShutOut &&
    who.manner >= (rules.minManner ?? 0) &&
    who.deals >= (rules.minDeals ?? 0) &&
    who.noShows <= (rules.maxNoShows ?? Infinity) &&
    (who.isFollowing || !rules.followersOnly)
  )
}

/** Judges a bid that arrived at `at`, when start and end have been settled. Checks in the order that people are told. */
export function judge(course: Course, who: Standing, bid: Bid, at: Instant): Judgement {
  const refused = refusal(course.lot, who, bid, at)
  if (refused) return { ...course, verdict: refused }
  if (bid.kind === 'buy-now') return buy(course, who, bid.amount as Won, at)
  return leads(course.lot, who) ? raise(course, bid, at) : challenge(course, who, bid, at)
}

function refusal(lot: Lot, who: Standing, bid: Bid, at: Instant): Refused | null {
  if (bid.termsHash !== null && bid.termsHash !== lot.terms.termsHash) return { ok: false, code: 'terms-changed' }
  const [obstacle] = obstacles(lot, who)
  if (obstacle) return { ok: false, code: obstacle, ...lateness(lot, at) }
  return bid.kind === 'buy-now' ? refusalOfPurchase(lot, bid) : refusalOfAmount(lot, who, bid)
}

function lateness(lot: Lot, at: Instant): { lateByMs?: number } {
  return lot.state === 'sold' || lot.state === 'unsold' ? { lateByMs: at - lot.endsAt } : {}
}

function refusalOfPurchase(lot: Lot, bid: Bid): Refused | null {
  if (lot.buyNowPrice === null) return { ok: false, code: 'buy-now-gone' }
  return bid.amount === lot.buyNowPrice ? null : { ok: false, code: 'amount-invalid' }
}

function refusalOfAmount(lot: Lot, who: Standing, { kind, amount, isConfirmed }: Bid): Refused | null {
  if (!isWon(amount) || amount === 0 || amount > auctions.bid.max) return { ok: false, code: 'amount-invalid' }
  const own = leads(lot, who) ? lot.leader : null
  if (own && (kind === 'exact' || amount <= own.max)) return { ok: false, code: 'already-leading' }
  const minimum = nextAmount(lot)
  if (amount < minimum) return { ok: false, code: 'bid-too-low', minimumBid: minimum }
  if (amount >= minimum * auctions.bid.confirmFactor && !isConfirmed)
    return { ok: false, code: 'confirmation-needed', minimumBid: minimum }
  return null
}

function leads(lot: Lot, who: Pick<Standing, 'number'>): boolean {
  return lot.leader !== null && lot.leader.number === who.number
}

function challenge(course: Course, who: Standing, bid: Bid, at: Instant): Judgement {
  const { lot } = course
  const number = numberOf(lot, who)
  const amount = bid.amount as Won
  const before = lot.leader
  const takesOver = before === null || amount > before.max
  const leader = takesOver ? { number, max: amount } : before
  const price = takesOver ? leadingPrice(lot, bid.kind, amount) : (Math.min(before.max, raised(amount)) as Won)
  const placed = place({ ...course, lot: { ...lot, leader, price } }, { who, bid, at })
  return {
    ...placed,
    verdict: {
      ok: true,
      number,
      leading: takesOver,
      logSeq: lot.logSeq + 1,
      outbid: takesOver && before ? before.number : null,
    },
  }
}

/** What the new leader pays: the own amount, or the least that a maximum needs against the one it beats. */
function leadingPrice(lot: Lot, kind: BidKind, amount: Won): Won {
  if (kind === 'exact') return amount
  return lot.leader ? (Math.min(amount, raised(lot.leader.max)) as Won) : lot.terms.startPrice
}

/** The leader lifts the own maximum. Nobody sees it, unless it meets the reserve and so lifts the price. */
function raise(course: Course, bid: Bid, at: Instant): Judgement {
  const number = course.lot.leader?.number ?? 0
  const lot: Lot = { ...course.lot, leader: { number, max: bid.amount as Won } }
  const accepted = { ok: true, number, leading: true, outbid: null } as const
  if (!meetsReserve(lot)) {
    const raises = bid.commitment ? [...lot.raises, bid.commitment] : lot.raises
    return { lot: { ...lot, raises }, entries: course.entries, verdict: { ...accepted, logSeq: null } }
  }
  const placed = place({ ...course, lot }, { who: { number }, bid, at })
  return { ...placed, verdict: { ...accepted, logSeq: lot.logSeq + 1 } }
}

function buy(course: Course, who: Standing, price: Won, at: Instant): Judgement {
  const { lot } = course
  const number = numberOf(lot, who)
  const bid: Bid = { kind: 'buy-now', amount: price, isConfirmed: true, termsHash: null, commitment: null }
  const placed = enter({ ...course, lot: { ...lot, leader: { number, max: price }, price } }, { who, bid, at })
  return {
    ...end(placed, at, 'bought'),
    verdict: { ok: true, number, leading: true, logSeq: lot.logSeq + 1, outbid: null },
  }
}

function meetsReserve(lot: Lot): boolean {
  const { reservePrice } = lot.terms
  return lot.reserve === 'not-met' && reservePrice !== null && lot.leader !== null && lot.leader.max >= reservePrice
}

interface Placing {
  who: Pick<Standing, 'number'>
  bid: Bid
  at: Instant
}

function place(course: Course, placing: Placing): Course {
  return extend(enter(course, placing), placing.at)
}

/** Writes the bid's entry for a lot whose leader and price have been set; a maximum at the reserve lifts the price to it. */
function enter(course: Course, { who, bid, at }: Placing): Course {
  const { lot } = course
  const number = numberOf(lot, who)
  const isMet = meetsReserve(lot)
  const price = isMet ? (Math.max(lot.price, lot.terms.reservePrice ?? 0) as Won) : lot.price
  const next: Lot = {
    ...lot,
    price,
    reserve: isMet ? 'met' : lot.reserve,
    bidCount: lot.bidCount + 1,
    bidders: Math.max(lot.bidders, number),
    buyNowPrice: null,
  }
  return record({ ...course, lot: next }, at, {
    type: 'bid',
    bidder: number,
    kind: bid.kind,
    amount: bid.kind === 'max' ? null : (bid.amount as Won),
    commitment: bid.kind === 'max' ? bid.commitment : null,
    price,
    leader: lot.leader?.number ?? number,
    reserve: next.reserve,
  })
}
