import * as fc from 'fast-check'
import { minimumOf, Reference, stepOf } from './reference.ts'
import type { Action, Answer, Person, ReferenceEntry, ReferenceTerms, Standing } from './reference.ts'

/**
 * Random auctions. A scene says its amounts and moments relative to how things stand ("the leader's limit, exactly", "one
 * millisecond before the end"), because plain random numbers almost never meet where the rules decide. `tell` asks the
 * reference to turn a scene into a history of absolute commands with their expected answers.
 */
export interface Scene {
  terms: ReferenceTerms
  steps: Step[]
}

interface Step {
  when: When
  what: What
}

type When =
  | { after: number }
  /** Relative to a moment that decides something. Lies in the past at times: then the clock was set back. */
  | { near: 'start' | 'end' | 'window'; off: number }

type Base = 'minimum' | 'limit' | 'reserve' | 'start' | 'price' | 'far'

type What =
  | {
      do: 'bid'
      who: string
      kind: 'exact' | 'max'
      base: Base
      steps: number
      hundreds: number
      stray: number
      confirm: boolean
      oldTerms: boolean
    }
  | { do: 'buy'; who: string; off: number; oldTerms: boolean }
  | { do: 'repeat'; back: number; other: boolean }
  | { do: 'burst'; who: string; count: number }
  | { do: 'cancel' | 'void' | 'note' | 'look' }
  | { do: 'ban' | 'unban'; who: string }
  | { do: 'outage'; gap: number }

export interface Told {
  terms: ReferenceTerms
  publishedAt: number
  steps: { clock: number; action: Action; answer: Answer }[]
  ledger: ReferenceEntry[]
  standing: Standing
}

export const publishedAt = Date.UTC(2026, 10, 21, 3)

const traders = ['gyul', 'hyang', 'yuja', 'danji', 'mandarin']
export const people: Person[] = [
  { name: 'hallabong', isSeller: true, isTrader: true, isEligible: true },
  ...traders.map((name) => ({ name, isSeller: false, isTrader: true, isEligible: true })),
  { name: 'visitor', isSeller: false, isTrader: false, isEligible: true },
  { name: 'newcomer', isSeller: false, isTrader: true, isEligible: false },
]

const seconds = 1_000
const minutes = 60 * seconds

const Terms: fc.Arbitrary<ReferenceTerms> = fc
  .record({
    // Around the ladder's edges, where the step of the wrong amount shows.
    startPrice: fc.constantFrom(100, 800, 9_700, 9_900, 10_000, 48_900, 50_000, 98_500, 100_000, 495_000, 990_000),
    reserve: fc.option(fc.integer({ min: 1, max: 60 })),
    buyNow: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 2 }),
    startsIn: fc.constantFrom(0, 0, 1 * minutes),
    duration: fc.constantFrom(1 * minutes, 3 * minutes, 20 * minutes),
    window: fc.constantFrom(0, 10 * seconds, 30 * seconds, 30 * seconds),
    cap: fc.constantFrom(1 * minutes, 2 * minutes),
  })
  .map(({ startPrice, reserve, buyNow, startsIn, duration, window, cap }) => {
    const reservePrice = reserve === null ? null : startPrice + reserve * 100
    const least = Math.max(startPrice + stepOf(startPrice) + 100, reservePrice ?? 0)
    return {
      startPrice,
      reservePrice,
      buyNowPrice: buyNow === null ? null : least + (buyNow - 1) * 100,
      startsAt: publishedAt + startsIn,
      endsAt: publishedAt + startsIn + duration,
      windowMs: window,
      capMs: cap,
    }
  })

const When: fc.Arbitrary<When> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ after: fc.constantFrom(0, 0, 1, 40, 900, 4_000) }) },
  { weight: 2, arbitrary: fc.record({ after: fc.constantFrom(9_999, 10_000, 25_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      near: fc.constantFrom('start' as const, 'end' as const, 'window' as const),
      off: fc.constantFrom(-5_000, -700, -1, -1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ near: fc.constantFrom('start' as const, 'window' as const), off: fc.constantFrom(0, 1) }),
  },
  // Late: rare, since everything after it is late as well.
  { weight: 1, arbitrary: fc.record({ near: fc.constant('end' as const), off: fc.constantFrom(0, 1) }) },
)

const Trader = fc.constantFrom(...traders)
const Anyone = fc.oneof(
  { weight: 12, arbitrary: Trader },
  { weight: 1, arbitrary: fc.constantFrom(...people.map((person) => person.name)) },
)
const Rarely = fc.oneof({ weight: 14, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

const What: fc.Arbitrary<What> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      do: fc.constant('bid' as const),
      who: Anyone,
      kind: fc.constantFrom('exact' as const, 'max' as const),
      base: fc.constantFrom<Base>('minimum', 'minimum', 'limit', 'limit', 'reserve', 'start', 'price', 'far'),
      steps: fc.constantFrom(0, 0, 0, 1, 2, 5),
      hundreds: fc.constantFrom(-1, 0, 0, 0, 1, 3),
      stray: fc.oneof(
        { weight: 20, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(1, 50, 0.5, -1e9, 2e9) },
      ),
      confirm: fc.boolean(),
      oldTerms: Rarely,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('buy' as const),
      who: Anyone,
      off: fc.constantFrom(0, 0, 0, 100),
      oldTerms: Rarely,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.integer({ min: 0, max: 8 }), other: Rarely }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      who: Trader,
      count: fc.constantFrom(3, 10, 11, 12),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('look' as const, 'note' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('outage' as const), gap: fc.constantFrom(9_999, 10_000, 45_000, 700_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('ban' as const, 'unban' as const), who: Trader }) },
)

