import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reviews as limits } from '../../../worker/contract/limits.ts'
import { grades, reviewRoles, statementsFor } from '../../../worker/contract/statements.ts'
import { instant } from '../../../worker/contract/time.ts'
import {
  badInARow,
  dueAt,
  exactScore,
  fellBelowZero,
  groupToRelease,
  inOrder,
  losesWeightAt,
  pointsOf,
  releaseAt,
  shownScore,
  weightOf,
  type Entry,
  type Waiting,
} from '../../../worker/reviews/rules.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
const start = Date.UTC(2026, 10, 29, 16)

function entry(over: Partial<Entry> = {}): Entry {
  return {
    id: 'e',
    cause: 'release',
    grade: -20,
    at: instant(start),
    other: 'a',
    streak: null,
    belowZero: null,
    ...over,
  }
}

/** Of these people, one bad entry each, a week apart, unless they say otherwise. */
function inWeeks(...each: Partial<Entry>[]): Entry[] {
  return each.map((over, week) => entry({ id: `e${week}`, at: instant(start + week * WEEK), ...over }))
}

describe('the score', () => {
  test('moves by +2.0, +1.2, 0 and -8.0 at first', () => {
    expect(grades.map((grade) => pointsOf(entry({ grade }), start) / 10)).toEqual([2, 1.2, 0, -8])
  })

  test('lets an entry weigh less every twelve weeks, and nothing after the fourth', () => {
    const weights = [0, 11, 12, 23, 24, 36, 47, 48, 500].map((weeks) => weightOf(entry(), start + weeks * WEEK))
    expect(weights).toEqual([4, 4, 3, 3, 2, 1, 1, 0, 0])
    expect(weightOf(entry(), start + 12 * WEEK - 1)).toBe(4)
  })

  test('is 40 for nobody, and 0 to 99 to everybody', () => {
    expect(exactScore([], start)).toBe(400)
    const many = (grade: 5 | -20) => Array.from({ length: 40 }, () => entry({ grade }))
    expect(exactScore(many(5), start)).toBe(1_200)
    expect(shownScore(exactScore(many(5), start))).toBe(990)
    expect(shownScore(exactScore(many(-20), start))).toBe(0)
  })

  test('stays as it is until an entry loses weight', () => {
    const histories = fc.array(fc.tuple(fc.constantFrom(...grades), fc.integer({ min: 0, max: 400 })), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 500 }), (history, day) => {
        const entries = history.map(([grade, ago]) => entry({ grade, at: instant(start + ago * DAY) }))
        const at = start + day * DAY
        const known = entries.filter((one) => one.at <= at)
        const next = Math.min(...known.map((one) => losesWeightAt(one, at)))
        if (next === Infinity) return
        expect(exactScore(known, next - 1)).toBe(exactScore(known, at))
      }),
    )
  })
})

describe('bad ones in a row', () => {
  test('are two of two people, with nothing better between them', () => {
    expect(badInARow(inWeeks({ other: 'a' }, { other: 'b' }))?.map(({ id }) => id)).toEqual(['e0', 'e1'])
    expect(badInARow(inWeeks({ other: 'a' }, { other: 'a' }))).toBeNull()
    expect(badInARow(inWeeks({ other: 'a' }, { other: 'b', grade: 0 }, { other: 'c' }))).toBeNull()
    expect(badInARow(inWeeks({ other: 'a' }, { other: 'b', cause: 'fault' }))).not.toBeNull()
  })

  test('are used once', () => {
    const used = inWeeks({ other: 'a', streak: 'dec' }, { other: 'b', streak: 'dec' }, { other: 'c' })
    expect(badInARow(used)).toBeNull()
    const again = [...used, entry({ id: 'e3', at: instant(start + 3 * WEEK), other: 'd' })]
    expect(badInARow(again)?.map(({ id }) => id)).toEqual(['e2', 'e3'])
  })

  test('do not depend on how a release was shuffled', () => {
    const entries = grades.flatMap((grade) =>
      ['a', 'b', 'c'].map((other) => entry({ id: other + grade, grade, other })),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(entries), (some) => {
        const fromOrder = badInARow(some) !== null
        const ids = fc.sample(fc.shuffledSubarray(some, { minLength: some.length }), 1)[0] ?? []
        expect(badInARow(ids) !== null).toBe(fromOrder)
        expect(inOrder(ids).map(({ grade }) => grade)).toEqual(some.map(({ grade }) => grade).toSorted((x, y) => x - y))
      }),
    )
  })
})

