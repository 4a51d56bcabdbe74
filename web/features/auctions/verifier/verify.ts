import {
  checkpointBytes,
  commitmentBytes,
  entryBytes,
  noHash,
  termsBytes,
  type Checkpoint,
  type Entry,
  type EntryType,
} from '../../../../worker/contract/ledger.ts'
import type { Commitment, Maxima } from './bidding.ts'
import { Course } from './course.ts'
import type { Evidence, LedgerOpening } from './evidence.ts'
import { hashOf } from '../../../api/hashing.ts'
import { isSignedBy, readKeys } from './signatures.ts'
import { exactly } from './range.ts'
import { faultsOfReceipts } from './receipts.ts'
import {
  ReplayStopped,
  stepNames,
  type Fault,
  type Outcome,
  type Report,
  type SkipReason,
  type Step,
  type StepName,
} from './report.ts'

/**
 * Checks a public ledger from its entries alone, step by step: chain, course, price, leader, extensions, winner,
 * signatures and one's own receipts. It shares nothing with the room's rules but the published form of the entries.
 * `onStep` hears of each step as it is done.
 */
export async function verify(evidence: Evidence, onStep: (step: Step) => void = () => {}): Promise<Report> {
  const steps: Step[] = []
  const tell = (step: Step) => {
    steps.push(step)
    onStep(step)
  }
  const count = evidence.lines.length
  tell(judged('chain', count, await faultsOfChain(evidence)))
  // What cannot be read cannot be judged either.
  if (!evidence.lines.every(({ entry }) => isEntry(entry))) {
    for (const step of stepNames.slice(1)) tell({ step, verdict: 'skipped', reason: 'stopped-earlier' })
    return { isSound: false, steps, outcome: null }
  }
  tell(judged('times', count, faultsOfTimes(evidence)))
  tell(await checkTerms(evidence))
  const opened = await checkOpenings(evidence)
  const { steps: replayed, outcome, commitments, due } = replay(evidence, opened.maxima)
  for (const step of replayed)
    tell(step.step === 'maxima' ? withOpenings(step, evidence, opened, commitments, due) : step)
  const keys = await readKeys(evidence.keys)
  const { step, proven } = await checkCheckpoints(evidence, keys)
  tell(step)
  tell(await checkReceipts(evidence, keys, proven))
  return { isSound: steps.every(({ verdict }) => verdict !== 'failed'), steps, outcome }
}

const entryTypes: readonly EntryType[] = [
  'published',
  'started',
  'bid',
  'extended',
  'noted',
  'cancelled',
  'voided',
  'ended',
]

function judged(step: StepName, checked: number, faults: Fault[], whenNone: SkipReason = 'nothing-to-check'): Step {
  if (faults.length > 0) return { step, verdict: 'failed', faults }
  return checked > 0 ? { step, verdict: 'passed', checked } : { step, verdict: 'skipped', reason: whenNone }
}

async function faultsOfChain({ auction, lines }: Evidence): Promise<Fault[]> {
  if (lines.length === 0) return [{ code: 'empty' }]
  const faults: Fault[] = []
  for (const [index, { entry, hash }] of lines.entries()) {
    const place = index + 1
    if (!isEntry(entry)) {
      faults.push({ code: 'malformed', entry: place })
      continue
    }
    const previous = lines[index - 1]?.hash ?? noHash
    if (entry.seq !== place) faults.push({ code: 'place-wrong', entry: place, expected: place, found: entry.seq })
    if (entry.previous !== previous) faults.push({ code: 'previous-differs', entry: place })
    const own = await hashOf(entryBytes(auction, entry))
    if (own !== hash) faults.push({ code: 'hash-differs', entry: place, expected: own, found: hash })
  }
  return faults
}

function isEntry({ type, seq, at, raises }: Entry): boolean {
  const isList = Array.isArray(raises) && raises.every((commitment) => typeof commitment === 'string')
  return entryTypes.includes(type) && Number.isSafeInteger(seq) && Number.isSafeInteger(at) && isList
}

function faultsOfTimes({ lines }: Evidence): Fault[] {
  return lines.flatMap(({ entry }, index) => {
    const before = lines[index - 1]?.entry.at ?? 0
    return entry.at >= before
      ? []
      : [{ code: 'time-falls' as const, entry: entry.seq, expected: before, found: entry.at }]
  })
}

async function checkTerms({ auction, lines, terms }: Evidence): Promise<Step> {
  const entry = lines[0]?.entry
  if (!terms) return { step: 'terms', verdict: 'skipped', reason: 'no-terms' }
  if (entry?.type !== 'published') return { step: 'terms', verdict: 'skipped', reason: 'stopped-earlier' }
  const own = await hashOf(termsBytes(auction, terms))
  if (own !== entry.termsHash)
    return judged('terms', 1, [{ code: 'terms-differ', entry: 1, expected: own, found: entry.termsHash }])
  const kept: [string | number, string | number][] = [
    [terms.startPrice, entry.startPrice],
    [terms.reserveCommitment ?? '–', entry.reserveCommitment ?? '–'],
    [terms.buyNowPrice ?? '–', entry.buyNowPrice ?? '–'],
    [terms.startsAt, entry.startsAt],
    [terms.endsAt, entry.endsAt],
    [terms.softClose.windowSeconds * 1_000, entry.windowMs],
    [hardEndOf(terms), entry.hardEndAt],
  ]
  const faults = kept
    .filter(([expected, found]) => expected !== found)
    .map(([expected, found]) => ({ code: 'terms-not-kept' as const, entry: 1, expected, found }))
  return judged('terms', kept.length, faults)
}

