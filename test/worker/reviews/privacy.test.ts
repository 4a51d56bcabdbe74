import { expect, test } from 'vitest'
import { instant } from '../../../worker/contract/time.ts'
import { runBatch } from '../../../worker/kernel/db.ts'
import { dealEnded } from '../../../worker/reviews/api.ts'
import type { Grade } from '../../../worker/contract/statements.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { cronIn, DAY } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { db, endedDeal, ids, release, writes } from '../../support/worker/reviews.ts'

interface Told {
  list: { id: string; grade: Grade; text: string | null; month: string }[]
  rest: unknown
}

/** All that the receiver and everybody else is told about reviews, but for what names the receiver. */
async function toldTo(receiver: Actor): Promise<Told> {
  const { handle } = receiver
  const { body: list } = await ask('GET', `/api/reviews?handle=${handle}`)
  const { body: ledger } = await receiver.get('/api/reviews/ledger')
  const { body: summary } = await ask('GET', `/api/reviews/summary?handle=${handle}`)
  const { body: profile } = await ask('GET', `/api/accounts/users/${handle}`)
  const { body: mine } = await receiver.get('/api/reviews/mine')
  const { manner, grades, deals, noShows } = profile
  return { list: list.items, rest: { ledger, summary, manner, grades, deals, noShows, mine: mine.items.length } }
}

const sorted = ({ list }: Told) => list.map(({ grade, text, month }) => [grade, text, month]).toSorted()

/** A receiver with three deals, which ended in this order; what the three wrote, in the order of writing. */
async function world(written: [place: number, grade: Grade, text: string][]) {
  const receiver = await actor('receiver')
  const authors = await Promise.all(['first', 'second', 'third'].map((name) => actor(name)))
  const deals: string[] = []
  for (const [place, author] of authors.entries())
    deals.push(await endedDeal(receiver, author, { ago: (10 - place) * DAY }))
  const before = await toldTo(receiver)
  for (const [place, grade, text] of written) {
    await writes(authors[place] as Actor, deals[place] ?? '', grade, text)
    // Whoever wrote: until the release nothing moves at all.
    expect(await toldTo(receiver)).toEqual(before)
  }
  return { receiver, authors, deals }
}

test('who wrote what makes no difference to anything that is told', async () => {
  const one = await world([
    [0, 5, '최고예요'],
    [1, 0, '그저 그래요'],
    [2, -20, '연락이 끊겼어요'],
  ])
  const other = await world([
    [1, -20, '연락이 끊겼어요'],
    [2, 5, '최고예요'],
    [0, 0, '그저 그래요'],
  ])
  const at = await release(1)
  const [told, toldOther] = [await toldTo(one.receiver), await toldTo(other.receiver)]
  expect(sorted(told)).toEqual(sorted(toldOther))
  expect(told.list).toHaveLength(3)
  expect(told.rest).toEqual(toldOther.rest)

  // What both were notified of has neither an actor nor anything of a deal.
  await expect.poll(() => toldOfRelease(one.receiver)).toHaveLength(1)
  await expect.poll(() => toldOfRelease(other.receiver)).toHaveLength(1)
  expect(await toldOfRelease(one.receiver)).toEqual([
    { kind: 'review-released', actors: [], count: 1, data: { count: 3 }, at: new Date(at).toISOString() },
  ])
  expect(await toldOfRelease(other.receiver)).toEqual(await toldOfRelease(one.receiver))
})

async function toldOfRelease(receiver: Actor) {
  const { body } = await receiver.get('/api/notifications')
  return (body.items as { kind: string; actors: unknown[]; count: number; data: object; at: string }[])
    .filter(({ kind }) => kind === 'review-released')
    .map(({ kind, actors, count, data, at }) => ({ kind, actors, count, data, at }))
}

test('a review names nobody, no deal and no time, and neither does a cursor', async () => {
  const { receiver, authors, deals } = await world([
    [0, 5, '하나'],
    [1, 3, '둘'],
    [2, 3, '셋'],
  ])
  await release(2)
  const { body } = await ask('GET', `/api/reviews?handle=${receiver.handle}&limit=1`)
  expect(Object.keys(body.items[0]).toSorted()).toEqual(['grade', 'id', 'month', 'statements', 'text'])
  const [cursor = ''] = body.nextCursor.split('.')
  const all = JSON.stringify([await toldTo(receiver), body, Buffer.from(cursor, 'base64url').toString()])
  const names = [...deals, ...authors.flatMap(({ account, handle, name }) => [account, handle, name])]
  expect(names.filter((name) => all.includes(name))).toEqual([])
  expect(JSON.parse(Buffer.from(cursor, 'base64url').toString())).toEqual([body.items[0].id])
})

