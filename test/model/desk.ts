import { createHash } from 'node:crypto'
import { decide, publish } from '../../worker/auctions/rules.ts'
import type { Command, Decision } from '../../worker/auctions/rules.ts'
import { waitBeforeBid } from '../../worker/auctions/rules/rate.ts'
import type { Standing as Bidder } from '../../worker/auctions/rules/judge.ts'
import { minimumBid } from '../../worker/auctions/rules/lot.ts'
import type { Course, Lot, LotTerms, NewEntry } from '../../worker/auctions/rules/lot.ts'
import type { DealId, RoomId } from '../../worker/contract/ids.ts'
import type { Hash } from '../../worker/contract/ledger.ts'
import type { Won } from '../../worker/contract/money.ts'
import type { Instant } from '../../worker/contract/time.ts'
import { people } from './histories.ts'
import type { Told } from './histories.ts'
import type { Action, Answer, ReferenceEntry, Standing } from './reference.ts'

/** The product's pure rules, and what a room keeps around them. Mutants replace one of these and nothing else. */
export interface Rules {
  publish: (terms: LotTerms, now: Instant) => Course
  decide: (lot: Lot, command: Command, clock: Instant) => Decision
  waitBeforeBid: (judged: readonly Instant[], at: Instant) => number | null
  remembersKeys: boolean
}

export const rules: Rules = { publish, decide, waitBeforeBid, remembersKeys: true }

export interface Played {
  answers: Answer[]
  ledger: ReferenceEntry[]
  standing: Standing
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url') as Hash
const termsHash = digest('terms')
export const leastManner = 30

/** Plays a history by the given rules, as a room would: keys and rate first, then the judge. */
export function play(told: Told, by: Rules = rules): Played {
  const desk = new Desk(told, by)
  const answers = told.steps.map(({ action, clock }) => desk.act(action, clock as Instant))
  return { answers, ledger: desk.ledger(), standing: desk.standing() }
}

class Desk {
  private readonly by: Rules
  private lot: Lot
  private readonly entries: NewEntry[] = []
  private readonly answered = new Map<string, { request: string; answer: Answer }>()
  private readonly judged = new Map<string, Instant[]>()
  private readonly numbers = new Map<string, number>()
  private readonly banned = new Set<string>()

  constructor(told: Told, by: Rules) {
    this.by = by
    this.lot = this.take(by.publish(termsOf(told), told.publishedAt as Instant))
  }

  private take({ lot, entries }: Course): Lot {
    this.entries.push(...entries)
    this.lot = lot
    return lot
  }

  act(action: Action, clock: Instant): Answer {
    if (action.do === 'bid' || action.do === 'buy') return this.answerOnce(action, clock)
    if (action.do === 'ban') this.banned.add(action.who)
    if (action.do === 'unban') this.banned.delete(action.who)
    const decision = this.by.decide(this.lot, commandOf(action), clock)
    this.take(decision)
    const { answer } = decision
    return answer.ok ? { ok: true } : { ok: false, code: answer.code }
  }

  private answerOnce(action: Action & { do: 'bid' | 'buy' }, clock: Instant): Answer {
    const name = `${action.who} ${action.key}`
    const request = JSON.stringify(action)
    const before = this.by.remembersKeys ? this.answered.get(name) : undefined
    if (before) return before.request === request ? before.answer : { ok: false, code: 'key-reused' }

    const at = Math.max(clock, this.lot.lastAt) as Instant
    const judged = this.judged.get(action.who) ?? []
    if (this.by.waitBeforeBid(judged, at) !== null) return { ok: false, code: 'too-many-requests' }
    this.judged.set(action.who, [...judged, at])

    const answer = this.judge(action, clock)
    this.answered.set(name, { request, answer })
    return answer
  }

