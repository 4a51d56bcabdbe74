import { auctionOfBid, bidAt } from './bid-ids.ts'
import type { AuctionId } from './ids.ts'
import type { BidKind, Hash, ReserveState } from './ledger.ts'
import type { Fact, LiveBid } from './live.ts'
import { raised, type Won } from './money.ts'
import { fromIso, iso } from './time.ts'

/**
 * Packing of facts inside a `batch`. In a hot auction nearly everything is bids, and most of a bid repeats the one before
 * or follows from it: a run of them becomes one frame of columns, a place in each for every bid. A column in which all
 * would say the usual is left out. What does not follow the pattern stays as it is, so packing loses nothing but `hash`,
 * which whoever keeps the chain recomputes and compares with the checkpoint.
 */
export interface BidRun {
  type: 'bids'
  /** With their places it makes their ids. */
  auction: AuctionId
  /** Places and count of the first bid; the others follow without gap. */
  seq: number
  logSeq: number
  bidCount: number
  at: number
  /** Where the first one's price is counted from, by `over`. */
  price: number
  /** Milliseconds since the bid before. */
  ms: number[]
  /** Won above the lowest bid that the price before allowed; less where a maximum met another. */
  over: number[]
  /** Who bid. */
  by: number[]
  /** Who leads; usually 0, for whoever bid. */
  leader?: number[]
  /** Place in `kinds`; usually 0. */
  kind?: number[]
  /** The commitment of a maximum, the amount of another bid; usually 0, for the price. */
  offer?: (number | string)[]
  /** Place of the name in `names`, from 1; usually 0, for none. */
  name?: number[]
  names?: NonNullable<LiveBid['bidder']['name']>[]
  /** Place in `reserves`, from 1; usually 0, for the same as before, at first `none`. */
  reserve?: number[]
  raises?: string[][]
}

const kinds: readonly BidKind[] = ['exact', 'max', 'buy-now']
const reserves: readonly ReserveState[] = ['none', 'not-met', 'met']

/** Frames of a batch for consecutive facts. */
export function packFacts(facts: readonly Fact[]): (Fact | BidRun)[] {
  const frames: (Fact | BidRun)[] = []
  for (let at = 0; at < facts.length;) {
    const run = runFrom(facts, at)
    if (run.length > 1) frames.push(packRun(run))
    else frames.push(facts[at] as Fact)
    at += Math.max(1, run.length)
  }
  return frames
}

/** The facts of a batch's frames, in order; those that were packed come without `hash`. */
export function unpackFacts(frames: readonly unknown[]): Fact[] {
  return (frames as (Fact | BidRun)[]).flatMap((frame) => (frame.type === 'bids' ? unpackRun(frame) : [frame]))
}

function runFrom(facts: readonly Fact[], from: number): LiveBid[] {
  const run: LiveBid[] = []
  for (let at = from; at < facts.length; at += 1) {
    const fact = facts[at]
    if (fact?.type !== 'bid-placed' || !isPlain(fact)) break
    const before = run.at(-1)
    if (before && !follows(fact, before)) break
    run.push(fact)
  }
  return run
}

function follows(fact: LiveBid, before: LiveBid): boolean {
  return fact.seq === before.seq + 1 && fact.logSeq === before.logSeq + 1 && fact.bidCount === before.bidCount + 1
}

/** Whether all that a run leaves out follows from what it holds. */
function isPlain(fact: LiveBid): boolean {
  const { entry, bidder } = fact
  const auction = auctionOfBid(fact.bid)
  const isSame =
    entry.price === fact.price &&
    entry.leader === fact.leader &&
    entry.reserve === fact.reserve &&
    entry.bidder === bidder.number &&
    entry.raises.length === fact.raises.length &&
    entry.raises.every((raise, index) => raise === fact.raises[index])
  const isUsual =
    auction !== null &&
    fact.bid === bidAt(auction, fact.logSeq) &&
    fact.minimumBid === raised(fact.price) &&
    fact.buyNowPrice === null &&
    iso(fromIso(fact.at)) === fact.at
  return isSame && isUsual && (entry.kind === 'max' ? entry.amount === null : !entry.commitment && entry.amount !== 0)
}

