import type {
  BidEntry,
  CancelledEntry,
  EndedEntry,
  Entry,
  ExtendedEntry,
  PublishedEntry,
  VoidedEntry,
} from '../../../../worker/contract/ledger.ts'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { Bidding, type Commitment, type Maxima } from './bidding.ts'
import { stop, type Outcome } from './report.ts'

/**
 * Runs an auction again from its entries by the published rules, taking nobody's word for price, leader, end or winner.
 * Throws `ReplayStopped` at the first entry that breaks a rule: what follows it could no longer be judged.
 */
export class Course {
  readonly #published: PublishedEntry
  readonly #bidding: Bidding
  #state: Outcome['state'] = 'scheduled'
  #winner: number | null = null
  #endsAt: number
  #hardEndAt: number
  /** What the entry before makes necessary: its extension, or the end after a purchase. */
  #owed: 'extension' | 'end' | null = null
  #last: Entry
  #entries = 1

  constructor(first: Entry, maxima: Maxima) {
    if (first.type !== 'published') throw stop('course', 'first-not-published', first)
    const { startsAt, endsAt, hardEndAt, raises } = first
    if (raises.length > 0) stop('course', 'raise-without-leader', first)
    if (!(startsAt < endsAt && endsAt <= hardEndAt)) stop('course', 'malformed', first)
    this.#published = first
    this.#bidding = new Bidding(first, maxima)
    this.#endsAt = endsAt
    this.#hardEndAt = hardEndAt
    this.#last = first
  }

