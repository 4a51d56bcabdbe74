import type { DealId } from '../../../worker/contract/ids.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { DAY } from '../../support/worker/clock.ts'
import { dealBetween, see, step } from '../../support/worker/deals.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { eventually } from '../../support/worker/rooms.ts'
import { endedDeal, ids, release, writes } from '../../support/worker/reviews.ts'

let seller: Actor
let buyer: Actor
let stranger: Actor

beforeAll(async () => {
  ;[seller, buyer, stranger] = await Promise.all([actor('seller'), actor('buyer'), actor('stranger')])
})

describe('statements', () => {
  test('are nine per grade, with words in both languages', async () => {
    const { body } = await ask('GET', '/api/reviews/statements')
    expect(body.items).toHaveLength(36)
    const perGrade = Object.groupBy(body.items as { grade: number }[], ({ grade }) => String(grade))
    expect(Object.values(perGrade).map((all) => all?.length)).toEqual([9, 9, 9, 9])
    for (const { text } of body.items)
      expect(text).toEqual({ ko: expect.stringMatching(/[가-힣]/), en: expect.any(String) })
  })

  test('about one side are eight per grade: seven for both, one of its own', async () => {
    for (const role of ['seller', 'buyer']) {
      const { body } = await ask('GET', `/api/reviews/statements?role=${role}`)
      const own = (body.items as { role: string | null }[]).filter((one) => one.role !== null)
      expect(body.items).toHaveLength(32)
      expect(own.map((one) => one.role)).toEqual([role, role, role, role])
    }
  })
})

