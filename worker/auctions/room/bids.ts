import type { BidPlaced, BuyNow, PlaceBid } from '../../contract/auctions.ts'
import { bidAt } from '../../contract/bid-ids.ts'
import { commitmentBytes, type Hash, type Opening, type Receipt } from '../../contract/ledger.ts'
import { isWon, won, type Won } from '../../contract/money.ts'
import { iso, type Instant } from '../../contract/time.ts'
import type { Participant } from '../../accounts/api.ts'
import { randomSalt, type Ids } from '../../kernel/ids.ts'
import { digestOf, type Signer } from '../../kernel/signatures.ts'
import type { BidOutcome, BidderFacts, RefusedBid } from '../commands.ts'
import { placeBid } from '../rules.ts'
import { numberOf, type Bid, type Standing, type Verdict } from '../rules/judge.ts'
import { arrivalOf, minimumBid } from '../rules/lot.ts'
import { countedBids, waitBeforeBid } from '../rules/rate.ts'
import type { Book } from './book.ts'
import { liveLimits } from '../../kernel/live-limits.ts'
import { signReceipt, type Chained } from './signing.ts'
import type { BidderRow } from './bid-table.ts'

/** A bid or purchase as it reached the room. */
export type Offer = ({ op: 'place-bid' } & PlaceBid) | ({ op: 'buy-now' } & BuyNow)

export interface Arrival {
  who: Participant
  key: string
  offer: Offer
  /** The room's clock when it came in, before it waited for its batch. */
  at: Instant
}

export interface Judging {
  book: Book
  ids: Ids
  signer: Signer
}

/** Judges one bid and writes all that follows from it; belongs into `book.atomically`. */
export function judgeArrival(judging: Judging, { who, key, offer, at: clock }: Arrival): BidOutcome {
  const { book } = judging
  const request = JSON.stringify(canonical(offer))
  const before = book.store.answer(who.account, key)
  if (before) return before.asked === request ? given(book, before.value as Kept) : withoutReceipt('key-reused')
  if (who.suspended) return withoutReceipt('account-suspended')

  const at = arrivalOf(book.lot, clock)
  const retryAfterMs = liveLimits().bidsAreCounted
    ? waitBeforeBid(book.store.bids.judgedAt(who.account, countedBids), at)
    : null
  if (retryAfterMs !== null) return { ...withoutReceipt('too-many-requests'), extra: { retryAfterMs } }

  const outcome = judge(judging, { who, offer, at })
  book.store.addAnswer(who.account, key, request, kept(outcome))
  return outcome
}

/** An answer as it is kept: its receipt lies with the bid. */
interface Kept {
  bid: string
  outcome: object
}

function kept(outcome: BidOutcome): Kept {
  if (outcome.ok) {
    const { receipt, ...value } = outcome.value
    return { bid: receipt.bid, outcome: { ok: true, value } }
  }
  const { receipt, ...refused } = outcome
  return { bid: receipt?.bid ?? '', outcome: refused }
}

/** The same answer again. */
function given(book: Book, { bid, outcome }: Kept): BidOutcome {
  const receipt = book.store.bids.find(bid)?.receipt ?? null
  const { value, ...rest } = outcome as { value?: object }
  return (value ? { ...rest, value: { receipt, ...value } } : { ...rest, receipt }) as BidOutcome
}

/** The same request gives the same text, whichever way it came and whatever it left out. */
function canonical(offer: Offer): unknown[] {
  if (offer.op === 'buy-now') return [offer.op, offer.price, offer.termsHash]
  const { kind, amount, showName, confirm, termsHash } = offer
  return [offer.op, kind, amount, showName ?? null, confirm ?? null, termsHash ?? null]
}

function withoutReceipt(code: RefusedBid['code']): RefusedBid {
  return { ok: false, code, receipt: null }
}

interface Heard {
  who: Participant
  offer: Offer
  at: Instant
}

