import { runInDurableObject } from 'cloudflare:test'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AuctionRoom } from '../../../worker/auctions/room.ts'
import { audience, sockets } from '../../../worker/contract/limits.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import { actor, logInAgain, suspend } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, must, newKey } from '../../support/worker/auctions.ts'
import { evictShard, ringShardAlarm, smallAudience, socketsIn, usualAudience } from '../../support/worker/audience.ts'
import { MINUTE } from '../../support/worker/clock.ts'
import { attend, connect, type LiveClient } from '../../support/worker/live.ts'
import { block, relationsTold } from '../../support/worker/people.ts'
import { crash, eventually, evict, ringAlarm, roomStub } from '../../support/worker/rooms.ts'

/** The room takes one; everybody else is in a shard. */
beforeAll(() => smallAudience({ room: 1, shard: 12, most: 25 }))
afterAll(usualAudience)
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

const participants = async (id: string) => must(await ask('GET', `/api/auctions/${id}/participants`), 200)

async function roomIsFull(id: string): Promise<LiveClient> {
  const first = await attend(id)
  expect(await socketsIn(id, 1)).toBe(0)
  return first
}

const presenceOf = (client: LiveClient, count: number) =>
  client.until(`presence of ${count}`, () =>
    client.frames.find((frame) => frame.type === 'presence' && frame.count === count),
  )

describe.each([
  ['awake', async () => {}],
  ['that slept', evictShard],
])('in a shard %s', (_, rest: (auction: string) => Promise<void>) => {
  it('pings are answered, and the clock tells the room’s time', async () => {
    const lot = await auction(await actor('seller'))
    await roomIsFull(lot.id)
    const socket = await attend(lot.id)
    await rest(lot.id)
    socket.sendText('ping')
    await socket.until('pong', () => socket.texts.find((text) => text === 'pong'))
    expect(await socket.ask({ type: 'clock', sentAt: 12.5 })).toMatchObject({ type: 'clock', sentAt: 12.5 })
  })

  it('unknown frames get a problem and stay; the third malformed one closes', async () => {
    const lot = await auction(await actor('seller'))
    await roomIsFull(lot.id)
    const socket = await attend(lot.id)
    await rest(lot.id)
    socket.sendText(JSON.stringify({ type: 'juggle', ref: 'a' }))
    expect(await socket.next('problem')).toMatchObject({ code: 'unknown-frame', ref: 'a' })
    socket.sendText('{')
    await socket.next('problem')
    await rest(lot.id)
    socket.sendText('[]')
    await socket.next('problem')
    socket.sendText('[]')
    expect((await socket.gone()).code).toBe(closeCodes.malformed)
  })

  it('a sign-out closes its sockets within the same call, and nobody else', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const others = [await roomIsFull(lot.id), await attend(lot.id)]
    const socket = await attend(lot.id, buyer)
    await rest(lot.id)
    await buyer.post('/api/accounts/logout')
    expect(await socketsIn(lot.id, 1)).toBe(1)
    expect((await socket.gone()).code).toBe(closeCodes.authorityOver)
    expect(others.map(({ ended }) => ended)).toEqual([undefined, undefined])
  })

  it('a suspension closes its sockets', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    const socket = await attend(lot.id, buyer)
    await rest(lot.id)
    await suspend(buyer, Date.now() + 60 * MINUTE)
    expect((await socket.gone()).code).toBe(closeCodes.suspended)
  })

  it('one whom the seller shuts out can bid no more', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    const socket = await attend(lot.id, buyer)
    await rest(lot.id)
    must(await block(seller, buyer), 204)
    await relationsTold()
    expect(await socket.bid(10_000)).toMatchObject({ code: 'not-eligible' })
  })

  it('messages are written and removed', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const watcher = await roomIsFull(lot.id)
    const socket = await attend(lot.id, buyer)
    const { epoch, seq } = socket
    const sent = await socket.ask({ type: 'send-message', key: newKey(), text: 'something rude' })
    const message = sent.type === 'message-sent' ? sent.message.id : ''
    await rest(lot.id)
    expect(await socket.ask({ type: 'delete-message', message })).toMatchObject({ type: 'done' })
    await watcher.fact('message-removed')
    const back = await connect(lot.id)
    await back.hello({ epoch: epoch ?? '', seq })
    expect(back.facts).toMatchObject([
      { type: 'message-posted', message: { id: message, text: null } },
      { type: 'message-removed', message },
    ])
  })
})

