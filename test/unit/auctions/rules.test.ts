import { describe, expect, it } from 'vitest'
import { decide, publish } from '../../../worker/auctions/rules.ts'
import { waitBeforeBid } from '../../../worker/auctions/rules/rate.ts'
import type { Hash } from '../../../worker/contract/ledger.ts'
import { won } from '../../../worker/contract/money.ts'
import { instant } from '../../../worker/contract/time.ts'
import { end, start, Story, terms } from './lots.ts'

describe('the price', () => {
  it('begins at the start price for a first maximum, and at the amount for a first exact bid', () => {
    const proxy = new Story()
    proxy.max('A', 50_000)
    expect(proxy.standing).toBe('A 10000')
    const exact = new Story()
    exact.exact('A', 13_000)
    expect(exact.standing).toBe('A 13000')
  })

  it('rises to the beaten maximum and one step of that amount', () => {
    const story = new Story()
    story.max('A', 49_900)
    story.max('B', 80_000)
    expect(story.standing).toBe('B 50400')
    story.max('C', 90_000)
    expect(story.standing).toBe('C 81000')
  })

  it('never exceeds the own maximum of the new leader', () => {
    const story = new Story()
    story.max('A', 20_000)
    story.max('B', 20_100)
    expect(story.standing).toBe('B 20100')
  })

  it('is the own amount of an exact bid that beats a maximum', () => {
    const story = new Story()
    story.max('A', 20_000)
    story.exact('B', 40_000)
    expect(story.standing).toBe('B 40000')
  })

  it('stays with the leader at the challenge and one step, at most at the own maximum', () => {
    const story = new Story()
    story.max('A', 30_000)
    expect(story.exact('B', 15_000)).toMatchObject({ ok: true, leading: false, outbid: null })
    expect(story.standing).toBe('A 15500')
    story.exact('B', 29_900)
    expect(story.standing).toBe('A 30000')
  })

  it('lets the earlier of two equal maximums lead at that amount', () => {
    const story = new Story()
    story.max('A', 30_000)
    story.max('B', 30_000)
    expect(story.standing).toBe('A 30000')
  })

  it('jumps to the reserve when a maximum reaches it, even by less than a step', () => {
    const story = new Story({ reservePrice: won(30_100) })
    story.max('A', 29_900)
    story.max('B', 30_000)
    expect(story.lot).toMatchObject({ price: 30_000, reserve: 'not-met' })
    story.max('C', 40_000, { isConfirmed: true })
    expect(story.lot).toMatchObject({ price: 30_500, reserve: 'met' })
    const near = new Story({ reservePrice: won(30_100) })
    near.exact('A', 30_000)
    near.max('A', 35_000)
    expect(near.lot).toMatchObject({ price: 30_100, reserve: 'met', bidCount: 2 })
  })
})

describe('the leader', () => {
  it('may only raise the own maximum', () => {
    const story = new Story()
    story.max('A', 20_000)
    expect(story.exact('A', 30_000)).toEqual({ ok: false, code: 'already-leading' })
    expect(story.max('A', 20_000)).toEqual({ ok: false, code: 'already-leading' })
  })

  it('raises without an entry, a price or a moved end; the commitment rides in the next entry', () => {
    const story = new Story()
    story.max('A', 20_000)
    story.before(5_000)
    const { length } = story.entries
    const endsAt = story.lot.endsAt
    expect(story.max('A', 40_000)).toEqual({ ok: true, number: 1, leading: true, logSeq: null, outbid: null })
    expect(story.entries).toHaveLength(length)
    expect(story.lot).toMatchObject({ price: 10_000, bidCount: 1, endsAt })
    story.exact('B', 30_000)
    expect(story.standing).toBe('A 30500')
    expect(story.last('bid')?.raises).toEqual(['A40000'.padEnd(43, '-')])
    expect(story.last('extended')?.raises).toEqual([])
  })

  it('moves the end with a raise that meets the reserve', () => {
    const story = new Story({ reservePrice: won(30_000) })
    story.max('A', 20_000)
    story.before(5_000)
    expect(story.max('A', 30_000)).toMatchObject({ ok: true, logSeq: 4 })
    expect(story.lot).toMatchObject({ price: 30_000, reserve: 'met', endsAt: end + 25_000 })
  })
})

