import { runInDurableObject } from 'cloudflare:test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuctionRoom } from '../../../worker/auctions/room.ts'
import type { Fact } from '../../../worker/contract/live.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import { actor } from '../../support/worker/actors.ts'
import { auction, keyed, must, newKey } from '../../support/worker/auctions.ts'
import {
  crashShard,
  evictShard,
  keepsAnything,
  pushTo,
  smallAudience,
  socketsIn,
  usualAudience,
} from '../../support/worker/audience.ts'
import { attend, connect, type LiveClient } from '../../support/worker/live.ts'
import { crash, eventually, evict, ledgerOf, roomStub, stateOf } from '../../support/worker/rooms.ts'

beforeAll(() => smallAudience({ room: 2, shard: 3, most: 8 }))
afterAll(usualAudience)

/** So many who watch, one after the other: the first two in the room, three in each shard. */
async function watchers(id: string, count: number): Promise<LiveClient[]> {
  const clients: LiveClient[] = []
  while (clients.length < count) clients.push(await attend(id))
  return clients
}

const placesOf = async (id: string) => [
  await runInDurableObject(roomStub(id), (_, state) => state.getWebSockets().length),
  await socketsIn(id, 1),
  await socketsIn(id, 2),
]

/** Facts as the room has them; packed ones come without their hash, which a client computes. */
async function factsOf(id: string): Promise<object[]> {
  const later = await runInDurableObject(roomStub(id), (room: AuctionRoom) => {
    const live = Reflect.get(room, 'room') as { book: { store: { facts(after: number, limit: number): Fact[] } } }
    return live.book.store.facts(0, 10_000)
  })
  return later.map(bare)
}

function bare(fact: Fact): object {
  const { hash: _, ...rest } = fact as Fact & { hash?: string }
  return rest
}

/** Everybody has every fact since their beginning, once and in order. */
async function expectAllHaveAll(id: string, clients: LiveClient[], since: number): Promise<void> {
  const all = (await factsOf(id)).slice(since)
  for (const client of clients)
    await client.until(`all of ${all.length} facts`, () => (client.facts.length >= all.length ? true : undefined))
  for (const client of clients) expect(client.facts.map(bare)).toEqual(all)
}

describe('newcomers', () => {
  it('fill the room, then one shard after the other, and are turned away when all is full', async () => {
    const { id } = await auction(await actor('seller'))
    await watchers(id, 8)
    expect(await placesOf(id)).toEqual([2, 3, 3])
    const late = await connect(id)
    expect((await late.gone()).code).toBe(closeCodes.overloaded)
  })

  it('take the place of those who left', async () => {
    const { id } = await auction(await actor('seller'))
    const [first, , third] = await watchers(id, 5)
    await first?.close()
    await third?.close()
    await eventually(async () => expect(await placesOf(id)).toEqual([1, 2, 0]))
    await watchers(id, 2)
    await eventually(async () => expect((await placesOf(id)).reduce((sum, one) => sum + one)).toBe(5))
    expect((await placesOf(id))[2]).toBe(0)
  })

  it('a shard that nobody is in any more keeps nothing', async () => {
    const { id } = await auction(await actor('seller'))
    const clients = await watchers(id, 4)
    expect(await keepsAnything(id, 1)).toBe(true)
    for (const client of clients.slice(2)) await client.close()
    await eventually(async () => expect(await keepsAnything(id, 1)).toBe(false))
    await watchers(id, 2)
    expect(await placesOf(id)).toEqual([2, 2, 0])
  })
})

