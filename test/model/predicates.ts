import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { archivedLot } from '../../worker/auctions/rules/archived.ts'
import type { Envelope, Fact as Event } from '../../worker/contract/events.ts'
import type { AuctionId } from '../../worker/contract/ids.ts'
import { entryBytes, noHash } from '../../worker/contract/ledger.ts'
import type { BidEntry, Entry, Receipt } from '../../worker/contract/ledger.ts'
import type { Batch, Fact, ServerFrame, Snapshot } from '../../worker/contract/live.ts'
import { unpackFacts } from '../../worker/contract/wire.ts'
import { stepOf, type ReferenceTerms } from './reference.ts'

/**
 * What must be true of every auction when it is over, however it was disturbed. Each predicate gives the faults that it
 * finds in words; none means that it holds. They read what a room published, and trust none of it.
 */
export interface Run {
  auction: AuctionId
  terms: ReferenceTerms
  /** Every bid and purchase that was asked for, repetitions included, in the order of asking. */
  asked: Asked[]
  lines: { entry: Entry; hash: string }[]
  streams: Stream[]
  /** What the relay took of this auction's stream, in order. */
  events: Envelope[]
  /** The room's own last word. */
  snapshot: Snapshot
  /** The row of the lists' database. */
  row: Projection
}

export interface Asked {
  who: string
  key: string
  request: string
  kind: 'exact' | 'max' | 'buy-now'
  amount: number
  outcome: Outcome
  /** Of an accepted one: whether a read right after the answer showed it. */
  wasSeenAfter: boolean | null
}

export type Outcome =
  | { ok: true; value: { receipt: Receipt; mask: number; [field: string]: unknown } }
  | { ok: false; code: string; extra?: Record<string, unknown> | undefined; receipt: Receipt | null }

/** All frames of one viewer in the order of arrival; a cut in the line starts the next part. */
export interface Stream {
  name: string
  parts: ServerFrame[][]
}

export interface Projection {
  logSeq: number
  state: string
  price: number
  bidCount: number
  leaderNumber: number | null
  winnerNumber: number | null
  reserve: string
  endsAt: number | null
}

type Predicate = (run: Run) => string[]

const accepted = ({ asked }: Run) =>
  asked.flatMap(({ outcome, ...rest }) => (outcome.ok ? [{ ...rest, ...outcome.value }] : []))

/** 1. What was acknowledged is stored and in the ledger, and a read after the answer saw it. */
export function acknowledgedBidsAreKept(run: Run): string[] {
  const carried = new Set(run.lines.flatMap(({ entry }) => entry.raises))
  return accepted(run).flatMap(({ receipt, mask, wasSeenAfter, who, amount }) => {
    const faults = wasSeenAfter === false ? [`${who} could not read the own bid of ${amount}`] : []
    if (receipt.logSeq === null)
      return carried.has(receipt.commitment!) ? faults : [...faults, `the raise of ${who} to ${amount} is in no entry`]
    const line = run.lines[receipt.logSeq - 1]
    const isThere = line?.hash === receipt.hash && line?.entry.type === 'bid' && line.entry.bidder === mask
    return isThere ? faults : [...faults, `the bid of ${who} is not at place ${receipt.logSeq}`]
  })
}

/** 2. Places are gapless, the chain holds, and prices rise by the ladder, save the jump to the reserve. */
export function placesAndPricesRise({ auction, terms, lines }: Run): string[] {
  const faults: string[] = []
  let previous: string = noHash
  let before: BidEntry | null = null
  for (const [index, { entry, hash }] of lines.entries()) {
    if (entry.seq !== index + 1) faults.push(`entry ${index + 1} says it is ${entry.seq}`)
    if (entry.previous !== previous) faults.push(`entry ${entry.seq} does not follow the one before`)
    if (hash !== createHash('sha256').update(entryBytes(auction, entry)).digest('base64url'))
      faults.push(`entry ${entry.seq} has another hash`)
    if (entry.at < (lines[index - 1]?.entry.at ?? 0)) faults.push(`time runs back at ${entry.seq}`)
    previous = hash
    if (entry.type !== 'bid') continue
    const least: number = before === null ? terms.startPrice : before.price + stepOf(before.price)
    const isJump = entry.reserve === 'met' && before?.reserve !== 'met' && entry.price === terms.reservePrice
    if (entry.price < least && !isJump) faults.push(`entry ${entry.seq} rises too little: ${entry.price}`)
    before = entry
  }
  return faults
}

/** 3. Nothing counts at or after the end, extensions included, and nothing before it was refused as late. */
export function nothingCountsLate(run: Run): string[] {
  const faults: string[] = []
  let endsAt = run.terms.endsAt
  for (const { entry } of run.lines) {
    if (entry.type === 'extended') endsAt = entry.endsAt
    else if (entry.type === 'bid' && entry.at >= endsAt) faults.push(`the bid at ${entry.seq} came after the end`)
  }
  const end = run.lines.find(({ entry }) => entry.type === 'ended')?.entry.at
  for (const { outcome, who } of run.asked) {
    if (outcome.ok || outcome.extra?.['lateByMs'] === undefined) continue
    const at = outcome.receipt?.at ?? 0
    if (end === undefined || at < end || outcome.extra['lateByMs'] !== at - end)
      faults.push(`${who} was refused as late at ${at}, the end was ${end}`)
  }
  return faults
}