  private judge(action: Action & { do: 'bid' | 'buy' }, clock: Instant): Answer {
    const kind = action.do === 'buy' ? 'buy-now' : action.kind
    const decision = this.by.decide(
      this.lot,
      {
        type: 'place-bid',
        who: this.bidder(action.who),
        bid: {
          kind,
          amount: action.do === 'buy' ? action.price : action.amount,
          isConfirmed: action.do === 'bid' && action.confirm,
          termsHash: action.oldTerms ? digest('older terms') : termsHash,
          commitment: kind === 'max' ? digest(JSON.stringify(action)) : null,
        },
      },
      clock,
    )
    const lot = this.take(decision)
    const { answer } = decision
    if (!answer.ok)
      return {
        ok: false,
        code: answer.code,
        ...(answer.code === 'bid-too-low' && 'minimumBid' in answer ? { minimumBid: answer.minimumBid } : {}),
        ...('lateByMs' in answer ? { lateByMs: answer.lateByMs } : {}),
      }
    if (!('number' in answer)) throw new Error('a bid was answered like a note')
    this.numbers.set(action.who, answer.number)
    return { ok: true, leading: answer.leading, price: lot.price, minimumBid: minimumBid(lot), endsAt: lot.endsAt }
  }

  private bidder(name: string): Bidder {
    const person = people.find((known) => known.name === name)!
    return {
      number: this.numbers.get(name) ?? null,
      isSeller: person.isSeller,
      isTrader: person.isTrader,
      isShutOut: this.banned.has(name),
      manner: person.isEligible ? 40 : leastManner - 1,
      deals: 0,
      noShows: 0,
      isFollowing: false,
    }
  }

  private nameOf(number: number | null): string | null {
    if (number === null) return null
    const found = [...this.numbers].filter(([, own]) => own === number).map(([name]) => name)
    if (found.length !== 1) throw new Error(`number ${number} belongs to ${found.length} people`)
    return found[0]!
  }

  standing(): Standing {
    const { state, price, leader, bidCount, reserve, endsAt } = this.lot
    const limit = leader?.max ?? 0
    return { state, price, leader: this.nameOf(leader?.number ?? null), limit, bidCount, reserve, endsAt }
  }

  ledger(): ReferenceEntry[] {
    return this.entries.map((entry, index) => {
      if (entry.seq !== index + 1) throw new Error(`entry ${index + 1} says it is number ${entry.seq}`)
      return this.retold(entry)
    })
  }

  private retold(entry: NewEntry): ReferenceEntry {
    const [at, raises] = [entry.at, entry.raises.length]
    switch (entry.type) {
      case 'published':
        return { type: 'published', at, raises: 0 }
      case 'bid': {
        const { kind, amount, price, reserve } = entry
        const [bidder, leader] = [this.nameOf(entry.bidder)!, this.nameOf(entry.leader)!]
        return { type: 'bid', at, raises, bidder, kind, amount, price, leader, reserve }
      }
      case 'extended': {
        const { cause, endsAt, addedMs, capLeftMs } = entry
        return { type: 'extended', at, raises, cause, endsAt, addedMs, capLeftMs }
      }
      case 'ended': {
        const { reason, result, price } = entry
        return { type: 'ended', at, raises, reason, result, price, winner: this.nameOf(entry.winner) }
      }
      default:
        return { type: entry.type, at, raises }
    }
  }
}

function termsOf({ terms }: Told): LotTerms {
  return {
    termsHash,
    startPrice: terms.startPrice as Won,
    reservePrice: terms.reservePrice as Won | null,
    reserveCommitment: terms.reservePrice === null ? null : digest(`reserve ${terms.reservePrice}`),
    buyNowPrice: terms.buyNowPrice as Won | null,
    startsAt: terms.startsAt as Instant,
    endsAt: terms.endsAt as Instant,
    windowMs: terms.windowMs,
    capMs: terms.capMs,
    bidderRules: { minManner: leastManner, minDeals: null, maxNoShows: null, followersOnly: false },
    deal: 'deal_of_the_story' as DealId,
    room: 'room_of_the_story' as RoomId,
  }
}

function commandOf(action: Exclude<Action, { do: 'bid' | 'buy' }>): Command {
  switch (action.do) {
    case 'cancel':
      return { type: 'cancel', digest: digest('changed my mind') }
    case 'void':
      return { type: 'void', digest: digest('not allowed here') }
    case 'note':
      return { type: 'add-note', digest: digest('the strap is included') }
    case 'outage':
      return { type: 'outage', since: action.since as Instant }
    default:
      return { type: 'look' }
  }
}
