import { appointmentOf, dueOf, otherSide, type DeadlineKind } from '../../contract/deal-steps.ts'
import { deals as limits } from '../../contract/limits.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { ended, record, standingOf, type Course, type DealRecord, type Reminder } from './record.ts'

type Moment = { type: 'remind'; at: Instant; reminder: Reminder } | { type: 'due'; at: Instant; kind: DeadlineKind }

/** Does whatever time has brought, each thing at its own stored time and in its order, however late somebody looks. */
export function pass(course: Course, now: Instant): Course {
  for (;;) {
    const next = nextMoment(course.deal)
    if (!next || next.at > now) return course
    course = next.type === 'remind' ? remind(course, next.reminder) : apply(course, next)
  }
}

/** When to look again by oneself; null when nothing comes any more. */
export function nextLook(deal: DealRecord): Instant | null {
  return nextMoment(deal)?.at ?? null
}

/** Reminders whose time had come before the last change were given then, or were never to be given. */
function nextMoment(deal: DealRecord): Moment | null {
  const moments: Moment[] = [
    ...remindersOf(deal)
      .filter(({ at }) => at > deal.seenAt)
      .map((reminder) => ({ type: 'remind' as const, at: reminder.at, reminder })),
    ...dueOf(standingOf(deal)).map(({ kind, at }) => ({ type: 'due' as const, at: instant(at), kind })),
  ]
  return moments.sort((a, b) => a.at - b.at)[0] ?? null
}

function remindersOf(deal: DealRecord): Reminder[] {
  const standing = standingOf(deal)
  const list: Reminder[] = []
  if (standing.state === 'open' && !standing.report)
    for (const ms of limits.quietMs) list.push({ about: 'quiet', due: null, at: instant(deal.idleSince + ms) })
  const appointment = appointmentOf(standing)
  if (appointment && !standing.report)
    for (const ms of limits.remindMs)
      list.push({ about: 'meet', due: instant(appointment.at), at: instant(appointment.at - ms) })
  for (const { kind, at } of dueOf(standing))
    if (kind === 'answer' || kind === 'complete' || kind === 'lapse' || kind === 'view')
      list.push({ about: kind, due: instant(at), at: instant(at - limits.toldBeforeMs) })
  return list
}

function remind(course: Course, reminder: Reminder): Course {
  return {
    ...course,
    deal: { ...course.deal, seenAt: reminder.at },
    reminders: [...course.reminders, reminder],
  }
}

/** A deadline that a clock or a ruling put behind the last step takes effect right after it. */
function apply(course: Course, moment: { at: Instant; kind: DeadlineKind }): Course {
  const { deal } = course
  const at = instant(Math.max(moment.at, deal.seenAt))
  switch (moment.kind) {
    case 'answer': {
      if (!deal.report) throw new Error('a report that is not there')
      const answer = { answer: 'silence' as const, note: '', media: [], at }
      const fault = otherSide(deal.report.by)
      return record(
        course,
        { kind: 'no-show-admitted', by: 'time', at },
        { ...ended(deal, 'failed', at, fault), report: { ...deal.report, answer } },
      )
    }
    case 'complete':
      return record(course, { kind: 'completed', by: 'time', at }, ended(deal, 'completed', at))
    case 'lapse':
      return record(course, { kind: 'lapsed', by: 'time', at }, ended(deal, 'lapsed', at))
    case 'view':
      return passOn(course, at)
    default:
      throw new Error(`nothing happens by itself at ${moment.kind}`)
  }
}

/** A dispute without agreement goes to a moderator. */
function passOn(course: Course, at: Instant): Course {
  const { deal } = course
  if (!deal.dispute) throw new Error('a dispute that is not there')
  return record(
    course,
    { kind: 'dispute-passed-on', by: 'time', at },
    {
      dispute: { ...deal.dispute, withModerator: true },
      cases: [...deal.cases, openCase(deal, 'dispute', deal.dispute.by, at)],
    },
  )
}

export function openCase(deal: DealRecord, kind: 'no-show' | 'dispute', by: 'seller' | 'buyer', at: Instant) {
  return { number: deal.cases.length + 1, kind, by, openedAt: at, closedAt: null, ruling: null }
}
