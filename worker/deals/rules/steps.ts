import { otherSide, type Remedy, type Side } from '../../contract/deal-steps.ts'
import { deals as limits } from '../../contract/limits.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import type { EntryRecord, PartyCommand } from '../commands.ts'
import { closedCases, ended, nothingPending, record, type Course, type DealRecord } from './record.ts'
import { openCase } from './time.ts'

export interface StepFault {
  code: 'invalid-fields' | 'too-early' | 'deal-step-not-now'
  extra?: Record<string, unknown>
}

type Of<T extends PartyCommand['type']> = Extract<PartyCommand, { type: T }>

export interface Taking {
  by: Side
  at: Instant
  /** When the other side last wrote in the room. */
  lastWord: Instant | null
}

/** Takes a step that the table allows; what is left to refuse is in the words of the command itself. */
export function take(
  course: Course,
  { by, at, lastWord }: Taking,
  command: Exclude<PartyCommand, { type: 'pass-on' }>,
): Course | StepFault {
  const { deal } = course
  switch (command.type) {
    case 'propose-appointment':
      return propose(course, by, command, at)
    case 'accept-appointment':
      return accept(course, by, at)
    case 'hand-over':
      return handOver(course, by, command, at)
    case 'confirm':
      return confirm(course, by, at)
    case 'cancel':
      return cancel(course, by, command.reason, at)
    case 'withdraw-cancel':
      return record(course, { kind: 'cancel-withdrawn', by, at }, { cancel: null })
    case 'refuse':
      return record(course, { kind: 'refused', by, at, text: command.reason }, ended(deal, 'failed', at, by))
    case 'report-no-show':
      return report(course, { by, at, lastWord }, command)
    case 'answer-no-show':
      return answer(course, by, command, at)
    case 'open-dispute':
      return openDispute(course, by, command, at)
    case 'add-evidence':
    case 'propose-remedy':
    case 'agree-remedy':
      return addEntry(course, by, command, at)
  }
}

function invalid(pointer: string, code: string): StepFault {
  return { code: 'invalid-fields', extra: { errors: [{ pointer, code }] } }
}

function propose(course: Course, by: Side, { at: when, place, method }: Of<'propose-appointment'>, at: Instant) {
  if (when <= at) return invalid('/at', 'past')
  if (when > at + limits.meetWithinMs) return invalid('/at', 'too-far')
  return record(course, { kind: 'appointment-proposed', by, at }, { proposal: { at: when, place, method, by } })
}

/** The one agreed on before, if any, stood until now. */
function accept(course: Course, by: Side, at: Instant): Course | StepFault {
  const { proposal } = course.deal
  if (!proposal) return { code: 'deal-step-not-now' }
  const { by: _proposer, ...agreed } = proposal
  return record(course, { kind: 'appointment-agreed', by, at }, { stage: 'arranged', agreed, proposal: null })
}

/** Sent when it says with what, or when it was to be sent; else given from hand to hand. It settles what the seller had reported. */
function handOver(course: Course, by: Side, { carrier, tracking }: Of<'hand-over'>, at: Instant): Course {
  const { deal } = course
  const { agreed, opening } = deal
  const isSent = carrier !== null || tracking !== null || (agreed?.method ?? opening.terms.handover) === 'parcel'
  const handedOver = { at, method: isSent ? ('parcel' as const) : ('meet' as const), carrier, tracking }
  const change = { stage: 'handed-over' as const, handedOver, proposal: null, cases: closedCases(deal, at) }
  return record(course, { kind: 'handed-over', by, at }, change)
}

/** In the own dispute it says that all stays as it is. */
function confirm(course: Course, by: Side, at: Instant): Course {
  const { deal } = course
  const isDisputed = deal.dispute?.outcome === null
  const change = isDisputed ? { ...settledBy(deal, 'keep', at), remedy: null } : ended(deal, 'completed', at)
  return record(course, { kind: 'completed', by, at }, change)
}

function cancel(course: Course, by: Side, reason: string | null, at: Instant): Course | StepFault {
  const { deal } = course
  if (deal.cancel) {
    const dispute = deal.dispute?.outcome === null ? { ...deal.dispute, outcome: 'cancelled' as const } : deal.dispute
    const change = deal.endedAt === null ? ended(deal, 'cancelled', at) : nothingPending(deal, at)
    return record(course, { kind: 'cancelled', by, at, text: reason }, { ...change, dispute, remedy: null })
  }
  if (reason === null) return invalid('/reason', 'required')
  return record(course, { kind: 'cancel-proposed', by, at, text: reason }, { cancel: { by, reason, at } })
}

