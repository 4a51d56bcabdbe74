import type { DealStep, DisputeType, Method, Remedy } from '../../../../worker/contract/deal-steps.ts'
import type { DealView } from '../../../../worker/contract/deals.ts'
import { deals as limits } from '../../../../worker/contract/limits.ts'
import { fromSeoul, toSeoul } from '../../../i18n/seoul.ts'

/** Everything that any step may ask for; each step reads its own. */
export interface Values {
  at: string
  place: string
  method: Method
  carrier: string
  tracking: string
  /** A reason, a note, a description. */
  text: string
  answer: 'accept' | 'contest' | ''
  type: DisputeType | ''
  remedy: Remedy | ''
  amount: string
}

const hour = 3_600_000

export function valuesFor({ appointment, terms }: DealView, now: number): Values {
  const known = appointment.proposed ?? appointment.agreed
  const tomorrow = Math.ceil((now + 24 * hour) / hour) * hour
  return {
    at: toSeoul(known && Date.parse(known.at) > now ? Date.parse(known.at) : tomorrow),
    place: known?.place ?? '',
    method: known?.method ?? (terms.handover === 'parcel' ? 'parcel' : 'meet'),
    carrier: '',
    tracking: '',
    text: '',
    answer: '',
    type: '',
    remedy: '',
    amount: '',
  }
}

export type Fault = 'required' | 'pick' | 'past' | 'tooFar' | 'amountFault'
export type StepFaults = Partial<Record<keyof Values, Fault>>

/** What keeps a step from being sent. */
export function faultsOf(step: DealStep, values: Values, { price }: Pick<DealView, 'price'>, now: number): StepFaults {
  const text: StepFaults = values.text.trim() === '' ? { text: 'required' } : {}
  switch (step) {
    case 'propose-appointment':
      return {
        ...timeFault(values.at, now),
        ...(values.method === 'meet' && values.place.trim() === '' ? { place: 'required' } : {}),
      }
    case 'propose-cancel':
    case 'refuse':
    case 'report-no-show':
    case 'add-evidence':
      return text
    case 'answer-no-show':
      return values.answer === '' ? { answer: 'pick' } : {}
    case 'open-dispute':
      return { ...(values.type === '' ? { type: 'pick' } : {}), ...text }
    case 'propose-remedy':
      return {
        ...(values.remedy === '' ? { remedy: 'pick' } : {}),
        ...(values.remedy === 'part' && !isAmount(values.amount, price) ? { amount: 'amountFault' } : {}),
      }
    default:
      return {}
  }
}

function timeFault(typed: string, now: number): StepFaults {
  const at = fromSeoul(typed)
  if (at === null) return { at: 'required' }
  if (at <= now) return { at: 'past' }
  return at > now + limits.meetWithinMs ? { at: 'tooFar' } : {}
}

function isAmount(typed: string, most: number): boolean {
  const amount = Number(typed)
  return Number.isInteger(amount) && amount >= 100 && amount % 100 === 0 && amount <= most
}

/** The step as it goes to the API. */
export function bodyOf(
  step: DealStep,
  values: Values,
  { media, proposal }: { media: string[]; proposal: number | null },
): object | null {
  const text = values.text.trim()
  switch (step) {
    case 'propose-appointment':
      return {
        at: new Date(fromSeoul(values.at) ?? Number.NaN).toISOString(),
        place: values.place.trim(),
        method: values.method,
      }
    case 'hand-over':
      return {
        ...(values.carrier.trim() === '' ? {} : { carrier: values.carrier.trim() }),
        ...(values.tracking.trim() === '' ? {} : { tracking: values.tracking.trim() }),
      }
    case 'propose-cancel':
    case 'refuse':
      return { reason: text }
    case 'agree-cancel':
      return {}
    case 'report-no-show':
      return { note: text, media }
    case 'answer-no-show':
      return { answer: values.answer, note: text, media }
    case 'open-dispute':
      return { type: values.type, text, media }
    case 'add-evidence':
      return { kind: 'evidence', text, media }
    case 'propose-remedy':
      return {
        kind: 'proposal',
        remedy: values.remedy,
        text,
        ...(values.remedy === 'part' ? { amount: Number(values.amount) } : {}),
      }
    case 'agree-remedy':
      return { kind: 'agreement', proposal }
    default:
      return null
  }
}

/** Steps with room for pictures. */
export const withPictures: ReadonlySet<DealStep> = new Set([
  'report-no-show',
  'answer-no-show',
  'open-dispute',
  'add-evidence',
])
