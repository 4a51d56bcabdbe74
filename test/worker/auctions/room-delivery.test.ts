import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AuctionRoom } from '../../../worker/auctions/room.ts'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import type { Entry } from '../../../worker/contract/ledger.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, keyed, must, newKey, pictureOf } from '../../support/worker/auctions.ts'
import { MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { attend } from '../../support/worker/live.ts'
import { withRelay, type TestRelay } from '../../support/worker/relay.ts'
import { crash, eventually, evict, ledgerOf, ringAlarm, roomStub, stateOf } from '../../support/worker/rooms.ts'

const streamOf = (relay: TestRelay, { id }: AuctionView) =>
  relay.events.filter(({ stream }) => stream === `auction:${id}`)

/** The ledger as it left the room. */
const published = (relay: TestRelay, lot: AuctionView) =>
  streamOf(relay, lot)
    .map(({ payload }) => payload as { entry?: Entry; hash?: string })
    .flatMap(({ entry, hash }) => (entry ? [{ entry, hash }] : []))

async function sameAsLedger(relay: TestRelay, lot: AuctionView): Promise<void> {
  await eventually(async () => {
    await ringAlarm(lot.id)
    expect(published(relay, lot)).toEqual((await ledgerOf(lot)).entries)
  })
  const places = streamOf(relay, lot).map(({ seq }) => seq)
  expect(places).toEqual(places.map((_, index) => index + 1))
}

describe('what leaves a room', () => {
  it('is its ledger, chat and notices, in order and without gap', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images })
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(10_000)
    await b.mustBid(12_000)
    await b.ask({ type: 'send-message', key: newKey(), text: 'hello' })
    await setRoomClock(lot.id, 30 * MINUTE)
    await sameAsLedger(relay, lot)
    const said = streamOf(relay, lot).map(({ type, payload }) =>
      type === 'notice-raised' ? `notice ${(payload as { kind: string }).kind}` : type,
    )
    expect(said).toEqual([
      'auction-published',
      'auction-described',
      'auction-started',
      'notice auction-started',
      'bidder-numbered',
      'bid-placed',
      'notice first-bid',
      'bidder-numbered',
      'bid-placed',
      'notice outbid',
      'message-posted',
      'auction-ended',
      'notice won',
      'notice lost',
      'notice sold',
    ])
  })

  it('says what is sold and who is behind each number, once, and the words behind digests', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images, reservePrice: 50_000, region: '제주시' })
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(10_000)
    await b.mustBid(12_000)
    await a.mustBid(14_000)
    must(await seller.post(`/api/auctions/${lot.id}/notes`, { text: '끈도 드려요.' }, keyed()), 201)
    await sameAsLedger(relay, lot)
    const told = (type: string) =>
      streamOf(relay, lot)
        .filter((event) => event.type === type)
        .map(({ payload }) => payload)
    const { startsAt, endsAt } = (await stateOf(lot)).auction
    expect(told('auction-described')).toEqual([
      {
        auction: lot.id,
        seller: seller.account,
        title: '필름 카메라',
        content: '아버지가 쓰시던 카메라를 정리해요. 셔터가 잘 눌려요.',
        category: 'digital',
        condition: 'good',
        region: '제주시',
        event: null,
        startsAt,
        endsAt,
      },
    ])
    expect(told('bidder-numbered')).toEqual([
      { auction: lot.id, account: first.account, number: 1, at: expect.stringMatching(/Z$/) },
      { auction: lot.id, account: second.account, number: 2, at: expect.stringMatching(/Z$/) },
    ])
    expect(told('note-added')).toMatchObject([{ text: '끈도 드려요.' }])
  })

  it('names the right people in notices, and no secret anywhere', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images, reservePrice: 11_100 })
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(13_300, { kind: 'max' })
    await b.mustBid(17_700, { kind: 'max' })
    await setRoomClock(lot.id, 30 * MINUTE)
    await sameAsLedger(relay, lot)
    const notices = streamOf(relay, lot)
      .filter(({ type }) => type === 'notice-raised')
      .map(({ payload }) => payload as { kind: string; to: unknown })
      .map(({ kind, to }) => [kind, to])
    expect(notices).toEqual([
      ['auction-started', { kind: 'likers', except: [] }],
      ['first-bid', { kind: 'account', account: seller.account }],
      ['outbid', { kind: 'account', account: first.account }],
      ['won', { kind: 'account', account: second.account }],
      ['lost', { kind: 'bidders', except: [second.account] }],
      ['sold', { kind: 'account', account: seller.account }],
    ])
    expect(JSON.stringify(streamOf(relay, lot))).not.toMatch(/(?<!\d)17700(?!\d)/)
  })

  it.each([
    ['sleeps', evict],
    ['crashes', crash],
  ])('waits for a relay that is away, also when the room %s, and comes whole and once', async (_, disturb) => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const relay = withRelay()
    relay.act = 'is-away'
    const socket = await attend(lot.id, buyer)
    await socket.mustBid(10_000)
    await socket.mustBid(20_000, { kind: 'max' })
    must(await seller.post(`/api/auctions/${lot.id}/notes`, { text: 'A scratch' }, keyed()), 201)
    await disturb(lot.id)
    // Lists go on without the relay.
    await eventually(async () => {
      await ringAlarm(lot.id)
      expect(must(await ask('GET', `/api/auctions/cards?ids=${lot.id}`), 200).items).toMatchObject([{ price: 10_000 }])
    })
    expect(streamOf(relay, lot)).toEqual([])
    relay.act = 'works'
    await eventually(async () => {
      await ringAlarm(lot.id)
      expect(published(relay, lot).at(-1)?.entry.type).toBe('noted')
    })
    const places = streamOf(relay, lot).map(({ seq }) => seq)
    expect(places).toEqual(places.map((_, index) => (places[0] ?? 0) + index))
  })
})