describe('takes a review', () => {
  test('of a completed and of a failed deal, from each side once', async () => {
    for (const outcome of ['completed', 'failed'] as const) {
      const deal = await endedDeal(seller, buyer, { outcome })
      const first = await writes(buyer, deal, 3, '  고마웠어요  ')
      expect(first.body).toMatchObject({ deal, role: 'seller', grade: 3, text: '고마웠어요', state: 'waiting' })
      expect(first.body.about.handle).toBe(seller.handle)
      expect((await writes(seller, deal, 5)).body).toMatchObject({ role: 'buyer', text: null })
      expectProblem(await writes(buyer, deal, 3), 'already-reviewed')
    }
  })

  test('once, however many come at the same time', async () => {
    const deal = await endedDeal(seller, buyer)
    const answers = await Promise.all([writes(buyer, deal, 5), writes(buyer, deal, 3), writes(buyer, deal, 0)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
  })

  test('after which the deal asks its author for none, until it is taken back', async () => {
    const [one, other] = [await actor('reviews'), await actor('waits')]
    const deal = await dealBetween(one, other)
    await step(other, deal, 'confirm')
    const asked = { step: 'review', whose: 'mine' }
    expect(await see(other, deal)).toMatchObject({ hasReviewed: false, next: asked })
    const written = await writes(other, deal as DealId, 5)
    const over = { next: { step: 'nothing', whose: 'nobody' } }
    const seen = await see(other, deal)
    expect(seen).toMatchObject({ hasReviewed: true, ...over })
    expect(seen.deadlines.map(({ kind }) => kind)).not.toContain('review')
    // Nobody learns by it whether the other has written.
    expect(await see(one, deal)).toMatchObject({ hasReviewed: false, next: asked })
    await eventually(async () => {
      const first = async (party: Actor) => (await party.get('/api/deals')).body.items[0]
      expect(await first(other)).toMatchObject({ id: deal, state: 'completed', ...over })
      expect(await first(one)).toMatchObject({ id: deal, next: asked })
    })
    expect((await other.delete(`/api/reviews/${written.body.id}`)).status).toBe(204)
    expect(await see(other, deal)).toMatchObject({ hasReviewed: false, next: asked })
  })

  test('until the fourteenth day is over', async () => {
    const late = await endedDeal(seller, buyer, { ago: 14 * DAY })
    expectProblem(await writes(buyer, late, 5), 'too-late')
    expect((await writes(buyer, await endedDeal(seller, buyer, { ago: 14 * DAY - 60_000 }), 5)).status).toBe(201)
  })
})

describe('refuses', () => {
  test('who was no party, and deals that do not exist, in the same words', async () => {
    const deal = await endedDeal(seller, buyer)
    expectProblem(await writes(stranger, deal, 5), 'not-found')
    expectProblem(await writes(stranger, ids.mint('deal'), 5), 'not-found')
  })

  test('statements of another grade or of the other side, and the same one twice', async () => {
    const deal = await endedDeal(seller, buyer)
    const say = (grade: number, statements: string[]) => buyer.post('/api/reviews', { deal, grade, statements })
    expect(faultsOf(await say(5, ['kind']))).toEqual(['/statements/0: not-an-option'])
    expect(faultsOf(await say(5, ['always-kind', 'paid-at-once']))).toEqual(['/statements/1: not-an-option'])
    expect(faultsOf(await say(5, ['always-kind', 'always-kind']))).toEqual(['/statements/1: repeated'])
    expect(faultsOf(await say(5, []))).toEqual(['/statements: too-few'])
    expect((await say(4, ['kind'])).status).toBe(422)
    expect((await say(5, ['always-kind', 'careful-packing'])).status).toBe(201)
  })

  test('more than 200 characters', async () => {
    const deal = await endedDeal(seller, buyer)
    expect(faultsOf(await writes(buyer, deal, 5, '가'.repeat(201)))).toEqual(['/text: too-long'])
    expect((await writes(buyer, deal, 5, '가'.repeat(200))).status).toBe(201)
  })
})

describe('until its release its author', () => {
  test('changes it, when it is still as they saw it', async () => {
    const { body } = await writes(buyer, await endedDeal(seller, buyer), 5, '좋았어요')
    const path = `/api/reviews/${body.id}`
    expect(faultsOf(await buyer.patch(path, { grade: 0 }))).toEqual(['/statements/0: not-an-option'])
    const changed = await buyer.patch(path, { grade: 0, statements: ['hesitated'], text: '' })
    expect(changed.body).toMatchObject({ grade: 0, statements: ['hesitated'], text: null, version: 2 })
    expectProblem(await buyer.patch(path, { text: '늦었어요' }, { headers: { 'if-match': '"1"' } }), 'stale-version')
    expectProblem(await seller.patch(path, { text: '내가 고침' }), 'not-found')
  })

  test('takes it back and writes another', async () => {
    const deal = await endedDeal(seller, buyer)
    const { body } = await writes(buyer, deal, -20)
    expectProblem(await seller.delete(`/api/reviews/${body.id}`), 'not-found')
    expect((await buyer.delete(`/api/reviews/${body.id}`)).status).toBe(204)
    expect((await writes(buyer, deal, 5)).status).toBe(201)
  })

  test('and not after it', async () => {
    const [receiver, ...authors] = await Promise.all(['r', 'a', 'b', 'c'].map((name) => actor(name)))
    const reviews = await Promise.all(
      authors.map(async (author) => writes(author, await endedDeal(receiver as Actor, author, { ago: 8 * DAY }), 3)),
    )
    await release(1)
    const [author] = authors
    const path = `/api/reviews/${reviews[0]?.body.id}`
    expectProblem(await (author as Actor).patch(path, { text: '역시' }), 'review-released')
    expectProblem(await (author as Actor).delete(path), 'review-released')
    const { body } = await (author as Actor).get('/api/reviews/mine')
    expect(body.items).toMatchObject([{ state: 'released', grade: 3 }])
  })
})

test('what is still to write is told to each side until they have written, with the last moment', async () => {
  const [one, other] = await Promise.all([actor('one'), actor('other')])
  const deal = await endedDeal(one, other, { ago: DAY, title: '자전거' })
  await endedDeal(one, other, { ago: 15 * DAY })
  const pending = async (who: Actor) => (await who.get('/api/reviews/pending')).body.items
  expect(await pending(one)).toMatchObject([{ deal, title: '자전거', role: 'buyer', about: { handle: other.handle } }])
  const [waiting] = await pending(one)
  expect(Date.parse(waiting.until) - Date.parse(waiting.endedAt)).toBe(14 * DAY)
  await writes(one, deal, 5)
  expect(await pending(one)).toEqual([])
  expect(await pending(other)).toHaveLength(1)
  expect((await one.get('/api/reviews/mine')).body.items).toMatchObject([{ deal, title: '자전거', state: 'waiting' }])
})