describe('the end', () => {
  it('moves when the price changes with less than the window left', () => {
    const story = new Story()
    story.before(30_000).exact('A', 10_000)
    expect(story.lot.endsAt).toBe(end)
    story.before(29_999).exact('B', 11_000)
    expect(story.lot.endsAt).toBe(end + 1)
    expect(story.last('extended')).toMatchObject({ cause: 'soft-close', addedMs: 1, capLeftMs: 599_999 })
  })

  it('moves for the first bid at the start price', () => {
    const story = new Story()
    story.before(1).max('A', 10_000)
    expect(story.lot.endsAt).toBe(end + 29_999)
  })

  it('never passes the cap', () => {
    const story = new Story({ capMs: 40_000 })
    story.before(1).exact('A', 10_000)
    story.before(-20_000).exact('B', 11_000)
    expect(story.lot.endsAt).toBe(end + 40_000)
    const { length } = story.entries
    story.before(-39_999).exact('C', 12_000)
    expect(story.entries).toHaveLength(length + 1)
    expect(story.before(-40_000).exact('D', 13_000)).toMatchObject({ code: 'auction-not-running', lateByMs: 0 })
    expect(story.lot).toMatchObject({ state: 'sold', winner: 3, endsAt: end + 40_000 })
  })

  it('does not move under a hard close, nor for a refused bid', () => {
    const hard = new Story({ windowMs: 0 })
    hard.before(1).exact('A', 10_000)
    expect(hard.lot).toMatchObject({ endsAt: end, hardEndAt: end })
    const story = new Story()
    story.exact('A', 10_000)
    story.before(1).exact('B', 10_400)
    expect(story.lot.endsAt).toBe(end)
  })

  it('comes at the stored time, however late somebody looks', () => {
    const story = new Story()
    story.exact('A', 10_000)
    const { lot, entries } = decide(story.lot, { type: 'look' }, instant(end + 3_600_000))
    expect(entries).toMatchObject([{ type: 'ended', at: end, reason: 'time', result: 'sold', winner: 1 }])
    expect(decide(lot, { type: 'look' }, instant(end + 7_200_000)).entries).toEqual([])
  })

  it('is unsold without bids and below the reserve, and names neither price nor deal then', () => {
    const ended = (story: Story) => decide(story.lot, { type: 'look' }, end).entries
    const unsold = { type: 'ended', result: 'unsold', price: null, winner: null, deal: null, room: null }
    expect(ended(new Story())).toMatchObject([unsold])
    const low = new Story({ reservePrice: won(50_000) })
    low.exact('A', 20_000)
    expect(ended(low)).toMatchObject([unsold])
  })
})

describe('buying at once', () => {
  const offered = { buyNowPrice: won(90_000), reservePrice: won(80_000) }

  it('ends the auction at that moment and price', () => {
    const story = new Story(offered)
    expect(story.before(60_000).buy('A', 90_000)).toMatchObject({ ok: true, leading: true })
    expect(story.lot).toMatchObject({ state: 'sold', price: 90_000, winner: 1, reserve: 'met', endsAt: end - 60_000 })
    expect(story.entries.map(({ type }) => type)).toEqual(['published', 'started', 'bid', 'ended'])
    expect(story.buy('B', 90_000)).toEqual({ ok: false, code: 'auction-not-running', lateByMs: 0 })
  })

  it('is gone for good with the first accepted bid', () => {
    const story = new Story(offered)
    story.exact('A', 9_000)
    expect(story.lot.buyNowPrice).toBe(90_000)
    story.exact('A', 10_000)
    expect(story.buy('B', 90_000)).toEqual({ ok: false, code: 'buy-now-gone' })
  })

  it('takes no other price', () => {
    expect(new Story(offered).buy('A', 89_900)).toEqual({ ok: false, code: 'amount-invalid' })
    expect(new Story().buy('A', 90_000)).toEqual({ ok: false, code: 'buy-now-gone' })
  })
})

describe('refusals', () => {
  it('come in the order that people are told', () => {
    const worst = { isSeller: true, isTrader: false, isShutOut: true }
    const over = new Story()
    over.exact('A', 10_000)
    over.before(-5)
    expect(over.exact('A', 0.5, { as: worst, termsHash: 'other' })).toEqual({ ok: false, code: 'terms-changed' })
    expect(over.exact('A', 0.5, { as: worst })).toEqual({ ok: false, code: 'auction-not-running', lateByMs: 5 })
    const story = new Story()
    story.exact('A', 10_000)
    const code = (as: object, amount = 0.5, who = 'A') => {
      const verdict = story.exact(who, amount, { as })
      return verdict.ok ? 'accepted' : verdict.code
    }
    expect(code(worst)).toBe('seller-may-not-bid')
    expect(code({ isTrader: false, isShutOut: true })).toBe('not-a-trader')
    expect(code({ isShutOut: true })).toBe('not-eligible')
    expect(code({})).toBe('amount-invalid')
    expect(code({}, 10_400)).toBe('already-leading')
    expect(code({}, 10_400, 'B')).toBe('bid-too-low')
    expect(code({}, 105_000, 'B')).toBe('confirmation-needed')
    expect(code({}, 104_900, 'B')).toBe('accepted')
  })

  it('name the least amount that would do', () => {
    const story = new Story()
    expect(story.exact('A', 9_900)).toEqual({ ok: false, code: 'bid-too-low', minimumBid: 10_000 })
    story.exact('A', 49_900)
    expect(story.exact('B', 50_000)).toEqual({ ok: false, code: 'bid-too-low', minimumBid: 50_400 })
  })

  it.each([0, -100, 150, 1.5, Number.NaN, Infinity, 1_000_000_100])('take %s for no amount', (amount) => {
    expect(new Story().exact('A', amount, { isConfirmed: true })).toEqual({ ok: false, code: 'amount-invalid' })
  })

  it.each([
    [{ minManner: 41 }, {}],
    [{ minDeals: 1 }, {}],
    [{ maxNoShows: 0 }, { noShows: 1 }],
    [{ followersOnly: true }, {}],
  ])('hold bidders to %o', (rule, as) => {
    const story = new Story({ bidderRules: { ...terms.bidderRules, ...rule } })
    expect(story.exact('A', 10_000, { as })).toEqual({ ok: false, code: 'not-eligible' })
    const met = { manner: 41, deals: 1, noShows: 0, isFollowing: true }
    expect(story.exact('A', 10_000, { as: met })).toMatchObject({ ok: true })
  })
})

