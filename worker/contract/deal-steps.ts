import { deals as limits } from './limits.ts'

/**
 * Who may take which step of a deal, and when: one table, which the judge obeys and the screens show. It imports no schema
 * library, so that screens may use it. Times are epoch milliseconds.
 */
export const sides = ['seller', 'buyer'] as const
export type Side = (typeof sides)[number]

export const dealStates = [
  'open',
  'arranged',
  'handed-over',
  'disputed',
  'completed',
  'cancelled',
  'failed',
  'lapsed',
] as const
export type DealState = (typeof dealStates)[number]

/** Where a deal stands beneath a dispute. */
export type Stage = Exclude<DealState, 'disputed'>

export const faults = ['seller', 'buyer', 'none'] as const
export type Fault = (typeof faults)[number]

/** How the thing changes hands: in person, or sent. */
export const methods = ['meet', 'parcel'] as const
export type Method = (typeof methods)[number]

export const disputeTypes = [
  'not-received',
  'not-as-described',
  'damaged',
  'incomplete',
  'counterfeit',
  'payment',
  'other',
] as const
export type DisputeType = (typeof disputeTypes)[number]

/** What may be agreed on in a dispute: money back, thing and money back, part of the money back, all stays as it is. */
export const remedies = ['refund', 'return', 'part', 'keep'] as const
export type Remedy = (typeof remedies)[number]

/** Where a deal stands, as far as anything here depends on it. No texts, no places: it may lie in lists. */
export interface Standing {
  state: DealState
  stage: Stage
  handover: Method | 'either'
  openedAt: number
  /** Of `completed` and of the ends. */
  endedAt: number | null
  fault: Fault | null
  proposal: { by: Side; at: number; method: Method } | null
  agreed: { at: number; method: Method } | null
  handedOver: { at: number; method: Method } | null
  cancelBy: Side | null
  report: { by: Side; at: number; answerBy: number; contested: boolean } | null
  dispute: { by: Side; at: number; viewFrom: number; remedyBy: Side | null; withModerator: boolean } | null
  /** Who has had a dispute already: one each. */
  disputed: Side[]
  /** When each side last took a step. */
  lastStep: { seller: number | null; buyer: number | null }
  /** Idle deals lapse, and quiet ones are reminded, counted from here: the opening, or a ruling that let it go on. */
  idleSince: number
}

export const dealSteps = [
  'propose-appointment',
  'accept-appointment',
  'hand-over',
  'confirm',
  'propose-cancel',
  'agree-cancel',
  'withdraw-cancel',
  'refuse',
  'report-no-show',
  'answer-no-show',
  'open-dispute',
  'add-evidence',
  'propose-remedy',
  'agree-remedy',
] as const
export type DealStep = (typeof dealSteps)[number]

interface Window {
  from: number
  /** Not at or after it. */
  until: number
}

interface StepRule {
  by: Side | 'party'
  in: readonly DealState[]
  /** Who of the two may also while a no-show is reported and not settled. */
  reported: 'neither' | 'reporter' | 'accused' | 'both'
  /** What else has to be so. */
  when?: (deal: Standing, side: Side) => boolean
  /** The time for it; null is never. Without one: always. */
  window?: (deal: Standing, side: Side) => Window | null
}

const unsettled = ['open', 'arranged'] as const
const before = [...unsettled, 'handed-over'] as const

export const stepTable: Record<DealStep, StepRule> = {
  'propose-appointment': { by: 'party', in: unsettled, reported: 'neither' },
  'accept-appointment': {
    by: 'party',
    in: unsettled,
    reported: 'neither',
    when: ({ proposal }, side) => proposal?.by === otherSide(side),
    window: ({ proposal }) => proposal && { from: 0, until: proposal.at },
  },
  'hand-over': { by: 'seller', in: unsettled, reported: 'reporter' },
  // A buyer may take back the own dispute by it; one of the seller's is not theirs to end.
  confirm: {
    by: 'buyer',
    in: [...before, 'disputed'],
    reported: 'reporter',
    when: ({ dispute }) => dispute?.by !== 'seller',
  },
  'propose-cancel': {
    by: 'party',
    in: [...before, 'disputed'],
    reported: 'both',
    when: (deal) => deal.cancelBy === null,
  },
  'agree-cancel': {
    by: 'party',
    in: [...before, 'disputed'],
    reported: 'both',
    when: ({ cancelBy }, side) => cancelBy === otherSide(side),
  },
  'withdraw-cancel': {
    by: 'party',
    in: [...before, 'disputed'],
    reported: 'both',
    when: ({ cancelBy }, side) => cancelBy === side,
  },
  refuse: { by: 'party', in: before, reported: 'both' },
  'report-no-show': {
    by: 'party',
    in: before,
    reported: 'neither',
    // That it was handed over is the seller's word alone: who was to get it at a meeting may say that nobody came.
    when: (deal, side) => deal.state !== 'handed-over' || (side === 'buyer' && meetingOf(deal) !== null),
    window: noShowWindow,
  },
  'answer-no-show': {
    by: 'party',
    in: before,
    reported: 'accused',
    when: ({ report }) => report !== null && !report.contested,
    window: ({ report }) => report && { from: 0, until: report.answerBy },
  },
  'open-dispute': {
    by: 'party',
    in: [...before, 'completed'],
    reported: 'neither',
    when: ({ disputed }, side) => !disputed.includes(side),
    window: ({ endedAt }) => ({ from: 0, until: endedAt === null ? Infinity : endedAt + limits.disputeAfterMs }),
  },
  'add-evidence': { by: 'party', in: ['disputed'], reported: 'neither' },
  'propose-remedy': { by: 'party', in: ['disputed'], reported: 'neither' },
  'agree-remedy': {
    by: 'party',
    in: ['disputed'],
    reported: 'neither',
    when: ({ dispute }, side) => dispute?.remedyBy === otherSide(side),
  },
}

