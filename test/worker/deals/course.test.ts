import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { readEvent } from '../../../worker/contract/events.ts'
import { instant } from '../../../worker/contract/time.ts'
import { openDeal, type DealOpening } from '../../../worker/deals/api.ts'
import { readConfig } from '../../../worker/env.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { withRelay } from '../../support/worker/relay.ts'
import type { DealView } from '../../../worker/contract/deals.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { keyed, must, newKey } from '../../support/worker/auctions.ts'
import { DAY, HOUR, MINUTE } from '../../support/worker/clock.ts'
import {
  arrange,
  crashDeal,
  dealBetween,
  dealStub,
  evictDeal,
  letDealTimePass,
  ringDeal,
  see,
  setDealClock,
  step,
  tryStep,
} from '../../support/worker/deals.ts'
import { eventually } from '../../support/worker/rooms.ts'

let seller: Actor
let buyer: Actor

beforeAll(async () => {
  ;[seller, buyer] = await Promise.all([actor('deal seller'), actor('deal buyer')])
})

function kindsOf({ steps }: DealView): string[] {
  return steps.map(({ kind }) => kind)
}

function mayOf({ may }: DealView): string[] {
  return may.filter(({ from }) => from === null).map(({ step }) => step)
}

describe('from the hammer to the end', () => {
  test('two people meet and confirm', async () => {
    const deal = await dealBetween(seller, buyer)
    const begun = await see(seller, deal)
    expect(begun).toMatchObject({
      state: 'open',
      role: 'seller',
      price: 90_000,
      shippingFee: 3_000,
      total: 93_000,
      seller: { handle: seller.handle },
      buyer: { handle: buyer.handle },
      next: { step: 'propose-appointment', whose: 'both' },
      terms: { title: '필름 카메라', handover: 'either' },
      reviewUntil: null,
    })
    expect(begun.deadlines.map(({ kind }) => kind)).toEqual(['lapse'])

    const at = new Date(Date.now() + 5 * HOUR).toISOString()
    const proposed = await step(seller, deal, 'PUT appointment', { at, place: '제주시청 앞', method: 'meet' })
    expect(proposed.next).toEqual({ step: 'accept-appointment', whose: 'theirs' })
    expect(await see(buyer, deal)).toMatchObject({
      next: { step: 'accept-appointment', whose: 'mine' },
      appointment: { proposed: { at, place: '제주시청 앞', by: 'seller' }, agreed: null },
    })
    const arranged = await step(buyer, deal, 'appointment/accept')
    expect(arranged).toMatchObject({ state: 'arranged', next: { step: 'meet', whose: 'both' } })
    // Who meets pays for no parcel.
    expect(arranged).toMatchObject({ shippingFee: 3_000, total: 90_000 })
    expect(arranged.deadlines.map(({ kind }) => kind)).toEqual(['meet', 'complete'])

    const handed = await step(seller, deal, 'hand-over', {})
    expect(handed).toMatchObject({ state: 'handed-over', parcel: null, next: { step: 'confirm', whose: 'theirs' } })
    const completed = await step(buyer, deal, 'confirm')
    expect(completed).toMatchObject({ state: 'completed', fault: null, next: { step: 'review', whose: 'mine' } })
    expect(completed.reviewUntil).not.toBeNull()
    expect(kindsOf(completed)).toEqual([
      'opened',
      'appointment-proposed',
      'appointment-agreed',
      'handed-over',
      'completed',
    ])
    expect(mayOf(completed)).toEqual(['open-dispute'])
  })

  test('both see it on their lists, and the list moves with it', async () => {
    const deal = await dealBetween(seller, buyer)
    await step(seller, deal, 'hand-over', { carrier: 'CJ', tracking: '1234' })
    await eventually(async () => {
      const { items } = must(await buyer.get('/api/deals?role=buyer'), 200)
      expect(items[0]).toMatchObject({
        id: deal,
        role: 'buyer',
        other: { handle: seller.handle },
        state: 'handed-over',
        total: 93_000,
        next: { step: 'confirm', whose: 'mine' },
        deadline: { kind: 'complete' },
      })
    })
    expect(must(await buyer.get('/api/deals?role=seller'), 200).items).toEqual([])
    const { items } = must(await seller.get('/api/deals?state=handed-over'), 200)
    expect(items.map(({ id }: { id: string }) => id)).toContain(deal)
    expect((await see(buyer, deal)).parcel).toEqual({ carrier: 'CJ', tracking: '1234' })
  })

  test('either cancels together with the other, and may think again', async () => {
    const deal = await dealBetween(seller, buyer)
    expect((await tryStep(buyer, deal, 'cancel', {})).body).toMatchObject({
      code: 'invalid-fields',
      errors: [{ pointer: '/reason', code: 'required' }],
    })
    await step(buyer, deal, 'cancel', { reason: '이사를 가요' })
    expect(mayOf(await see(buyer, deal))).toContain('withdraw-cancel')
    await step(buyer, deal, 'DELETE cancel')
    await step(seller, deal, 'cancel', { reason: '깨졌어요' })
    expect((await tryStep(seller, deal, 'cancel', { reason: '깨졌어요' })).body.code).toBe('deal-step-not-now')
    const over = await step(buyer, deal, 'cancel', {})
    expect(over).toMatchObject({ state: 'cancelled', fault: null, reviewUntil: null, next: { step: 'nothing' } })
  })

  test.each([
    ['seller', () => seller],
    ['buyer', () => buyer],
  ] as const)('who refuses alone is at fault: the %s', async (side, who) => {
    const deal = await dealBetween(seller, buyer)
    const failed = await step(who(), deal, 'refuse', { reason: '마음이 바뀌었어요' })
    expect(failed).toMatchObject({ state: 'failed', fault: side })
    expect((await tryStep(who(), deal, 'confirm')).status).toBeGreaterThanOrEqual(403)
  })

  test('a fault counts at once, a completed deal for both', async () => {
    const [one, other] = await Promise.all([actor('refuser'), actor('refused')])
    await step(other, await dealBetween(one, other), 'confirm')
    await step(one, await dealBetween(one, other), 'refuse', { reason: '안 팔래요' })
    await eventually(async () => {
      const profiles = await Promise.all(
        [one, other].map(async ({ handle }) => must(await other.get(`/api/accounts/users/${handle}`), 200)),
      )
      expect(profiles[0]).toMatchObject({ manner: { score: 32 }, noShows: 1, deals: 1 })
      expect(profiles[1]).toMatchObject({ manner: { score: 40 }, noShows: 0, deals: 1 })
    })
  })
})

