import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { play } from './desk.ts'
import { people, publishedAt, Scenes, tell, withOtherSecrets } from './histories.ts'
import type { Scene } from './histories.ts'
import { Reference } from './reference.ts'

/** Scenes that once showed a defect, each with a word on what went wrong; they come first in every run. */
const found: [Scene][] = []

const runs = Number(process.env['MODEL_RUNS'] ?? 5_000)

function agrees(scene: Scene): void {
  const told = tell(scene)
  const { answers, ledger, standing } = play(told)
  expect(answers).toEqual(told.steps.map(({ answer }) => answer))
  expect(ledger).toEqual(told.ledger)
  expect(standing).toEqual(told.standing)
}

describe('the rules of an auction', () => {
  test('answer every history as the reference does, with the same ledger and winner', () => {
    fc.assert(fc.property(Scenes, agrees), { numRuns: runs, examples: found })
  })

  test('show nothing of an amount that was never reached', () => {
    let compared = 0
    fc.assert(
      fc.property(Scenes, (scene) => {
        const told = tell(scene)
        const other = withOtherSecrets(told)
        if (!other) return
        compared++
        const [one, two] = [play(told), play(other)]
        expect(two.ledger).toEqual(one.ledger)
        // Whoever has the secret may hear of it in the answers to the own bids.
        const isTold = (_: unknown, index: number) => {
          const { action } = told.steps[index]!
          return !('who' in action) || action.who !== told.standing.leader
        }
        expect(two.answers.filter(isTold)).toEqual(one.answers.filter(isTold))
      }),
      { numRuns: runs },
    )
    expect(compared).toBeGreaterThan(runs / 10)
  })
})

describe('the histories', () => {
  test('reach every answer, entry and end there is', () => {
    const seen = new Set<string>()
    for (const scene of fc.sample(Scenes, { numRuns: 3_000, seed: 7 })) {
      const { steps, ledger } = tell(scene)
      for (const { answer } of steps) seen.add('code' in answer ? answer.code : 'ok')
      for (const entry of ledger) {
        seen.add(entry.type === 'ended' ? `${entry.result} by ${entry.reason}` : entry.type)
        if (entry.raises > 0) seen.add('carried raises')
        if (entry.type === 'extended') seen.add(`extended by ${entry.cause}`)
        if (entry.type === 'extended' && entry.capLeftMs === 0) seen.add('cap reached')
        if (entry.type === 'bid' && entry.kind === 'max' && entry.leader !== entry.bidder) seen.add('beaten maximum')
      }
    }
    expect([...seen].sort()).toEqual(
      [
        'ok',
        'key-reused',
        'too-many-requests',
        'terms-changed',
        'auction-not-running',
        'seller-may-not-bid',
        'not-a-trader',
        'not-eligible',
        'amount-invalid',
        'already-leading',
        'bid-too-low',
        'confirmation-needed',
        'buy-now-gone',
        'has-bids',
        'not-cancellable',
        'notes-closed',
        'conflict',
        'published',
        'started',
        'bid',
        'extended',
        'noted',
        'cancelled',
        'voided',
        'sold by time',
        'sold by bought',
        'unsold by time',
        'carried raises',
        'extended by soft-close',
        'extended by outage',
        'cap reached',
        'beaten maximum',
      ].sort(),
    )
  })
})

describe('the reference', () => {
  const [seller, first, second] = people.map((person) => person.name) as [string, string, string]
  const terms = {
    startPrice: 10_000,
    reservePrice: null,
    buyNowPrice: null,
    startsAt: publishedAt,
    endsAt: publishedAt + 60_000,
    windowMs: 30_000,
    capMs: 60_000,
  }
  let keys = 0
  const bid = (who: string, kind: 'exact' | 'max', amount: number) =>
    ({ do: 'bid', who, key: `key ${keys++}`, kind, amount, confirm: true, oldTerms: false }) as const

  test('lets the earlier of two equal maxima lead, at that amount', () => {
    const auction = new Reference(terms, people, publishedAt)
    auction.act(bid(first, 'max', 20_000), publishedAt)
    auction.act(bid(second, 'max', 20_000), publishedAt)
    expect(auction.standing()).toMatchObject({ leader: first, price: 20_000 })
  })

  test('takes the step of the amount it is added to', () => {
    const auction = new Reference({ ...terms, startPrice: 9_900 }, people, publishedAt)
    auction.act(bid(first, 'max', 50_000), publishedAt)
    auction.act(bid(second, 'exact', 10_000), publishedAt)
    expect(auction.standing()).toMatchObject({ leader: first, price: 10_500 })
  })

  test('jumps to the reserve by less than a step', () => {
    const auction = new Reference({ ...terms, reservePrice: 10_100 }, people, publishedAt)
    auction.act(bid(first, 'exact', 10_000), publishedAt)
    auction.act(bid(first, 'max', 20_000), publishedAt)
    expect(auction.standing()).toMatchObject({ leader: first, price: 10_100, reserve: 'met' })
  })

  test('moves the end to arrival plus window, never past the cap', () => {
    const auction = new Reference(terms, people, publishedAt)
    auction.act(bid(first, 'exact', 10_000), publishedAt + 59_999)
    expect(auction.standing().endsAt).toBe(publishedAt + 89_999)
    auction.act(bid(second, 'exact', 20_000), publishedAt + 89_998)
    auction.act(bid(first, 'exact', 30_000), publishedAt + 119_997)
    expect(auction.standing().endsAt).toBe(publishedAt + 120_000)
  })

  test('refuses a bid in the millisecond of the end', () => {
    const auction = new Reference({ ...terms, windowMs: 0 }, people, publishedAt)
    expect(auction.act(bid(first, 'exact', 10_000), publishedAt + 59_999)).toMatchObject({ ok: true })
    expect(auction.act(bid(second, 'exact', 20_000), publishedAt + 60_000)).toEqual({
      ok: false,
      code: 'auction-not-running',
      lateByMs: 0,
    })
    expect(auction.standing()).toMatchObject({ state: 'sold', leader: first })
  })

  test('lets no seller bid', () => {
    const auction = new Reference(terms, people, publishedAt)
    expect(auction.act(bid(seller, 'exact', 10_000), publishedAt)).toMatchObject({ code: 'seller-may-not-bid' })
  })
})
