import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { envelope, type Fact as Event } from '../../worker/contract/events.ts'
import type { AuctionId } from '../../worker/contract/ids.ts'
import { entryBytes, noHash, type BidEntry, type Entry, type Hash, type Receipt } from '../../worker/contract/ledger.ts'
import type { ServerFrame, Snapshot } from '../../worker/contract/live.ts'
import type { Won } from '../../worker/contract/money.ts'
import { instant, iso, type Instant } from '../../worker/contract/time.ts'
import { predicates, secretsStaySecret, type Run } from './predicates.ts'

/** A short sound run: two bids, an end. Each test spoils one thing in it. */
const auction = 'auc_0123456789abcdefghjkmnpqrs' as AuctionId
const start = Date.UTC(2026, 10, 21)
const at = (ms: number) => instant(start + ms)
const hashOf = (entry: Entry) => createHash('sha256').update(entryBytes(auction, entry)).digest('base64url') as Hash

type Bare = Entry extends infer E ? (E extends Entry ? Omit<E, 'seq' | 'previous' | 'raises'> : never) : never

function chained(entries: Bare[]): Run['lines'] {
  const lines: Run['lines'] = []
  for (const [index, own] of entries.entries()) {
    const entry = { ...own, seq: index + 1, previous: lines.at(-1)?.hash ?? noHash, raises: [] } as unknown as Entry
    lines.push({ entry, hash: hashOf(entry) })
  }
  return lines
}

const bidEntry = (bidder: number, price: number, ms: number): Bare =>
  ({
    type: 'bid',
    at: at(ms),
    bidder,
    kind: 'exact',
    amount: price as Won,
    commitment: null,
    price: price as Won,
    leader: bidder,
    reserve: 'none',
  }) satisfies Omit<BidEntry, 'seq' | 'previous' | 'raises'>

const published: Bare = {
  type: 'published',
  at: at(0),
  termsHash: 'terms' as Hash,
  startPrice: 1_000 as Won,
  reserveCommitment: null,
  buyNowPrice: null,
  startsAt: at(0),
  endsAt: at(60_000),
  windowMs: 0,
  hardEndAt: at(60_000),
}

const ended = (winner: number, price: number, end: Instant = at(60_000)): Bare => ({
  type: 'ended',
  at: end,
  reason: 'time',
  result: 'sold',
  price: price as Won,
  winner,
  deal: null,
  room: null,
})

const numbered = (number: number): Event => ({
  type: 'bidder-numbered',
  payload: { auction, account: `acc_${number}`, number, at: iso(at(0)) },
})

function soundRun(bids: Bare[] = [bidEntry(1, 1_000, 10), bidEntry(2, 1_100, 20)]): Run {
  const lines = chained([published, { type: 'started', at: at(0) }, ...bids, ended(2, 1_100)])
  const receipt = (logSeq: number, line = lines[logSeq - 1]): Receipt =>
    ({ at: line?.entry.at, bid: `bid_${logSeq}`, logSeq, hash: line?.hash, commitment: null }) as Receipt
  const asked = (who: string, mask: number, amount: number, logSeq: number): Run['asked'][number] => ({
    who,
    key: `key of ${who}`,
    request: String(amount),
    kind: 'exact',
    amount,
    outcome: { ok: true, value: { receipt: receipt(logSeq), mask } },
    wasSeenAfter: true,
  })
  const snapshot = {
    type: 'snapshot',
    epoch: 'epoch',
    seq: 3,
    logSeq: 5,
    auction: {
      state: 'sold',
      price: 1_100,
      bidCount: 2,
      leader: 2,
      winner: 2,
      reserve: 'none',
      endsAt: iso(at(60_000)),
    },
    bids: [],
  } as unknown as Snapshot
  const fact = (seq: number, logSeq: number, type: string) =>
    ({ type, seq, logSeq, result: 'sold', at: iso(at(0)), raises: [] }) as unknown as ServerFrame
  return {
    auction,
    terms: {
      startPrice: 1_000,
      reservePrice: null,
      buyNowPrice: null,
      startsAt: at(0),
      endsAt: at(60_000),
      windowMs: 0,
      capMs: 0,
    },
    asked: [asked('gyul', 1, 1_000, 3), asked('yuja', 2, 1_100, 4)],
    lines,
    streams: [
      {
        name: 'viewer',
        parts: [
          [
            { ...snapshot, seq: 0, logSeq: 2, auction: { ...snapshot.auction, state: 'running' } },
            fact(1, 3, 'bid-placed'),
            fact(2, 4, 'bid-placed'),
            fact(3, 5, 'auction-ended'),
          ],
        ],
      },
    ],
    events: lines
      .flatMap(({ entry, hash }): Event[] => [
        ...(entry.type === 'bid' ? [numbered(entry.bidder)] : []),
        { type: 'bid-placed', payload: { auction, hash, entry } },
      ])
      .map((event, index) => envelope(`auction:${auction}`, index + 1, iso(at(0)), event)),
    snapshot,
    row: {
      logSeq: 5,
      state: 'sold',
      price: 1_100,
      bidCount: 2,
      leaderNumber: 2,
      winnerNumber: 2,
      reserve: 'none',
      endsAt: at(60_000),
    },
  }
}

