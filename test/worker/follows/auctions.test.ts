import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { BidderRules } from '../../../worker/contract/auctions.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { auction, endLater, keyed, must, newKey } from '../../support/worker/auctions.ts'
import { attend } from '../../support/worker/live.ts'
import {
  acceptFollower,
  block,
  follow,
  relationsTold,
  removeFollower,
  setPublic,
  unblock,
  unfollow,
} from '../../support/worker/people.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { evict } from '../../support/worker/rooms.ts'

/** What reviews have told of somebody, without the deals it takes. */
async function tellProfile({ account }: Actor, values: Record<string, number>): Promise<void> {
  const columns = Object.keys(values).map((column) => `${column} = ?`)
  await env.DB.prepare(`update profile set ${columns.join()} where account = ?`)
    .bind(...Object.values(values), account)
    .run()
}

async function openLot(seller: Actor, bidderRules: Partial<BidderRules> = {}): Promise<string> {
  const rules = { minManner: null, minDeals: null, maxNoShows: null, followersOnly: false, ...bidderRules }
  const lot = await auction(seller, { bidderRules: rules })
  endLater(seller, lot)
  return lot.id
}

const bid = (who: Actor, id: string, amount = 10_000) =>
  who.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount }, keyed())
const mayBid = async (who: Actor, id: string) => must(await who.get(`/api/auctions/${id}/eligibility`), 200)
const able = { canBid: true, reasons: [] }
const unable = { canBid: false, reasons: ['not-eligible'] }

describe('rules over bidders', () => {
  it.each([
    ['a manner score', { minManner: 36.6 }, { manner: 365 }, { manner: 366 }],
    ['deals', { minDeals: 3 }, { deals: 2 }, { deals: 3 }],
    ['no-shows', { maxNoShows: 1 }, { no_shows: 2 }, { no_shows: 1 }],
  ])('ask for %s as the profile has it', async (_what, rule, below, enough) => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller, rule)
    await tellProfile(bidder, below)
    expect(await mayBid(bidder, id)).toEqual(unable)
    expectProblem(await bid(bidder, id), 'not-eligible')
    await tellProfile(bidder, enough)
    expect(await mayBid(bidder, id)).toEqual(able)
    must(await bid(bidder, id), 201)
  })

  it('let followers in alone, on an open line once their ticket is renewed', async () => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller, { followersOnly: true })
    expect(await mayBid(bidder, id)).toEqual(unable)
    const line = await attend(id, bidder)
    expectProblem(await bid(bidder, id), 'not-eligible')
    must(await follow(bidder, seller), 201)
    expect(await mayBid(bidder, id)).toEqual(able)
    const renewed = await line.ask({ type: 'renew', ticket: await bidder.ticket() })
    expect(renewed).toMatchObject({ type: 'done', you: { canBid: true, reasons: [] } })
    await line.mustBid(10_000)
  })

  it.each([
    ['stays awake', async () => {}],
    ['sleeps', evict],
  ])('let in, on the open line of a room that %s, whose follow begins elsewhere, until it ends', async (_, disturb) => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller, { followersOnly: true })
    const line = await attend(id, bidder)
    expect(await line.refusedBid(10_000)).toMatchObject({ code: 'not-eligible' })
    await disturb(id)
    must(await follow(bidder, seller), 201)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(able)
    await disturb(id)
    await line.mustBid(10_000)
    must(await unfollow(bidder, seller), 204)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(unable)
    await disturb(id)
    expect(await line.refusedBid(20_000)).toMatchObject({ code: 'not-eligible' })
  })

  it.each<[string, (seller: Actor, bidder: Actor) => Promise<unknown>]>([
    ['is accepted', acceptFollower],
    ['is accepted with all others, since the seller opens their account', (seller) => setPublic(seller, true)],
  ])('let in on an open line whose request %s', async (_, accept) => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    await setPublic(seller, false)
    const id = await openLot(seller, { followersOnly: true })
    const line = await attend(id, bidder)
    expect(must(await follow(bidder, seller), 201).state).toBe('requested')
    expect((await line.hello()).welcome.you).toMatchObject(unable)
    await accept(seller, bidder)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(able)
    await line.mustBid(10_000)
  })

  it('shut out a follower who was removed, also on an open line', async () => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller, { followersOnly: true })
    await follow(bidder, seller)
    const line = await attend(id, bidder)
    await removeFollower(seller, bidder)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(unable)
    expect(await line.refusedBid(10_000)).toMatchObject({ code: 'not-eligible' })
  })
})

