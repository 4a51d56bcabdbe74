import type { AuctionView, MyBids, MyReceipt } from '../../../worker/contract/auctions.ts'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import type { Snapshot } from '../../../worker/contract/live.ts'
import type { OwnReceipt } from '../../../web/features/auctions/verifier/evidence.ts'
import { gather } from '../../../web/features/auctions/verifier/gather.ts'
import { verify } from '../../../web/features/auctions/verifier/verify.ts'
import { predicates, type Asked, type Run } from '../../model/predicates.ts'
import { Reference, type ReferenceTerms } from '../../model/reference.ts'
import type { Bid, Bidder } from './bidder.ts'
import type { BesiegedHouse } from './house.ts'
import { archivedEvents, listedRow } from './outside.ts'
import type { Viewer } from './viewer.ts'

export type AskedBid = Asked & { bidder: Bidder; bid: Bid }

export interface Ended {
  house: BesiegedHouse
  view: AuctionView
  snapshot: Snapshot
  asked: AskedBid[]
  viewers: Viewer[]
}

/** So many of the last bids are asked again under their keys; of each bidder so many receipts are verified. */
const askedAgain = 20
const receiptsEach = 30

/** What is not as it must be, in words: the predicates of every auction, the public verifier, the reference. */
export async function faultsOf({ house, view, snapshot, asked, viewers }: Ended): Promise<string[]> {
  const { id } = view
  const evidence = await gather((path) => house.site.ask('GET', path), id)
  const { lines } = evidence
  const receipts = await ownReceipts(id, asked)
  const report = await verify({ ...evidence, receipts })
  const run: Run = {
    auction: id as AuctionId,
    terms: termsOf(view),
    asked: inOrderOf(lines, [...asked, ...(await again(asked))]),
    lines,
    streams: viewers.map(({ stream }) => stream),
    events: await archivedEvents(house.path, id, lines.length),
    snapshot,
    row: await listedRow(house.path, id, lines.length),
  }
  const failed = report.steps.filter(({ verdict }) => verdict === 'failed')
  return [
    ...(report.isSound ? [] : [`the verifier: ${JSON.stringify(failed)}`]),
    ...Object.entries(predicates).flatMap(([name, holds]) => holds(run).map((words) => `${name}: ${words}`)),
    ...differencesFromReference(run),
  ]
}

/** Long after the deaths the same key has the same answer. */
async function again(asked: AskedBid[]): Promise<AskedBid[]> {
  const answers: AskedBid[] = []
  for (const one of asked.slice(-askedAgain)) {
    const outcome = await one.bidder.askAgain(one.bid)
    if (outcome) answers.push({ ...one, outcome })
  }
  return answers
}

async function ownReceipts(auction: string, asked: AskedBid[]): Promise<OwnReceipt[]> {
  const receipts: OwnReceipt[] = []
  const path = `/api/auctions/${auction}/bids`
  for (const { person } of new Set(asked.map(({ bidder }) => bidder))) {
    const { bids } = await person.ask<MyBids>('GET', `${path}/mine`)
    for (const { bid } of bids.slice(0, receiptsEach))
      receipts.push((await person.ask<MyReceipt>('GET', `${path}/${bid}/receipt`)) as OwnReceipt)
  }
  return receipts
}

function termsOf({ terms, endsAt }: AuctionView): ReferenceTerms {
  const { startPrice, startsAt, softClose } = terms
  if (startPrice === null || softClose === null) throw new Error('an auction without terms')
  return {
    startPrice,
    reservePrice: null,
    buyNowPrice: null,
    startsAt: Date.parse(startsAt ?? ''),
    endsAt: Date.parse(endsAt ?? ''),
    windowMs: softClose.windowSeconds * 1_000,
    capMs: softClose.capMinutes * 60_000,
  }
}

/** As they were judged. A raise that nobody saw stands before the entry that carries its commitment. */
function inOrderOf(lines: Run['lines'], asked: AskedBid[]): AskedBid[] {
  const carriers = new Map(
    lines.flatMap(({ entry }) => entry.raises.map((raise, at) => [raise, [entry.seq, at]] as const)),
  )
  const placeOf = ({ outcome }: AskedBid): number => {
    if (!outcome.ok) return Infinity
    const { logSeq, commitment } = outcome.value.receipt
    if (logSeq !== null) return logSeq
    const [seq, at] = (commitment && carriers.get(commitment)) ?? [Infinity, 0]
    return seq - 1 + (at + 1) / 10_000
  }
  return asked.toSorted((a, b) => Math.sign(placeOf(a) - placeOf(b)) || 0)
}

/** The plain reference, told what was accepted in the ledger's order, has the same ledger in the end, and so the same winner. */
function differencesFromReference(run: Run): string[] {
  const [published] = run.lines
  if (!published) return ['there is no ledger']
  const names = new Map<number, string>()
  const people = [...new Set(run.asked.map(({ who }) => who))]
  const reference = new Reference(
    run.terms,
    people.map((name) => ({ name, isSeller: false, isTrader: true, isEligible: true })),
    published.entry.at,
  )
  const told = new Set<string>()
  for (const { who, key, kind, amount, outcome } of run.asked) {
    if (!outcome.ok || kind === 'buy-now' || told.has(key)) continue
    told.add(key)
    names.set(outcome.value.mask, who)
    reference.act({ do: 'bid', who, key, kind, amount, confirm: true, oldTerms: false }, outcome.value.receipt.at)
  }
  reference.act({ do: 'look' }, run.lines.at(-1)?.entry.at ?? 0)
  const theirs = reference.ledger().map((entry) => JSON.stringify(entry))
  const ours = run.lines.map(({ entry }) => JSON.stringify(asReference(entry, names)))
  const at = ours.findIndex((line, place) => line !== theirs[place])
  if (at === -1 && ours.length === theirs.length) return []
  return [`the reference: entry ${at + 1} is ${theirs[at] ?? 'missing'}, not ${ours[at] ?? 'there'}`]
}

function asReference({ ...entry }: Run['lines'][number]['entry'], names: Map<number, string>): object {
  const { type, at } = entry
  const raises = entry.raises.length
  const nameOf = (number: number | null) => (number === null ? null : (names.get(number) ?? `${number}`))
  if (entry.type === 'bid') {
    const { kind, amount, price, reserve } = entry
    return {
      type,
      at,
      raises,
      bidder: nameOf(entry.bidder),
      kind,
      amount,
      price,
      leader: nameOf(entry.leader),
      reserve,
    }
  }
  if (entry.type === 'extended') {
    const { cause, endsAt, addedMs, capLeftMs } = entry
    return { type, at, raises, cause, endsAt, addedMs, capLeftMs }
  }
  if (entry.type === 'ended') {
    const { reason, result, price } = entry
    return { type, at, raises, reason, result, price, winner: nameOf(entry.winner) }
  }
  return { type, at, raises }
}