function judge(judging: Judging, heard: Heard): BidOutcome {
  const { book } = judging
  const { who, offer, at } = heard
  const standing = standingOf(book, who)
  const opening = openingOf(book, standing, offer)
  const bid: Bid = {
    kind: offer.op === 'buy-now' ? 'buy-now' : offer.kind,
    amount: offer.op === 'buy-now' ? offer.price : offer.amount,
    isConfirmed: offer.op === 'place-bid' && offer.confirm === true,
    termsHash: offer.termsHash ?? null,
    commitment: opening && (digestOf(commitmentBytes(book.auction, opening)) as Hash),
  }
  const decision = placeBid(book.lot, standing, bid, at)
  const verdict = decision.answer
  const number = verdict.ok ? verdict.number : null
  const logSeq = verdict.ok ? verdict.logSeq : null
  const id = logSeq === null ? judging.ids.mint('bid') : bidAt(book.auction, logSeq)
  const max = verdict.ok && bid.kind === 'max' ? won(bid.amount) : null
  if (number !== null) rememberBidder(book, { who, number, max, showName: wantsName(who, offer), logSeq, at })

  const chained = book.record(decision, { bid: id })
  const own = chained.find(({ entry }) => entry.seq === logSeq)
  const entry = own?.entry.type === 'bid' ? own.entry : null
  const receipt = receiptOf(judging, { id, bid, at, verdict, own })
  book.store.bids.add({
    id,
    account: who.account,
    kind: bid.kind,
    amount: bid.amount,
    verdict: receipt.verdict,
    code: receipt.code,
    at,
    logSeq,
    number,
    price: entry?.price ?? null,
    leader: entry?.leader ?? null,
    opening,
    receipt,
  })
  return answerOf(book, verdict, receipt)
}

/** What the rules want to know of a participant. */
export function standingOf(book: Book, who: BidderFacts): Standing {
  return {
    number: book.bidderOf(who.account)?.number ?? null,
    isSeller: who.account === book.publication.seller.account,
    isTrader: who.trader && !who.suspended,
    isShutOut: who.blocked || book.store.chat.isBanned('bids', who.account),
    manner: who.manner,
    deals: who.deals,
    noShows: who.noShows,
    isFollowing: who.following,
  }
}

/** A maximum is committed to under the number that its bidder has or gets; one that is refused keeps its commitment too. */
function openingOf(book: Book, standing: Standing, offer: Offer): Opening | null {
  if (offer.op === 'buy-now' || offer.kind !== 'max' || !isWon(offer.amount)) return null
  const salt = Buffer.from(randomSalt(16)).toString('base64url')
  return { bidder: numberOf(book.lot, standing), amount: offer.amount, salt }
}

function wantsName(who: Participant, offer: Offer): boolean {
  return offer.op === 'place-bid' && offer.showName !== undefined ? offer.showName : who.showBidName
}

interface Bidding {
  who: Participant
  number: number
  max: Won | null
  showName: boolean
  logSeq: number | null
  at: Instant
}

function rememberBidder(book: Book, { who, number, max, showName, logSeq, at }: Bidding): void {
  const known: BidderRow | null = book.bidderOf(who.account)
  const highest = Math.max(known?.max ?? 0, max ?? 0)
  if (!known)
    book.send(at, {
      type: 'bidder-numbered',
      payload: { auction: book.auction, account: who.account, number, at: iso(at) },
    })
  // Written only where it says something new: most bids are by people who have bid before.
  const row: BidderRow = {
    number,
    account: who.account,
    handle: who.handle,
    name: who.name,
    shown: known?.shown === true || showName,
    max: highest > 0 ? won(highest) : null,
    firstSeq: known?.firstSeq ?? logSeq ?? book.lot.logSeq,
    at: known?.at ?? at,
  }
  if (!known || !isSameRow(known, row)) book.putBidder(row)
}

function isSameRow(one: BidderRow, other: BidderRow): boolean {
  return (Object.keys(one) as (keyof BidderRow)[]).every((name) => one[name] === other[name])
}

interface Judged {
  id: string
  bid: Bid
  at: Instant
  verdict: Verdict
  own: Chained | undefined
}

function receiptOf({ book, signer }: Judging, { id, bid, at, verdict, own }: Judged): Receipt {
  const receipt: Receipt = {
    auction: book.auction,
    bid: id,
    termsHash: book.publication.termsHash,
    kind: bid.kind,
    at,
    verdict: verdict.ok ? 'accepted' : 'refused',
    code: verdict.ok ? null : verdict.code,
    logSeq: own?.entry.seq ?? null,
    hash: own?.hash ?? null,
    previous: own?.entry.previous ?? book.head,
    commitment: bid.commitment,
    kid: null,
    signature: null,
  }
  return own ? receipt : signReceipt(signer, receipt)
}

function answerOf(book: Book, verdict: Verdict, receipt: Receipt): BidOutcome {
  if (!verdict.ok) {
    const { code, minimumBid: minimum, lateByMs } = verdict
    const extra = {
      ...(minimum === undefined ? {} : { minimumBid: minimum }),
      ...(lateByMs === undefined ? {} : { lateByMs }),
    }
    return { ok: false, code, extra, receipt }
  }
  const { lot } = book
  const isBought = receipt.kind === 'buy-now'
  const value: BidPlaced = {
    receipt,
    mask: verdict.number,
    leading: verdict.leading,
    price: lot.price,
    minimumBid: minimumBid(lot),
    endsAt: iso(lot.endsAt),
    ...(isBought ? { deal: lot.terms.deal } : {}),
  }
  return { ok: true, value }
}
