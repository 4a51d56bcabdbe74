import { placeBid, publish } from '../../../worker/auctions/rules.ts'
import type { Bid, Standing, Verdict } from '../../../worker/auctions/rules/judge.ts'
import type { Lot, LotTerms, NewEntry } from '../../../worker/auctions/rules/lot.ts'
import type { DealId, RoomId } from '../../../worker/contract/ids.ts'
import type { Hash } from '../../../worker/contract/ledger.ts'
import { won } from '../../../worker/contract/money.ts'
import { instant } from '../../../worker/contract/time.ts'

export const start = instant(1_000_000)
export const end = instant(1_000_000 + 20 * 60_000)

export const terms: LotTerms = {
  termsHash: 'T'.repeat(43) as Hash,
  startPrice: won(10_000),
  reservePrice: null,
  reserveCommitment: null,
  buyNowPrice: null,
  startsAt: start,
  endsAt: end,
  windowMs: 30_000,
  capMs: 600_000,
  bidderRules: { minManner: null, minDeals: null, maxNoShows: null, followersOnly: false },
  deal: 'deal_x' as DealId,
  room: 'room_x' as RoomId,
}

export const trader: Standing = {
  number: null,
  isSeller: false,
  isTrader: true,
  isShutOut: false,
  manner: 40,
  deals: 0,
  noShows: 0,
  isFollowing: false,
}

/** An auction told step by step: bidders are letters, numbers are theirs in order of their first accepted bid. */
export class Story {
  lot: Lot
  readonly entries: NewEntry[] = []
  private readonly numbers = new Map<string, number>()
  private clock = start

  constructor(wish: Partial<LotTerms> = {}) {
    const course = publish({ ...terms, ...wish }, start)
    this.lot = course.lot
    this.entries.push(...course.entries)
  }

  /** Moves the clock to so many milliseconds before the first end (negative: after it). */
  before(ms: number): this {
    this.clock = instant(end - ms)
    return this
  }

  exact(who: string, amount: number, more: Partial<Bid> & { as?: Partial<Standing> } = {}): Verdict {
    return this.bid(who, { kind: 'exact', amount, ...more })
  }

  max(who: string, amount: number, more: Partial<Bid> & { as?: Partial<Standing> } = {}): Verdict {
    return this.bid(who, { kind: 'max', amount, commitment: `${who}${amount}`.padEnd(43, '-') as Hash, ...more })
  }

  buy(who: string, price: number): Verdict {
    return this.bid(who, { kind: 'buy-now', amount: price })
  }

  private bid(
    who: string,
    { as, ...bid }: Pick<Bid, 'kind' | 'amount'> & Partial<Bid> & { as?: Partial<Standing> },
  ): Verdict {
    const standing = { ...trader, number: this.numbers.get(who) ?? null, ...as }
    const full = { isConfirmed: false, termsHash: null, commitment: null, ...bid }
    const decision = placeBid(this.lot, standing, full, this.clock)
    this.lot = decision.lot
    this.entries.push(...decision.entries)
    if (decision.answer.ok) this.numbers.set(who, decision.answer.number)
    return decision.answer
  }

  /** Who leads at what price, such as `A 12500`. */
  get standing(): string {
    const leader = [...this.numbers].find(([, number]) => number === this.lot.leader?.number)?.[0] ?? 'nobody'
    return `${leader} ${this.lot.price}`
  }

  last<T extends NewEntry['type']>(type: T): Extract<NewEntry, { type: T }> | undefined {
    return this.entries.findLast((entry) => entry.type === type) as Extract<NewEntry, { type: T }> | undefined
  }
}