/** What ends the story early comes rarely, or most stories would be about nothing else. */
const Ending: fc.Arbitrary<What> = fc.record({ do: fc.constantFrom('cancel' as const, 'void' as const) })

export const Scenes: fc.Arbitrary<Scene> = fc.record({
  terms: Terms,
  steps: fc.array(
    fc.record({
      when: When,
      what: fc.oneof({ weight: 60, arbitrary: What }, { weight: 1, arbitrary: Ending }),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  ),
})

export function tell(scene: Scene): Told {
  const { terms } = scene
  const reference = new Reference(terms, people, publishedAt)
  const steps: Told['steps'] = []
  let clock = publishedAt
  let keys = 0

  const act = (action: Action) => steps.push({ clock, action, answer: reference.act(action, clock) })

  for (const { when, what } of scene.steps) {
    clock = momentOf(when, clock, reference.standing(), terms)
    switch (what.do) {
      case 'bid': {
        const { who, kind, confirm, oldTerms } = what
        const amount = amountOf(what, reference.standing(), terms)
        act({ do: 'bid', who, key: keyOf(keys++), kind, amount, confirm, oldTerms })
        break
      }
      case 'buy': {
        const price = (terms.buyNowPrice ?? terms.startPrice) + what.off
        act({ do: 'buy', who: what.who, key: keyOf(keys++), price, oldTerms: what.oldTerms })
        break
      }
      case 'repeat': {
        const before = steps.filter(({ action }) => action.do === 'bid' || action.do === 'buy').at(-1 - what.back)
        if (!before) break
        const action = before.action as Action & { do: 'bid' | 'buy' }
        if (!what.other) act(action)
        else if (action.do === 'bid') act({ ...action, amount: action.amount + 100 })
        else act({ ...action, price: action.price + 100 })
        break
      }
      case 'burst':
        for (let i = 0; i < what.count; i++) {
          const amount = minimumOf(reference.standing(), terms)
          act({
            do: 'bid',
            who: what.who,
            key: keyOf(keys++),
            kind: 'exact',
            amount,
            confirm: false,
            oldTerms: false,
          })
        }
        break
      case 'ban':
      case 'unban':
        act({ do: what.do, who: what.who })
        break
      case 'outage': {
        const since = Math.max(clock, reference.ledger().at(-1)!.at)
        clock = since + what.gap
        act({ do: 'outage', since })
        break
      }
      default:
        act({ do: what.do })
    }
  }
  // Someone looks long after the end, so every story has one.
  clock = Math.max(clock, reference.standing().endsAt + 1)
  act({ do: 'look' })
  return { terms, publishedAt, steps, ledger: reference.ledger(), standing: reference.standing() }
}

const keyOf = (count: number) => `a-key-of-the-story-${count}`

function momentOf(when: When, clock: number, now: Standing, terms: ReferenceTerms): number {
  if ('after' in when) return clock + when.after
  const moment = { start: terms.startsAt, end: now.endsAt, window: now.endsAt - terms.windowMs }[when.near]
  return Math.max(publishedAt, moment + when.off)
}

function amountOf(what: What & { do: 'bid' }, now: Standing, terms: ReferenceTerms): number {
  const minimum = minimumOf(now, terms)
  const base = {
    minimum,
    limit: now.leader === null ? minimum : now.limit,
    reserve: terms.reservePrice ?? minimum,
    start: terms.startPrice,
    price: now.price,
    far: minimum * 10,
  }[what.base]
  return base + what.steps * stepOf(base) + what.hundreds * 100 + what.stray
}

/**
 * The same story with other secrets: a limit that nothing reached is higher, a reserve that nothing reached is too. Null
 * where this story has neither. What the public sees of both must be equal.
 */
export function withOtherSecrets(told: Told): Told | null {
  const { standing, terms, steps } = told
  const isReserveHidden = terms.reservePrice !== null && standing.reserve === 'not-met' && terms.buyNowPrice === null
  const committed = steps.find(
    ({ action, answer }) =>
      action.do === 'bid' &&
      action.kind === 'max' &&
      action.who === standing.leader &&
      action.amount === standing.limit &&
      answer.ok,
  )
  // A limit on which the price came to rest was reached. Higher than an unmet reserve it may not become either.
  const isLimitHidden =
    committed !== undefined &&
    standing.limit > standing.price &&
    (terms.reservePrice === null || standing.reserve === 'met' || isReserveHidden)
  if (!isReserveHidden && !isLimitHidden) return null

  const original = isLimitHidden ? JSON.stringify(committed.action) : null
  return {
    ...told,
    terms: isReserveHidden ? { ...terms, reservePrice: terms.reservePrice! + 77_700 } : terms,
    steps: steps.map((step) =>
      step.action.do === 'bid' && JSON.stringify(step.action) === original
        ? { ...step, action: { ...step.action, amount: step.action.amount + 1_000, confirm: true } }
        : step,
    ),
  }
}
