/**
 * An auction as its rules are told to people, written to be believed rather than to be fast: it keeps what was accepted in
 * a list and works out price, leader, end and ledger from the first entry again for every question. It shares no code
 * with the product beyond the ladder, which is data.
 */
const ladder: [below: number, step: number][] = [
  [10_000, 100],
  [50_000, 500],
  [100_000, 1_000],
  [500_000, 5_000],
  [1_000_000, 10_000],
  [5_000_000, 50_000],
  [10_000_000, 100_000],
  [Infinity, 500_000],
]
const highestBid = 1_000_000_000
const confirmFrom = 10
const attempts = { most: 10, withinMs: 10_000 }
const outage = { fromMs: 10_000, withinLastMs: 120_000, mostMs: 600_000 }

export interface ReferenceTerms {
  startPrice: number
  reservePrice: number | null
  buyNowPrice: number | null
  startsAt: number
  endsAt: number
  windowMs: number
  capMs: number
}

/** A person of the story: `seller` owns the auction, the flags are what the house knows of them. */
export interface Person {
  name: string
  isSeller: boolean
  isTrader: boolean
  isEligible: boolean
}

export type Action =
  | { do: 'bid'; who: string; key: string; kind: 'exact' | 'max'; amount: number; confirm: boolean; oldTerms: boolean }
  | { do: 'buy'; who: string; key: string; price: number; oldTerms: boolean }
  | { do: 'cancel' }
  | { do: 'void' }
  | { do: 'note' }
  | { do: 'ban'; who: string }
  | { do: 'unban'; who: string }
  | { do: 'look' }
  /** The room has just come back; it was last seen alive at `since`. */
  | { do: 'outage'; since: number }

export type Answer =
  | { ok: true; leading: boolean; price: number; minimumBid: number | null; endsAt: number }
  | { ok: false; code: string; minimumBid?: number; lateByMs?: number }
  | { ok: true }

export type ReferenceEntry =
  | { type: 'published'; at: number; raises: 0 }
  | { type: 'started'; at: number; raises: number }
  | {
      type: 'bid'
      at: number
      raises: number
      bidder: string
      kind: 'exact' | 'max' | 'buy-now'
      amount: number | null
      price: number
      leader: string
      reserve: 'none' | 'not-met' | 'met'
    }
  | {
      type: 'extended'
      at: number
      raises: number
      cause: 'soft-close' | 'outage'
      endsAt: number
      addedMs: number
      capLeftMs: number
    }
  | { type: 'noted' | 'cancelled' | 'voided'; at: number; raises: number }
  | {
      type: 'ended'
      at: number
      raises: number
      reason: 'time' | 'bought'
      result: 'sold' | 'unsold'
      price: number | null
      winner: string | null
    }

export interface Standing {
  state: 'scheduled' | 'running' | 'sold' | 'unsold' | 'cancelled' | 'void'
  price: number
  leader: string | null
  /** The leader's own limit: what an exact bidder offered, or a maximum. */
  limit: number
  bidCount: number
  reserve: 'none' | 'not-met' | 'met'
  endsAt: number
}

interface Fact {
  at: number
  did:
    | { what: 'offer'; who: string; kind: 'exact' | 'max'; amount: number }
    | { what: 'purchase'; who: string }
    | { what: 'note' | 'cancel' | 'void' | 'look' }
    | { what: 'outage'; since: number }
}

export function stepOf(amount: number): number {
  return ladder.find(([below]) => amount < below)![1]
}

export function minimumOf(standing: Standing, terms: ReferenceTerms): number {
  return standing.leader === null ? terms.startPrice : standing.price + stepOf(standing.price)
}

export class Reference {
  readonly terms: ReferenceTerms
  private readonly people: Map<string, Person>
  private readonly publishedAt: number
  private readonly facts: Fact[] = []
  private readonly answered = new Map<string, { request: string; answer: Answer }>()
  private readonly tried: { who: string; at: number }[] = []
  private readonly banned = new Set<string>()

  constructor(terms: ReferenceTerms, people: Person[], publishedAt: number) {
    this.terms = terms
    this.people = new Map(people.map((person) => [person.name, person]))
    this.publishedAt = publishedAt
    this.facts.push({ at: publishedAt, did: { what: 'look' } })
  }

