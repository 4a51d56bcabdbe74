import { eq } from 'drizzle-orm'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { grades, type Grade } from '../../../worker/contract/statements.ts'
import { instant } from '../../../worker/contract/time.ts'
import { runBatch } from '../../../worker/kernel/db.ts'
import { exactScore, shownScore } from '../../../worker/reviews/rules.ts'
import { mannerEntry } from '../../../worker/reviews/schema.ts'
import { refreshManner } from '../../../worker/reviews/standing.ts'
import { actor, logInAgain, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { cronIn, DAY } from '../../support/worker/clock.ts'
import { db, endedDeal, ids, release, writes } from '../../support/worker/reviews.ts'

const WEEK = 7 * DAY
let person: Actor

beforeAll(async () => {
  person = await actor('person')
})

async function summary({ handle }: Actor) {
  return (await ask('GET', `/api/reviews/summary?handle=${handle}`)).body
}

interface Told {
  grade: Grade
  cause: 'release' | 'fault'
  /** Days since the first. */
  day: number
  isWithdrawn: boolean
}

const worst: Grade = -20

const history = fc.array(
  fc.record<Told>({
    grade: fc.constantFrom(...grades),
    cause: fc.constantFrom('release', 'fault'),
    day: fc.integer({ min: 0, max: 420 }),
    isWithdrawn: fc.boolean(),
  }),
  { maxLength: 25 },
)

test('what stands in a profile is the formula over the rows, whenever it is worked out', async () => {
  const base = Date.now()
  const moments = fc.array(fc.integer({ min: 0, max: 800 * 24 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(history, moments, async (all, hours) => {
      const rows = all.map(({ grade, cause, day, isWithdrawn }, place) => ({
        id: `row ${place}`,
        account: person.account,
        cause,
        grade: cause === 'fault' ? worst : grade,
        at: instant(base + day * DAY),
        deal: ids.mint('deal'),
        other: ids.mint('account'),
        withdrawnAt: isWithdrawn ? instant(base) : null,
      }))
      await db.delete(mannerEntry).where(eq(mannerEntry.account, person.account))
      for (const row of rows) await db.insert(mannerEntry).values(row)
      const counting = rows.filter(({ withdrawnAt }) => withdrawnAt === null)
      for (const hour of hours) {
        const at = instant(base + hour * 3_600_000)
        await runBatch(db, refreshManner(db, person.account, at))
        const told = await summary(person)
        expect(told.score).toBe(shownScore(exactScore(counting, at)) / 10)
        const yearAgo = at - 365 * DAY
        expect(told.noShows).toBe(counting.filter((row) => row.cause === 'fault' && row.at > yearAgo).length)
        await expectNothingChangesBefore(counting, at)
      }
    }),
    { numRuns: 40 },
  )
  await db.delete(mannerEntry).where(eq(mannerEntry.account, person.account))
}, 120_000)

/** The rows say when they are to be looked at again; until then the formula gives the same. */
async function expectNothingChangesBefore(counting: { grade: Grade; at: number }[], at: number): Promise<void> {
  const rows = await db.select().from(mannerEntry).where(eq(mannerEntry.account, person.account))
  const next = Math.min(...rows.flatMap(({ nextChangeAt }) => nextChangeAt ?? []))
  expect(next).toBeGreaterThan(at)
  const known = counting.map((row) => ({ grade: row.grade, at: instant(row.at) }))
  if (next === Infinity) expect(exactScore(known, at + 2_000 * DAY)).toBe(exactScore(known, at))
  else expect(exactScore(known, next - 1)).toBe(exactScore(known, at))
}

test('over months of deals, faults and releases the score is that of what was released', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, place) => actor(`author ${place}`)))
  const receiver = await actor('receiver')
  const given: { grade: Grade; at: number }[] = []
  const read = new Set<string>()
  const weeks: [week: number, grades: Grade[], isFault: boolean][] = [
    [1, [5, 5, 3], false],
    [2, [0, -20], false],
    [3, [3], true],
    [8, [5, 5, 5, -20, 3], false],
    // Sign-ins last ninety days, so nobody writes after that.
    [11, [5, 0, 0], false],
    [14, [], false],
    [20, [], true],
    [40, [], false],
    [62, [], false],
    [130, [], false],
  ]
  for (const [week, words, isFault] of weeks) {
    for (const [place, grade] of words.entries()) {
      const author = people[place] ?? receiver
      expect((await writes(author, await endedDeal(receiver, author, { ago: 8 * DAY }), grade)).status).toBe(201)
    }
    if (isFault) {
      await endedDeal(receiver, people[7] ?? receiver, { outcome: 'failed', fault: receiver })
      given.push({ grade: -20, at: Date.now() })
    }
    const at = await release(week)
    for (const { id, grade } of await reviewsOf(receiver)) {
      if (!read.has(id)) given.push({ grade, at })
      read.add(id)
    }
    await cronIn(at - Date.now() + 60_000)
    const entries = given.map((one) => ({ grade: one.grade, at: instant(one.at) }))
    expect([week, (await summary(receiver)).score]).toEqual([week, shownScore(exactScore(entries, at)) / 10])
  }
  expect(given).toHaveLength(16)
  expect((await summary(receiver)).score).toBe(40)
}, 120_000)

async function reviewsOf({ handle }: Actor) {
  return (await ask('GET', `/api/reviews?handle=${handle}&limit=50`)).body.items as { id: string; grade: Grade }[]
}

test('the ledger adds up to the score, and says until when each entry weighs', async () => {
  const [receiver, one, two, three] = (await Promise.all(['r', 'a', 'b', 'c'].map((name) => actor(name)))) as [
    Actor,
    Actor,
    Actor,
    Actor,
  ]
  for (const [author, grade] of [
    [one, 5],
    [two, 3],
    [three, -20],
  ] as const)
    await writes(author, await endedDeal(receiver, author, { ago: 8 * DAY }), grade)
  const fault = await endedDeal(receiver, one, { outcome: 'failed', fault: receiver })
  const at = await release(91)
  // By then the sign-in from now is long forgotten.
  const { body } = await (await logInAgain(receiver)).get('/api/reviews/ledger')
  expect(
    body.items.map(({ cause, grade, points, deal }: Record<string, unknown>) => [cause, grade, points, deal]),
  ).toEqual([
    ['release', 5, 2, null],
    ['release', 3, 1.2, null],
    ['release', -20, -8, null],
    ['fault', -20, -8, fault],
  ])
  const sum = body.items.reduce((total: number, { points }: { points: number }) => total + points * 10, body.start * 10)
  expect(sum / 10).toBe(body.exact)
  expect([body.exact, body.score, body.band]).toEqual([27.2, 27.2, 'warm'])
  expect(Date.parse(body.items[0].losesWeightAt)).toBe(at + 12 * WEEK)
})
