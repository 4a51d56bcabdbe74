import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { AuctionId, DealId, RoomId } from '../../../worker/contract/ids.ts'
import {
  checkpointBytes,
  commitmentBytes,
  entryBytes,
  noHash,
  receiptBytes,
  termsBytes,
  type Checkpoint,
  type Entry,
  type Hash,
  type Receipt,
  type Signature,
  type Terms,
} from '../../../worker/contract/ledger.ts'
import type { Won } from '../../../worker/contract/money.ts'
import { instant } from '../../../worker/contract/time.ts'
import { decide, publish, type Answer } from '../../../worker/auctions/rules.ts'
import { numberOf, type Standing } from '../../../worker/auctions/rules/judge.ts'
import { arrivalOf, type Course, type Lot, type NewEntry } from '../../../worker/auctions/rules/lot.ts'
import type { Evidence, LedgerOpening, Line, OwnReceipt } from '../../../web/features/auctions/verifier/evidence.ts'
import { people, type Told } from '../../model/histories.ts'

/**
 * A story played by the room's own rules, chained and signed as the room does it, so that a verifier that shares nothing
 * with those rules can be asked about it. `receiptsOf` are the receipts of one of its people.
 */
export interface Played {
  evidence: Evidence
  lot: Lot
  receiptsOf: (name: string) => OwnReceipt[]
  /** Every secret of the auction, the seller's included. */
  secrets: LedgerOpening[]
}

export const auction = 'auc_0123456789abcdefghjkmnpqrs' as AuctionId
const kid = 'room-2026'
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const jwk = publicKey.export({ format: 'jwk' })
export const signingKey = { kid, kty: 'OKP' as const, crv: 'Ed25519' as const, x: jwk.x ?? '', retired: false }

export function hash(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('base64url') as Hash
}

export function signed(bytes: Uint8Array, key: KeyObject = privateKey): Signature {
  return sign(null, bytes, key).toString('base64url') as Signature
}

export function checkpointAt({ seq, own }: { seq: number; own: Hash }, key: KeyObject = privateKey): Checkpoint {
  return { logSeq: seq, hash: own, kid, signature: signed(checkpointBytes(auction, seq, own), key) }
}

/** Chains entries anew, as somebody would who rewrites the past and can hash. */
export function chained(entries: readonly Omit<Entry, 'previous'>[]): Line[] {
  const lines: Line[] = []
  for (const bare of entries) {
    const entry = { ...bare, previous: lines.at(-1)?.hash ?? noHash } as Entry
    lines.push({ entry, hash: hash(entryBytes(auction, entry)) })
  }
  return lines
}