  /** What someone hears who does `action` when the clock of the room shows `clock`. */
  act(action: Action, clock: number): Answer {
    const at = this.arrival(clock)
    if (action.do === 'bid' || action.do === 'buy') return this.answerOnce(action, at)
    if (action.do === 'outage') {
      this.facts.push({ at, did: { what: 'outage', since: action.since } })
      return { ok: true }
    }
    // Everyone who arrives makes the room look at its clock first.
    this.facts.push({ at, did: { what: 'look' } })
    const { state, leader } = this.standing()
    switch (action.do) {
      case 'look':
        return { ok: true }
      case 'ban':
        this.banned.add(action.who)
        return { ok: true }
      case 'unban':
        this.banned.delete(action.who)
        return { ok: true }
      case 'note':
        if (state !== 'scheduled' && state !== 'running') return { ok: false, code: 'notes-closed' }
        this.facts.push({ at, did: { what: 'note' } })
        return { ok: true }
      case 'cancel':
        if (state !== 'scheduled' && state !== 'running') return { ok: false, code: 'not-cancellable' }
        if (leader !== null) return { ok: false, code: 'has-bids' }
        this.facts.push({ at, did: { what: 'cancel' } })
        return { ok: true }
      case 'void':
        if (state !== 'scheduled' && state !== 'running') return { ok: false, code: 'conflict' }
        this.facts.push({ at, did: { what: 'void' } })
        return { ok: true }
    }
  }

  /** Never before the last entry, even when the clock was set back. */
  private arrival(clock: number): number {
    return Math.max(clock, this.ledger().at(-1)!.at)
  }

  private answerOnce(action: Action & { do: 'bid' | 'buy' }, at: number): Answer {
    const name = `${action.who} ${action.key}`
    const request = JSON.stringify(action)
    const before = this.answered.get(name)
    if (before) return before.request === request ? before.answer : { ok: false, code: 'key-reused' }

    const recent = this.tried.filter((tried) => tried.who === action.who && tried.at > at - attempts.withinMs)
    if (recent.length >= attempts.most) return { ok: false, code: 'too-many-requests' }
    this.tried.push({ who: action.who, at })

    const answer = this.judge(action, at)
    this.answered.set(name, { request, answer })
    return answer
  }

  private judge(action: Action & { do: 'bid' | 'buy' }, at: number): Answer {
    this.facts.push({ at, did: { what: 'look' } })
    const now = this.standing()
    const person = this.people.get(action.who)!
    if (action.oldTerms) return { ok: false, code: 'terms-changed' }
    if (now.state !== 'running')
      return at >= now.endsAt && (now.state === 'sold' || now.state === 'unsold')
        ? { ok: false, code: 'auction-not-running', lateByMs: at - now.endsAt }
        : { ok: false, code: 'auction-not-running' }
    if (person.isSeller) return { ok: false, code: 'seller-may-not-bid' }
    if (!person.isTrader) return { ok: false, code: 'not-a-trader' }
    if (!person.isEligible || this.banned.has(action.who)) return { ok: false, code: 'not-eligible' }
    return action.do === 'buy' ? this.judgePurchase(action, now, at) : this.judgeOffer(action, now, at)
  }

  private judgePurchase(action: Action & { do: 'buy' }, now: Standing, at: number): Answer {
    if (this.terms.buyNowPrice === null || now.leader !== null) return { ok: false, code: 'buy-now-gone' }
    if (action.price !== this.terms.buyNowPrice) return { ok: false, code: 'amount-invalid' }
    this.facts.push({ at, did: { what: 'purchase', who: action.who } })
    return this.accepted(action.who)
  }

  private judgeOffer(action: Action & { do: 'bid' }, now: Standing, at: number): Answer {
    const { who, kind, amount } = action
    if (!Number.isInteger(amount) || amount <= 0 || amount % 100 !== 0 || amount > highestBid)
      return { ok: false, code: 'amount-invalid' }
    if (who === now.leader && (kind === 'exact' || amount <= now.limit)) return { ok: false, code: 'already-leading' }
    const minimumBid = minimumOf(now, this.terms)
    if (amount < minimumBid) return { ok: false, code: 'bid-too-low', minimumBid }
    if (amount >= confirmFrom * minimumBid && !action.confirm) return { ok: false, code: 'confirmation-needed' }
    this.facts.push({ at, did: { what: 'offer', who, kind, amount } })
    return this.accepted(who)
  }

  private accepted(who: string): Answer {
    const now = this.standing()
    return {
      ok: true,
      leading: now.leader === who,
      price: now.price,
      minimumBid: now.state === 'running' ? minimumOf(now, this.terms) : null,
      endsAt: now.endsAt,
    }
  }

  standing(): Standing {
    return this.replay().standing
  }

  ledger(): ReferenceEntry[] {
    return this.replay().ledger
  }

