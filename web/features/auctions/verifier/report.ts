import type { Entry } from '../../../../worker/contract/ledger.ts'

/** The steps of a verification, in the order in which they are told. */
export const stepNames = [
  'chain',
  'times',
  'terms',
  'course',
  'prices',
  'maxima',
  'extensions',
  'end',
  'checkpoints',
  'receipts',
] as const
export type StepName = (typeof stepNames)[number]

export const faultCodes = [
  // chain, times, terms
  'empty',
  'malformed',
  'place-wrong',
  'previous-differs',
  'hash-differs',
  'time-falls',
  'terms-differ',
  'terms-not-kept',
  // course
  'first-not-published',
  'published-twice',
  'start-time-differs',
  'not-running',
  'after-the-end',
  'cancelled-with-bids',
  'raise-without-leader',
  // prices
  'amount-invalid',
  'bidder-differs',
  'below-next-bid',
  'leader-may-not-bid',
  'leader-differs',
  'price-differs',
  'reserve-differs',
  'buy-now-gone',
  // maxima
  'opening-without-commitment',
  'opening-differs',
  'maximum-not-opened',
  'raise-not-higher',
  // extensions
  'extension-missing',
  'extension-without-cause',
  'extension-differs',
  // end
  'end-missing',
  'end-differs',
  // checkpoints and receipts
  'key-unknown',
  'signature-wrong',
  'checkpoint-differs',
  'checkpoint-beyond-ledger',
  'receipt-not-of-auction',
  'receipt-not-in-ledger',
  'receipt-not-covered',
  'refused-while-running',
] as const
export type FaultCode = (typeof faultCodes)[number]

export interface Fault {
  code: FaultCode
  /** Place of the entry at fault; absent where the fault is of no single entry. */
  entry?: number
  expected?: string | number
  found?: string | number
}

/** Why a step could not be checked: nothing of its kind, an earlier fault, still running, or this browser lacks Ed25519. */
export type SkipReason = 'nothing-to-check' | 'stopped-earlier' | 'not-over' | 'no-ed25519' | 'no-terms'

export type Step =
  | { step: StepName; verdict: 'passed'; checked: number }
  | { step: StepName; verdict: 'failed'; faults: Fault[] }
  | { step: StepName; verdict: 'skipped'; reason: SkipReason }

export interface Report {
  /** False as soon as one step failed. What was skipped neither proves nor disproves. */
  isSound: boolean
  steps: Step[]
  /** What the entries alone lead to: nobody's word is taken for it. */
  outcome: Outcome | null
}

export interface Outcome {
  state: 'scheduled' | 'running' | 'sold' | 'unsold' | 'cancelled' | 'void'
  price: number
  leader: number | null
  winner: number | null
  endsAt: number
  bids: number
  entries: number
}

/** Ends the replay at the entry that broke a rule. */
export class ReplayStopped extends Error {
  readonly step: StepName
  readonly fault: Fault

  constructor(step: StepName, fault: Fault) {
    super(`${fault.code} at entry ${fault.entry}`)
    this.step = step
    this.fault = fault
  }
}

export function stop(
  step: StepName,
  code: FaultCode,
  entry: Entry,
  expected?: string | number,
  found?: string | number,
): never {
  const fault: Fault = { code, entry: entry.seq }
  if (expected !== undefined) fault.expected = expected
  if (found !== undefined) fault.found = found
  throw new ReplayStopped(step, fault)
}