/** 4. It closes once; who offered most wins, of equal offers the earlier, and nobody below the reserve. */
export function closesOnce(run: Run): string[] {
  const ends = run.lines.filter(({ entry }) => ['ended', 'cancelled', 'voided'].includes(entry.type))
  if (ends.length !== 1) return [`it closed ${ends.length} times`]
  const [{ entry: end } = { entry: null }] = ends
  if (end?.seq !== run.lines.length) return ['something follows the end']
  if (end.type !== 'ended') return []
  let best: { mask: number; amount: number } | null = null
  const firsts = new Map(accepted(run).map((bid) => [`${bid.who} ${bid.key}`, bid]))
  for (const { mask, amount } of firsts.values()) if (amount > (best?.amount ?? 0)) best = { mask, amount }
  const isMet = best !== null && best.amount >= (run.terms.reservePrice ?? 0)
  const winner = isMet && best !== null ? best.mask : null
  return end.winner === winner ? [] : [`${end.winner} won instead of ${winner}`]
}

/** 5. One key has one effect and one answer. */
export function keysActOnce(run: Run): string[] {
  const faults: string[] = []
  const first = new Map<string, Asked>()
  const places = new Map<number, string>()
  for (const asked of run.asked) {
    const name = `${asked.who} ${asked.key}`
    const before = first.get(name)
    // A flood limit is no answer to the bid: the same key may be asked again.
    const isKept = asked.outcome.ok || asked.outcome.code !== 'too-many-requests'
    if (before === undefined) {
      if (isKept) first.set(name, asked)
    } else if (before.request === asked.request && !isDeepStrictEqual(before.outcome, asked.outcome))
      faults.push(`${name} was answered twice and differently`)
    else if (before.request !== asked.request && (asked.outcome.ok || asked.outcome.code !== 'key-reused'))
      faults.push(`${name} was used for two requests`)
    if (!asked.outcome.ok) continue
    const { logSeq } = asked.outcome.value.receipt
    if (logSeq === null) continue
    if ((places.get(logSeq) ?? name) !== name) faults.push(`two keys share place ${logSeq}`)
    places.set(logSeq, name)
  }
  const bids = run.lines.filter(({ entry }) => entry.type === 'bid').length
  if (bids !== places.size) faults.push(`${bids} bids in the ledger, ${places.size} acknowledged`)
  return faults
}

/** 6. A viewer's stream is gapless or begins with a snapshot, and ends where the room does. */
export function streamsAreWhole(run: Run): string[] {
  return run.streams.flatMap(({ name, parts }) => {
    const faults: string[] = []
    let seq: number | null = null
    let logSeq = 0
    let state = ''
    for (const frame of parts.flat()) {
      if (frame.type === 'welcome' && frame.resumed && seq === null) faults.push(`${name} resumed from nothing`)
      if (frame.type === 'snapshot') {
        seq = frame.seq
        logSeq = frame.logSeq
        state = frame.auction.state
      }
      for (const fact of factsIn(frame)) {
        if (seq === null || fact.seq !== seq + 1) faults.push(`${name} got ${fact.seq} after ${seq}`)
        seq = fact.seq
        if (!('logSeq' in fact)) continue
        if (fact.logSeq !== logSeq + 1) faults.push(`${name} got entry ${fact.logSeq} after ${logSeq}`)
        logSeq = fact.logSeq
        state = stateAfter(fact, state)
      }
    }
    if (seq !== run.snapshot.seq || logSeq !== run.snapshot.logSeq)
      faults.push(`${name} ends at ${seq} (${logSeq}), the room at ${run.snapshot.seq} (${run.snapshot.logSeq})`)
    if (state !== run.snapshot.auction.state)
      faults.push(`${name} believes ${state}, the room ${run.snapshot.auction.state}`)
    return faults
  })
}

const factTypes = new Set<string>([
  'auction-started',
  'bid-placed',
  'auction-extended',
  'auction-ended',
  'auction-cancelled',
  'note-added',
  'message-posted',
  'message-removed',
  'room-changed',
])

/** Facts of a frame, one by one; those of a batch are unpacked. */
export function factsIn(frame: ServerFrame): Fact[] {
  if (frame.type === 'batch') return unpackFacts((frame satisfies Batch).frames)
  return factTypes.has(frame.type) ? [frame as Fact] : []
}

function stateAfter(fact: Fact, before: string): string {
  if (fact.type === 'auction-started') return 'running'
  return fact.type === 'auction-ended' || fact.type === 'auction-cancelled' ? fact.result : before
}