const faults = (name: string, run: Run) => predicates[name]!(run)

test('a sound run satisfies every predicate', () => {
  for (const [name, predicate] of Object.entries(predicates)) expect([name, predicate(soundRun())]).toEqual([name, []])
  expect(secretsStaySecret(soundRun(), soundRun())).toEqual([])
})

type Spoil = (run: Run) => void

const acknowledge = (run: Run, changes: Partial<Receipt>) => {
  const [first] = run.asked
  if (first?.outcome.ok) Object.assign(first.outcome.value.receipt, changes)
}

const spoiled: [predicate: string, what: string, spoil: Spoil][] = [
  [
    'acknowledgedBidsAreKept',
    'an acknowledged bid that the ledger lost',
    (run) => acknowledge(run, { hash: 'x' as Hash }),
  ],
  [
    'acknowledgedBidsAreKept',
    'a raise that is in no entry',
    (run) => acknowledge(run, { logSeq: null, commitment: 'x' as Hash }),
  ],
  [
    'acknowledgedBidsAreKept',
    'an own bid that a read did not show',
    (run) => void (run.asked[0]!.wasSeenAfter = false),
  ],
  ['placesAndPricesRise', 'a missing place', (run) => void run.lines.splice(2, 1)],
  [
    'placesAndPricesRise',
    'an entry that was rewritten',
    (run) => void Object.assign(run.lines[2]!.entry, { bidder: 9 }),
  ],
  [
    'placesAndPricesRise',
    'a price that rises by less than a step',
    (run) => void (run.lines = soundRun([bidEntry(1, 1_000, 10), bidEntry(2, 1_050, 20)]).lines),
  ],
  [
    'placesAndPricesRise',
    'a time that runs back',
    (run) => void (run.lines = soundRun([bidEntry(1, 1_000, 30), bidEntry(2, 1_100, 20)]).lines),
  ],
  [
    'nothingCountsLate',
    'a bid at the end',
    (run) => void (run.lines = soundRun([bidEntry(1, 1_000, 10), bidEntry(2, 1_100, 60_000)]).lines),
  ],
  [
    'nothingCountsLate',
    'a bid before the end that was refused as late',
    (run) =>
      void (run.asked[0]!.outcome = {
        ok: false,
        code: 'auction-not-running',
        extra: { lateByMs: 0 },
        receipt: { at: at(59_999) } as Receipt,
      }),
  ],
  ['closesOnce', 'no end', (run) => void run.lines.pop()],
  ['closesOnce', 'two ends', (run) => void run.lines.push(run.lines.at(-1)!)],
  ['closesOnce', 'the wrong winner', (run) => void Object.assign(run.lines.at(-1)!.entry, { winner: 1 })],
  ['closesOnce', 'a winner below the reserve', (run) => void (run.terms = { ...run.terms, reservePrice: 5_000 })],
  [
    'keysActOnce',
    'two answers to one key',
    (run) => void run.asked.push({ ...run.asked[0]!, outcome: { ok: false, code: 'bid-too-low', receipt: null } }),
  ],
  ['keysActOnce', 'a bid that nobody was told of', (run) => void run.asked.pop()],
  ['keysActOnce', 'one key for two requests', (run) => void run.asked.push({ ...run.asked[0]!, request: 'another' })],
  ['streamsAreWhole', 'a gap', (run) => void run.streams[0]!.parts[0]!.splice(2, 1)],
  ['streamsAreWhole', 'a fact twice', (run) => void run.streams[0]!.parts.push([run.streams[0]!.parts[0]![3]!])],
  ['streamsAreWhole', 'no snapshot', (run) => void run.streams[0]!.parts[0]!.shift()],
  ['streamsAreWhole', 'a viewer who never heard the end', (run) => void run.streams[0]!.parts[0]!.pop()],
  ['whatLeftIsTheLedger', 'an event too few', (run) => void run.events.pop()],
  ['whatLeftIsTheLedger', 'events out of order', (run) => void run.events.reverse()],
  ['whatLeftIsTheLedger', 'a bidder without a name', (run) => void (run.events[2]!.type = 'message-posted')],
  [
    'whatLeftIsTheLedger',
    'words that are not those of the digest',
    // The entry in the ledger and in the event are one.
    (run) => void Object.assign(run.lines.at(-1)!.entry, { digest: 'of other words' }),
  ],
  ['whatLeftIsTheLedger', 'a list that lags behind', (run) => void (run.row.price = 1_000)],
]

describe('the predicates see', () => {
  test.each(spoiled)('%s: %s', (name, _, spoil) => {
    const run = soundRun()
    spoil(run)
    expect(faults(name, run)).not.toEqual([])
  })

  test('secretsStaySecret: a price that differs', () => {
    const other = soundRun()
    Object.assign(other.lines[3]!.entry, { price: 1_200 })
    expect(secretsStaySecret(soundRun(), other)).toEqual(['ledger', 'events'])
  })

  test('secretsStaySecret: nothing in hashes and commitments, which are of chance', () => {
    const other = soundRun()
    for (const { entry } of other.lines) Object.assign(entry, { previous: 'other' })
    expect(secretsStaySecret(soundRun(), other)).toEqual([])
  })
})
