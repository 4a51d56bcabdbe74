import { beforeAll, describe, expect, test } from 'vitest'
import { actor, staff, suspend, type Actor } from '../../support/worker/actors.ts'
import { keyed, must } from '../../support/worker/auctions.ts'
import { DAY, HOUR, MINUTE } from '../../support/worker/clock.ts'
import {
  arrange,
  caseOf,
  dealBetween,
  evictDeal,
  see,
  setDealClock,
  step,
  tryStep,
} from '../../support/worker/deals.ts'
import { eventually } from '../../support/worker/rooms.ts'

let seller: Actor
let buyer: Actor
let moderator: Actor

beforeAll(async () => {
  ;[seller, buyer, moderator] = await Promise.all([actor('seller'), actor('buyer'), staff('moderator')])
})

/** A deal whose meeting was an hour ago, and who of the two says that the other did not come. */
async function missed(from: 'seller' | 'buyer', pair = { seller, buyer }) {
  const deal = await dealBetween(pair.seller, pair.buyer)
  await arrange(pair.seller, pair.buyer, deal, HOUR)
  await setDealClock(deal, 2 * HOUR)
  const [reporter, accused] = from === 'seller' ? [pair.seller, pair.buyer] : [pair.buyer, pair.seller]
  return { deal, reporter, accused }
}

function ruleOn(id: string, fault: string, who = moderator) {
  const body = { fault, reason: '두 사람의 대화를 보고 판단했어요.' }
  return who.post(`/api/moderation/cases/${id}/ruling`, body, keyed())
}

describe('a no-show', () => {
  test('can be reported from half an hour after the meeting on, until three days after', async () => {
    const deal = await dealBetween(seller, buyer)
    await arrange(seller, buyer, deal, HOUR)
    const report = () => tryStep(buyer, deal, 'no-shows', { note: '안 오셨어요' })
    await setDealClock(deal, HOUR + 29 * MINUTE)
    expect((await report()).body.code).toBe('too-early')
    await setDealClock(deal, HOUR + 31 * MINUTE)
    expect((await report()).body).toMatchObject({ report: { by: 'buyer', answer: null }, next: { whose: 'theirs' } })
  })

  test.each(['seller', 'buyer'] as const)('is answered by silence after 48 hours, reported by the %s', async (from) => {
    const { deal, reporter, accused } = await missed(from)
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    await evictDeal(deal)
    await setDealClock(deal, 2 * HOUR + 49 * HOUR)
    const fault = from === 'seller' ? 'buyer' : 'seller'
    expect(await see(accused, deal)).toMatchObject({
      state: 'failed',
      fault,
      report: { answer: { answer: 'silence' } },
    })
  })

  test('can be reported by the buyer though the seller said before the meeting that it was handed over', async () => {
    const deal = await dealBetween(seller, buyer)
    await arrange(seller, buyer, deal, 11 * DAY)
    await step(seller, deal, 'hand-over', {})
    await evictDeal(deal)
    await setDealClock(deal, 10 * DAY)
    const { state, deadlines, may } = await see(buyer, deal)
    expect([state, deadlines.map(({ kind }) => kind)]).toEqual(['handed-over', ['meet', 'complete']])
    expect(may.map((one) => one.step)).toContain('report-no-show')
    await setDealClock(deal, 11 * DAY + HOUR)
    expect(await step(buyer, deal, 'no-shows', { note: '안 오셨어요' })).toMatchObject({ report: { by: 'buyer' } })
    await setDealClock(deal, 13 * DAY + 2 * HOUR)
    expect(await see(seller, deal)).toMatchObject({ state: 'failed', fault: 'seller' })
  })

  test('is told to the accused at once, and again a day before silence counts', async () => {
    const pair = { seller: await actor('honest'), buyer: await actor('absent') }
    const { deal } = await missed('seller', pair)
    await step(pair.seller, deal, 'no-shows', { note: '안 오셨어요' })
    await setDealClock(deal, 2 * HOUR + 25 * HOUR)
    await eventually(async () => {
      const { items } = must(await pair.buyer.get('/api/notifications'), 200)
      const told = items.filter((one: { kind: string }) => one.kind === 'no-show')
      expect(told.length).toBe(2)
    })
  })

  test('can be admitted', async () => {
    const { deal, reporter, accused } = await missed('buyer')
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    expect((await tryStep(reporter, deal, 'no-shows/answer', { answer: 'accept' })).body.code).toBe('deal-step-not-now')
    expect(await step(accused, deal, 'no-shows/answer', { answer: 'accept' })).toMatchObject({
      state: 'failed',
      fault: 'seller',
    })
  })

  test('stops everything else of the accused, but for giving in', async () => {
    const { deal, reporter, accused } = await missed('seller')
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    expect((await tryStep(accused, deal, 'confirm')).body.code).toBe('deal-step-not-now')
    const dispute = { type: 'other', text: '왔어요' }
    expect((await tryStep(accused, deal, 'disputes', dispute)).body.code).toBe('deal-step-not-now')
    expect(await step(accused, deal, 'refuse', { reason: '못 갔어요' })).toMatchObject({ fault: 'buyer' })
  })

  test('without a meeting, 48 hours without a word are one', async () => {
    const deal = await dealBetween(seller, buyer)
    const { room } = await see(buyer, deal)
    await setDealClock(deal, 47 * HOUR)
    expect((await tryStep(buyer, deal, 'no-shows', { note: '답이 없어요' })).body.code).toBe('too-early')
    await eventually(async () => {
      must(await seller.post(`/api/chats/rooms/${room}/messages`, { text: '있어요!' }, keyed()), 201)
    })
    await setDealClock(deal, 47.9 * HOUR)
    expect((await tryStep(buyer, deal, 'no-shows', { note: '답이 없어요' })).body.code).toBe('too-early')
    await setDealClock(deal, 49 * HOUR)
    expect(await step(buyer, deal, 'no-shows', { note: '답이 없어요' })).toMatchObject({ report: { by: 'buyer' } })
  })
})