function hardEndOf({ endsAt, softClose }: NonNullable<Evidence['terms']>): number {
  return softClose.windowSeconds === 0 ? endsAt : endsAt + softClose.capMinutes * 60_000
}

interface Opened {
  maxima: Maxima
  openings: LedgerOpening[]
  faults: Fault[]
}

/** Openings of the ledger and of one's own receipts; only those that match their commitment are believed. */
async function checkOpenings({ auction, openings, receipts }: Evidence): Promise<Opened> {
  const own = receipts.flatMap(({ receipt, opening }) =>
    opening && receipt.commitment ? [{ ...opening, commitment: receipt.commitment }] : [],
  )
  const maxima: Maxima = new Map()
  const faults: Fault[] = []
  for (const opening of [...openings, ...own]) {
    const isRight = (await hashOf(commitmentBytes(auction, opening))) === opening.commitment
    if (isRight) maxima.set(opening.commitment, exactly(opening.amount))
    else faults.push({ code: 'opening-differs', found: opening.commitment })
  }
  return { maxima, openings, faults }
}

interface Replayed {
  steps: Step[]
  outcome: Outcome | null
  commitments: readonly Commitment[]
  due: readonly Commitment[]
}

const replaySteps = ['course', 'prices', 'maxima', 'extensions', 'end'] as const

function replay({ lines }: Evidence, maxima: Maxima): Replayed {
  const [first, ...later] = lines.map(({ entry }) => entry)
  let course: Course | null = null
  let stopped: ReplayStopped | null = null
  try {
    if (first) course = new Course(first, maxima)
    for (const entry of later) course?.take(entry)
    course?.finish()
  } catch (error) {
    if (!(error instanceof ReplayStopped)) throw error
    stopped = error
  }
  const counts = {
    course: lines.length,
    prices: lines.filter(({ entry }) => entry.type === 'bid').length,
    maxima: course?.commitments.length ?? 0,
    extensions: lines.filter(({ entry }) => entry.type === 'extended').length,
    end: course?.isOver ? 1 : 0,
  }
  const steps = replaySteps.map((step): Step => {
    if (stopped?.step === step) return { step, verdict: 'failed', faults: [stopped.fault] }
    if (stopped) return { step, verdict: 'skipped', reason: 'stopped-earlier' }
    return judged(step, counts[step], [], step === 'end' ? 'not-over' : 'nothing-to-check')
  })
  return {
    steps,
    outcome: stopped ? null : (course?.outcome ?? null),
    commitments: course?.commitments ?? [],
    due: stopped ? [] : (course?.dueOpenings ?? []),
  }
}

function withOpenings(
  step: Step,
  evidence: Evidence,
  { maxima, openings, faults: wrong }: Opened,
  commitments: readonly Commitment[],
  due: readonly Commitment[],
): Step {
  const bidderOf = new Map(commitments.map(({ commitment, bidder }) => [commitment, bidder]))
  const faults: Fault[] = [...wrong]
  for (const { commitment, bidder } of openings)
    if (bidderOf.get(commitment) !== bidder && step.verdict !== 'skipped')
      faults.push({ code: 'opening-without-commitment', found: commitment })
  for (const { commitment, entry } of due)
    if (!maxima.has(commitment) || !openings.some((opening) => opening.commitment === commitment))
      faults.push({ code: 'maximum-not-opened', entry })
  if (step.verdict === 'failed') faults.unshift(...step.faults)
  if (faults.length > 0) return { step: 'maxima', verdict: 'failed', faults }
  return step.verdict === 'passed' && evidence.lines.length > 0 ? { ...step, checked: commitments.length } : step
}

async function checkCheckpoints(
  { auction, lines, checkpoints, receipts }: Evidence,
  keys: Map<string, CryptoKey> | null,
): Promise<{ step: Step; proven: Checkpoint[] }> {
  if (!keys) return { step: { step: 'checkpoints', verdict: 'skipped', reason: 'no-ed25519' }, proven: [] }
  const all = [...checkpoints, ...receipts.flatMap(({ checkpoint }) => checkpoint ?? [])]
  const faults: Fault[] = []
  const proven: Checkpoint[] = []
  for (const checkpoint of all) {
    const { logSeq, hash, kid, signature } = checkpoint
    const key = keys.get(kid)
    const line = lines[logSeq - 1]
    if (!key) faults.push({ code: 'key-unknown', entry: logSeq, found: kid })
    else if (!(await isSignedBy(key, signature, checkpointBytes(auction, logSeq, hash))))
      faults.push({ code: 'signature-wrong', entry: logSeq })
    else if (!line) faults.push({ code: 'checkpoint-beyond-ledger', entry: logSeq, found: lines.length })
    else if (line.hash !== hash)
      faults.push({ code: 'checkpoint-differs', entry: logSeq, expected: hash, found: line.hash })
    else proven.push(checkpoint)
  }
  return { step: judged('checkpoints', all.length, faults), proven }
}

async function checkReceipts(
  evidence: Evidence,
  keys: Map<string, CryptoKey> | null,
  proven: Checkpoint[],
): Promise<Step> {
  if (!keys && evidence.receipts.length > 0) return { step: 'receipts', verdict: 'skipped', reason: 'no-ed25519' }
  const faults = await faultsOfReceipts({ evidence, keys: keys ?? new Map(), proven })
  return judged('receipts', evidence.receipts.length, faults)
}
