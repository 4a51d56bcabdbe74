import { mayPassOn, refusalOf, type DealStep, type Fault, type Side } from '../contract/deal-steps.ts'
import type { AccountId } from '../contract/ids.ts'
import { instant, iso, type Instant } from '../contract/time.ts'
import type { DealOpening, PartyCommand } from './commands.ts'
import { courseOf, ended, newRecord, record, standingOf, type Course, type DealRecord } from './rules/record.ts'
import { liftFault, rule } from './rules/ruling.ts'
import { take } from './rules/steps.ts'
import { pass } from './rules/time.ts'

export { sideIn, standingOf, type Course, type DealRecord, type Reminder } from './rules/record.ts'
export { nextLook } from './rules/time.ts'

export type Command =
  | { type: 'look' }
  /** `lastWord`: when the other side last wrote in the room; asked for where silence is meant. */
  | { type: 'step'; by: Side; step: PartyCommand; version: number | null; lastWord?: Instant | null }
  | { type: 'note'; text: string; moderator: AccountId }
  | { type: 'rule'; number: number; fault: Fault; reason: string; moderator: AccountId }
  /** What rulings found with this side was overturned. */
  | { type: 'lift-fault'; side: Side }

export type RefusalCode =
  | 'not-that-party'
  | 'deal-step-not-now'
  | 'too-early'
  | 'too-late'
  | 'stale-version'
  | 'invalid-fields'
  | 'case-ruled'
  | 'not-found'

export type Answer = { ok: true } | { ok: false; code: RefusalCode; extra?: Record<string, unknown> }
export type Decision = Course & { answer: Answer }

/** The deal as it begins. */
export function open(opening: DealOpening): Course {
  return record(courseOf(newRecord(opening)), { kind: 'opened', by: 'time', at: opening.at }, {})
}

/**
 * What becomes of a deal by a command at a time. Time comes first: whatever was due is done at its own stored time, and the command
 * meets the deal as it stands after that. A refused command changes nothing besides.
 */
export function decide(deal: DealRecord, command: Command, clock: Instant): Decision {
  const at = instant(Math.max(clock, deal.seenAt))
  const passed = pass(courseOf(deal), at)
  if (command.type === 'look') return { ...passed, answer: { ok: true } }
  if (command.type === 'step') return step(passed, command, at)
  if (command.type === 'lift-fault') return { ...liftFault(passed, command.side, at), answer: { ok: true } }
  const outcome = command.type === 'rule' ? rule(passed, command, at) : note(passed, command, at)
  return 'code' in outcome
    ? { ...passed, answer: { ok: false, code: outcome.code } }
    : { ...outcome, answer: { ok: true } }
}

function step(
  passed: Course,
  { by, step, version, lastWord = null }: Extract<Command, { type: 'step' }>,
  at: Instant,
): Decision {
  const { deal } = passed
  if (version !== null && version !== deal.place)
    return { ...passed, answer: { ok: false, code: 'stale-version', extra: { version: deal.place } } }
  if (step.type === 'pass-on') return passOn(passed, by, at)
  const refusal = refusalOf(standingOf(deal), stepOf(deal, step, by), by, at)
  if (refusal) {
    const { code } = refusal
    const extra =
      'from' in refusal ? { from: iso(refusal.from) } : 'until' in refusal ? { until: iso(refusal.until) } : {}
    return { ...passed, answer: { ok: false, code, extra } }
  }
  const taken = take(passed, { by, at, lastWord }, step)
  if ('code' in taken) return { ...passed, answer: { ok: false, ...taken } }
  return { ...taken, answer: { ok: true } }
}

/** Which line of the table a command is. */
function stepOf({ cancel }: DealRecord, { type }: Exclude<PartyCommand, { type: 'pass-on' }>, by: Side): DealStep {
  if (type !== 'cancel') return type
  return cancel && cancel.by !== by ? 'agree-cancel' : 'propose-cancel'
}

/**
 * No line of the table, for it is the seller's only while the buyer is suspended, which the deal does not know: the deal fails without a fault of
 * this deal's, so that the next bidder can be asked.
 */
function passOn(passed: Course, by: Side, at: Instant): Decision {
  if (by !== 'seller') return { ...passed, answer: { ok: false, code: 'not-that-party' } }
  if (!mayPassOn(standingOf(passed.deal))) return { ...passed, answer: { ok: false, code: 'deal-step-not-now' } }
  const failed = record(passed, { kind: 'passed-on', by, at }, ended(passed.deal, 'failed', at, 'none'))
  return { ...failed, answer: { ok: true } }
}

/** A moderator's word in a dispute. Whose it is stays with the deal, for the audit. */
function note(
  passed: Course,
  { text, moderator }: Extract<Command, { type: 'note' }>,
  at: Instant,
): Course | { code: RefusalCode } {
  const { deal } = passed
  if (standingOf(deal).state !== 'disputed') return { code: 'deal-step-not-now' }
  const number = deal.entries + 1
  const entry = {
    number,
    kind: 'evidence',
    by: 'moderator',
    text,
    media: [],
    remedy: null,
    amount: null,
    proposal: null,
    at,
  } as const
  const notes = [...(deal.notes ?? []), { place: deal.place + 1, moderator, text, at }]
  const noted = record(passed, { kind: 'evidence-added', by: 'moderator', at }, { entries: number, notes })
  return { ...noted, entries: [...noted.entries, { ...entry, media: [] }] }
}