/** Where no meeting was agreed on, silence is meant, and what was said in the room breaks it. */
function report(course: Course, { by, at, lastWord }: Taking, { note, media }: Of<'report-no-show'>) {
  const { deal } = course
  const heard = lastWord === null ? 0 : lastWord + limits.noShow.silenceMs
  if (deal.agreed?.method !== 'meet' && at < heard) return { code: 'too-early' as const, extra: { from: iso(heard) } }
  const answerBy = instant(at + limits.noShow.answerMs)
  return record(
    course,
    { kind: 'no-show-reported', by, at, text: note },
    { report: { by, note, media, at, answerBy, answer: null }, proposal: null },
  )
}

function answer(course: Course, by: Side, { answer, note, media }: Of<'answer-no-show'>, at: Instant): Course {
  const { deal } = course
  const report = deal.report && { ...deal.report, answer: { answer, note, media, at } }
  const text = note === '' ? null : note
  if (answer === 'accept')
    return record(course, { kind: 'no-show-admitted', by, at, text }, { ...ended(deal, 'failed', at, by), report })
  const cases = [...deal.cases, openCase(deal, 'no-show', otherSide(by), at)]
  return record(course, { kind: 'no-show-contested', by, at, text }, { report, cases })
}

function openDispute(
  course: Course,
  by: Side,
  { dispute: type, text, media }: Of<'open-dispute'>,
  at: Instant,
): Course {
  const { deal } = course
  const viewFrom = instant(at + limits.viewAfterMs)
  return record(
    course,
    { kind: 'dispute-opened', by, at, text },
    {
      dispute: { by, type, text, media, at, viewFrom, withModerator: false, outcome: null },
      remedy: null,
      disputed: [...deal.disputed, by],
      proposal: null,
    },
  )
}

function addEntry(
  course: Course,
  by: Side,
  command: Of<'add-evidence'> | Of<'propose-remedy'> | Of<'agree-remedy'>,
  at: Instant,
): Course | StepFault {
  const { deal } = course
  if (deal.entries >= limits.entries) return { code: 'deal-step-not-now' }
  const number = deal.entries + 1
  const plain = { number, by, text: '', media: [], remedy: null, amount: null, proposal: null, at }
  if (command.type === 'add-evidence') {
    const entry: EntryRecord = { ...plain, kind: 'evidence', text: command.text, media: command.media }
    return withEntry(record(course, { kind: 'evidence-added', by, at }, { entries: number }), entry)
  }
  if (command.type === 'propose-remedy') {
    const { remedy, amount, text } = command
    if ((remedy === 'part') !== (amount !== null)) return invalid('/amount', remedy === 'part' ? 'required' : 'unknown')
    if (amount !== null && amount > deal.opening.price) return invalid('/amount', 'too-big')
    const entry: EntryRecord = { ...plain, kind: 'proposal', remedy, amount, text }
    const change = { entries: number, remedy: { number, by, remedy } }
    return withEntry(record(course, { kind: 'remedy-proposed', by, at }, change), entry)
  }
  const { remedy } = deal
  if (!remedy?.remedy || remedy.number !== command.proposal) return { code: 'deal-step-not-now' }
  const entry: EntryRecord = { ...plain, kind: 'agreement', proposal: remedy.number }
  const change = { ...settledBy(deal, remedy.remedy, at), entries: number, remedy: null }
  return withEntry(record(course, { kind: 'remedy-agreed', by, at }, change), entry)
}

/** Who keeps the thing has made a deal; who gives it back, or never got it, has not. What was completed stays completed. */
function settledBy(deal: DealRecord, remedy: Remedy, at: Instant): Partial<DealRecord> {
  const dispute = deal.dispute && { ...deal.dispute, outcome: remedy }
  if (deal.endedAt !== null) return { dispute, ...nothingPending(deal, at) }
  const stage = remedy === 'keep' || remedy === 'part' ? 'completed' : 'cancelled'
  return { ...ended(deal, stage, at), dispute }
}

function withEntry(course: Course, entry: EntryRecord): Course {
  return { ...course, entries: [...course.entries, entry] }
}