test('the order inside a release is that of ids drawn by lot, and stays over pages', async () => {
  const { receiver } = await world([
    [2, 5, '셋'],
    [0, 5, '하나'],
    [1, 5, '둘'],
  ])
  await release(3)
  const { list } = await toldTo(receiver)
  expect(list.map(({ id }) => id)).toEqual(
    list
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  )
  const pages: string[] = []
  let cursor = ''
  do {
    const { body } = await ask('GET', `/api/reviews?handle=${receiver.handle}&limit=1${cursor}`)
    pages.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  expect(pages).toEqual(list.map(({ id }) => id))
})

test('a review by id is there for its author alone, before and after its release', async () => {
  const { receiver, authors, deals } = await world([
    [0, 5, '하나'],
    [1, 3, '둘'],
  ])
  const [, , third] = authors as [Actor, Actor, Actor]
  const { body } = await writes(third, deals[2] ?? '', 3)
  const tries = () =>
    Promise.all([
      receiver.patch(`/api/reviews/${body.id}`, { text: '나' }),
      receiver.delete(`/api/reviews/${body.id}`),
      receiver.patch(`/api/reviews/${ids.mint('review')}`, { text: '나' }),
    ])
  for (const answer of await tries()) expectProblem(answer, 'not-found')
  await release(4)
  for (const answer of await tries()) expectProblem(answer, 'not-found')
})

test('a bad review of a deal whose fault stands already adds nothing, so that nothing names its author', async () => {
  const receiver = await actor('receiver')
  const [refused, ...others] = (await Promise.all(['refused', 'x', 'y', 'z'].map((name) => actor(name)))) as [
    Actor,
    ...Actor[],
  ]
  const failed = await endedDeal(receiver, refused, { outcome: 'failed', fault: receiver, ago: 8 * DAY })
  expect((await toldTo(receiver)).rest).toMatchObject({ manner: { score: 32 }, noShows: 1 })
  const { body } = await writes(refused, failed, -20, '나오지 않았어요')
  for (const author of others) await writes(author, await endedDeal(receiver, author, { ago: 8 * DAY }), 3)
  await release(5)
  const { list, rest } = await toldTo(receiver)
  expect(list.map(({ grade }) => grade)).toEqual([3, 3, 3])
  expect(rest).toMatchObject({ manner: { score: 35.6 }, grades: { good: 3, bad: 0 }, noShows: 1 })
  // Its author is told that it is done, as every author is.
  expect((await refused.get('/api/reviews/mine')).body.items).toMatchObject([{ id: body.id, state: 'released' }])
})

test('a fault that is found after the bad review of its deal was released is one no-show, and points are taken once', async () => {
  const receiver = await actor('receiver')
  const [wronged, ...others] = (await Promise.all(['let down', 'x', 'y'].map((name) => actor(name)))) as [
    Actor,
    ...Actor[],
  ]
  const disputed = await endedDeal(receiver, wronged, { ago: 8 * DAY })
  await writes(wronged, disputed, -20, '망가져 있었어요')
  for (const author of others) await writes(author, await endedDeal(receiver, author, { ago: 8 * DAY }), 3)
  const at = await release(6)
  const before = await toldTo(receiver)
  expect(before.rest).toMatchObject({ manner: { score: 34.4 }, grades: { bad: 1 }, noShows: 0 })

  const ended = { deal: disputed, title: '', seller: receiver.account, buyer: wronged.account, fault: receiver.account }
  const endedAt = instant(Date.now() - 8 * DAY)
  const found = () => dealEnded({ db, ids }, { ...ended, outcome: 'completed', endedAt }, instant(at + DAY))
  await runBatch(db, found())
  await runBatch(db, found())
  const after = await toldTo(receiver)
  expect(after).toEqual({ ...before, rest: { ...(before.rest as object), noShows: 1, summary: expect.anything() } })
  expect(after.rest).toMatchObject({ summary: { score: 34.4, noShows: 1 } })
  await cronIn(at + 2 * DAY - Date.now())
  expect(await toldTo(receiver)).toEqual(after)
})