describe.each([
  ['', async () => {}],
  [', when shards sleep', (id: string) => Promise.all([evictShard(id, 1), evictShard(id, 2)])],
  [', when the room sleeps', (id: string) => evict(id)],
  [', when all sleep', (id: string) => Promise.all([evictShard(id, 1), evictShard(id, 2), evict(id)])],
])('a stream%s', (_, disturb: (id: string) => Promise<unknown>) => {
  it('is the same for everyone, wherever they sit, and for those who come meanwhile', async () => {
    const [seller, a, b] = await Promise.all([actor('seller'), actor('aa'), actor('bb')])
    const { id } = await auction(seller)
    const clients = await watchers(id, 5)
    const [first, second] = [await attend(id, a), await attend(id, b)]
    const since = first.seq
    await first.mustBid(10_000)
    await second.mustBid(11_000)
    await disturb(id)
    must(await seller.post(`/api/auctions/${id}/notes`, { text: 'A scratch' }, keyed()), 201)
    await first.ask({ type: 'send-message', key: newKey(), text: 'hi' })
    const late = await attend(id)
    const lateSince = late.seq
    await first.mustBid(12_000)
    await disturb(id)
    await second.mustBid(13_000)
    await expectAllHaveAll(id, [...clients, first, second], since)
    await expectAllHaveAll(id, [late], lateSince)
    expect(clients.map(({ ended }) => ended)).toEqual(Array.from({ length: 5 }))
  })
})

/** Lets the room's line to a shard lose what it should push, until it is let go. */
async function losePushes(id: string, isLosing: boolean): Promise<void> {
  await runInDurableObject(roomStub(id), (room: AuctionRoom) => {
    const { shards } = Reflect.get(room, 'room') as { shards: object }
    const known = Reflect.get(shards, 'shards') as Map<number, { link: object }>
    for (const { link } of known.values()) Reflect.set(link, 'pushing', isLosing ? Infinity : 0)
  })
}

describe('a lost push', () => {
  it('is fetched when the next one arrives, and nothing comes twice', async () => {
    const [seller, a, b] = await Promise.all([actor('seller'), actor('aa'), actor('bb')])
    const { id } = await auction(seller)
    const [first, second] = [await attend(id, a), await attend(id, b)]
    const inShard = [await attend(id), await attend(id)]
    const since = first.seq
    await losePushes(id, true)
    await first.mustBid(10_000)
    await second.mustBid(11_000)
    await first.fact('bid-placed', ({ bidCount }) => bidCount === 2)
    expect(inShard.map(({ facts }) => facts)).toEqual([[], []])
    await losePushes(id, false)
    await first.mustBid(12_000)
    await expectAllHaveAll(id, [first, second, ...inShard], since)
  })

  it('that comes again is dropped', async () => {
    const [seller, a] = await Promise.all([actor('seller'), actor('aa')])
    const { id } = await auction(seller)
    const [first] = [await attend(id, a), await attend(id)]
    const inShard = await attend(id)
    const since = first.seq
    await first.mustBid(10_000)
    await inShard.fact('bid-placed')
    const again = await runInDurableObject(roomStub(id), (room: AuctionRoom) => room.factsAfter(0, 10))
    await pushTo(id, 1, again?.batches ?? [])
    await inShard.ask({ type: 'clock', sentAt: 1 })
    await expectAllHaveAll(id, [first, inShard], since)
  })
})

describe('what comes while nobody is in a shard', () => {
  it('is there for whoever comes back before the room has heard that they went', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const [inRoom, , viewer] = await watchers(id, 3)
    const { epoch, seq } = viewer as LiveClient
    await viewer?.close()
    await eventually(async () => expect(await socketsIn(id, 1)).toBe(0))
    must(await seller.post(`/api/auctions/${id}/notes`, { text: 'A scratch' }, keyed()), 201)
    await inRoom?.fact('note-added')
    const back = await connect(id)
    await back.hello({ epoch: epoch ?? '', seq })
    await back.fact('note-added')
    expect(back.facts).toHaveLength(1)
  })

  it('is there for whoever comes in when the room has just taken it for empty', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const [inRoom, , viewer] = await watchers(id, 3)
    const whole = { life: 'one before', number: 1, isWhole: true, sockets: 0, visitors: 0, here: [], gone: [] }
    await runInDurableObject(roomStub(id), (room: AuctionRoom) => room.report(1, whole))
    must(await seller.post(`/api/auctions/${id}/notes`, { text: 'A scratch' }, keyed()), 201)
    await inRoom?.fact('note-added')
    // The next who comes has the shard report, and hear how far the room is.
    await attend(id)
    await viewer?.fact('note-added')
    expect(viewer?.facts).toHaveLength(1)
  })
})

