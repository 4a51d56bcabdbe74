import { generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Scenes, tell } from '../../model/histories.ts'
import type { Entry } from '../../../worker/contract/ledger.ts'
import type { Evidence, Line } from '../../../web/features/auctions/verifier/evidence.ts'
import type { Report } from '../../../web/features/auctions/verifier/report.ts'
import { verify } from '../../../web/features/auctions/verifier/verify.ts'
import { chained, checkpointAt, play, type Played } from './played.ts'

const runs = { numRuns: 300 }
const Stories = Scenes.map((scene) => play(tell(scene)))
const Pick = fc.nat({ max: 1_000_000 })

/** A story with two equal notes at one moment, under the seed of its test. */
const sameNotes =
  '165:2:4:1:2:2:4:4:4:5:5:5:9:10:10:11:11:11:14:15:15:15:15:15:15:15:18:19:22:22:24:23:12:20:20:20:0:16:16:16:16:16:16:29:16:16'

const names = ['gyul', 'hyang', 'yuja', 'danji', 'mandarin']

function failed(report: Report): string[] {
  return report.steps.filter(({ verdict }) => verdict === 'failed').map(({ step }) => step)
}

function withReceipts({ evidence, receiptsOf }: Played): Evidence {
  return { ...evidence, receipts: names.flatMap(receiptsOf) }
}

/** The same lines with their places and hashes made anew, and a checkpoint by whoever holds `key`. */
function rewritten(evidence: Evidence, entries: Entry[], key?: Parameters<typeof checkpointAt>[1]): Evidence {
  const lines = chained(entries.map((entry, index) => ({ ...entry, seq: index + 1 })))
  const last = lines.at(-1)!
  return { ...evidence, lines, checkpoints: [checkpointAt({ seq: last.entry.seq, own: last.hash }, key)] }
}

describe('accepts', { timeout: 60_000 }, () => {
  test('every ledger that the rules can make, with everybody’s receipts', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, async (played) => {
        const { lot } = played
        const report = await verify(withReceipts(played))
        expect(failed(report)).toEqual([])
        expect(report.isSound).toBe(true)
        expect(report.outcome).toMatchObject({
          state: lot.state,
          price: lot.price,
          leader: lot.leader?.number ?? null,
          winner: lot.winner,
          endsAt: lot.endsAt,
          bids: lot.bidCount,
        })
      }),
      runs,
    )
  })

  test('a ledger that is still being written', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, Pick, async ({ evidence }, pick) => {
        const cuts = evidence.lines.filter(({ entry }, index) => {
          const next = evidence.lines[index + 1]?.entry
          // An extension and a purchase's end are written together with their bid.
          return next?.type !== 'extended' && !(next?.type === 'ended' && entry.type === 'bid')
        })
        const { entry, hash } = cuts[pick % cuts.length]!
        const lines = evidence.lines.slice(0, entry.seq)
        const isOver = ['ended', 'voided', 'cancelled'].includes(entry.type)
        const report = await verify({
          ...evidence,
          lines,
          openings: isOver ? evidence.openings : [],
          checkpoints: [checkpointAt({ seq: entry.seq, own: hash })],
        })
        expect(failed(report)).toEqual([])
      }),
      runs,
    )
  })
})