/**
 * After a meeting that was agreed on: half an hour to three days. Else when the other side has said nothing for two days, neither
 * by a step nor in the room, which the judge asks besides.
 */
function noShowWindow(deal: Standing, side: Side): Window {
  const meeting = meetingOf(deal)
  if (meeting !== null) return { from: meeting + limits.noShow.fromMs, until: meeting + limits.noShow.untilMs }
  const lastWord = Math.max(deal.idleSince, deal.lastStep[otherSide(side)] ?? 0)
  return { from: lastWord + limits.noShow.silenceMs, until: Infinity }
}

/** When the two are to meet, as agreed. Nobody waits there for what was sent instead. */
function meetingOf({ agreed, handedOver }: Standing): number | null {
  return agreed?.method === 'meet' && handedOver?.method !== 'parcel' ? agreed.at : null
}

/** The appointment that holds. Saying before a meeting that it was handed over takes nothing from it. */
export function appointmentOf(deal: Standing): Standing['agreed'] {
  const { state, agreed } = deal
  return state === 'arranged' || (state === 'handed-over' && meetingOf(deal) !== null) ? agreed : null
}

/** Whether a seller may leave a suspended buyer for the next bidder: not once it was handed over, nor to escape a report. */
export function mayPassOn({ state, report }: { state: DealState; report: { by: Side } | null }): boolean {
  return (state === 'open' || state === 'arranged') && report?.by !== 'buyer'
}

export function otherSide(side: Side): Side {
  return side === 'seller' ? 'buyer' : 'seller'
}

/** Why a step cannot be taken; null when it can. */
export type StepRefusal =
  | { code: 'not-that-party' }
  | { code: 'deal-step-not-now' }
  | { code: 'too-early'; from: number }
  | { code: 'too-late'; until: number }

export function refusalOf(deal: Standing, step: DealStep, side: Side, at: number): StepRefusal | null {
  const rule = stepTable[step]
  if (rule.by !== 'party' && rule.by !== side) return { code: 'not-that-party' }
  if (!rule.in.includes(deal.state) || !mayWhileReported(deal, rule, side)) return { code: 'deal-step-not-now' }
  if (rule.when && !rule.when(deal, side)) return { code: 'deal-step-not-now' }
  const window = rule.window ? rule.window(deal, side) : { from: 0, until: Infinity }
  if (!window) return { code: 'deal-step-not-now' }
  if (at < window.from) return { code: 'too-early', from: window.from }
  return at < window.until ? null : { code: 'too-late', until: window.until }
}

function mayWhileReported({ report }: Standing, { reported }: StepRule, side: Side): boolean {
  if (!report) return true
  return reported === 'both' || reported === (report.by === side ? 'reporter' : 'accused')
}

/** A step that this side may take: now, or from a time that is known. */
export interface OpenStep {
  step: DealStep
  from: number | null
  until: number | null
}

/** Every step that is open to a side now, or opens by time alone. */
export function openSteps(deal: Standing, side: Side, at: number): OpenStep[] {
  return dealSteps.flatMap((step) => {
    const refusal = refusalOf(deal, step, side, at)
    if (refusal && refusal.code !== 'too-early') return []
    const window = stepTable[step].window?.(deal, side)
    const until = window && window.until !== Infinity ? window.until : null
    return [{ step, from: refusal ? refusal.from : null, until }]
  })
}

/** Whether what sending costs is part of what the buyer pays. As long as both ways are open it is. */
export function paysPostage({
  handover,
  agreed,
  handedOver,
}: Pick<Standing, 'handover' | 'agreed' | 'handedOver'>): boolean {
  return (handedOver?.method ?? agreed?.method ?? handover) !== 'meet'
}

export const deadlineKinds = ['meet', 'answer', 'complete', 'lapse', 'view', 'dispute', 'review'] as const
/**
 * `meet` the appointment; `answer` silence then admits the no-show; `complete` and `lapse` happen by themselves; `view` the
 * dispute goes to a moderator; `dispute` the last moment to open one; `review` the last to write one.
 */
export type DeadlineKind = (typeof deadlineKinds)[number]

export interface Deadline {
  kind: DeadlineKind
  at: number
}