describe('after the death', () => {
  it('of the room, shards keep their sockets, and miss nothing', async () => {
    const [seller, a, b] = await Promise.all([actor('seller'), actor('aa'), actor('bb')])
    const { id } = await auction(seller)
    const [, , viewer] = await watchers(id, 3)
    const inShard = [viewer as LiveClient, await attend(id, a), await attend(id, b)]
    const [, first, second] = inShard as [LiveClient, LiveClient, LiveClient]
    const since = first.seq
    await first.mustBid(10_000)
    await crash(id)
    await second.mustBid(11_000)
    await first.mustBid(12_000)
    await expectAllHaveAll(id, inShard, since)
    expect(inShard.map(({ ended }) => ended)).toEqual([undefined, undefined, undefined])
    // The dead room's sockets are gone; those of the shard are still counted.
    await eventually(async () => expect((await stateOf({ id } as never)).presence.count).toBe(3))
  })

  it('of a shard, its sockets come again and go on where they were', async () => {
    const [seller, a, b] = await Promise.all([actor('seller'), actor('aa'), actor('bb')])
    const { id } = await auction(seller)
    const [inRoom, , dropped] = await watchers(id, 3)
    const bidder = await attend(id, a)
    const since = bidder.seq
    await bidder.mustBid(10_000)
    await dropped?.fact('bid-placed')
    await crashShard(id)
    await dropped?.gone()
    await bidder.gone()
    must(await b.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 11_000 }, keyed()), 201)
    await inRoom?.fact('bid-placed', ({ bidCount }) => bidCount === 2)
    const back = await connect(id)
    const { welcome } = await back.hello({ epoch: dropped?.epoch ?? '', seq: dropped?.seq ?? 0 })
    expect(welcome.resumed).toBe(true)
    expect(await placesOf(id)).toEqual([2, 1, 0])
    const all = await factsOf(id)
    expect([...(dropped?.facts ?? []), ...back.facts].map(bare)).toEqual(all.slice(since))
  })
})

describe('a bid from a shard', () => {
  it('is judged as one from the room: same answers, same rules, one effect for a key', async () => {
    const [seller, a, b] = await Promise.all([actor('seller'), actor('aa'), actor('bb')])
    const { id } = await auction(seller)
    const inRoom = await attend(id, a)
    await attend(id)
    const inShard = await attend(id, b)
    expect(await placesOf(id)).toEqual([2, 1, 0])
    const key = newKey()
    expect(await inShard.mustBid(10_000, { key })).toMatchObject({ mask: 1, leading: true, price: 10_000 })
    expect(await inShard.bid(10_000, { key })).toMatchObject({ type: 'bid-accepted', mask: 1 })
    expect(await inShard.refusedBid(10_000)).toMatchObject({ code: 'already-leading' })
    await inRoom.mustBid(11_000)
    await inShard.until('outbid', () => inShard.frames.find((one) => one.type === 'outbid' && one.price === 11_000))
    expect(await inShard.refusedBid(10_500)).toMatchObject({ code: 'bid-too-low' })
    const twin = await b.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed(key))
    expect(must(twin, 201)).toMatchObject({ mask: 1 })
    expect((await ledgerOf({ id })).entries.filter(({ entry }) => entry.type === 'bid')).toHaveLength(2)
  })

  it('is refused to a visitor, and allowed when they have renewed', async () => {
    const [seller, a] = await Promise.all([actor('seller'), actor('aa')])
    const { id } = await auction(seller)
    const [, , visitor] = await watchers(id, 3)
    expect(await visitor?.bid(10_000)).toMatchObject({ type: 'problem', code: 'not-signed-in' })
    expect(await visitor?.ask({ type: 'renew', ticket: await a.ticket() })).toMatchObject({
      type: 'done',
      you: { signedIn: true, canBid: true },
    })
    await visitor?.mustBid(10_000)
    const again = await connect(id, a)
    expect((await again.hello()).welcome.you).toMatchObject({ mask: 1, leading: true })
  })

  it('does not wait for a shard that is asleep', async () => {
    const [seller, a] = await Promise.all([actor('seller'), actor('aa')])
    const { id } = await auction(seller)
    const inRoom = await attend(id, a)
    const [, asleep] = await watchers(id, 2)
    await evictShard(id)
    await inRoom.mustBid(10_000)
    expect(await asleep?.fact('bid-placed')).toMatchObject({ price: 10_000 })
  })
})