describe('a socket of a shard that does not keep up', () => {
  it('is closed when its first frame is not hello, when it says nothing, and when its ticket is spent', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    const [rude, mute] = [await connect(lot.id), await connect(lot.id)]
    rude.send({ type: 'clock', ref: 'x', sentAt: 1 })
    expect((await rude.gone()).code).toBe(closeCodes.malformed)
    const ticket = await buyer.ticket()
    await connect(lot.id, null, {}, ticket)
    expect((await (await connect(lot.id, null, {}, ticket)).gone()).code).toBe(closeCodes.authorityOver)
    expect((await mute.gone()).code).toBe(closeCodes.malformed)
  })

  it('is closed when a fact stays unseen for ten seconds, and resumes; nobody else is', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    const [slow, quick] = [await attend(lot.id), await attend(lot.id, buyer)]
    slow.saysSeen = false
    const { epoch, seq } = slow
    await quick.mustBid(10_000)
    await slow.until('close', () => slow.ended, 15_000)
    expect(slow.ended?.code).toBe(closeCodes.tooSlow)
    expect(quick.ended).toBeUndefined()
    const back = await connect(lot.id)
    expect((await back.hello({ epoch: epoch ?? '', seq })).welcome.resumed).toBe(true)
    expect(back.facts).toHaveLength(1)
  })

  it('is closed for the eleventh of its account', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    const clients = []
    for (let count = 0; count < 11; count += 1) clients.push(await attend(lot.id, buyer))
    expect((await clients[0]?.gone())?.code).toBe(closeCodes.tooManySockets)
    expect(clients.slice(1).map(({ ended }) => ended)).toEqual(Array.from({ length: 10 }))
  })

  it('is closed for the eleventh of its account, wherever that sits', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    await smallAudience({ room: 1, shard: 6, most: 19 })
    const lot = await auction(seller)
    const clients = []
    for (let count = 0; count < 11; count += 1) clients.push(await attend(lot.id, buyer))
    expect([await socketsIn(lot.id, 1), await socketsIn(lot.id, 2)]).toEqual([6, 4])
    expect((await clients[0]?.gone())?.code).toBe(closeCodes.tooManySockets)
    const twelfth = await attend(lot.id, buyer)
    expect((await clients[1]?.gone())?.code).toBe(closeCodes.tooManySockets)
    await twelfth.ask({ type: 'clock', sentAt: 1 })
    expect(clients.slice(2).map(({ ended }) => ended)).toEqual(Array.from({ length: 9 }))
    await smallAudience({ room: 1, shard: 12, most: 25 })
  })

  it('leaves when it fell silent, or its authority is over', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller, { durationMinutes: 120 })
    await roomIsFull(lot.id)
    const [silent, renewed, idle] = [await attend(lot.id), await attend(lot.id, buyer), await attend(lot.id, buyer)]
    pass(29 * MINUTE)
    await idle.ask({ type: 'clock', sentAt: 1 })
    expect(await renewed.ask({ type: 'renew', ticket: await (await logInAgain(buyer)).ticket() })).toMatchObject({
      type: 'done',
    })
    await ringShardAlarm(lot.id)
    await silent.gone()
    expect([renewed.ended, idle.ended]).toEqual([undefined, undefined])
    pass(2 * MINUTE)
    await renewed.mustBid(10_000)
    await ringShardAlarm(lot.id)
    expect((await idle.gone()).code).toBe(closeCodes.authorityOver)
    expect(renewed.ended).toBeUndefined()
  })
})

describe('presence', () => {
  it('counts people once over room and shards, and visitors by socket', async () => {
    const [seller, open, hidden] = await Promise.all([actor('seller'), actor('open'), actor('hidden')])
    must(await hidden.patch('/api/accounts/preferences', { showInRooms: false }), 200)
    const lot = await auction(seller)
    const inRoom = await attend(lot.id, open)
    const tab = await attend(lot.id, open)
    await attend(lot.id, hidden)
    const watcher = await attend(lot.id)
    await attend(lot.id)
    const wanted = { count: 4, named: [{ handle: open.handle, name: 'open' }] }
    await Promise.all([presenceOf(inRoom, 4), presenceOf(watcher, 4)])
    expect(await participants(lot.id)).toEqual(wanted)
    await inRoom.close()
    await eventually(async () => expect(await participants(lot.id)).toEqual(wanted))
    await tab.close()
    await eventually(async () => expect(await participants(lot.id)).toEqual({ count: 3, named: [] }))
  })

  it('is told again to a room that slept or died', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await roomIsFull(lot.id)
    await attend(lot.id, buyer)
    const watcher = await attend(lot.id)
    await presenceOf(watcher, 3)
    await evict(lot.id)
    await eventually(async () => expect((await participants(lot.id)).count).toBe(3))
    await crash(lot.id)
    await eventually(async () => expect((await participants(lot.id)).count).toBe(2))
  })

  it('forgets a shard that died with its sockets', async () => {
    const lot = await auction(await actor('seller'))
    const inRoom = await roomIsFull(lot.id)
    await attend(lot.id)
    await presenceOf(inRoom, 2)
    await evictShard(lot.id)
    await runInDurableObject(roomStub(lot.id), (room: AuctionRoom) =>
      room.report(1, {
        life: 'a life of which nobody knows',
        number: 7,
        isWhole: false,
        sockets: 5,
        visitors: 5,
        here: [],
        gone: [],
      }),
    )
    await ringAlarm(lot.id)
    await eventually(async () => expect((await participants(lot.id)).count).toBe(2))
  })
})

describe('a shard with few left', () => {
  it('is emptied: who is there comes again, and goes on where they were', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    await smallAudience({ room: 4, shard: 12, most: 30 })
    const lot = await auction(seller, { durationMinutes: 120 })
    const early = []
    for (let count = 0; count < 4; count += 1) early.push(await attend(lot.id))
    const moved = await attend(lot.id, first)
    expect(await socketsIn(lot.id, 1)).toBe(1)
    await moved.mustBid(10_000)
    await moved.fact('bid-placed')
    for (const client of early.slice(1)) await client.close()
    pass(audience.standsMs + 1_000)
    await ringAlarm(lot.id)
    const goodbye = await moved.until('goodbye', () => moved.frames.find((frame) => frame.type === 'goodbye'))
    expect(goodbye.type === 'goodbye' && goodbye.retryAfterMs).toBeLessThanOrEqual(sockets.backWithinMs)
    expect((await moved.gone()).code).toBe(closeCodes.restart)
    const other = await attend(lot.id, second)
    await other.mustBid(11_000)
    const back = await connect(lot.id, first)
    const { welcome } = await back.hello({ epoch: moved.epoch ?? '', seq: moved.seq })
    expect(welcome).toMatchObject({ resumed: true, you: { mask: 1, leading: false } })
    await back.fact('bid-placed')
    expect(back.facts.map(({ seq }) => seq)).toEqual([moved.seq + 1])
    expect(await socketsIn(lot.id, 1)).toBe(0)
    await smallAudience({ room: 1, shard: 12, most: 25 })
  })
})