export function play(told: Told): Played {
  const { terms: agreed, publishedAt } = told
  let salts = 0
  const opened: LedgerOpening[] = []
  const commit = (bidder: number, amount: number): Hash => {
    const opening = { bidder, amount: amount as Won, salt: `salt-${salts++}` }
    const commitment = hash(commitmentBytes(auction, opening))
    opened.push({ ...opening, commitment })
    return commitment
  }
  const reserveCommitment = agreed.reservePrice === null ? null : commit(0, agreed.reservePrice)
  const terms: Terms = {
    title: '필름 카메라',
    content: '잘 찍혀요.',
    images: [{ media: 'med_1', alt: '정면' }],
    category: 'digital',
    condition: 'good',
    defects: '',
    startPrice: agreed.startPrice as Won,
    expectedPrice: null,
    reserveCommitment,
    buyNowPrice: agreed.buyNowPrice as Won | null,
    startsAt: instant(agreed.startsAt),
    endsAt: instant(agreed.endsAt),
    softClose: { windowSeconds: agreed.windowMs / 1_000, capMinutes: agreed.capMs / 60_000 },
    handover: 'parcel',
    shippingFee: 3_000 as Won,
    region: null,
    bidderRules: { minManner: null, minDeals: null, maxNoShows: null, followersOnly: false },
  }
  const termsHash = hash(termsBytes(auction, terms))
  const entries: NewEntry[] = []
  let { lot }: Course = take(
    publish(
      {
        ...terms,
        termsHash,
        reservePrice: agreed.reservePrice as Won | null,
        windowMs: agreed.windowMs,
        capMs: agreed.capMs,
        deal: 'deal_1' as DealId,
        room: 'room_1' as RoomId,
      },
      instant(publishedAt),
    ),
  )
  function take<C extends Course>(course: C): C {
    entries.push(...course.entries)
    return course
  }

  const numbers = new Map<string, number>()
  const shutOut = new Set<string>()
  const heard: { who: string; kind: Receipt['kind']; at: number; answer: Answer; commitment: Hash | null }[] = []
  const keys = new Set<string>()
  for (const { clock, action } of told.steps) {
    if (action.do === 'outage')
      lot = take(decide(lot, { type: 'outage', since: instant(action.since) }, instant(clock))).lot
    else if (action.do === 'ban') shutOut.add(action.who)
    else if (action.do === 'unban') shutOut.delete(action.who)
    else if (action.do === 'bid' || action.do === 'buy') {
      if (keys.has(`${action.who} ${action.key}`)) continue
      keys.add(`${action.who} ${action.key}`)
      const person = people.find(({ name }) => name === action.who)!
      const who: Standing = {
        number: numbers.get(action.who) ?? null,
        isSeller: person.isSeller,
        isTrader: person.isTrader,
        isShutOut: shutOut.has(action.who) || !person.isEligible,
        manner: 40,
        deals: 0,
        noShows: 0,
        isFollowing: false,
      }
      const kind = action.do === 'buy' ? 'buy-now' : action.kind
      const amount = action.do === 'buy' ? action.price : action.amount
      const commitment = kind === 'max' ? commit(numberOf(lot, who), amount) : null
      const isConfirmed = action.do === 'bid' && action.confirm
      const named = action.oldTerms ? 'older' : termsHash
      const at = arrivalOf(lot, instant(clock))
      const decision = take(
        decide(
          lot,
          { type: 'place-bid', who, bid: { kind, amount, isConfirmed, termsHash: named, commitment } },
          instant(clock),
        ),
      )
      lot = decision.lot
      const { answer } = decision
      if (answer.ok && 'number' in answer) numbers.set(action.who, answer.number)
      heard.push({ who: action.who, kind, at, answer, commitment })
    } else {
      const digest = hash(new TextEncoder().encode('text'))
      const command = {
        note: { type: 'add-note', digest },
        cancel: { type: 'cancel', digest },
        void: { type: 'void', digest },
        look: { type: 'look' },
      } as const
      lot = take(decide(lot, command[action.do], instant(clock))).lot
    }
  }

  const lines = chained(entries)
  const inLedger = new Set(
    lines.flatMap(({ entry }) => [
      ...entry.raises,
      ...(entry.type === 'bid' && entry.commitment ? [entry.commitment] : []),
    ]),
  )
  const reign = commitmentsOfLastReign(lines)
  const isOver = lot.state === 'sold' || lot.state === 'unsold'
  const last = lines.at(-1)!
  const evidence: Evidence = {
    auction,
    lines,
    openings: isOver ? opened.filter(({ commitment }) => inLedger.has(commitment) && !reign.has(commitment)) : [],
    checkpoints: [checkpointAt({ seq: last.entry.seq, own: last.hash })],
    keys: [signingKey],
    terms,
    receipts: [],
  }

  function receiptsOf(name: string): OwnReceipt[] {
    return heard
      .filter(({ who }) => who === name)
      .map(({ kind, at, answer, commitment }, index) => {
        const accepted = answer.ok && 'number' in answer ? answer : null
        const line = accepted?.logSeq ? lines[accepted.logSeq - 1] : undefined
        const unsigned: Receipt = {
          auction,
          bid: `bid_${index}`,
          termsHash,
          kind,
          at: line?.entry.at ?? instant(at),
          verdict: answer.ok ? 'accepted' : 'refused',
          code: answer.ok ? null : answer.code,
          logSeq: line?.entry.seq ?? null,
          hash: line?.hash ?? null,
          previous: line?.entry.previous ?? null,
          commitment: accepted ? commitment : null,
          kid: line ? null : kid,
          signature: null,
        }
        const receipt = line ? unsigned : { ...unsigned, signature: signed(receiptBytes(unsigned)) }
        const opening = opened.find((one) => accepted && one.commitment === commitment)
        return {
          receipt,
          opening: opening ? { bidder: opening.bidder, amount: opening.amount, salt: opening.salt } : null,
          checkpoint: line ? evidence.checkpoints[0]! : null,
        }
      })
  }
  return { evidence, lot, receiptsOf, secrets: opened }
}

/** What the last leader committed to since taking the lead stays closed. */
function commitmentsOfLastReign(lines: Line[]): Set<Hash> {
  let leader: number | null = null
  let reign: Hash[] = []
  for (const { entry } of lines) {
    reign.push(...entry.raises)
    if (entry.type !== 'bid' || entry.leader !== entry.bidder) continue
    if (entry.bidder !== leader) reign = []
    leader = entry.bidder
    if (entry.commitment) reign.push(entry.commitment)
  }
  return new Set(reign)
}
