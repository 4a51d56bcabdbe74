import type { Fault, Side, Stage, Standing } from '../../contract/deal-steps.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type {
  Appointment,
  CaseRecord,
  DealOpening,
  DisputeRecord,
  EntryRecord,
  NoteRecord,
  ReportRecord,
  Step,
} from '../commands.ts'

/** Everything that is true of a deal, as plain data. */
export interface DealRecord {
  opening: DealOpening
  stage: Stage
  endedAt: Instant | null
  fault: Fault | null
  proposal: (Appointment & { by: Side }) | null
  agreed: Appointment | null
  handedOver: { at: Instant; method: 'meet' | 'parcel'; carrier: string | null; tracking: string | null } | null
  cancel: { by: Side; reason: string; at: Instant } | null
  report: ReportRecord | null
  dispute: DisputeRecord | null
  /** The last proposal in the dispute that nobody has answered by another. */
  remedy: Pick<EntryRecord, 'number' | 'by' | 'remedy'> | null
  disputed: Side[]
  /** How many entries its disputes have. */
  entries: number
  cases: CaseRecord[]
  /** What moderators have said in its disputes; none where nobody has. */
  notes?: NoteRecord[]
  lastStep: { seller: Instant | null; buyer: Instant | null }
  idleSince: Instant
  /** Of the last step. */
  place: number
  /** Everything that time brings up to here has been done. */
  seenAt: Instant
}

/** What somebody is told without anything having happened. */
export interface Reminder {
  about: 'quiet' | 'meet' | 'answer' | 'complete' | 'lapse' | 'view'
  /** What it reminds of; for `quiet` nothing is due. */
  due: Instant | null
  at: Instant
}

/** A decision while it is being made: the deal afterwards, and what came of it. */
export interface Course {
  deal: DealRecord
  steps: Step[]
  entries: EntryRecord[]
  reminders: Reminder[]
}

export function courseOf(deal: DealRecord): Course {
  return { deal, steps: [], entries: [], reminders: [] }
}

export function newRecord(opening: DealOpening): DealRecord {
  return {
    opening,
    stage: 'open',
    endedAt: null,
    fault: null,
    proposal: null,
    agreed: null,
    handedOver: null,
    cancel: null,
    report: null,
    dispute: null,
    remedy: null,
    disputed: [],
    entries: 0,
    cases: [],
    lastStep: { seller: null, buyer: null },
    idleSince: opening.at,
    place: 0,
    seenAt: opening.at,
  }
}

/** As the table of steps wants it. */
export function standingOf(deal: DealRecord): Standing {
  const { proposal, agreed, handedOver, cancel, report, dispute, remedy } = deal
  const openDispute = dispute && dispute.outcome === null ? dispute : null
  return {
    state: openDispute ? 'disputed' : deal.stage,
    stage: deal.stage,
    handover: deal.opening.terms.handover as Standing['handover'],
    openedAt: deal.opening.at,
    endedAt: deal.endedAt,
    fault: deal.fault,
    proposal: proposal && { by: proposal.by, at: proposal.at, method: proposal.method },
    agreed: agreed && { at: agreed.at, method: agreed.method },
    handedOver: handedOver && { at: handedOver.at, method: handedOver.method },
    cancelBy: cancel?.by ?? null,
    report: isUnsettled(deal)
      ? report && { by: report.by, at: report.at, answerBy: report.answerBy, contested: report.answer !== null }
      : null,
    dispute: openDispute && {
      by: openDispute.by,
      at: openDispute.at,
      viewFrom: openDispute.viewFrom,
      remedyBy: remedy?.by === 'seller' || remedy?.by === 'buyer' ? remedy.by : null,
      withModerator: openDispute.withModerator,
    },
    disputed: deal.disputed,
    lastStep: deal.lastStep,
    idleSince: deal.idleSince,
  }
}

/** A report stands while the deal goes on. Of what settles it, only the hand-over by a seller who had reported does not end the deal. */
function isUnsettled({ endedAt, report, handedOver }: DealRecord): boolean {
  return endedAt === null && !(report?.by === 'seller' && handedOver !== null)
}

export function sideIn({ seller, buyer }: Pick<DealOpening, 'seller' | 'buyer'>, account: AccountId): Side | null {
  return account === seller ? 'seller' : account === buyer ? 'buyer' : null
}

/** Adds a step at the next place, with how the deal stands after it. */
export function record(
  course: Course,
  { kind, by, at, text = null }: Pick<Step, 'kind' | 'by' | 'at'> & { text?: string | null },
  change: Partial<DealRecord>,
): Course {
  const { deal } = course
  const lastStep = by === 'seller' || by === 'buyer' ? { ...deal.lastStep, [by]: at } : deal.lastStep
  const after: DealRecord = { ...deal, ...change, lastStep, place: deal.place + 1, seenAt: at }
  return {
    ...course,
    deal: after,
    steps: [...course.steps, { place: after.place, kind, by, standing: standingOf(after), text, at }],
  }
}

/** What is true of every end: nothing that was proposed stands any more, and nobody waits for a moderator. */
export function ended(deal: DealRecord, stage: Stage, at: Instant, fault: Fault | null = null): Partial<DealRecord> {
  return {
    stage,
    endedAt: at,
    fault,
    proposal: null,
    ...nothingPending(deal, at),
  }
}

/** What is true when the two have settled it, in a deal that goes to its end or one that had been completed before. */
export function nothingPending(deal: DealRecord, at: Instant): Pick<DealRecord, 'cancel' | 'cases'> {
  return { cancel: null, cases: closedCases(deal, at) }
}

/** Nobody waits for a moderator any more. */
export function closedCases({ cases }: DealRecord, at: Instant): CaseRecord[] {
  return cases.map((one) => (one.closedAt === null ? { ...one, closedAt: at } : one))
}