describe('before and around', () => {
  it('starts at the stored time, whenever somebody looks', () => {
    const { lot, entries } = publish(terms, instant(start - 10_000))
    expect(entries.map(({ type }) => type)).toEqual(['published'])
    expect(lot.state).toBe('scheduled')
    const looked = decide(lot, { type: 'look' }, instant(start + 5_000))
    expect(looked.entries).toMatchObject([{ type: 'started', at: start }])
  })

  it('lets the seller cancel freely before the start, with a reason while there is no bid, never after one', () => {
    const scheduled = publish(terms, instant(start - 10_000)).lot
    expect(decide(scheduled, { type: 'cancel', digest: null }, instant(start - 1)).lot.state).toBe('cancelled')
    const digest = 'R'.repeat(43) as Hash
    const running = new Story()
    expect(decide(running.lot, { type: 'cancel', digest: null }, start).answer).toMatchObject({ code: 'reason-needed' })
    expect(decide(running.lot, { type: 'cancel', digest }, start).lot.state).toBe('cancelled')
    running.exact('A', 10_000)
    expect(decide(running.lot, { type: 'cancel', digest }, start).answer).toMatchObject({ code: 'has-bids' })
    const voided = decide(running.lot, { type: 'void', digest }, start)
    expect(voided.lot).toMatchObject({ state: 'void', winner: null })
    expect(decide(voided.lot, { type: 'cancel', digest }, start).answer).toMatchObject({ code: 'not-cancellable' })
  })

  it('never lets the ledger run back when the clock is set back', () => {
    const story = new Story()
    story.before(60_000).exact('A', 10_000)
    story.before(120_000).exact('B', 11_000)
    expect(story.last('bid')?.at).toBe(end - 60_000)
  })
})

describe('an outage', () => {
  const down = (from: number, to: number) => {
    const story = new Story()
    story.exact('A', 10_000)
    return decide(story.lot, { type: 'outage', since: instant(end - from) }, instant(end - to))
  }

  it('moves the end, and the latest end, by the gap', () => {
    const { lot, entries } = down(60_000, 45_000)
    expect(lot).toMatchObject({ state: 'running', endsAt: end + 15_000, hardEndAt: end + 615_000 })
    expect(entries).toMatchObject([{ type: 'extended', cause: 'outage', addedMs: 15_000, capLeftMs: 600_000 }])
  })

  it('counts only from two minutes before the end, and only from ten seconds on', () => {
    expect(down(180_000, 100_000).lot.endsAt).toBe(end + 20_000)
    expect(down(60_000, 50_001).entries).toEqual([])
    expect(down(300_000, 110_001).entries).toEqual([])
  })

  it('moves an end that passed meanwhile, by ten minutes at most', () => {
    expect(down(60_000, -240_000).lot).toMatchObject({ state: 'running', endsAt: end + 300_000 })
    const long = down(60_000, -3_600_000)
    expect(long.lot).toMatchObject({ state: 'sold', endsAt: end + 600_000, winner: 1 })
    expect(long.entries.map(({ type, at }) => [type, at])).toEqual([
      ['extended', end + 600_000],
      ['ended', end + 600_000],
    ])
  })
})

describe('the limit of bids', () => {
  it('lets ten come in any ten seconds', () => {
    const judged = Array.from({ length: 10 }, (_, index) => instant(index * 100))
    expect(waitBeforeBid(judged.slice(1), instant(950))).toBeNull()
    expect(waitBeforeBid(judged, instant(950))).toBe(9_050)
    expect(waitBeforeBid(judged, instant(9_999))).toBe(1)
    expect(waitBeforeBid(judged, instant(10_000))).toBeNull()
  })
})