describe('below zero', () => {
  test('counts once for each bad entry', () => {
    const bad = inWeeks({}, { other: 'b' }, { other: 'c' }, { other: 'd' }, { other: 'e' }, { other: 'f' })
    const at = start + 6 * WEEK
    expect(fellBelowZero(bad.slice(0, 5), at)).toBeNull()
    expect(fellBelowZero(bad, at)).toHaveLength(6)
    const used = bad.map((one) => ({ ...one, belowZero: 'dec' }))
    expect(fellBelowZero(used, at)).toBeNull()
    const fresh = entry({ id: 'new', at: instant(at) })
    expect(fellBelowZero([...used, fresh], at)).toEqual([fresh])
  })
})

function waiting(over: Partial<Waiting> & { id: string }): Waiting {
  return { author: over.id, writtenAt: instant(start), answeredAt: null, endedAt: instant(start), ...over }
}

describe('a review is due', () => {
  test('seven days after the end, or when both wrote, and never before it was written', () => {
    const hour = (hours: number) => instant(start + hours * 3_600_000)
    expect(dueAt({ writtenAt: hour(1), answeredAt: null, endedAt: hour(0) })).toBe(hour(7 * 24))
    expect(dueAt({ writtenAt: hour(1), answeredAt: hour(30), endedAt: hour(0) })).toBe(hour(30))
    expect(dueAt({ writtenAt: hour(30), answeredAt: hour(1), endedAt: hour(0) })).toBe(hour(30))
    expect(dueAt({ writtenAt: hour(10 * 24), answeredAt: null, endedAt: hour(0) })).toBe(hour(10 * 24))
  })
})

describe('a release', () => {
  const due = (id: string, over: Partial<Waiting> = {}) => waiting({ id, answeredAt: instant(start), ...over })

  test('is of three people or more', () => {
    expect(groupToRelease([due('a'), due('b')], start)).toEqual([])
    expect(groupToRelease([due('a'), due('b'), due('c')], start)).toHaveLength(3)
    expect(groupToRelease([due('a'), due('b'), due('c', { author: 'b' })], start)).toEqual([])
  })

  test('takes one review of each author, and the rest another time', () => {
    const group = groupToRelease([due('a'), due('b'), due('c'), due('d', { author: 'a' })], start)
    expect(group.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c'])
  })

  test('leaves what is not due', () => {
    const late = waiting({ id: 'late' })
    expect(groupToRelease([due('a'), due('b'), late], start)).toEqual([])
    expect(groupToRelease([due('a'), due('b'), due('c'), late], start)).not.toContain(late)
  })

  test('after four weeks is of whoever there is', () => {
    expect(groupToRelease([due('a'), due('b')], start + 4 * WEEK - 1)).toEqual([])
    expect(groupToRelease([due('a'), due('b', { answeredAt: instant(start + WEEK) })], start + 4 * WEEK)).toHaveLength(
      2,
    )
  })

  test('is on Monday at one in Seoul', () => {
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + 500 * WEEK }), (at) => {
        const release = releaseAt(at)
        expect(at - release).toBeGreaterThanOrEqual(0)
        expect(at - release).toBeLessThan(WEEK)
        const seoul = new Date(release).toLocaleString('en-GB', {
          timeZone: 'Asia/Seoul',
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
        })
        expect(seoul).toBe('Mon 01:00:00')
      }),
    )
  })
})

test('there are eight statements for each grade and side, none of them in two grades', () => {
  for (const role of reviewRoles) {
    const all = grades.flatMap((grade) => statementsFor(grade, role))
    expect(grades.map((grade) => statementsFor(grade, role).length)).toEqual(grades.map(() => limits.statements))
    expect(new Set(all).size).toBe(all.length)
  }
})
