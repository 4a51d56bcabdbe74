import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { auction, keyed, must, newKey } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { attend, connect } from '../../support/worker/live.ts'
import { crash, evict, participant, ringAlarm, roomStub, stateOf } from '../../support/worker/rooms.ts'

describe('hello', () => {
  it('begins with a snapshot of the whole room', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller, { reservePrice: 50_000, buyNowPrice: 90_000 })
    const before = await connect(lot.id)
    const { welcome, snapshot } = await before.hello()
    expect(welcome).toMatchObject({
      protocol: 'hallabong.v1',
      resumed: false,
      heartbeatSeconds: 25,
      you: { signedIn: false, canBid: false, reasons: ['not-signed-in'] },
    })
    expect(welcome.authUntil).toBeUndefined()
    expect(snapshot).toMatchObject({
      seq: welcome.seq,
      logSeq: 2,
      auction: {
        state: 'running',
        price: 10_000,
        minimumBid: 10_000,
        leader: null,
        bidCount: 0,
        reserve: 'not-met',
        buyNowPrice: 90_000,
        termsHash: lot.termsHash,
      },
      bids: [],
      messages: [],
      room: { slowModeSeconds: 0, chatPaused: false, chatFrom: 'all', chatOpen: true },
    })
    const socket = await connect(lot.id, buyer)
    const own = await socket.hello()
    expect(own.welcome.you).toEqual({ signedIn: true, canBid: true, reasons: [] })
    expect(Date.parse(own.welcome.authUntil ?? '') - Date.parse(own.welcome.serverAt)).toBeGreaterThan(29 * MINUTE)
    await socket.mustBid(50_000)
    const again = await connect(lot.id, buyer)
    const later = await again.hello()
    expect(later.welcome.you).toEqual({ signedIn: true, canBid: true, reasons: [], mask: 1, leading: true })
    expect(later.snapshot).toMatchObject({
      auction: { price: 50_000, leader: 1, bidCount: 1, reserve: 'met', buyNowPrice: null },
      bids: [{ bidder: 1, price: 50_000, amount: 50_000 }],
    })
  })

  it('tells each way a person stands to the room', async () => {
    const [seller, unverified] = await Promise.all([actor('seller'), actor('unverified', { by: 'email' })])
    const lot = await auction(seller)
    const reasons = async (who: typeof seller) => (await (await connect(lot.id, who)).hello()).welcome.you.reasons
    expect(await reasons(seller)).toEqual(['seller-may-not-bid'])
    expect(await reasons(unverified)).toEqual(['not-a-trader'])
  })
})

describe.each([
  ['of a room awake', async () => {}],
  ['after the room slept', evict],
  ['after the room crashed', crash],
])('a resume %s', (_, disturb: (auction: string) => Promise<void>) => {
  it('brings exactly what was missed, in order', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(10_000)
    await watcher.fact('bid-placed')
    const { epoch, seq } = watcher
    await watcher.close()
    await b.mustBid(11_000)
    await a.mustBid(12_000)
    must(await seller.post(`/api/auctions/${lot.id}/notes`, { text: 'A scratch' }, keyed()), 201)
    await a.ask({ type: 'send-message', key: newKey(), text: 'hi' })
    await disturb(lot.id)
    const back = await connect(lot.id)
    const { welcome } = await back.hello({ epoch: epoch ?? '', seq })
    expect(welcome).toMatchObject({ resumed: true, epoch, seq: seq + 4 })
    expect(back.facts.map(({ type }) => type)).toEqual(['bid-placed', 'bid-placed', 'note-added', 'message-posted'])
    expect(back.facts.map((fact) => fact.seq)).toEqual([1, 2, 3, 4].map((step) => seq + step))
    const batch = back.frames.find((frame) => frame.type === 'batch')
    expect(batch?.checkpoint?.logSeq).toBe((await stateOf(lot)).logSeq)
  })
})

describe('a socket that stays open while the room sleeps', () => {
  it('is sent what was stored but not yet told, without gap or repetition', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const bids = await runInDurableObject(roomStub(lot.id), (room) =>
      Promise.all([
        room.placeBid(participant(first), newKey(), { kind: 'exact', amount: 10_000 }),
        room.placeBid(participant(second), newKey(), { kind: 'exact', amount: 11_000 }),
        room.placeBid(participant(first), newKey(), { kind: 'exact', amount: 12_000 }),
      ]),
    )
    expect(bids.map(({ ok }) => ok)).toEqual([true, true, true])
    await evict(lot.id)
    await stateOf(lot)
    await watcher.fact('bid-placed', ({ bidCount }) => bidCount === 3)
    expect(watcher.facts.map(({ seq }) => seq)).toEqual([2, 3, 4])
  })
})

describe('resume', () => {
  it('begins anew for a foreign epoch, a place ahead of the room, or more than 1,000 facts', async () => {
    const seller = await actor('seller')
    const lot = await auction(seller)
    const socket = await attend(lot.id)
    const hello = async (from: { epoch?: string; seq?: number }) => (await socket.hello(from)).welcome.resumed
    expect(await hello({ epoch: 'another', seq: socket.seq })).toBe(false)
    expect(await hello({ epoch: socket.epoch ?? '', seq: socket.seq + 1 })).toBe(false)
    expect(await hello({ epoch: socket.epoch ?? '' })).toBe(false)
    expect(await hello({ epoch: socket.epoch ?? '', seq: socket.seq })).toBe(true)
  })

  it('never brings back a text that was removed', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const { epoch, seq } = watcher
    await watcher.close()
    const writer = await attend(lot.id, buyer)
    const sent = await writer.ask({ type: 'send-message', key: newKey(), text: 'something rude' })
    const message = sent.type === 'message-sent' ? sent.message.id : ''
    expect(await writer.ask({ type: 'delete-message', message })).toMatchObject({ type: 'done' })
    const back = await connect(lot.id)
    await back.hello({ epoch: epoch ?? '', seq })
    expect(back.facts).toMatchObject([
      { type: 'message-posted', message: { id: message, text: null, removedBy: 'author' } },
      { type: 'message-removed', message, by: 'author' },
    ])
    expect(JSON.stringify((await stateOf(lot)).messages)).not.toContain('rude')
  })

  it('stays possible after the end, until keys and facts are forgotten a day later', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const { epoch, seq } = watcher
    await watcher.close()
    await (await attend(lot.id, buyer)).mustBid(10_000)
    await setRoomClock(lot.id, 50 * MINUTE)
    const back = await connect(lot.id)
    expect((await back.hello({ epoch: epoch ?? '', seq })).welcome.resumed).toBe(true)
    expect(back.facts.map(({ type }) => type)).toEqual(['bid-placed', 'auction-ended', 'room-changed'])
    await setRoomClock(lot.id, 26 * HOUR)
    await ringAlarm(lot.id)
    const late = await connect(lot.id)
    const { welcome, snapshot } = await late.hello({ epoch: epoch ?? '', seq })
    expect(welcome.resumed).toBe(false)
    expect(snapshot).toMatchObject({ auction: { state: 'sold', price: 10_000 }, bids: [{ bidder: 1 }] })
  })
})