describe('the projection', () => {
  it('follows the fold of the ledger, and knows every bidder', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller, { reservePrice: 15_000 })
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(10_000)
    await b.mustBid(20_000)
    await eventually(async () => {
      const { items } = must(await ask('GET', `/api/auctions/cards?ids=${lot.id}`), 200)
      expect(items).toMatchObject([{ state: 'running', price: 20_000, bidCount: 2 }])
    })
    const mine = async (who: typeof first, role: string) =>
      must(await who.get(`/api/auctions/mine?role=${role}`), 200).items.map(({ id }: AuctionView) => id)
    expect([await mine(first, 'bidding'), await mine(second, 'bidding')]).toEqual([[lot.id], [lot.id]])
    await setRoomClock(lot.id, 30 * MINUTE)
    await eventually(async () => {
      expect(await mine(second, 'won')).toEqual([lot.id])
      expect(await mine(first, 'lost')).toEqual([lot.id])
      expect(await mine(seller, 'sold')).toEqual([lot.id])
    })
    const view = must(await ask('GET', `/api/auctions/${lot.id}`), 200)
    const { auction: now } = await stateOf(lot)
    expect(view).toMatchObject({ state: 'sold', price: now.price, winner: 2, reserve: 'met', endsAt: now.endsAt })
  })

  it('wakes what waited for it: who lost is told as soon as D1 is back', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    await env.DB.exec('alter table auction_bidder rename to auction_bidder_away')
    try {
      const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
      await a.mustBid(10_000)
      await b.mustBid(20_000)
      await setRoomClock(lot.id, 30 * MINUTE)
      await tryInVain(lot.id)
    } finally {
      await env.DB.exec('alter table auction_bidder_away rename to auction_bidder')
    }
    await eventually(async () => {
      await ringAlarm(lot.id)
      const { items } = must(await first.get('/api/notifications'), 200)
      expect(items.map(({ kind }: { kind: string }) => kind)).toContain('lost')
    })
  })
})

/** Has what follows from this room tried again and again, until the pause between is at its longest. */
async function tryInVain(id: string): Promise<void> {
  await runInDurableObject(roomStub(id), async (room: AuctionRoom) => {
    const { delivery } = Reflect.get(room, 'room') as {
      delivery: { following: { pausedUntil: number; go(): Promise<void> } }
    }
    for (let tries = 0; tries < 12; tries += 1) {
      delivery.following.pausedUntil = 0
      await delivery.following.go()
    }
    expect(delivery.following.pausedUntil).toBeGreaterThan(Date.now() + 25_000)
  })
}