  take(entry: Entry): void {
    if (this.isOver) stop('course', 'after-the-end', entry)
    if (this.#owed === 'extension' && entry.type !== 'extended') stop('extensions', 'extension-missing', entry)
    if (this.#owed === 'end' && entry.type !== 'ended') stop('end', 'end-missing', entry)
    this.#bidding.takeRaises(entry)
    switch (entry.type) {
      case 'published':
        return stop('course', 'published-twice', entry)
      case 'started':
        this.#start(entry)
        break
      case 'bid':
        this.#takeBid(entry)
        break
      case 'extended':
        this.#extend(entry)
        break
      case 'noted':
        this.#refuseFromEndOn(entry)
        break
      case 'cancelled':
      case 'voided':
        this.#callOff(entry)
        break
      case 'ended':
        this.#end(entry)
        break
      default:
        stop('course', 'malformed', entry)
    }
    this.#last = entry
    this.#entries += 1
  }

  /** To be called after the last entry: what is owed then will not come any more. */
  finish(): void {
    if (this.#owed === 'extension') stop('extensions', 'extension-missing', this.#last)
    if (this.#owed === 'end') stop('end', 'end-missing', this.#last)
  }

  get isOver(): boolean {
    return this.#state !== 'scheduled' && this.#state !== 'running'
  }

  get commitments(): readonly Commitment[] {
    return this.#bidding.commitments
  }

  /** Commitments that must be open by now: the beaten ones, once the auction has ended. */
  get dueOpenings(): readonly Commitment[] {
    return this.#state === 'sold' || this.#state === 'unsold' ? this.#bidding.beaten : []
  }

  get outcome(): Outcome {
    return {
      state: this.#state,
      price: this.#bidding.price,
      leader: this.#bidding.leader,
      winner: this.#winner,
      endsAt: this.#endsAt,
      bids: this.#bidding.count,
      entries: this.#entries,
    }
  }

  #start(entry: Entry): void {
    // What was published for "now" starts with its publication, a moment after the stored time.
    const startsAt = Math.max(this.#published.startsAt, this.#last.at)
    if (this.#state === 'running') stop('course', 'malformed', entry)
    if (entry.at !== startsAt) stop('course', 'start-time-differs', entry, startsAt, entry.at)
    this.#state = 'running'
  }

  #takeBid(entry: BidEntry): void {
    this.#refuseUnlessRunning(entry)
    this.#refuseFromEndOn(entry)
    this.#bidding.takeBid(entry)
    if (entry.kind === 'buy-now') this.#owed = 'end'
    else if (this.#extendedEnd(entry.at) !== null) this.#owed = 'extension'
  }

  /** Where a changed price at this moment moves the end; null where it leaves it. */
  #extendedEnd(at: number): number | null {
    const windowMs = this.#published.windowMs
    if (this.#endsAt - at >= windowMs) return null
    const endsAt = Math.min(at + windowMs, this.#hardEndAt)
    return endsAt > this.#endsAt ? endsAt : null
  }

  #extend(entry: ExtendedEntry): void {
    this.#refuseUnlessRunning(entry)
    if (entry.cause === 'outage') this.#extendForOutage(entry)
    else {
      if (this.#owed !== 'extension') stop('extensions', 'extension-without-cause', entry)
      const endsAt = this.#extendedEnd(this.#last.at)
      if (entry.at !== this.#last.at) stop('extensions', 'extension-differs', entry, this.#last.at, entry.at)
      if (entry.endsAt !== endsAt) stop('extensions', 'extension-differs', entry, endsAt ?? undefined, entry.endsAt)
      if (entry.hardEndAt !== this.#hardEndAt)
        stop('extensions', 'extension-differs', entry, this.#hardEndAt, entry.hardEndAt)
    }
    const isSumRight =
      entry.addedMs === entry.endsAt - this.#endsAt && entry.capLeftMs === entry.hardEndAt - entry.endsAt
    if (!isSumRight) stop('extensions', 'extension-differs', entry, entry.endsAt - this.#endsAt, entry.addedMs)
    this.#endsAt = entry.endsAt
    this.#hardEndAt = entry.hardEndAt
    this.#owed = null
  }

  /** How long the room was down only the room knows; that it stays within what the rules allow, anyone can see. */
  #extendForOutage(entry: ExtendedEntry): void {
    if (this.#owed !== null || entry.cause !== 'outage') stop('extensions', 'extension-without-cause', entry)
    const added = entry.endsAt - this.#endsAt
    if (added < limits.outage.gapMs || added > limits.outage.mostMs)
      stop('extensions', 'extension-differs', entry, limits.outage.mostMs, added)
    if (entry.hardEndAt !== this.#hardEndAt + added)
      stop('extensions', 'extension-differs', entry, this.#hardEndAt + added, entry.hardEndAt)
  }

  #callOff(entry: CancelledEntry | VoidedEntry): void {
    if (entry.type === 'cancelled' && this.#bidding.count > 0) stop('course', 'cancelled-with-bids', entry)
    this.#refuseFromEndOn(entry)
    this.#state = entry.type === 'cancelled' ? 'cancelled' : 'void'
  }

  #end(entry: EndedEntry): void {
    this.#refuseUnlessRunning(entry)
    const isBought = this.#owed === 'end'
    const isSold = this.#bidding.leader !== null && !this.#bidding.isReserveMissed
    const right = {
      at: isBought ? this.#last.at : Math.max(this.#endsAt, this.#last.at),
      reason: isBought ? 'bought' : 'time',
      result: isSold ? 'sold' : 'unsold',
      winner: isSold ? this.#bidding.leader : null,
      price: isSold ? this.#bidding.price : null,
    }
    for (const field of ['at', 'reason', 'result', 'winner', 'price'] as const)
      if (entry[field] !== right[field]) stop('end', 'end-differs', entry, right[field] ?? '–', entry[field] ?? '–')
    this.#state = right.result as Outcome['state']
    this.#winner = right.winner
    this.#endsAt = entry.at
    this.#owed = null
  }

  #refuseUnlessRunning(entry: Entry): void {
    if (this.#state !== 'running') stop('course', 'not-running', entry)
  }

  #refuseFromEndOn(entry: Entry): void {
    if (entry.at >= this.#endsAt) stop('course', 'after-the-end', entry, this.#endsAt, entry.at)
  }
}
