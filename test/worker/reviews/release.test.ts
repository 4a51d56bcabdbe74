import { expect, test } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask, fetchApp } from '../../support/worker/app.ts'
import { cronIn, DAY, HOUR } from '../../support/worker/clock.ts'
import { endedDeal, release, reviewedBy, writes } from '../../support/worker/reviews.ts'
import { releaseAt } from '../../../worker/reviews/rules.ts'

const people = (...names: string[]) => Promise.all(names.map((name) => actor(name))) as Promise<[Actor, ...Actor[]]>

async function readable({ handle }: Actor): Promise<number> {
  return (await ask('GET', `/api/reviews?handle=${handle}`)).body.items.length
}

const later = (weeks: number) => releaseAt(Date.now()) + weeks * 7 * DAY - Date.now()

test('nothing is released before Monday 01:00, and then at once', async () => {
  const [receiver, a, b, c] = (await people('r', 'a', 'b', 'c')) as [Actor, Actor, Actor, Actor]
  await reviewedBy(receiver, [
    [a, 5],
    [b, 5],
    [c, 0],
  ])
  await cronIn(later(1) - 60_000)
  expect(await readable(receiver)).toBe(0)
  await cronIn(later(1) + 1_000)
  expect(await readable(receiver)).toBe(3)
  const { body } = await ask('GET', `/api/reviews/summary?handle=${receiver.handle}`)
  expect(body).toEqual({ score: 44, band: 'warm', grades: { best: 2, good: 0, poor: 1, bad: 0 }, deals: 3, noShows: 0 })
})

test('twice at the same moment has one effect', async () => {
  const [receiver, a, b, c] = (await people('r', 'a', 'b', 'c')) as [Actor, Actor, Actor, Actor]
  await reviewedBy(receiver, [
    [a, 3],
    [b, 3],
    [c, 3],
  ])
  await Promise.all([1, 2, 3].map(() => release(2)))
  await release(2)
  const { body } = await receiver.get('/api/reviews/ledger')
  expect(body.items).toHaveLength(3)
  expect(body.score).toBe(43.6)
})

test('two wait for a third, and four weeks at most', async () => {
  const [receiver, a, b] = (await people('r', 'a', 'b')) as [Actor, Actor, Actor]
  await reviewedBy(receiver, [
    [a, 5],
    [b, -20],
  ])
  for (const week of [3, 4]) {
    await release(week)
    expect(await readable(receiver)).toBe(0)
  }
  // Due since they were written, some time in the week before the first Monday.
  await release(5)
  expect(await readable(receiver)).toBe(2)
})

test('what is not due stays: neither a week has passed nor have both written', async () => {
  const [receiver, a, b, c] = (await people('r', 'a', 'b', 'c')) as [Actor, Actor, Actor, Actor]
  const soon = later(1) > 2 * HOUR ? later(1) : later(2)
  const ago = 7 * DAY - soon - HOUR
  const deals = await Promise.all([a, b, c].map((author) => endedDeal(receiver, author, { ago: Math.max(0, ago) })))
  for (const [place, author] of [a, b, c].entries()) await writes(author, deals[place] ?? '', 5)
  await cronIn(soon + 1_000)
  expect(await readable(receiver)).toBe(0)
})

test('another page of it is as fresh as the profile: what was cached is forgotten', async () => {
  const [receiver, a, b, c] = (await people('r', 'a', 'b', 'c')) as [Actor, Actor, Actor, Actor]
  const page = () => fetchApp('GET', `/api/reviews?handle=${receiver.handle}`)
  expect((await page()).headers.get('cache-tag')).toBe(`person-${receiver.account}`)
  await reviewedBy(receiver, [
    [a, 5],
    [b, 5],
    [c, 5],
  ])
  await release(8)
  const { items } = (await (await page()).json()) as { items: unknown[] }
  expect(items).toHaveLength(3)
})