describe('a contested no-show', () => {
  test('waits for a moderator, whose ruling counts', async () => {
    const pair = { seller: await actor('accused'), buyer: await actor('reporter') }
    const { deal, reporter, accused } = await missed('buyer', pair)
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    await step(accused, deal, 'no-shows/answer', { answer: 'contest', note: '기다렸어요' })
    expect((await see(reporter, deal)).next).toEqual({ step: 'moderator', whose: 'nobody' })
    await setDealClock(deal, 30 * DAY)
    expect((await see(reporter, deal)).state).toBe('arranged')

    const id = await caseOf(moderator, deal)
    expect((await moderator.get(`/api/deals/${deal}`)).status).toBe(200)
    const ruled = must(await ruleOn(id, 'seller'), 200)
    expect(ruled).toMatchObject({ id, kind: 'no-show', state: 'ruled', ruling: { fault: 'seller' } })
    expect(await see(accused, deal)).toMatchObject({ state: 'failed', fault: 'seller', ruling: { fault: 'seller' } })
    await eventually(async () => {
      const { items } = must(await accused.get('/api/decisions'), 200)
      expect(items[0]).toMatchObject({ action: 'fault', rule: 'deal-fault', target: deal, automatic: false })
      const profile = must(await reporter.get(`/api/accounts/users/${accused.handle}`), 200)
      expect(profile).toMatchObject({ manner: { score: 32 }, noShows: 1 })
    })
    expect((await ruleOn(id, 'buyer')).body.code).toBe('case-ruled')
  })

  test('whose ruling is overturned on appeal shows its fault nowhere any more', async () => {
    const pair = { seller: await actor('wronged'), buyer: await actor('reporter') }
    const { deal, reporter, accused } = await missed('buyer', pair)
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    await step(accused, deal, 'no-shows/answer', { answer: 'contest', note: '기다렸어요' })
    must(await ruleOn(await caseOf(moderator, deal), 'seller'), 200)
    const decision = await eventually(async () => {
      const { items } = must(await accused.get('/api/decisions'), 200)
      expect(items).toHaveLength(1)
      return items[0].id as string
    })
    must(await accused.post(`/api/decisions/${decision}/appeal`, { text: '사진에 시계가 보여요' }), 201)
    const overturn = { outcome: 'overturn', reason: '사진에 그곳과 그때가 보여요.' }
    const another = await staff('moderator')
    expect((await another.post(`/api/moderation/appeals/${decision}/answer`, overturn)).status).toBe(204)

    for (const party of [accused, reporter])
      expect(await see(party, deal)).toMatchObject({
        state: 'failed',
        fault: 'none',
        ruling: { fault: 'seller', overturnedAt: expect.any(String) },
      })
    // The deal has told D1 again, which enters no fault anew; both have heard of it.
    await eventually(async () => {
      const { items } = must(await reporter.get('/api/deals'), 200)
      expect(items[0]).toMatchObject({ id: deal, fault: 'none' })
      const heard = must(await reporter.get('/api/notifications'), 200).items as { data: { step?: string } }[]
      expect(heard.some(({ data }) => data.step === 'fault-lifted')).toBe(true)
      const cases = must(await moderator.get('/api/moderation/cases?state=closed&limit=50'), 200).items
      expect(cases.find((one: { deal: string }) => one.deal === deal)).toMatchObject({
        state: 'ruled',
        ruling: { fault: 'seller', overturnedAt: expect.any(String) },
      })
    })
    await evictDeal(deal)
    expect((await see(accused, deal)).fault).toBe('none')
    const profile = must(await reporter.get(`/api/accounts/users/${accused.handle}`), 200)
    expect(profile).toMatchObject({ manner: { score: 40 }, noShows: 0 })
  })

  test('that cannot be proved is nobody’s fault', async () => {
    const { deal, reporter, accused } = await missed('buyer')
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    await step(accused, deal, 'no-shows/answer', { answer: 'contest' })
    must(await ruleOn(await caseOf(moderator, deal), 'none'), 200)
    expect(await see(accused, deal)).toMatchObject({ state: 'failed', fault: 'none' })
  })

  test('is ruled on by nobody who is a party, nor by members', async () => {
    const own = await staff('moderator')
    const { deal, reporter, accused } = await missed('buyer', { seller: own, buyer })
    await step(reporter, deal, 'no-shows', { note: '안 오셨어요' })
    await step(accused, deal, 'no-shows/answer', { answer: 'contest' })
    const id = await caseOf(moderator, deal)
    expect((await ruleOn(id, 'buyer', own)).body.code).toBe('own-deal')
    expect((await ruleOn(id, 'buyer', buyer)).body.code).toBe('forbidden')
    expect((await buyer.get('/api/moderation/cases')).body.code).toBe('forbidden')
  })
})

describe('who is suspended', () => {
  test('sees an open deal through, in words alone', async () => {
    const other = await actor('suspended seller')
    const deal = await dealBetween(other, buyer)
    await suspend(other, Date.now() + DAY)
    expect((await see(other, deal)).role).toBe('seller')
    expect(await step(other, deal, 'hand-over', { carrier: 'CJ' })).toMatchObject({ state: 'handed-over' })
    const dispute = { type: 'payment', text: '돈이 안 왔어요', media: ['med_1'] }
    expect((await tryStep(other, deal, 'disputes', dispute)).body.code).toBe('account-suspended')
    expect(must(await other.get('/api/deals'), 200).items.length).toBe(1)
  })
})
