import { isDeepStrictEqual } from 'node:util'
import type { Lot } from '../../worker/auctions/rules/lot.ts'
import { auctions } from '../../worker/contract/limits.ts'
import { toldBy } from '../model/answers.ts'
import { people } from '../model/histories.ts'
import { predicates, type Run } from '../model/predicates.ts'
import { Reference, type Action, type Answer, type ReferenceEntry } from '../model/reference.ts'
import type { Attempt } from './bidders.ts'
import {
  answersFindTheirWay,
  arrivalIsTheRooms,
  everybodyIsCountedOnce,
  noBidWaits,
  nothingIsLeftOfShards,
  ownStreamsAreWhole,
} from './crowding.ts'
import type { Lived } from './direction.ts'
import { dealsAreOpened, everybodyIsTold } from './following.ts'
import { participants } from './house/people.ts'

/** What is wrong with a run, each fault with the name of what it breaks. */
export interface Fault {
  name: string
  words: string
}

const { outage } = auctions
const latestAlarmMs = 60_000

type Check = (lived: Lived) => string[]

/** All that must be true of a run: the predicates of every auction, and what only the one who moved the world can know. */
export function faultsOf(lived: Lived): Fault[] {
  const run = { ...lived.run, asked: inOrderOfJudging(lived) }
  const found: Fault[] = []
  for (const [name, predicate] of Object.entries(predicates))
    for (const words of predicate(run)) found.push({ name, words })
  for (const [name, check] of Object.entries(checks)) for (const words of check(lived)) found.push({ name, words })
  return found
}

/** Of two answers that came at the same time nobody outside can say which was judged first; the receipts can. */
function inOrderOfJudging({ attempts, judged }: Lived): Attempt[] {
  const places = new Map(judged.map(({ id }, place) => [id, place]))
  // A limit is before the answer that the key gets later, a key that was used after the answer that it has got.
  const unjudged = ({ outcome }: Attempt) => (!outcome.ok && outcome.code === 'too-many-requests' ? -1 : Infinity)
  const placeOf = (attempt: Attempt) => places.get(bidOf(attempt.outcome) ?? '') ?? unjudged(attempt)
  return [...attempts].sort((a, b) => Math.sign(placeOf(a) - placeOf(b)) || a.answeredAt - b.answeredAt)
}

function bidOf(outcome: Attempt['outcome']): string | null {
  return (outcome.ok ? outcome.value.receipt : outcome.receipt)?.bid ?? null
}

const names = new Map<string, string>([...participants].map(([name, { account }]) => [account, name]))

/**
 * The reference, told the same in the room's order of judging, says the same: every answer, and the ledger. That the order fits the
 * times of asking and answering makes it a proof that the room acted as if one thing happened after the other.
 */
function theReferenceAgrees({ run, attempts, judged }: Lived): string[] {
  const faults: string[] = []
  const [published] = run.lines
  if (!published) return ['there is no ledger']
  const reference = new Reference(run.terms, people, published.entry.at)
  const byBid = new Map(attempts.map((attempt) => [bidOf(attempt.outcome), attempt]))
  const heads = new Map(run.lines.map(({ hash, entry }) => [hash as string, entry.seq]))
  let told = 1

  /** What the ledger alone tells, up to a place. */
  const tellUpTo = (seq: number) => {
    for (; told < seq; told++) {
      const entry = run.lines[told]?.entry
      if (!entry) continue
      const action = actionOf(entry)
      if (action) reference.act(action, entry.at)
    }
  }

  for (const { id, account, at } of judged) {
    const attempt = byBid.get(id)
    if (!attempt) {
      faults.push(`${names.get(account)} has a bid in the room that was never answered`)
      continue
    }
    const { outcome, action, who } = attempt
    const receipt = outcome.ok ? outcome.value.receipt : outcome.receipt
    if (!receipt) continue
    tellUpTo(receipt.logSeq === null ? (heads.get(receipt.previous ?? '') ?? 0) : receipt.logSeq - 1)
    const expected = plain(reference.act(action, at))
    const answer = plain(toldBy(outcome))
    if (!isDeepStrictEqual(answer, expected))
      faults.push(
        `${who} heard ${JSON.stringify(answer)} of ${JSON.stringify(action)}, not ${JSON.stringify(expected)}`,
      )
  }
  tellUpTo(run.lines.length)
  const end = run.lines.at(-1)?.entry.at ?? 0
  reference.act({ do: 'look' }, Math.max(end, reference.standing().endsAt))
  const [ours, theirs] = [run.lines.map(({ entry }) => retold(entry)), reference.ledger().map(without)]
  const at = ours.findIndex((entry, index) => !isDeepStrictEqual(entry, theirs[index]))
  if (at !== -1 || ours.length !== theirs.length)
    faults.push(`entry ${at + 1} is ${JSON.stringify(ours[at])}, not ${JSON.stringify(theirs[at])}`)
  return faults
}

