import { beforeAll, describe, expect, test } from 'vitest'
import { actor, logInAgain, staff, type Actor } from '../../support/worker/actors.ts'
import { inMs } from '../../support/worker/auctions.ts'
import { cronIn, DAY, HOUR } from '../../support/worker/clock.ts'
import { askForUpload, readyPicture } from '../../support/worker/media.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { endedDeal, release, writes, db, ids } from '../../support/worker/reviews.ts'
import { decide } from '../../../worker/moderation/api.ts'
import { faultRemedy } from '../../../worker/reviews/api.ts'
import { instant } from '../../../worker/contract/time.ts'
import { env } from 'cloudflare:workers'

let moderator: Actor
let another: Actor

beforeAll(async () => {
  ;[moderator, another] = await Promise.all([staff('moderator'), staff('moderator')])
})

/** Somebody who was suspended, and the decision about it. */
async function suspended(until = inMs(7 * DAY)): Promise<{ person: Actor; id: string; until: string }> {
  const person = await actor('person')
  const body = { until, reason: 'spam', facts: '같은 글을 스무 번 올렸어요.' }
  await moderator.post(`/api/admin/accounts/${person.account}/suspension`, body)
  const [decision] = (await person.get('/api/decisions')).body.items
  return { person, id: decision.id, until }
}

const appeal = (person: Actor, id: string, text = '사실과 달라요.') =>
  person.post(`/api/decisions/${id}/appeal`, { text })
const answer = (by: Actor, id: string, outcome: object) =>
  by.post(`/api/moderation/appeals/${id}/answer`, { reason: '다시 보았어요.', ...outcome })

describe('an appeal', () => {
  test('is sent once, also while suspended, and has its answer within seven days', async () => {
    const { person, id } = await suspended()
    const sent = await appeal(person, id)
    expect(sent.body.appeal).toMatchObject({ state: 'sent', text: '사실과 달라요.', answer: null })
    expect(Date.parse(sent.body.appeal.until) - Date.now()).toBeGreaterThan(7 * DAY - HOUR)
    expectProblem(await appeal(person, id), 'already-appealed')
    const open = (await another.get('/api/moderation/appeals?limit=50')).body.items as { decision: { id: string } }[]
    expect(open.find(({ decision }) => decision.id === id)).toMatchObject({
      text: '사실과 달라요.',
      about: { handle: person.handle },
      isMine: false,
    })
  })

  test('is for the person concerned alone', async () => {
    const { id } = await suspended()
    const stranger = await actor('stranger')
    expectProblem(await appeal(stranger, id), 'not-found')
    expectProblem(await stranger.get(`/api/decisions/${id}`), 'not-found')
    expectProblem(await moderator.get(`/api/decisions/${id}`), 'not-found')
  })

  test('comes within thirty days', async () => {
    const { person, id } = await suspended(inMs(60 * DAY))
    const late = await logInAgain(person, { later: 30 * DAY })
    const request = { later: 30 * DAY + 60_000 }
    expectProblem(await late.post(`/api/decisions/${id}/appeal`, { text: '늦었지만' }, request), 'too-late')
    expect((await late.get(`/api/decisions/${id}`, request)).body.appeal.state).toBe('closed')
  })

  test('brings own pictures as evidence, and no others', async () => {
    withRelay()
    const person = await actor('person')
    const media = await readyPicture(person, { purpose: 'evidence' })
    const foreign = await readyPicture(moderator, { purpose: 'evidence' })
    const body = { until: inMs(DAY), reason: 'other', facts: '이유' }
    await moderator.post(`/api/admin/accounts/${person.account}/suspension`, body)
    const [{ id }] = (await person.get('/api/decisions')).body.items
    const refused = await person.post(`/api/decisions/${id}/appeal`, { text: '증거', media: [media, foreign] })
    expect(expectProblem(refused, 'media-not-ready').errors).toEqual([{ pointer: '/media/1', code: 'not-ready' }])
    expect((await person.post(`/api/decisions/${id}/appeal`, { text: '증거', media: [media] })).status).toBe(201)
    const open = (await another.get('/api/moderation/appeals?limit=50')).body.items as {
      decision: { id: string }
      media: { media: string }[]
    }[]
    expect(open.find(({ decision }) => decision.id === id)?.media.map((one) => one.media)).toEqual([media])
    const file = `/api/media/${media}/file`
    expect((await another.get(file)).status).toBe(302)
    expectProblem(await (await actor('stranger')).get(file), 'not-found')
  })

  test('can bring evidence while suspended, and nothing else is taken from there', async () => {
    const { person } = await suspended()
    expect((await askForUpload(person, { purpose: 'evidence' })).status).toBe(201)
    expectProblem(await askForUpload(person, { purpose: 'profile' }), 'account-suspended')
  })
})