describe('exactly once', () => {
  test('deal and room come of one end, however often it is told, also after the object died', async () => {
    const [one, other] = await Promise.all([actor('once seller'), actor('once buyer')])
    const deal = await dealBetween(one, other)
    const opening = await openingOf(deal)
    await Promise.all([1, 2, 3].map(() => openDeal(env, opening)))
    await crashDeal(deal)
    await openDeal(env, { ...opening, at: instant(opening.at + HOUR) })
    expect((await see(one, deal)).steps).toHaveLength(1)
    for (const who of [one, other]) {
      expect(must(await who.get('/api/deals'), 200).items).toHaveLength(1)
      await eventually(async () => {
        const { items } = must(await who.get('/api/chats/rooms?folder=deals'), 200)
        expect(items).toMatchObject([{ kind: 'deal', id: opening.room, deal: { id: deal, state: 'open' } }])
      })
    }
  })

  test('the room hears of every step in its order, also of those taken while it was away', async () => {
    const deal = await dealBetween(seller, buyer)
    const { room } = await see(buyer, deal)
    await arrange(seller, buyer, deal, HOUR)
    await crashDeal(deal)
    await step(buyer, deal, 'confirm')
    await eventually(async () => {
      const { items } = must(await buyer.get(`/api/chats/rooms/${room}/messages?after=0`), 200)
      const moved = items.filter((one: { notice: { kind: string } | null }) => one.notice?.kind === 'deal-moved')
      expect(moved.map(({ text }: { text: string }) => text)).toEqual([
        'appointment-proposed',
        'appointment-agreed',
        'completed',
      ])
    })
    const row = must(await buyer.get(`/api/chats/rooms/${room}`), 200)
    expect(row.deal.state).toBe('completed')
  })

  test('the other party is told of each step once, whoever took it is not', async () => {
    const [one, other] = await Promise.all([actor('told seller'), actor('told buyer')])
    const deal = await dealBetween(one, other)
    await step(one, deal, 'hand-over', { carrier: 'CJ' })
    await evictDeal(deal)
    await ringDeal(deal)
    const steps = async (who: Actor) => {
      const { items } = must(await who.get('/api/notifications'), 200)
      return items.filter(({ kind }: { kind: string }) => kind === 'deal-step')
    }
    await eventually(async () =>
      expect(await steps(other)).toMatchObject([{ target: deal, data: { step: 'handed-over', role: 'buyer' } }]),
    )
    expect(await steps(one)).toEqual([])
  })

  test('the relay gets each step as an event, without words or places', async () => {
    const deal = await dealBetween(seller, buyer)
    const relay = withRelay()
    await arrange(seller, buyer, deal, HOUR)
    await eventually(() => {
      const own = relay.events.filter(({ stream }) => stream === `deal:${deal}`)
      expect(own.map(({ seq, type }) => [seq, type])).toEqual([
        [2, 'deal-moved'],
        [3, 'deal-moved'],
      ])
      for (const event of own) expect(readEvent(event).ok).toBe(true)
      expect(JSON.stringify(own)).not.toContain('제주시청')
    })
  })

  test('asking a deal that never was makes nothing', async () => {
    const deal = createIds(readConfig(env).idSecret).derive('deal', 'never', 'opened')
    expect((await seller.get(`/api/deals/${deal}`)).status).toBe(404)
    expect((await tryStep(seller, deal, 'confirm')).status).toBe(404)
    const tables = await runInDurableObject(dealStub(deal), (_, state) =>
      state.storage.sql.exec("select name from sqlite_master where name = 'saved'").toArray(),
    )
    expect(tables).toEqual([])
  })
})

