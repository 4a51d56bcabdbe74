import { auctions } from '../../contract/limits.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { record, type Course } from './lot.ts'

/** Start and end as the stored times have them, whoever looks and however late. */
export function settle(course: Course, at: Instant): Course {
  const started = startWhenDue(course, at)
  const { lot } = started
  return lot.state === 'running' && at >= lot.endsAt ? end(started, lot.endsAt, 'time') : started
}

function startWhenDue(course: Course, at: Instant): Course {
  const { state, terms, lastAt } = course.lot
  if (state !== 'scheduled' || at < terms.startsAt) return course
  // Published after its stored start (a clock set back between two objects): the ledger's times may not run backwards.
  const startedAt = terms.startsAt > lastAt ? terms.startsAt : lastAt
  const { lot, entries } = record(course, startedAt, { type: 'started' })
  return { lot: { ...lot, state: 'running' }, entries }
}

/** Closes for good: the leader wins if the reserve allows it. */
export function end(course: Course, at: Instant, reason: 'time' | 'bought'): Course {
  const { lot } = course
  const winner = lot.reserve === 'not-met' ? null : (lot.leader?.number ?? null)
  const isSold = winner !== null
  const ended = record(course, at, {
    type: 'ended',
    reason,
    result: isSold ? 'sold' : 'unsold',
    price: isSold ? lot.price : null,
    winner,
    deal: isSold ? lot.terms.deal : null,
    room: isSold ? lot.terms.room : null,
  })
  return {
    lot: { ...ended.lot, state: isSold ? 'sold' : 'unsold', winner, endsAt: at, endedAt: at },
    entries: ended.entries,
  }
}

/** Soft close: a price change with less than the window left moves the end, never past the cap. */
export function extend(course: Course, at: Instant): Course {
  const { endsAt, hardEndAt, terms } = course.lot
  if (endsAt - at >= terms.windowMs) return course
  const moved = instant(Math.min(at + terms.windowMs, hardEndAt))
  if (moved <= endsAt) return course
  const { lot, entries } = record(course, at, {
    type: 'extended',
    cause: 'soft-close',
    endsAt: moved,
    addedMs: moved - endsAt,
    capLeftMs: hardEndAt - moved,
    hardEndAt,
  })
  return { lot: { ...lot, endsAt: moved }, entries }
}

/** From here to the end the room stores beats: the last two minutes before the first end, and every extension. */
export function beatsFrom(lot: Course['lot']): Instant {
  return instant(Math.min(lot.terms.endsAt, lot.endsAt) - auctions.outage.lastMs)
}

/**
 * The room was down from `since` until now, in the time when it beats: the end moves by the gap, and the latest end too.
 * Comes before `settle`, for the end that passed meanwhile is the one that moves.
 */
export function makeUpForOutage(course: Course, since: Instant, now: Instant): Course {
  const { lot } = course
  const { gapMs, mostMs } = auctions.outage
  const from = Math.max(since, beatsFrom(lot))
  const gap = now - from
  if (lot.state !== 'running' || gap < gapMs) return course
  const addedMs = Math.min(gap, mostMs)
  const endsAt = instant(lot.endsAt + addedMs)
  const hardEndAt = instant(lot.hardEndAt + addedMs)
  // After a long night even the moved end has passed; the ledger's times may not run backwards.
  const at = now < endsAt ? now : endsAt
  const moved = record(course, at, {
    type: 'extended',
    cause: 'outage',
    endsAt,
    addedMs,
    capLeftMs: hardEndAt - endsAt,
    hardEndAt,
  })
  return { lot: { ...moved.lot, endsAt, hardEndAt }, entries: moved.entries }
}