describe('finds', { timeout: 60_000 }, () => {
  test('any single changed field of an entry, an opening, a checkpoint, a receipt or the terms', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, Pick, async (played, pick) => {
        const evidence = withReceipts(played)
        const leaves = leavesOf(evidence).filter((path) => isEvident(path, evidence))
        const path = leaves[pick % leaves.length]!
        const forged = structuredClone(evidence)
        change(forged, path)
        expect(failed(await verify(forged))).not.toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test('a dropped, doubled or moved entry', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, Pick, Pick, async ({ evidence }, from, to) => {
        for (const lines of disorders(evidence.lines, from, to))
          expect(failed(await verify({ ...evidence, lines }))).not.toEqual([])
      }),
      runs,
    )
  })

  test('a rewritten past', async () => {
    const head = (lines: Line[]) => lines.at(-1)!.hash
    const isFound = fc.asyncProperty(Stories, Pick, Pick, async ({ evidence }, from, to) => {
      for (const lines of disorders(evidence.lines, from, to)) {
        const { lines: rechained } = rewritten(evidence, entriesOf(lines))
        // Two notes of the same words in the same millisecond: moving one past the other rewrites nothing.
        if (head(rechained) === head(evidence.lines)) continue
        expect(failed(await verify({ ...evidence, lines: rechained }))).not.toEqual([])
      }
    })
    await fc.assert(isFound, { seed: -18160165, path: sameNotes, endOnFailure: true, numRuns: 1 })
    await fc.assert(isFound, runs)
  })

  test('a past that was rewritten to another that could have been, by the checkpoint signed before', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, async ({ evidence }) => {
        const last = evidence.lines.at(-1)!
        const note = { ...last.entry, type: 'noted', digest: last.hash } as Entry
        const notes = rewritten({ ...evidence, openings: [] }, [...entriesOf(evidence.lines.slice(0, 1)), note])
        const report = await verify({ ...notes, checkpoints: evidence.checkpoints })
        expect(failed(report)).toContain('checkpoints')
      }),
      { numRuns: 50 },
    )
  })

  test('a signature by somebody else', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    await fc.assert(
      fc.asyncProperty(Stories, async ({ evidence }) => {
        const forged = rewritten(evidence, entriesOf(evidence.lines), privateKey)
        expect(failed(await verify(forged))).toEqual(['checkpoints'])
      }),
      { numRuns: 50 },
    )
  })

  test('a room that signs a wrong price, leader, flag, extension, end or winner', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, Pick, async ({ evidence, secrets }, pick) => {
        const entries = entriesOf(evidence.lines)
        const lies = entries.flatMap((entry) => liesAbout(entry, entries))
        fc.pre(lies.length > 0)
        const lie = lies[pick % lies.length]!
        const told = entries.map((entry) => (entry.seq === lie.seq ? lie : entry))
        const report = await verify({
          ...rewritten(evidence, told),
          openings: secrets.filter(({ bidder }) => bidder > 0),
        })
        expect(failed(report)).not.toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test('a room that leaves out an extension', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, async ({ evidence }) => {
        const entries = entriesOf(evidence.lines)
        const extension = entries.findIndex((entry) => entry.type === 'extended' && entry.cause === 'soft-close')
        fc.pre(extension > 0)
        const report = await verify(rewritten(evidence, entries.toSpliced(extension, 1)))
        expect(failed(report)).toContain('extensions')
      }),
      runs,
    )
  })

  test('a maximum that is not opened though it was beaten', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, Pick, async ({ evidence }, pick) => {
        const { openings } = evidence
        fc.pre(openings.length > 0)
        const report = await verify({ ...evidence, openings: openings.toSpliced(pick % openings.length, 1) })
        expect(failed(report)).toContain('maxima')
      }),
      runs,
    )
  })

  test('an own bid that the ledger has lost', async () => {
    await fc.assert(
      fc.asyncProperty(Stories, async (played) => {
        const { evidence } = played
        const bid = evidence.lines.findLast(({ entry }) => entry.type === 'bid')
        fc.pre(bid !== undefined)
        const without = rewritten(evidence, entriesOf(evidence.lines).toSpliced(bid!.entry.seq - 1, 1))
        const report = await verify({ ...withReceipts(played), ...without, receipts: withReceipts(played).receipts })
        expect(failed(report)).toContain('receipts')
      }),
      { numRuns: 100 },
    )
  })
})