function plain(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer)) as Answer
}

function actionOf(entry: Run['lines'][number]['entry']): Action | null {
  if (entry.type === 'started') return { do: 'look' }
  if (entry.type === 'noted') return { do: 'note' }
  if (entry.type === 'cancelled') return { do: 'cancel' }
  if (entry.type === 'voided') return { do: 'void' }
  if (entry.type === 'extended' && entry.cause === 'outage') return { do: 'outage', since: entry.at - entry.addedMs }
  return null
}

/** An entry without names and hashes, as both can tell it. */
function retold(entry: Run['lines'][number]['entry']) {
  const { type, at } = entry
  const told = { type, at, raises: entry.raises.length }
  if (entry.type === 'bid')
    return { ...told, kind: entry.kind, amount: entry.amount, price: entry.price, reserve: entry.reserve }
  if (entry.type === 'extended')
    return { ...told, cause: entry.cause, endsAt: entry.endsAt, addedMs: entry.addedMs, capLeftMs: entry.capLeftMs }
  if (entry.type === 'ended') return { ...told, reason: entry.reason, result: entry.result, price: entry.price }
  return told
}

function without(entry: ReferenceEntry) {
  if (entry.type === 'bid') {
    const { bidder: _, leader: __, ...rest } = entry
    return rest
  }
  if (entry.type !== 'ended') return entry
  const { winner: _, ...rest } = entry
  return rest
}

/** What was answered before another was asked was judged before it, and at a time between question and answer. */
function timesAreTrue({ attempts, judged, hasSkew }: Lived): string[] {
  const faults: string[] = []
  const places = new Map(judged.map(({ id }, place) => [id, place]))
  const judgedOnce = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    const bid = bidOf(attempt.outcome)
    if (bid !== null) judgedOnce.set(bid, [...(judgedOnce.get(bid) ?? []), attempt])
  }
  const spans = [...judgedOnce].map(([bid, all]) => ({
    bid,
    who: all[0]?.who ?? '',
    place: places.get(bid) ?? -1,
    at: judged[places.get(bid) ?? -1]?.at ?? 0,
    from: Math.min(...all.map(({ calledAt }) => calledAt)),
    to: Math.min(...all.map(({ answeredAt }) => answeredAt)),
    direct: Math.min(...all.map(({ calledAt, isDirect }) => (isDirect ? calledAt : Infinity))),
  }))
  for (const { who, at, to, direct } of hasSkew ? [] : spans) {
    if (at > to) faults.push(`${who} was answered at ${to} about ${at}`)
    if (at > direct) faults.push(`${who} arrived at ${direct} and was taken to have come at ${at}`)
  }
  const inOrder = spans.sort((a, b) => a.place - b.place)
  let latestQuestion = -Infinity
  for (const { who, from, to } of inOrder) {
    if (to < latestQuestion) faults.push(`${who} was answered before one was asked that was judged earlier`)
    latestQuestion = Math.max(latestQuestion, from)
  }
  return faults
}