describe('a chat for followers', () => {
  it('hears those who follow the seller, and the seller', async () => {
    const [seller, fan, other] = await Promise.all([actor('seller'), actor('fan'), actor('other')])
    const id = await openLot(seller)
    must(await seller.patch(`/api/auctions/${id}/room`, { chatFrom: 'followers' }), 200)
    const write = (who: Actor) => who.post(`/api/auctions/${id}/messages`, { text: '안녕하세요' }, keyed())
    must(await follow(fan, seller), 201)
    must(await write(fan), 201)
    must(await write(seller), 201)
    expectProblem(await write(other), 'chat-not-allowed')
  })

  it('hears on an open line whoever begins to follow elsewhere, until they end it', async () => {
    const [seller, fan] = await Promise.all([actor('seller'), actor('fan')])
    const id = await openLot(seller)
    must(await seller.patch(`/api/auctions/${id}/room`, { chatFrom: 'followers' }), 200)
    const line = await attend(id, fan)
    let count = 0
    const write = () => line.ask({ type: 'send-message', key: newKey(), text: `안녕하세요 ${(count += 1)}` })
    expect(await write()).toMatchObject({ code: 'chat-not-allowed' })
    must(await follow(fan, seller), 201)
    await relationsTold()
    expect(await write()).toMatchObject({ type: 'message-sent' })
    must(await unfollow(fan, seller), 204)
    await relationsTold()
    expect(await write()).toMatchObject({ code: 'chat-not-allowed' })
  })
})

describe('a block', () => {
  it.each(['the seller', 'the bidder'])('by %s reads as plain not-eligible, and leaves standing bids', async (by) => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller)
    must(await bid(bidder, id), 201)
    await (by === 'the seller' ? block(seller, bidder) : block(bidder, seller))
    expect(await mayBid(bidder, id)).toEqual({ canBid: false, reasons: ['not-eligible'] })
    const refused = await bid(bidder, id, 20_000)
    expectProblem(refused, 'not-eligible')
    expect(JSON.stringify(refused.body)).not.toMatch(/block/i)
    expectProblem(await bidder.post(`/api/auctions/${id}/messages`, { text: '저기요' }, keyed()), 'chat-not-allowed')
    expect(must(await bidder.get(`/api/auctions/${id}`), 200)).toMatchObject({ price: 10_000, bidCount: 1 })
    expect(must(await bidder.get(`/api/auctions/${id}/bids/mine`), 200)).toMatchObject({ leading: true })
  })

  it('acts on a line that is open, also after the room slept, until it is taken back', async () => {
    const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
    const id = await openLot(seller)
    const line = await attend(id, bidder)
    expect((await line.hello()).welcome.you).toMatchObject(able)
    await block(seller, bidder)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(unable)
    await evict(id)
    expect(await line.refusedBid(10_000)).toMatchObject({ code: 'not-eligible' })
    await unblock(seller, bidder)
    await relationsTold()
    expect((await line.hello()).welcome.you).toMatchObject(able)
    await line.mustBid(10_000)
  })

  it('acts between bidder and seller, not between bidders', async () => {
    const [seller, one, other] = await Promise.all([actor('seller'), actor('one'), actor('other')])
    const id = await openLot(seller)
    await block(one, other)
    expect((await bid(one, id)).status).toBe(201)
    expect((await bid(other, id, 20_000)).status).toBe(201)
  })
})
