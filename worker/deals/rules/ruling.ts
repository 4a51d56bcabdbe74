import type { Fault, Side } from '../../contract/deal-steps.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type { CaseRecord, RulingRecord } from '../commands.ts'
import { ended, record, type Course, type DealRecord } from './record.ts'

export interface Verdict {
  number: number
  fault: Fault
  reason: string
  moderator: AccountId
}

/**
 * A moderator's ruling. On a contested no-show it always ends the deal: what cannot be proved is nobody's fault. On a dispute it is
 * a view of who is at fault, which moves score and never money: with a fault the deal has failed, without one it goes on from where
 * it stood. One that had been completed stays so.
 */
export function rule(
  course: Course,
  { number, fault, reason, moderator }: Verdict,
  at: Instant,
): Course | { code: 'not-found' | 'case-ruled' } {
  const { deal } = course
  const of = deal.cases.find((one) => one.number === number)
  if (!of) return { code: 'not-found' }
  if (of.closedAt !== null) return { code: 'case-ruled' }
  const ruling = { fault, reason, moderator, at }
  const change = of.kind === 'no-show' ? ended(deal, 'failed', at, fault) : afterView(deal, fault, at)
  const cases = deal.cases.map((one) => (one.number === number ? { ...one, closedAt: at, ruling } : one))
  return record(course, { kind: 'ruled', by: 'moderator', at, text: reason }, { ...change, cases })
}

function afterView(deal: DealRecord, fault: Fault, at: Instant): Partial<DealRecord> {
  const dispute = deal.dispute && { ...deal.dispute, outcome: 'ruled' as const }
  const over = { dispute, remedy: null, cancel: null }
  if (deal.endedAt !== null) return { ...over, fault }
  if (fault !== 'none') return { ...over, ...ended(deal, 'failed', at, fault) }
  return { ...over, idleSince: at }
}

/**
 * Somebody else found on appeal that it was not this side's fault. The deal ends as it ended, without that fault; what the moderator had said
 * stays to be read, as overturned. A fault that no ruling found is none of an appeal's.
 */
export function liftFault(course: Course, side: Side, at: Instant): Course {
  const { deal } = course
  if (!deal.cases.some((one) => isFoundWith(side, one))) return course
  const cases = deal.cases.map((one) =>
    isFoundWith(side, one) ? { ...one, ruling: { ...one.ruling, overturnedAt: at } } : one,
  )
  const fault = deal.fault === side ? 'none' : deal.fault
  return record(course, { kind: 'fault-lifted', by: 'moderator', at }, { cases, fault })
}

function isFoundWith(side: Side, one: CaseRecord): one is CaseRecord & { ruling: RulingRecord } {
  return one.ruling?.fault === side && one.ruling.overturnedAt === undefined
}
