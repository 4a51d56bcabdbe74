import { isOpenDeal, mayPassOn, type DealStep, type Side } from '../../../worker/contract/deal-steps.ts'
import type { DealRow, DealView } from '../../../worker/contract/deals.ts'
import { offers } from '../../../worker/contract/limits.ts'
import type { DealTexts } from '../../i18n/ko/deals.ts'

/** The way every deal goes, as its page draws it. */
const stages = ['opened', 'arranged', 'handed', 'completed'] as const
export type StageName = (typeof stages)[number]
export type StageState = 'done' | 'now' | 'ahead' | 'broken'

/** Which stages lie behind, which is at hand, and where it stopped. */
export function courseOf({ stage, appointment, steps }: Pick<DealView, 'stage' | 'appointment' | 'steps'>) {
  const was = (kind: string) => steps.some((step) => step.kind === kind)
  const reached = {
    opened: true,
    arranged: appointment.agreed !== null || was('appointment-agreed'),
    handed: was('handed-over') || stage === 'handed-over',
    completed: stage === 'completed',
  }
  const isBroken = stage === 'cancelled' || stage === 'failed' || stage === 'lapsed'
  // A later stage may be reached without an earlier one: some just meet.
  const last = stages.findLastIndex((name) => reached[name])
  return stages.map((name, index): { name: StageName; state: StageState } => {
    if (index <= last) return { name, state: 'done' }
    if (isBroken) return { name, state: index === last + 1 ? 'broken' : 'ahead' }
    return { name, state: index === last + 1 ? 'now' : 'ahead' }
  })
}

/** What the reader should know first, in one sentence. A moderator, who has no part in it, reads how it stands. */
export function nextWords(
  t: DealTexts,
  { next, state, fault, role }: Pick<DealView, 'next' | 'state' | 'fault' | 'role'> | DealRow,
): string {
  if (role === null && next.step === 'moderator') return t.next.moderator
  if (role === null) return isOpenDeal({ state }) ? t.next.between : endWords(t, { state, fault, role })
  if (next.step === 'nothing') return endWords(t, { state, fault, role })
  if (next.step === 'moderator' || next.step === 'review') return t.next[next.step]
  const words = (t.next as Record<string, Record<string, string> | string>)[next.step]
  return typeof words === 'object' ? (words[next.whose] ?? '') : t.states[state]
}

export function endWords(t: DealTexts, { state, fault, role }: Pick<DealView, 'state' | 'fault' | 'role'>): string {
  switch (state) {
    case 'completed':
    case 'cancelled':
    case 'lapsed':
      return t.ended[state]
    case 'failed':
      if (fault === 'none' || fault === null) return t.ended.failedNone
      if (role === null) return fault === 'seller' ? t.ended.failedSeller : t.ended.failedBuyer
      return fault === role ? t.ended.failedMine : t.ended.failedTheirs
    default:
      return t.states[state]
  }
}

/** Steps that lead on, most fitting first; the rest stands under "other ways". */
const onward: readonly DealStep[] = [
  'answer-no-show',
  'agree-cancel',
  'agree-remedy',
  'accept-appointment',
  'propose-appointment',
  'hand-over',
  'confirm',
  'propose-remedy',
  'add-evidence',
]

export interface Possible {
  step: DealStep
  /** Not before; null where now. */
  from: number | null
}

/** What the reader may do at that time. Comes from the table of steps, by which the server has judged it. */
function possibleAt({ may }: Pick<DealView, 'may'>, now: number): Possible[] {
  return may.flatMap(({ step, from, until }) => {
    if (until !== null && Date.parse(until) <= now) return []
    const opens = from === null ? null : Date.parse(from)
    return [{ step, from: opens !== null && opens > now ? opens : null }]
  })
}

/** The one thing to do now, what else leads on, and what is for bad days. */
export function waysOf(deal: Pick<DealView, 'may' | 'next'>, now: number) {
  const possible = possibleAt(deal, now)
  const { step, whose } = deal.next
  const isMine = whose === 'mine' || whose === 'both'
  const wanted = isMine ? possible.find((one) => one.step === step && one.from === null) : undefined
  const leading = possible
    .filter((one) => one.from === null && onward.includes(one.step))
    .toSorted((a, b) => onward.indexOf(a.step) - onward.indexOf(b.step))
  return {
    main: wanted?.step ?? null,
    onward: leading.filter((one) => one.step !== wanted?.step).map((one) => one.step),
    other: possible.filter((one) => !onward.includes(one.step)),
  }
}

type OfferedFrom = Pick<DealView, 'role' | 'state' | 'stage' | 'fault' | 'endedAt' | 'steps' | 'report' | 'buyer'>

/** Whether the server would let its seller go on to the next bidder: it came to nothing through the buyer, or the buyer is suspended. */
export function mayOffer({ role, state, stage, fault, endedAt, steps, report, buyer }: OfferedFrom, now: number) {
  if (role !== 'seller' || stage === 'completed') return false
  if (endedAt === null) return buyer.suspended && mayPassOn({ state, report })
  const wasPassedOn = steps.some(({ kind }) => kind === 'passed-on')
  const isThroughBuyer = stage === 'failed' && (fault === 'buyer' || wasPassedOn)
  return (isThroughBuyer || buyer.suspended) && now < Date.parse(endedAt) + offers.withinMs
}

/** Whether its seller may list the thing again, as long as nobody else has been promised it. */
export function mayRelist({ role, stage }: Pick<DealView, 'role' | 'stage'>): boolean {
  return role === 'seller' && (stage === 'failed' || stage === 'cancelled' || stage === 'lapsed')
}

/** How the one who did it is called by the reader; to a moderator both are called by their sides. */
export function byWhom<By extends Side | 'moderator' | 'time'>(by: By, role: Side | null): 'mine' | 'theirs' | By {
  if (role === null || by === 'moderator' || by === 'time') return by
  return by === role ? 'mine' : 'theirs'
}

/** Whether it is sent: as agreed, else as the terms say. */
export function isParcel({ appointment, terms }: Pick<DealView, 'appointment' | 'terms'>): boolean {
  return (appointment.agreed?.method ?? (terms.handover === 'parcel' ? 'parcel' : 'meet')) === 'parcel'
}