function packRun(run: LiveBid[]): BidRun {
  const [first] = run as [LiveBid]
  const { seq, logSeq, bidCount } = first
  const ms: number[] = []
  const over: number[] = []
  const by: number[] = []
  const leader: number[] = []
  const kind: number[] = []
  const offer: (number | string)[] = []
  const name: number[] = []
  const reserve: number[] = []
  const raises: string[][] = []
  const names: NonNullable<BidRun['names']> = []
  let at: number = fromIso(first.at)
  let price: number = first.price
  let reserved: ReserveState = 'none'
  for (const fact of run) {
    const { entry } = fact
    ms.push(fromIso(fact.at) - at)
    over.push(fact.price - raised(price as Won))
    by.push(entry.bidder)
    leader.push(entry.leader === entry.bidder ? 0 : entry.leader)
    kind.push(kinds.indexOf(entry.kind))
    offer.push(entry.kind === 'max' ? (entry.commitment ?? 0) : entry.amount === fact.price ? 0 : (entry.amount ?? -1))
    name.push(fact.bidder.name ? placeOf(names, fact.bidder.name) + 1 : 0)
    reserve.push(fact.reserve === reserved ? 0 : reserves.indexOf(fact.reserve) + 1)
    raises.push(fact.raises)
    at = fromIso(fact.at)
    price = fact.price
    reserved = fact.reserve
  }
  return {
    type: 'bids',
    auction: auctionOfBid(first.bid) as AuctionId,
    seq,
    logSeq,
    bidCount,
    at: fromIso(first.at),
    price: first.price,
    ms,
    over,
    by,
    ...unlessUsual({ leader, kind, offer, name, reserve }),
    ...(names.length > 0 ? { names } : {}),
    ...(raises.some((each) => each.length > 0) ? { raises } : {}),
  }
}

function unlessUsual<T extends Record<string, (number | string)[]>>(columns: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(columns).filter(([, column]) => column.some((each) => each !== 0)),
  ) as Partial<T>
}

function placeOf(names: NonNullable<BidRun['names']>, wanted: NonNullable<BidRun['names']>[number]): number {
  const known = names.findIndex(({ handle, name }) => handle === wanted.handle && name === wanted.name)
  return known === -1 ? names.push(wanted) - 1 : known
}

function unpackRun(run: BidRun): LiveBid[] {
  let at = run.at
  let price = run.price as Won
  let reserve: ReserveState = 'none'
  return run.by.map((bidder, index) => {
    const place = run.reserve?.[index] ?? 0
    at += run.ms[index] ?? 0
    price = (raised(price) + (run.over[index] ?? 0)) as Won
    if (place > 0) reserve = reserves[place - 1] ?? 'none'
    const kind = kinds[run.kind?.[index] ?? 0] ?? 'exact'
    const offer = run.offer?.[index] ?? 0
    const name = run.name?.[index] ?? 0
    const entry = {
      bidder,
      kind,
      amount: typeof offer === 'string' || kind === 'max' ? null : amountOf(offer, price),
      commitment: typeof offer === 'string' ? (offer as Hash) : null,
      price,
      leader: run.leader?.[index] || bidder,
      reserve,
      raises: (run.raises?.[index] ?? []) as Hash[],
    }
    const logSeq = run.logSeq + index
    return {
      type: 'bid-placed',
      seq: run.seq + index,
      logSeq,
      at: iso(at),
      raises: entry.raises,
      entry,
      bid: bidAt(run.auction, logSeq),
      bidder: { number: bidder, name: name === 0 ? null : (run.names?.[name - 1] ?? null) },
      price,
      leader: entry.leader,
      minimumBid: raised(price),
      bidCount: run.bidCount + index,
      reserve,
      buyNowPrice: null,
    }
  })
}

/** An exact bid names its amount; -1 stands for one without, which no room sends. */
function amountOf(offer: number, price: Won): Won | null {
  if (offer === -1) return null
  return offer === 0 ? price : (offer as Won)
}