describe('an answer', () => {
  test('comes from somebody else than who decided', async () => {
    const { person, id } = await suspended()
    await appeal(person, id)
    expectProblem(await answer(moderator, id, { outcome: 'uphold' }), 'own-decision')
    expect((await answer(another, id, { outcome: 'uphold' })).status).toBe(204)
    expectProblem(await answer(another, id, { outcome: 'overturn' }), 'appeal-answered')
    expect((await person.get(`/api/decisions/${id}`)).body).toMatchObject({
      state: 'standing',
      appeal: { state: 'upheld', answer: '다시 보았어요.', until: null },
    })
  })

  test('that overturns lets the person in again, at once', async () => {
    const { person, id } = await suspended()
    await appeal(person, id)
    await answer(another, id, { outcome: 'overturn' })
    expect((await person.get('/api/reviews/mine')).status).toBe(200)
    expect((await person.get('/api/accounts/me')).body.suspension).toBeNull()
    expect((await person.get(`/api/decisions/${id}`)).body).toMatchObject({ state: 'overturned' })
  })

  test('that overturns one of two leaves the other', async () => {
    const { person, id } = await suspended(inMs(9 * DAY))
    const until = inMs(2 * DAY)
    const body = { until, reason: 'spam', facts: '또' }
    await moderator.post(`/api/admin/accounts/${person.account}/suspension`, body)
    await appeal(person, id)
    await answer(another, id, { outcome: 'overturn' })
    expect((await person.get('/api/accounts/me')).body.suspension.until).toBe(until)
  })

  test('that changes gives an earlier end, never a later one', async () => {
    const { person, id } = await suspended()
    await appeal(person, id)
    const later = await answer(another, id, { outcome: 'change', until: inMs(8 * DAY) })
    expect(faultsOf(later)).toEqual(['/until: not-sooner'])
    expect(faultsOf(await answer(another, id, { outcome: 'change' }))).toEqual(['/until: until-with-change'])
    const until = inMs(DAY)
    expect((await answer(another, id, { outcome: 'change', until })).status).toBe(204)
    expect((await person.get('/api/accounts/me')).body.suspension.until).toBe(until)
    expect((await person.get(`/api/decisions/${id}`)).body).toMatchObject({ until, appeal: { state: 'changed' } })
  })

  test('of two at the same moment counts once', async () => {
    const { person, id } = await suspended()
    await appeal(person, id)
    const third = await staff('moderator')
    const answers = await Promise.all([
      answer(another, id, { outcome: 'overturn' }),
      answer(third, id, { outcome: 'uphold' }),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  })
})

test('overturning a fault gives the points back, the no-show, and the word of who had written', async () => {
  const [person, other, ...authors] = (await Promise.all(['p', 'o', 'a', 'b'].map((name) => actor(name)))) as [
    Actor,
    Actor,
    ...Actor[],
  ]
  const deal = await endedDeal(person, other, { outcome: 'failed', fault: person, ago: 8 * DAY })
  await writes(other, deal, -20)
  for (const author of authors) await writes(author, await endedDeal(person, author, { ago: 8 * DAY }), 5)
  const at = instant(Date.now())
  const id = await decide(
    { env, db, ids, ctx: { waitUntil: () => {} } },
    {
      account: person.account,
      action: 'fault',
      rule: 'deal-fault',
      target: deal,
      facts: '약속한 곳에 나오지 않았어요.',
      by: moderator.account,
      at,
      until: null,
      remedy: { kind: faultRemedy, data: { deal, account: person.account } },
      cause: ['deal-fault', deal, 1],
    },
  )
  await release(1)
  const score = async () => {
    const { body } = await person.get(`/api/reviews/summary?handle=${person.handle}`)
    return [body.score, body.noShows, body.grades.bad, body.grades.best]
  }
  // The bad review is told by the fault, and two are too few for a release.
  expect(await score()).toEqual([32, 1, 0, 0])
  await appeal(person, String(id))
  expect((await answer(another, String(id), { outcome: 'overturn' })).status).toBe(204)
  expect(await score()).toEqual([40, 0, 0, 0])
  await release(2)
  expect(await score()).toEqual([36, 0, 1, 2])
})

test('the end of a suspension is told once, when its time has passed', async () => {
  const { person } = await suspended(inMs(HOUR))
  await cronIn(0)
  await cronIn(HOUR + 60_000)
  await cronIn(2 * HOUR)
  const later = { later: 2 * HOUR }
  const back = await logInAgain(person, later)
  const told = async () =>
    ((await back.get('/api/notifications', later)).body.items as { kind: string }[])
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('suspension'))
  await expect.poll(told).toContain('suspension-ended')
  await cronIn(3 * HOUR)
  expect((await told()).toSorted()).toEqual(['suspension-ended', 'suspension-started'])
})
