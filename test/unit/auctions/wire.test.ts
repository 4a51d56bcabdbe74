import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bidAt } from '../../../worker/contract/bid-ids.ts'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import type { BidKind, Hash, ReserveState } from '../../../worker/contract/ledger.ts'
import type { Fact, LiveBid } from '../../../worker/contract/live.ts'
import { raised, won, type Won } from '../../../worker/contract/money.ts'
import { iso } from '../../../worker/contract/time.ts'
import { packFacts, unpackFacts } from '../../../worker/contract/wire.ts'

const auction = `auc_${'0'.repeat(26)}` as AuctionId
const amounts = fc.integer({ min: 1, max: 10_000_000 }).map((hundreds) => won(hundreds * 100))
const hashes = fc.string({ minLength: 43, maxLength: 43 }).map((text) => text as Hash)
const names = fc.option(fc.record({ handle: fc.constantFrom('ann', 'bob', 'cho'), name: fc.constantFrom('Ann', '조') }))

interface Step {
  ms: number
  bidder: number
  leader: number
  kind: BidKind
  offer: Won
  price: Won
  commitment: Hash
  name: LiveBid['bidder']['name']
  reserve: ReserveState
  raises: Hash[]
  /** Breaks the pattern somewhere, so that it must travel unpacked. */
  oddity: 'none' | 'none' | 'minimum' | 'offer' | 'price' | 'count' | 'gap' | 'id'
  chat: boolean
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    ms: fc.integer({ min: 0, max: 100_000 }),
    bidder: fc.integer({ min: 1, max: 9 }),
    leader: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom<BidKind>('exact', 'max', 'buy-now'),
    offer: amounts,
    price: amounts,
    commitment: hashes,
    name: names,
    reserve: fc.constantFrom<ReserveState>('none', 'not-met', 'met'),
    raises: fc.array(hashes, { maxLength: 2 }),
    oddity: fc.constantFrom('none', 'none', 'none', 'minimum', 'offer', 'price', 'count', 'gap', 'id'),
    chat: fc.boolean(),
  }),
  { maxLength: 30 },
)

function factsOf(list: Step[]): Fact[] {
  let seq = 0
  let logSeq = 1
  let bidCount = 0
  let at = Date.UTC(2026, 10, 21)
  return list.flatMap((step): Fact[] => {
    at += step.ms
    logSeq += step.oddity === 'gap' ? 2 : 1
    bidCount += step.oddity === 'count' ? 0 : 1
    const { bidder, leader, kind, price, reserve, raises } = step
    const bid: LiveBid = {
      type: 'bid-placed',
      seq: (seq += 1),
      logSeq,
      at: iso(at),
      raises,
      entry: {
        bidder,
        kind,
        amount: kind === 'max' ? null : step.ms % 2 === 0 ? price : step.offer,
        commitment: kind === 'max' ? step.commitment : null,
        price: step.oddity === 'price' ? raised(price) : price,
        leader,
        reserve,
        raises,
      },
      bid: step.oddity === 'id' ? `bid_${seq}` : bidAt(auction, logSeq),
      bidder: { number: bidder, name: step.name },
      price,
      leader,
      minimumBid: step.oddity === 'minimum' ? price : raised(price),
      bidCount,
      reserve,
      buyNowPrice: step.oddity === 'offer' ? price : null,
    }
    if (!step.chat) return [bid]
    return [bid, { type: 'message-removed', seq: (seq += 1), message: `msg_${seq}`, by: 'seller' }]
  })
}

const withoutHash = (facts: readonly Fact[]) => facts.map((fact) => ({ ...fact, hash: undefined }))

describe('packing', () => {
  it('gives back every fact, save the hash of a packed bid', () => {
    fc.assert(
      fc.property(steps, hashes, (list, hash) => {
        const facts = factsOf(list).map((fact) => (fact.type === 'bid-placed' ? { ...fact, hash } : fact))
        const sent: unknown[] = JSON.parse(JSON.stringify(packFacts(facts)))
        expect(withoutHash(unpackFacts(sent))).toEqual(withoutHash(facts))
      }),
      { numRuns: 500 },
    )
  })

  it('makes one frame of a run of bids, a fraction of its size', () => {
    const usual: Omit<Step, 'bidder' | 'price'> = {
      ms: 12,
      leader: 1,
      kind: 'exact',
      offer: won(100),
      commitment: 'c'.repeat(43) as Hash,
      name: null,
      reserve: 'none',
      raises: [],
      oddity: 'none',
      chat: false,
    }
    const facts = factsOf(
      Array.from({ length: 50 }, (_, place) => ({ ...usual, bidder: place % 5, price: won(10_000 + place * 500) })),
    )
    const packed = packFacts(facts)
    expect(packed).toHaveLength(1)
    expect(JSON.stringify(packed).length).toBeLessThan(JSON.stringify(facts).length / 6)
  })

  it('leaves a lone bid and everything else as it is', () => {
    const facts = factsOf([]).concat({ type: 'message-removed', seq: 4, message: 'msg_x', by: 'author' })
    expect(packFacts(facts)).toEqual(facts)
  })
})