interface Told {
  auction: string
  hash: string
  entry: Entry
  /** Whose digest the entry holds. */
  text?: string | null
}

/**
 * 7. What left for the relay is the ledger in its order, with its words and with who is behind each number; the lists' database is a
 * fold of it, and of what the relay has alone.
 */
export function whatLeftIsTheLedger({ auction, lines, events, row, snapshot }: Run): string[] {
  const faults = events.flatMap(({ seq }, index) => (seq === index + 1 ? [] : [`event ${index + 1} says ${seq}`]))
  const told = events.filter(({ payload }) => 'entry' in (payload as object)).map(({ payload }) => payload as Told)
  const chained = told.map(({ auction, hash, entry }) => ({ auction, hash, entry }))
  if (
    !isDeepStrictEqual(
      chained,
      lines.map(({ entry, hash }) => ({ auction, hash, entry })),
    )
  )
    faults.push('the relay was told another ledger')
  for (const { entry, text } of told)
    if (
      'digest' in entry &&
      entry.digest !== (typeof text === 'string' ? createHash('sha256').update(text).digest('base64url') : null)
    )
      faults.push(`entry ${entry.seq} left with other words than its digest's`)
  const named = events.filter(({ type }) => type === 'bidder-numbered')
  const numbers = named.map(({ payload }) => (payload as { number: number }).number)
  const bidders = new Set(lines.flatMap(({ entry }) => (entry.type === 'bid' ? [entry.bidder] : [])))
  if (!isDeepStrictEqual(numbers.toSorted(), [...bidders].toSorted())) faults.push(`bidders named: ${numbers.join()}`)
  const { state, price, bidCount, leader, winner, reserve } = snapshot.auction
  const bids = lines.flatMap(({ entry }) => (entry.type === 'bid' ? [entry] : []))
  const folded: Projection = {
    logSeq: lines.length,
    state: endStateOf(lines),
    price: bids.at(-1)?.price ?? price,
    bidCount: bids.length,
    leaderNumber: bids.at(-1)?.leader ?? null,
    winnerNumber: lines.flatMap(({ entry }) => (entry.type === 'ended' ? [entry.winner] : []))[0] ?? null,
    reserve: bids.at(-1)?.reserve ?? reserve,
    endsAt: Date.parse(snapshot.auction.endsAt),
  }
  if (!isDeepStrictEqual(row, folded)) faults.push(`lists say ${JSON.stringify(row)}, not ${JSON.stringify(folded)}`)
  const again = archivedLot(events as unknown as Event[])
  const rebuilt = again && Object.fromEntries(Object.keys(row).map((name) => [name, Reflect.get(again, name)]))
  if (!isDeepStrictEqual(row, rebuilt)) faults.push(`the relay's events lead to ${JSON.stringify(rebuilt)}`)
  const live = { state, price, bidCount, leaderNumber: leader, winnerNumber: winner, reserve }
  const { logSeq: _, endsAt: __, ...rest } = folded
  if (!isDeepStrictEqual(live, rest)) faults.push(`the room says ${JSON.stringify(live)}`)
  return faults
}

function endStateOf(lines: Run['lines']): string {
  const last = lines.at(-1)?.entry
  if (last?.type === 'ended') return last.result
  if (last?.type === 'cancelled') return 'cancelled'
  return last?.type === 'voided' ? 'void' : 'running'
}

const hidden = new Set([
  'hash',
  'previous',
  'raises',
  'commitment',
  'reserveCommitment',
  'termsHash',
  'signature',
  'epoch',
  'bid',
  'deal',
  'room',
  'kid',
])

/**
 * 8. Two histories that differ only in amounts which nothing reached look the same, commitments and names of chance aside.
 * Names what does not.
 */
export function secretsStaySecret(one: Run, two: Run): string[] {
  const seen = (run: Run) => ({
    ledger: run.lines.map(({ entry }) => entry),
    // Whether two bids shared a frame, and so left out their hashes, is chance; the ledger has them.
    streams: run.streams.map(({ parts }) =>
      parts.flat().flatMap((frame) => factsIn(frame).map((fact) => ({ ...fact, hash: null }))),
    ),
    events: run.events.map(({ payload }) => payload),
    snapshot: run.snapshot.auction,
    bids: run.snapshot.bids,
  })
  const [first, second] = [plain(seen(one)), plain(seen(two))] as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys(first).filter((part) => !isDeepStrictEqual(first[part], second[part]))
}

/** Without what is random or a commitment; how many raises there were stays. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'string') return value.replace(/^(auc|acc|bid|deal|room|msg)_\w+$/, '$1')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'raises' && Array.isArray(inner)) return [name, inner.length]
      return [name, hidden.has(name) ? typeof inner : plain(inner)]
    }),
  )
}

export const predicates: Record<string, Predicate> = {
  acknowledgedBidsAreKept,
  placesAndPricesRise,
  nothingCountsLate,
  closesOnce,
  keysActOnce,
  streamsAreWhole,
  whatLeftIsTheLedger,
}
