import type { Hash } from '../contract/ledger.ts'
import { instant, type Instant } from '../contract/time.ts'
import { makeUpForOutage, settle } from './rules/closing.ts'
import { judge, type Bid, type Standing, type Verdict } from './rules/judge.ts'
import { arrivalOf, record, type Course, type Lot, type LotTerms } from './rules/lot.ts'

/**
 * The course of an auction as a pure function: a lot, what someone asks and the clock go in; the lot
 * afterwards, new ledger entries and the answer come out. The object is a shell around it, and so is a replay.
 */
export type Command =
  | { type: 'place-bid'; who: Standing; bid: Bid }
  /** Only compares the clock with the stored times. */
  | { type: 'look' }
  /** The seller's; the digest is of the reason's text. */
  | { type: 'cancel'; digest: Hash | null }
  | { type: 'void'; digest: Hash }
  | { type: 'add-note'; digest: Hash }
  /** The room was down from then until now. Only a construction of the object says so. */
  | { type: 'outage'; since: Instant }

export type CommandRefusal = 'not-cancellable' | 'has-bids' | 'reason-needed' | 'conflict' | 'notes-closed'
export type Answer = Verdict | { ok: true } | { ok: false; code: CommandRefusal }

export interface Decision<A = Answer> extends Course {
  answer: A
}

/** A new lot with its first entry; already running when its start has come. */
export function publish(terms: LotTerms, now: Instant): Course {
  const hardEndAt = terms.windowMs === 0 ? terms.endsAt : instant(terms.endsAt + terms.capMs)
  const lot: Lot = {
    terms,
    state: 'scheduled',
    price: terms.startPrice,
    bidCount: 0,
    leader: null,
    bidders: 0,
    reserve: terms.reservePrice === null ? 'none' : 'not-met',
    buyNowPrice: terms.buyNowPrice,
    endsAt: terms.endsAt,
    hardEndAt,
    endedAt: null,
    winner: null,
    logSeq: 0,
    lastAt: now,
    raises: [],
  }
  const published = record({ lot, entries: [] }, now, {
    type: 'published',
    termsHash: terms.termsHash,
    startPrice: terms.startPrice,
    reserveCommitment: terms.reserveCommitment,
    buyNowPrice: terms.buyNowPrice,
    startsAt: terms.startsAt,
    endsAt: terms.endsAt,
    windowMs: terms.windowMs,
    hardEndAt,
  })
  return settle(published, now)
}

/** Judges a bid or purchase; `clock` is the room's clock when it arrived. */
export function placeBid(lot: Lot, who: Standing, bid: Bid, clock: Instant): Decision<Verdict> {
  const at = arrivalOf(lot, clock)
  const { verdict, ...course } = judge(settle(begin(lot), at), who, bid, at)
  return { ...course, answer: verdict }
}

/** Any command. `clock` may lie before the last entry; the lot's time never runs back. */
export function decide(lot: Lot, command: Command, clock: Instant): Decision {
  if (command.type === 'place-bid') return placeBid(lot, command.who, command.bid, clock)
  const at = arrivalOf(lot, clock)
  if (command.type === 'outage')
    return { ...settle(makeUpForOutage(begin(lot), command.since, at), at), answer: { ok: true } }
  return ask(settle(begin(lot), at), command, at)
}

type Ask = Exclude<Command, { type: 'place-bid' } | { type: 'outage' }>

function ask(course: Course, command: Ask, at: Instant): Decision {
  switch (command.type) {
    case 'look':
      return { ...course, answer: { ok: true } }
    case 'cancel':
      return cancel(course, command.digest, at)
    case 'void':
      return voidLot(course, command.digest, at)
    case 'add-note':
      return addNote(course, command.digest, at)
  }
}

function begin(lot: Lot): Course {
  return { lot, entries: [] }
}

function cancel(course: Course, digest: Hash | null, at: Instant): Decision {
  const { state, leader } = course.lot
  if (state !== 'scheduled' && state !== 'running') return { ...course, answer: { ok: false, code: 'not-cancellable' } }
  if (leader) return { ...course, answer: { ok: false, code: 'has-bids' } }
  if (state === 'running' && digest === null) return { ...course, answer: { ok: false, code: 'reason-needed' } }
  const { lot, entries } = record(course, at, { type: 'cancelled', digest })
  return { lot: { ...lot, state: 'cancelled', endedAt: at }, entries, answer: { ok: true } }
}

function voidLot(course: Course, digest: Hash, at: Instant): Decision {
  const { state } = course.lot
  if (state !== 'scheduled' && state !== 'running') return { ...course, answer: { ok: false, code: 'conflict' } }
  const { lot, entries } = record(course, at, { type: 'voided', digest })
  return { lot: { ...lot, state: 'void', endedAt: at }, entries, answer: { ok: true } }
}

function addNote(course: Course, digest: Hash, at: Instant): Decision {
  const { state } = course.lot
  if (state !== 'scheduled' && state !== 'running') return { ...course, answer: { ok: false, code: 'notes-closed' } }
  return { ...record(course, at, { type: 'noted', digest }), answer: { ok: true } }
}
