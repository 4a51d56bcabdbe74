import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { recommendations, signals } from '../../../worker/contract/limits.ts'
import type { Signal } from '../../../worker/contract/search.ts'
import { instant } from '../../../worker/contract/time.ts'
import {
  daysOf,
  leftOutFor,
  soundOrder,
  strongLooks,
  weighed,
  type Circle,
  type Taste,
} from '../../../worker/search/rules.ts'

const target = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const signal: fc.Arbitrary<Signal> = fc.record({
  target,
  kind: fc.constantFrom('dwell', 'open'),
  ms: fc.oneof(
    fc.constantFrom(0, signals.dwellFromMs, signals.strongMs - 1, signals.strongMs, Number.MAX_VALUE),
    fc.nat(60_000),
  ),
})

describe('strong looks', () => {
  it('are those of 10 s and those that opened a page, each thing once, latest last', () => {
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 50 }), (told) => {
        const isStrong = ({ kind, ms }: Signal) => kind === 'open' || ms >= signals.strongMs
        const strong = told.filter(isStrong).map(({ target }) => target)
        const looks = strongLooks(told)
        expect(looks.map(({ target }) => target)).toEqual([...new Set(strong.toReversed())].toReversed())
        for (const look of looks)
          expect(look.isSeen).toBe(
            told.some((one) => one.target === look.target && one.kind === 'dwell' && one.ms >= signals.strongMs),
          )
      }),
    )
  })

  it('are the same however a page cuts its telling', () => {
    fc.assert(
      fc.property(fc.array(signal, { minLength: 1, maxLength: 30 }), fc.nat(29), (told, at) => {
        const apart = [...strongLooks(told.slice(0, at)), ...strongLooks(told.slice(at))]
        const whole = strongLooks(told)
        expect(new Set(apart.map(({ target }) => target))).toEqual(new Set(whole.map(({ target }) => target)))
        expect(apart.filter(({ isSeen }) => isSeen).length > 0).toBe(whole.some(({ isSeen }) => isSeen))
      }),
    )
  })
})

describe('interests', () => {
  it('count all, at most ten, and newer ones more', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 30 }), (newestFirst) => {
        const weights = weighed(newestFirst).map(({ weight }) => weight)
        expect(weighed(newestFirst).map(({ interest }) => interest)).toEqual(
          newestFirst.slice(0, recommendations.interests),
        )
        expect(weights.every((weight) => weight > 0.1 && weight <= 1)).toBe(true)
        expect(weights).toEqual([...new Set(weights)].toSorted((a, b) => b - a))
      }),
    )
  })
})

describe('the order of an index', () => {
  const hits = fc.array(
    fc.record({ id: fc.oneof(target, fc.string()), because: fc.constantFrom('a', 'b', 'elsewhere') }),
    { maxLength: 400 },
  )
  const asked = new Set(['a', 'b'])
  const canBe = (id: string) => id.length === 1

  it('holds nothing twice, nothing made up, nothing asked about, and each is near to something asked about', () => {
    fc.assert(
      fc.property(hits, (told) => {
        const order = soundOrder(told, { asked, canBe })
        const ids = order.map(([id]) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(order.every(([id, because]) => canBe(id) && !asked.has(id) && asked.has(because))).toBe(true)
        expect(ids.length).toBeLessThanOrEqual(recommendations.similar)
      }),
    )
  })

  it('stays as it was given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[c-z]$/)), (ids) => {
        const order = soundOrder(
          ids.map((id) => ({ id, because: 'a' })),
          { asked, canBe },
        )
        expect(order).toEqual(ids.map((id) => [id, 'a']))
      }),
    )
  })
})

describe('left out', () => {
  const account = fc.constantFrom('acc_1', 'acc_2', 'acc_3', 'acc_4') as fc.Arbitrary<AccountId>
  const now = instant(Date.UTC(2026, 10, 26))
  const taste: fc.Arbitrary<Taste> = fc.record({
    isPersonalised: fc.boolean(),
    interests: fc.constant([]),
    seen: fc.array(fc.record({ target, at: fc.nat(2 * recommendations.seenForMs).map((ago) => instant(now - ago)) })),
    less: fc.array(target),
    hiddenAuthors: fc.array(account),
  })
  const circle: fc.Arbitrary<Circle> = fc.record({ blocked: fc.array(account), muted: fc.array(account) })

  it('are what was seen within 7 days, what is wanted less, one’s own, and of hidden, blocked and muted people', () => {
    fc.assert(
      fc.property(account, taste, circle, target, account, (reader, known, around, thing, author) => {
        const { targets, authors } = leftOutFor(reader, known, around, now)
        const wasSeen = known.seen.some((one) => one.target === thing && now - one.at < recommendations.seenForMs)
        expect(targets.includes(thing)).toBe(wasSeen || known.less.includes(thing))
        const isShunned = [...known.hiddenAuthors, ...around.blocked, ...around.muted].includes(author)
        expect(authors.includes(author)).toBe(author === reader || isShunned)
      }),
    )
  })

  it('say each only once', () => {
    fc.assert(
      fc.property(account, taste, circle, (reader, known, around) => {
        const { targets, authors } = leftOutFor(reader, known, around, now)
        expect(new Set([...targets, ...authors]).size).toBe(targets.length + authors.length)
      }),
    )
  })
})

describe('the days of a view', () => {
  it('are two that hold the 24 hours before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(signals.viewEveryMs - 1), (at, ago) => {
        const { today, before } = daysOf(instant(at))
        expect([today, before]).toContain(daysOf(instant(at - ago)).today)
        expect(before).toBe(today - 1)
      }),
    )
  })
})
