import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { instant } from '../../../worker/contract/time.ts'
import { runBatch } from '../../../worker/kernel/db.ts'
import { dealEnded, judgeManner } from '../../../worker/reviews/api.ts'
import { actor, logInAgain, type Actor } from '../../support/worker/actors.ts'
import { attend } from '../../support/worker/live.ts'
import { auction, inMs, must } from '../../support/worker/auctions.ts'
import { cronIn, DAY, HOUR } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { db, endedDeal, ids, release, writes } from '../../support/worker/reviews.ts'

let person: Actor
let one: Actor
let other: Actor

beforeEach(async () => {
  ;[person, one, other] = await Promise.all([actor('person'), actor('one'), actor('other')])
})

const fault = (by: Actor, ago: number) => endedDeal(person, by, { outcome: 'failed', fault: person, ago })

async function suspension() {
  const { body } = await person.get('/api/accounts/me')
  return body.suspension as { until: string; decision: string } | null
}

const decisions = async () => (await person.get('/api/decisions')).body.items

test('two bad ones in a row from two people suspend for three weeks, with a statement of reasons', async () => {
  await fault(one, 2 * HOUR)
  await cronIn(0)
  expect(await suspension()).toBeNull()
  await fault(other, HOUR)
  await cronIn(0)

  const now = await suspension()
  expect(Date.parse(now?.until ?? '') - Date.now()).toBeGreaterThan(21 * DAY - HOUR)
  expect(Date.parse(now?.until ?? '') - Date.now()).toBeLessThanOrEqual(21 * DAY)
  expectProblem(await person.get('/api/reviews/mine'), 'account-suspended')
  expect(await decisions()).toMatchObject([
    {
      id: now?.decision,
      action: 'suspend',
      rule: 'bad-in-a-row',
      facts: null,
      automatic: true,
      state: 'standing',
      until: now?.until,
      appeal: { state: 'open' },
    },
  ])
  // What it rests on can be read as well.
  expect((await person.get('/api/reviews/ledger')).body.items).toHaveLength(2)
})

test('the same two are not held against anybody twice, however often one looks', async () => {
  await fault(one, 2 * HOUR)
  await fault(other, HOUR)
  const where = { env, db, ids, ctx: { waitUntil: () => {} } }
  await Promise.all([1, 2, 3].map(() => judgeManner(where, person.account, instant(Date.now()))))
  await cronIn(0)
  await cronIn(30 * DAY)
  expect(await decisions()).toHaveLength(1)
})

test('two of the same person, or with something better between them, suspend nobody', async () => {
  await fault(one, 3 * HOUR)
  await fault(one, 2 * HOUR)
  await cronIn(0)
  expect(await decisions()).toEqual([])
})

test('a fault that a review has told before stands between no two bad ones', async () => {
  const others = await Promise.all([other, actor('x'), actor('y')])
  const deals = await Promise.all(others.map((by) => endedDeal(person, by, { ago: 8 * DAY })))
  for (const [place, by] of others.entries()) await writes(by, deals[place] ?? '', place === 0 ? -20 : 3)
  const at = await release(9)
  const [deal] = deals as [(typeof deals)[number]]
  const ended = { deal, title: '', seller: person.account, buyer: other.account, outcome: 'completed' } as const
  const endedAt = instant(Date.now() - 8 * DAY)
  await runBatch(db, dealEnded({ db, ids }, { ...ended, fault: person.account, endedAt }, instant(at)))
  await fault(one, 9 * DAY)
  await cronIn(at - Date.now() + HOUR)
  expect(await decisions()).toMatchObject([{ rule: 'bad-in-a-row' }])
})

test('it ends by time passed, is told once, and the ledger is as it was', async () => {
  await fault(one, 2 * HOUR)
  await fault(other, HOUR)
  await cronIn(0)
  const back = await logInAgain(person, { later: 21 * DAY })
  expect((await back.get('/api/reviews/mine', { later: 21 * DAY + 60_000 })).status).toBe(200)
  const [decision] = (await back.get('/api/decisions', { later: 21 * DAY })).body.items
  expect(decision.state).toBe('over')
  const { body } = await back.get('/api/reviews/ledger', { later: 21 * DAY })
  expect(body.score).toBe(24)
})

test('below zero suspends, and again only after another bad one', async () => {
  const others = await Promise.all(Array.from({ length: 6 }, (_, place) => actor(`other ${place}`)))
  for (const [place, by] of others.entries()) await fault(by, (10 - place) * HOUR)
  await cronIn(0)
  const rules = async () => ((await decisions()) as { rule: string }[]).map(({ rule }) => rule).toSorted()
  // Three pairs, and -48 of 40.
  expect(await rules()).toEqual(['bad-in-a-row', 'bad-in-a-row', 'bad-in-a-row', 'below-zero'])
  expect((await person.get('/api/reviews/ledger')).body).toMatchObject({ exact: -8, score: 0, band: 'cold' })
  await cronIn(DAY)
  expect(await rules()).toHaveLength(4)
  await fault(one, 0)
  await cronIn(0)
  expect((await rules()).filter((rule) => rule === 'below-zero')).toHaveLength(2)
})

test('a suspended seller loses the sockets at once, and what was only announced', async () => {
  const { id } = await auction(person, { startsAt: inMs(HOUR) })
  const client = await attend(id, person)
  await fault(one, 2 * HOUR)
  await fault(other, HOUR)
  await cronIn(0)
  expect(await client.gone()).toMatchObject({ code: 4403 })
  expect(must(await one.get(`/api/auctions/${id}`), 200).state).toBe('cancelled')
})