/** What happens by itself if nobody does anything, soonest first. The stored times decide, never a timer. */
export function dueOf(deal: Standing): Deadline[] {
  const { state, report, dispute } = deal
  if (state === 'disputed') return dispute && !dispute.withModerator ? [{ kind: 'view', at: dispute.viewFrom }] : []
  if (report) return report.contested ? [] : [{ kind: 'answer', at: report.answerBy }]
  const completes = completesAt(deal)
  if (completes !== null) return [{ kind: 'complete', at: completes }]
  return state === 'open' || state === 'arranged' ? [{ kind: 'lapse', at: lapsesAt(deal) }] : []
}

/** Sending that was agreed on for a later day is waited for. */
function lapsesAt({ idleSince, agreed }: Standing): number {
  return Math.max(idleSince + limits.lapseMs, agreed ? agreed.at + limits.toldBeforeMs : 0)
}

function completesAt(deal: Standing): number | null {
  const { state, handedOver, idleSince } = deal
  // A ruling that let the deal go on gives both sides their time anew.
  const notBefore = (at: number) => Math.max(at, idleSince + limits.toldBeforeMs)
  const meeting = meetingOf(deal)
  if (state === 'arranged' && meeting !== null) return notBefore(meeting + limits.completeAfterMeetingMs)
  if (state !== 'handed-over' || !handedOver) return null
  if (handedOver.method === 'parcel') return notBefore(handedOver.at + limits.completeAfterSendingMs)
  // Else a word said early would end the deal, and the buyer's time to object, before the two have met.
  return notBefore(Math.max(handedOver.at, meeting ?? 0) + limits.completeAfterMeetingMs)
}

/**
 * All the times that a party should know, soonest first: what happens by itself, and until when something may be done.
 * `hasReviewed`: this party has written its review, which is not of the deal.
 */
export function deadlinesOf(deal: Standing, at: number, hasReviewed: boolean): Deadline[] {
  const { state, endedAt } = deal
  const known: Deadline[] = [...dueOf(deal)]
  const appointment = appointmentOf(deal)
  if (appointment) known.push({ kind: 'meet', at: appointment.at })
  if (state === 'completed' && endedAt !== null) known.push({ kind: 'dispute', at: endedAt + limits.disputeAfterMs })
  const reviewUntil = hasReviewed ? null : reviewUntilOf(deal)
  if (reviewUntil !== null) known.push({ kind: 'review', at: reviewUntil })
  return known.filter((deadline) => deadline.at > at).sort((a, b) => a.at - b.at)
}

/** Until when a completed or failed deal may be reviewed. */
export function reviewUntilOf({ stage, endedAt }: Pick<Standing, 'stage' | 'endedAt'>): number | null {
  return endedAt !== null && (stage === 'completed' || stage === 'failed') ? endedAt + limits.reviewWithinMs : null
}

export const nextSteps = [...dealSteps, 'meet', 'moderator', 'review', 'nothing'] as const
/** What the card says comes next: a step, keeping the appointment, waiting for a moderator, reviewing, nothing any more. */
export interface NextStep {
  step: (typeof nextSteps)[number]
  whose: 'mine' | 'theirs' | 'both' | 'nobody'
}

export function nextStepOf(deal: Standing, side: Side, at: number, hasReviewed: boolean): NextStep {
  const { state, report, dispute, cancelBy } = deal
  const by = (who: Side): NextStep['whose'] => (who === side ? 'mine' : 'theirs')
  if (cancelBy !== null) return { step: 'agree-cancel', whose: by(otherSide(cancelBy)) }
  if (report) return report.contested ? moderator : { step: 'answer-no-show', whose: by(otherSide(report.by)) }
  if (dispute && state === 'disputed') {
    if (dispute.remedyBy !== null) return { step: 'agree-remedy', whose: by(otherSide(dispute.remedyBy)) }
    return dispute.withModerator ? moderator : { step: 'propose-remedy', whose: 'both' }
  }
  if (state === 'handed-over') return { step: 'confirm', whose: by('buyer') }
  if (deal.proposal && deal.proposal.at > at)
    return { step: 'accept-appointment', whose: by(otherSide(deal.proposal.by)) }
  if (state === 'arranged' && deal.agreed) {
    if (deal.agreed.method === 'parcel') return { step: 'hand-over', whose: by('seller') }
    return deal.agreed.at > at ? { step: 'meet', whose: 'both' } : { step: 'confirm', whose: by('buyer') }
  }
  if (state === 'open')
    return deal.handover === 'parcel'
      ? { step: 'hand-over', whose: by('seller') }
      : { step: 'propose-appointment', whose: 'both' }
  const reviewUntil = hasReviewed ? null : reviewUntilOf(deal)
  return reviewUntil !== null && at < reviewUntil
    ? { step: 'review', whose: 'mine' }
    : { step: 'nothing', whose: 'nobody' }
}

const moderator: NextStep = { step: 'moderator', whose: 'nobody' }

/** Not over: something may still be done about it, so an account may not be closed nor its number changed. */
export function isOpenDeal({ state }: Pick<Standing, 'state'>): boolean {
  return state === 'open' || state === 'arranged' || state === 'handed-over' || state === 'disputed'
}