  /** Tells the whole auction again, from publication to the last thing that happened. */
  private replay(): { standing: Standing; ledger: ReferenceEntry[] } {
    const { startPrice, reservePrice, startsAt, windowMs, capMs } = this.terms
    let hardEndAt = windowMs === 0 ? this.terms.endsAt : this.terms.endsAt + capMs
    const ledger: ReferenceEntry[] = [{ type: 'published', at: this.publishedAt, raises: 0 }]
    const now: Standing = {
      state: 'scheduled',
      price: startPrice,
      leader: null,
      limit: 0,
      bidCount: 0,
      reserve: reservePrice === null ? 'none' : 'not-met',
      endsAt: this.terms.endsAt,
    }
    let raises = 0
    // Raises that nobody saw ride in the next entry, whatever that is.
    const carried = () => {
      const count = raises
      raises = 0
      return count
    }

    const close = (at: number, reason: 'time' | 'bought') => {
      const isSold = now.leader !== null && now.reserve !== 'not-met'
      now.state = isSold ? 'sold' : 'unsold'
      now.endsAt = at
      ledger.push({
        type: 'ended',
        at,
        raises: carried(),
        reason,
        result: now.state,
        price: isSold ? now.price : null,
        winner: isSold ? now.leader : null,
      })
    }

    const extend = (at: number) => {
      if (now.endsAt - at >= windowMs) return
      const endsAt = Math.min(at + windowMs, hardEndAt)
      if (endsAt <= now.endsAt) return
      const addedMs = endsAt - now.endsAt
      now.endsAt = endsAt
      ledger.push({
        type: 'extended',
        at,
        raises: carried(),
        cause: 'soft-close',
        endsAt,
        addedMs,
        capLeftMs: hardEndAt - endsAt,
      })
    }

    // Only what was missed of the last two minutes is given back: before them nobody was kept from the end.
    const giveBack = (since: number, at: number) => {
      const missed = at - Math.max(since, Math.min(this.terms.endsAt, now.endsAt) - outage.withinLastMs)
      if (now.state !== 'running' || missed < outage.fromMs) return
      const addedMs = Math.min(missed, outage.mostMs)
      now.endsAt += addedMs
      hardEndAt += addedMs
      ledger.push({
        type: 'extended',
        at: Math.min(at, now.endsAt),
        raises: carried(),
        cause: 'outage',
        endsAt: now.endsAt,
        addedMs,
        capLeftMs: hardEndAt - now.endsAt,
      })
    }

    for (const { at, did } of this.facts) {
      // Comes before the clocks are looked at: it moves the end that went by meanwhile.
      if (did.what === 'outage') giveBack(did.since, at)
      if (now.state === 'scheduled' && at >= startsAt) {
        now.state = 'running'
        ledger.push({ type: 'started', at: startsAt, raises: carried() })
      }
      if (now.state === 'running' && at >= now.endsAt) close(now.endsAt, 'time')

      if (did.what === 'note') ledger.push({ type: 'noted', at, raises: carried() })
      if (did.what === 'cancel' || did.what === 'void') {
        now.state = did.what === 'cancel' ? 'cancelled' : 'void'
        ledger.push({ type: did.what === 'cancel' ? 'cancelled' : 'voided', at, raises: carried() })
      }
      if (did.what === 'purchase') {
        now.price = this.terms.buyNowPrice!
        now.leader = did.who
        now.limit = now.price
        now.bidCount += 1
        if (now.reserve === 'not-met') now.reserve = 'met'
        ledger.push({
          type: 'bid',
          at,
          raises: carried(),
          bidder: did.who,
          kind: 'buy-now',
          amount: now.price,
          price: now.price,
          leader: did.who,
          reserve: now.reserve,
        })
        close(at, 'bought')
      }
      if (did.what === 'offer') {
        const { who, kind, amount } = did
        const isRaise = who === now.leader
        if (isRaise) now.limit = amount
        else if (now.leader === null) {
          now.price = kind === 'exact' ? amount : startPrice
          now.leader = who
          now.limit = amount
        } else if (amount > now.limit) {
          now.price = kind === 'exact' ? amount : Math.min(amount, now.limit + stepOf(now.limit))
          now.leader = who
          now.limit = amount
        } else now.price = Math.min(now.limit, amount + stepOf(amount))

        const meetsReserve = now.reserve === 'not-met' && now.limit >= reservePrice!
        if (meetsReserve) {
          now.reserve = 'met'
          now.price = Math.max(now.price, reservePrice!)
        }
        if (isRaise && !meetsReserve) {
          raises += 1
          continue
        }
        now.bidCount += 1
        ledger.push({
          type: 'bid',
          at,
          raises: carried(),
          bidder: who,
          kind,
          amount: kind === 'exact' ? amount : null,
          price: now.price,
          leader: now.leader!,
          reserve: now.reserve,
        })
        extend(at)
      }
    }
    return { standing: now, ledger }
  }
}