test('says which entry is at fault and what it should have been', async () => {
  const { evidence } = fc
    .sample(Stories, { numRuns: 200, seed: 7 })
    .find(({ lot }) => lot.state === 'sold' && lot.bidCount >= 3)!
  const entries = entriesOf(evidence.lines)
  const bid = entries.findLast((entry) => entry.type === 'bid')!
  const report = await verify(
    rewritten(evidence, entries.with(bid.seq - 1, { ...bid, price: (bid.price + 100_000) as typeof bid.price })),
  )
  const step = report.steps.find(({ verdict }) => verdict === 'failed')
  expect(step).toMatchObject({
    step: 'prices',
    faults: [{ code: 'price-differs', entry: bid.seq, found: bid.price + 100_000 }],
  })
})

function entriesOf(lines: Line[]): Entry[] {
  return lines.map(({ entry }) => entry)
}

function disorders(lines: Line[], from: number, to: number): Line[][] {
  const one = from % lines.length
  const other = to % lines.length
  const line = lines[one]!
  const moved = lines.toSpliced(one, 1).toSpliced(other, 0, line)
  const all = [lines.toSpliced(one, 1), lines.toSpliced(other, 0, line)]
  return one === other ? all : [...all, moved]
}

/** What a lying room could write in the place of one entry, where the published rules leave it no room to. */
function liesAbout(entry: Entry, entries: Entry[]): Entry[] {
  const before = entries[entry.seq - 2]
  const flagBefore = before && entries.findLast((one) => one.type === 'bid' && one.seq < entry.seq)
  switch (entry.type) {
    case 'bid': {
      // The reserve is never opened, so the very jump to it could not be disproved.
      const reached = entry.reserve === 'met' && (flagBefore?.type !== 'bid' || flagBefore.reserve !== 'met')
      const prices = reached ? [] : [entry.price + 100, entry.price - 100]
      const leaders = [entry.leader + 1, entry.leader - 1]
      return [
        ...prices.map((price) => ({ ...entry, price }) as Entry),
        ...leaders.map((leader) => ({ ...entry, leader }) as Entry),
        { ...entry, reserve: entry.reserve === 'none' ? 'met' : 'none' },
      ]
    }
    case 'extended':
      return [
        { ...entry, endsAt: entry.endsAt + 1 } as Entry,
        { ...entry, endsAt: entry.endsAt - 1 } as Entry,
        { ...entry, hardEndAt: entry.hardEndAt + 1 } as Entry,
        { ...entry, cause: entry.cause === 'outage' ? 'soft-close' : 'outage' },
      ]
    case 'ended':
      return [
        { ...entry, at: entry.at + 1 } as Entry,
        { ...entry, winner: (entry.winner ?? 0) + 1 },
        { ...entry, price: ((entry.price ?? 0) + 100) as typeof entry.price },
        { ...entry, result: entry.result === 'sold' ? 'unsold' : 'sold' },
        { ...entry, reason: entry.reason === 'time' ? 'bought' : 'time' },
      ]
    default:
      return []
  }
}

type Path = (string | number)[]

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]))
}

/** Some fields bear no weight: a retired key still proves, and what a bid is called is not part of its entry. */
function isEvident(path: Path, evidence: Evidence): boolean {
  const name = path.at(-1)
  if (path[0] === 'keys') return name === 'x' || name === 'kid'
  if (path[0] !== 'receipts') return true
  const { receipt } = evidence.receipts[Number(path[1])]!
  return (
    path[2] !== 'receipt' || receipt.signature !== null || (name !== 'bid' && name !== 'kid' && name !== 'signature')
  )
}

function change(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce((value, key) => (value as Record<string, unknown>)[key], root) as Record<
    string,
    unknown
  >
  const name = path.at(-1)!
  const value = parent[name]
  if (typeof value === 'number') parent[name] = value + 100
  else if (typeof value === 'string') parent[name] = value.startsWith('B') ? `C${value.slice(1)}` : `B${value.slice(1)}`
  else if (typeof value === 'boolean') parent[name] = !value
  else parent[name] = 'something'
}
