import { describe, expect, test } from 'vitest'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { auction, keyed, must, newKey, type Terms } from '../../support/worker/auctions.ts'
import { DAY, HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { opened, see, step } from '../../support/worker/deals.ts'
import { crash, eventually, evict, letTimePass, overOnLists, ringAlarm, stateOf } from '../../support/worker/rooms.ts'

interface House {
  seller: Actor
  /** Bid 30,000, at most 50,000 and 20,000. */
  bidders: [Actor, Actor, Actor]
  lot: AuctionView
}

/** An auction with three bidders that has ended. */
async function ended(terms: Terms = {}): Promise<House> {
  const [seller, one, two, three] = await Promise.all(['seller', 'one', 'two', 'three'].map((name) => actor(name)))
  const bidders = [one, two, three] as House['bidders']
  const lot = await auction(seller as Actor, terms)
  const bid = (who: Actor, kind: string, amount: number) =>
    who.post(`/api/auctions/${lot.id}/bids`, { kind, amount, confirm: true }, keyed())
  must(await bid(bidders[2], 'exact', 20_000), 201)
  must(await bid(bidders[0], 'exact', 30_000), 201)
  must(await bid(bidders[1], 'max', 50_000), 201)
  await setRoomClock(lot.id, 21 * MINUTE)
  await stateOf(lot)
  await overOnLists(lot)
  return { seller: seller as Actor, bidders, lot }
}

async function failedSale(): Promise<House & { deal: string }> {
  const house = await ended()
  const [, winner] = house.bidders
  const { deal } = must(await winner.get(`/api/auctions/${house.lot.id}`), 200)
  await opened(winner, deal)
  await step(winner, deal, 'refuse', { reason: '생각이 바뀌었어요' })
  return { ...house, deal }
}

function offer({ seller, lot }: House, key = newKey()) {
  return seller.post(`/api/auctions/${lot.id}/offers`, undefined, keyed(key))
}

function answer(who: Actor, id: string, said: 'accept' | 'decline', key = newKey()) {
  return who.post(`/api/auctions/offers/${id}/${said}`, undefined, keyed(key))
}

async function offersOf(who: Actor, role: 'made' | 'received') {
  return must(await who.get(`/api/auctions/offers?role=${role}`), 200).items
}

describe('after the buyer let the deal fail', () => {
  test('the next bidder is asked, at their own highest bid, and gets a deal and a room', async () => {
    const house = await failedSale()
    const [next, , other] = house.bidders
    const made = must(await offer(house), 201)
    expect(made.amount).toBe(30_000)
    await eventually(async () => {
      expect(await offersOf(next, 'received')).toMatchObject([
        { id: made.offer, amount: 30_000, total: 33_000, state: 'open', other: { handle: house.seller.handle } },
      ])
    })
    // Who it is, the seller learns with the yes.
    expect(await offersOf(house.seller, 'made')).toMatchObject([{ id: made.offer, state: 'open', other: null }])
    expect(await offersOf(other, 'received')).toEqual([])

    const { deal, room } = must(await answer(next, made.offer, 'accept'), 201)
    await opened(next, deal)
    expect(await see(next, deal)).toMatchObject({
      cause: 'offer',
      price: 30_000,
      room,
      role: 'buyer',
      seller: { handle: house.seller.handle },
    })
    expect(deal).not.toBe(house.deal)
    expect(must(await next.get(`/api/auctions/${house.lot.id}`), 200).deal).toBe(deal)
    expect(must(await house.seller.get(`/api/auctions/${house.lot.id}`), 200).deal).toBe(deal)
    await eventually(async () => {
      const { items } = must(await house.seller.get('/api/notifications'), 200)
      expect(items.map(({ kind }: { kind: string }) => kind)).toContain('offer-answered')
    })
  })

  test('accepting twice, at once or after a crash, makes one deal', async () => {
    const house = await failedSale()
    const [next] = house.bidders
    const { offer: id } = must(await offer(house), 201)
    await eventually(async () => expect(await offersOf(next, 'received')).toHaveLength(1))
    const both = await Promise.all([answer(next, id, 'accept'), answer(next, id, 'accept')])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    await crash(house.lot.id)
    expect(must(await answer(next, id, 'accept'), 201)).toEqual(both[0]?.body)
    expect((await answer(next, id, 'decline')).body.code).toBe('offer-over')
    await opened(next, both[0]?.body.deal)
    expect(must(await next.get('/api/deals'), 200).items).toHaveLength(1)
  })

  test('one at a time, and whoever declines is not asked again', async () => {
    const house = await failedSale()
    const [next, , last] = house.bidders
    const first = must(await offer(house), 201)
    expect((await offer(house)).body.code).toBe('offer-open')
    await eventually(async () => expect(await offersOf(next, 'received')).toHaveLength(1))
    expect((await answer(last, first.offer, 'accept')).status).toBe(404)
    must(await answer(next, first.offer, 'decline'), 204)
    expect((await answer(next, first.offer, 'accept')).body.code).toBe('offer-over')
    expect(must(await offer(house), 201).amount).toBe(20_000)
    await eventually(async () => expect(await offersOf(last, 'received')).toHaveLength(1))
    const [{ id }] = await offersOf(last, 'received')
    must(await answer(last, id, 'decline'), 204)
    expect((await offer(house)).body.code).toBe('no-bidder-left')
  })

  test('an offer of a short auction lapses after an hour, to the millisecond, and the seller is told', async () => {
    const house = await failedSale()
    const [next] = house.bidders
    const made = must(await offer(house), 201)
    await eventually(async () => expect(await offersOf(next, 'received')).toHaveLength(1))
    await evict(house.lot.id)
    await letTimePass(house.lot.id, Date.parse(made.expiresAt) - Date.now() + MINUTE)
    expect((await answer(next, made.offer, 'accept')).body.code).toBe('offer-over')
    await eventually(async () => {
      await ringAlarm(house.lot.id)
      expect(await offersOf(house.seller, 'made')).toMatchObject([{ state: 'lapsed' }])
      const { items } = must(await house.seller.get('/api/notifications'), 200)
      const told = items.find(({ kind }: { kind: string }) => kind === 'offer-answered')
      expect(told).toMatchObject({ data: { answer: 'lapsed' } })
    })
  })

  test('who is blocked or suspended is passed over', async () => {
    const house = await failedSale()
    const [blocked, , last] = house.bidders
    must(await house.seller.put(`/api/blocks/${blocked.handle}`), 204)
    const made = must(await offer(house), 201)
    expect(made.amount).toBe(20_000)
    await eventually(async () => expect(await offersOf(last, 'received')).toHaveLength(1))
    must(await last.put(`/api/blocks/${house.seller.handle}`), 204)
    expect((await answer(last, made.offer, 'accept')).body.code).toBe('not-eligible')
  })

  test('within a week', async () => {
    const house = await failedSale()
    await setRoomClock(house.lot.id, 8 * DAY)
    expect((await offer(house)).body.code).toBe('no-offer-now')
  })
})

describe('below the reserve', () => {
  test('the first bidder is asked, at the limit they had set', async () => {
    const house = await ended({ reservePrice: 80_000 })
    const [, first] = house.bidders
    expect(must(await offer(house), 201).amount).toBe(50_000)
    await eventually(async () => expect(await offersOf(first, 'received')).toHaveLength(1))
  })
})

describe('no offer', () => {
  test('while the deal goes on, nor before the end, nor by others', async () => {
    const house = await ended()
    const [, winner] = house.bidders
    const { deal } = must(await winner.get(`/api/auctions/${house.lot.id}`), 200)
    await opened(winner, deal)
    expect((await offer(house)).body.code).toBe('no-offer-now')
    expect((await winner.post(`/api/auctions/${house.lot.id}/offers`, undefined, keyed())).body.code).toBe('forbidden')
    const running = await auction(house.seller)
    expect((await offer({ ...house, lot: running })).body.code).toBe('no-offer-now')
  })

  test('but with a suspended buyer the seller goes on, and the deal ends without a fault', async () => {
    const house = await ended()
    const [next, winner] = house.bidders
    const { deal } = must(await winner.get(`/api/auctions/${house.lot.id}`), 200)
    await opened(winner, deal)
    await suspend(winner, Date.now() + DAY)
    expect(must(await offer(house), 201).amount).toBe(30_000)
    await eventually(async () => expect(await offersOf(next, 'received')).toHaveLength(1))
    const over = await see(winner, deal)
    expect(over).toMatchObject({ state: 'failed', fault: 'none' })
    expect(over.steps.at(-1)).toMatchObject({ kind: 'passed-on', by: 'seller' })
    await setRoomClock(house.lot.id, 22 * MINUTE + HOUR)
    await suspend(winner, null)
    expect(must(await offer(house), 201).amount).toBe(20_000)
  })
})