function openingOf(deal: string): Promise<DealOpening> {
  return runInDurableObject(dealStub(deal), (_, state) => {
    const row = state.storage.sql.exec<{ value: string }>("select value from saved where name = 'deal'").one()
    return (JSON.parse(row.value) as { opening: DealOpening }).opening
  })
}

describe('nobody else', () => {
  test('finds the deal', async () => {
    const deal = await dealBetween(seller, buyer)
    const stranger = await actor('passer-by')
    expect((await stranger.get(`/api/deals/${deal}`)).status).toBe(404)
    expect((await stranger.get(`/api/deals/${deal}/case`)).status).toBe(404)
    expect((await tryStep(stranger, deal, 'confirm')).status).toBe(404)
    expect(must(await stranger.get('/api/deals'), 200).items).toEqual([])
  })
})

describe('one key has one effect', () => {
  test('however often it comes, also at once, also after the object died', async () => {
    const deal = await dealBetween(seller, buyer)
    const at = new Date(Date.now() + DAY).toISOString()
    const body = { at, place: '광장', method: 'meet' }
    const key = newKey()
    const answers = await Promise.all([1, 2, 3].map(() => tryStep(seller, deal, 'PUT appointment', body, key)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await crashDeal(deal)
    expect((await tryStep(seller, deal, 'PUT appointment', body, key)).status).toBe(200)
    expect(kindsOf(await see(seller, deal))).toEqual(['opened', 'appointment-proposed'])
    const other = { ...body, place: '역' }
    expect((await tryStep(seller, deal, 'PUT appointment', other, key)).body.code).toBe('key-reused')
  })

  test('and every step needs one', async () => {
    const deal = await dealBetween(seller, buyer)
    expect((await buyer.post(`/api/deals/${deal}/confirm`)).body.code).toBe('bad-key')
    expect((await buyer.delete(`/api/deals/${deal}/cancel`)).body.code).toBe('bad-key')
  })

  test('a proposal that was replaced meanwhile is not agreed to unseen', async () => {
    const deal = await dealBetween(seller, buyer)
    const at = new Date(Date.now() + DAY).toISOString()
    const seen = await step(seller, deal, 'PUT appointment', { at, place: '광장', method: 'meet' })
    await step(seller, deal, 'PUT appointment', { at, place: '역', method: 'meet' })
    const headers = { ...keyed().headers, 'if-match': `"${seen.version}"` }
    const answer = await buyer.post(`/api/deals/${deal}/appointment/accept`, undefined, { headers })
    expect(answer.body.code).toBe('stale-version')
  })
})

describe('refuses', () => {
  test('steps of the other party, and steps out of turn', async () => {
    const deal = await dealBetween(seller, buyer)
    expect((await tryStep(seller, deal, 'confirm')).body.code).toBe('not-that-party')
    expect((await tryStep(buyer, deal, 'hand-over', {})).body.code).toBe('not-that-party')
    expect((await tryStep(buyer, deal, 'appointment/accept')).body.code).toBe('deal-step-not-now')
    expect((await tryStep(buyer, deal, 'DELETE cancel')).body.code).toBe('deal-step-not-now')
    expect((await tryStep(buyer, deal, 'no-shows/answer', { answer: 'accept' })).body.code).toBe('deal-step-not-now')
    expect((await tryStep(buyer, deal, 'no-shows', { note: '답이 없어요' })).body.code).toBe('too-early')
  })

  test('appointments that are over, too far away or nowhere', async () => {
    const deal = await dealBetween(seller, buyer)
    const propose = async (ms: number, place: string, method = 'meet') => {
      const at = new Date(Date.now() + ms).toISOString()
      return (await tryStep(seller, deal, 'PUT appointment', { at, place, method })).body
    }
    expect(await propose(-MINUTE, '광장')).toMatchObject({ errors: [{ pointer: '/at', code: 'past' }] })
    expect(await propose(15 * DAY, '광장')).toMatchObject({ errors: [{ pointer: '/at', code: 'too-far' }] })
    expect(await propose(HOUR, '')).toMatchObject({ errors: [{ pointer: '/place', code: 'required' }] })
    expect((await propose(HOUR, '', 'parcel')).state).toBe('open')
  })

  test('agreeing to a meeting whose time has passed', async () => {
    const deal = await dealBetween(seller, buyer)
    const at = new Date(Date.now() + HOUR).toISOString()
    await step(seller, deal, 'PUT appointment', { at, place: '광장', method: 'meet' })
    await setDealClock(deal, HOUR)
    expect((await tryStep(buyer, deal, 'appointment/accept')).body.code).toBe('too-late')
  })
})

describe('time', () => {
  test('completes a meeting 72 hours later, to the millisecond, whoever looks', async () => {
    const deal = await dealBetween(seller, buyer)
    const { appointment } = await arrange(seller, buyer, deal, HOUR)
    const due = Date.parse(appointment.agreed?.at ?? '') + 72 * HOUR
    await letDealTimePass(deal, due - Date.now() - MINUTE)
    expect((await see(buyer, deal)).state).toBe('arranged')
    await evictDeal(deal)
    await letDealTimePass(deal, due - Date.now() + DAY)
    const over = await see(buyer, deal)
    expect(over).toMatchObject({ state: 'completed', endedAt: new Date(due).toISOString() })
    expect(over.steps.at(-1)).toMatchObject({ kind: 'completed', by: 'time' })
  })

  test('completes a parcel after 7 days, by the alarm alone', async () => {
    const deal = await dealBetween(seller, buyer)
    await step(seller, deal, 'hand-over', { carrier: 'CJ' })
    await letDealTimePass(deal, 7 * DAY + MINUTE)
    expect(await ringDeal(deal)).toBe(true)
    await eventually(async () => {
      const { items } = must(await buyer.get('/api/deals?state=completed'), 200)
      expect(items.map(({ id }: { id: string }) => id)).toContain(deal)
    })
  })

  test('lets an idle deal lapse after 14 days, without a fault', async () => {
    const deal = await dealBetween(seller, buyer)
    await setDealClock(deal, 13 * DAY)
    expect((await see(seller, deal)).state).toBe('open')
    await setDealClock(deal, 14 * DAY + MINUTE)
    expect(await see(seller, deal)).toMatchObject({ state: 'lapsed', fault: null, reviewUntil: null })
  })

  test('reminds both before a meeting, and of a deal without one', async () => {
    const [one, other] = await Promise.all([actor('forgetful'), actor('waiting')])
    const deal = await dealBetween(one, other)
    await setDealClock(deal, 25 * HOUR)
    await expectReminder(one, deal, 'quiet')
    await expectReminder(other, deal, 'quiet')
    const at = new Date(Date.now() + 60 * HOUR).toISOString()
    await step(one, deal, 'PUT appointment', { at, place: '광장', method: 'meet' })
    await step(other, deal, 'appointment/accept')
    await setDealClock(deal, 59 * HOUR)
    await expectReminder(one, deal, 'meet')
    await expectReminder(other, deal, 'meet')
  })
})

async function expectReminder(who: Actor, deal: string, about: string): Promise<void> {
  await eventually(async () => {
    const { items } = must(await who.get('/api/notifications'), 200)
    const found = items.filter(
      (item: { kind: string; target: string; data: { about?: string } }) =>
        item.kind === 'deal-reminder' && item.target === deal && item.data.about === about,
    )
    expect(found.length).toBeGreaterThan(0)
  })
}