/** The bids that a limit turns away follow ten that were judged within ten seconds. */
function limitsAreExact({ attempts, judged, hasSkew }: Lived): string[] {
  if (hasSkew) return []
  return attempts.flatMap(({ outcome, who, calledAt, answeredAt }) => {
    if (outcome.ok || outcome.code !== 'too-many-requests') return []
    const own = judged.filter(({ account }) => names.get(account) === who)
    const recent = own.filter(({ at }) => at > calledAt - 10_000 && at <= answeredAt)
    return recent.length >= 10 ? [] : [`${who} was turned away after ${recent.length} bids`]
  })
}

/** Whoever repeats a key after its answer gets that answer. */
function answersStay({ attempts }: Lived): string[] {
  const first = new Map<string, Attempt>()
  return [...attempts]
    .sort((a, b) => a.answeredAt - b.answeredAt)
    .flatMap((attempt) => {
      const name = `${attempt.who} ${attempt.request}`
      const before = first.get(name)
      if (!attempt.outcome.ok && attempt.outcome.code === 'too-many-requests')
        return before && before.answeredAt < attempt.calledAt ? [`${name} had an answer and was turned away`] : []
      first.set(name, before ?? attempt)
      return []
    })
}

/** The end moves by an outage only where the room had died, and by no more than the time since it was last known to live. */
function outagesAreReal({ run, deaths, hasSkew }: Lived): string[] {
  if (hasSkew) return []
  return run.lines.flatMap(({ entry }) => {
    if (entry.type !== 'extended' || entry.cause !== 'outage') return []
    const isReal = deaths.some(({ diedAt, backAt, saved: { beat } }) => {
      if (backAt === null || backAt < entry.at) return false
      // One that had not beaten yet may have been late to begin with it, by as much as its alarm.
      const aliveAt = typeof beat === 'number' ? beat : diedAt - latestAlarmMs
      return entry.addedMs <= backAt - aliveAt
    })
    return isReal ? [] : [`entry ${entry.seq} makes up for an outage that nobody saw`]
  })
}

/** Whoever had beaten, was gone for ten seconds and lost all sockets gives the time back. */
function outagesAreMadeUpFor({ run, deaths, hasSkew }: Lived): string[] {
  if (hasSkew) return []
  return deaths.flatMap(({ diedAt, backAt, saved }) => {
    const { beat, course } = saved as { beat?: number; course?: { lot: Lot } }
    if (beat === undefined || course === undefined || backAt === null) return []
    const { state, endsAt, terms } = course.lot
    const hadBeaten = state === 'running' && beat >= Math.min(endsAt, terms.endsAt) - outage.lastMs
    if (!hadBeaten || backAt - beat < outage.gapMs) return []
    const isMadeUpFor = run.lines.some(
      ({ entry }) => entry.type === 'extended' && entry.cause === 'outage' && entry.seq > course.lot.logSeq,
    )
    return isMadeUpFor ? [] : [`it was gone from ${diedAt} to ${backAt}, and nothing was given back`]
  })
}

function messagesAreKept({ messages: { sent, kept } }: Lived): string[] {
  const faults = sent.filter((id) => !kept.includes(id)).map((id) => `message ${id} is gone`)
  return new Set(kept).size === new Set(sent).size && new Set(kept).size === kept.length
    ? faults
    : [...faults, `${kept.length} messages of ${sent.length}`]
}

function nothingIsLeft({ left: { unsent, aside }, troubles }: Lived): string[] {
  return [
    ...troubles,
    ...(unsent > 0 ? [`${unsent} events never left`] : []),
    ...(aside > 0 ? [`${aside} events were set aside`] : []),
  ]
}

const checks: Record<string, Check> = {
  theReferenceAgrees,
  timesAreTrue,
  limitsAreExact,
  answersStay,
  outagesAreReal,
  outagesAreMadeUpFor,
  messagesAreKept,
  everybodyIsTold,
  dealsAreOpened,
  noBidWaits,
  arrivalIsTheRooms,
  ownStreamsAreWhole,
  everybodyIsCountedOnce,
  answersFindTheirWay,
  nothingIsLeftOfShards,
  nothingIsLeft,
}
