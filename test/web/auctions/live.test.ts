import { describe, expect, test } from 'vitest'
import { ApiProblem } from '../../../web/api/problem.ts'
import { iso } from '../../../worker/contract/time.ts'
import { fakeRoom, placed, until, wary, watch } from './fake-room.ts'

const key = 'a-key-of-enough-length'
const bid = { kind: 'exact', amount: 10_500 } as const

describe('following', () => {
  test('shows the page’s state until the snapshot, then the room’s', async () => {
    const room = await fakeRoom()
    room.bid(12_000, 3)
    const live = watch(room.url)
    expect(live.state.auction.price).toBe(10_000)
    expect(live.state.connection).toBe('connecting')
    await until(() => live.state.connection === 'live')
    expect(live.state.auction).toMatchObject({ price: 12_000, leader: 3, bidCount: 1 })
    expect(live.state.bids.map(({ price }) => price)).toEqual([12_000])
  })

  test('follows facts, one by one and in batches, and drops those it has', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const [first, second, third] = [room.bid(10_000), room.bid(10_500, 2), room.bid(11_000)]
    room.send(first!)
    room.send({ type: 'batch', first: 1, last: 3, frames: [first, second, third] })
    await until(() => live.state.auction.bidCount === 3)
    expect(live.state.auction).toMatchObject({ price: 11_000, leader: 1, minimumBid: 11_500 })
    expect(live.state.bids.map(({ price }) => price)).toEqual([11_000, 10_500, 10_000])
  })

  test('notices a gap and has the room fill it, in order and without doubles', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    room.bid(10_000)
    room.send(room.bid(10_500, 2))
    await until(() => live.state.auction.bidCount === 2)
    expect(room.heardOf('hello')).toEqual([{ type: 'hello' }, { type: 'hello', epoch: 'e1', seq: 0 }])
    expect(live.state.bids.map(({ price }) => price)).toEqual([10_500, 10_000])
  })

  test('resumes after a cut where it was', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    room.send(room.bid(10_000))
    await until(() => live.state.auction.bidCount === 1)
    room.cut()
    room.bid(10_500, 2)
    await until(() => live.state.auction.bidCount === 2)
    expect(room.heardOf('hello').at(-1)).toEqual({ type: 'hello', epoch: 'e1', seq: 1 })
    expect(live.state.bids.map(({ price }) => price)).toEqual([10_500, 10_000])
  })

  test('begins anew from a snapshot when the room cannot resume', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    room.forgetFacts()
    room.cut()
    room.bid(15_000, 4)
    await until(() => live.state.auction.price === 15_000)
    expect(live.state.auction.leader).toBe(4)
  })

  test('tells what it has seen, after facts only', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    expect(room.heardOf('seen')).toEqual([])
    room.send(room.bid(10_000))
    await until(() => room.heardOf('seen').length === 1)
    expect(room.heardOf('seen')).toEqual([{ type: 'seen', seq: 1 }])
  })

  test('proves the chain against hashes and checkpoints, and says when it is broken', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const { hash: _left, ...packed } = room.bid(10_000)
    const last = room.bid(10_500, 2)
    const { hash: _out, ...second } = last
    const checkpoint = { logSeq: last.logSeq, hash: last.hash, kid: 'k', signature: 's' as never }
    room.send({ type: 'batch', first: 1, last: 2, frames: [packed, second], checkpoint })
    await until(() => live.state.chain === 'proved')
    const third = room.bid(11_000)
    room.send({ ...third, price: 99_000 as never, entry: { ...third.entry, price: 99_000 as never } })
    await until(() => live.state.chain !== 'proved')
    expect(live.state.chain).toBe('broken')
  })

  test('returns after a silent line', async () => {
    const room = await fakeRoom()
    const live = watch(room.url, {}, { times: { socket: wary } })
    await until(() => live.state.connection === 'live')
    room.stopListening()
    await until(() => room.protocols.length >= 2)
    expect(live.state.connection).toBe('reconnecting')
  })

  test('pings however much arrives: by that alone the room knows that somebody watches', async () => {
    const room = await fakeRoom()
    const live = watch(room.url, {}, { times: { socket: wary } })
    await until(() => live.state.connection === 'live')
    let count = 0
    const coming = setInterval(() => room.send({ type: 'presence', count: (count += 1), named: [] }), 4)
    await until(() => room.pings() >= 3)
    clearInterval(coming)
    expect(count).toBeGreaterThan(10)
    expect(room.protocols).toHaveLength(1)
  })

  test('stays away when pushed out by one’s own other windows, until asked back', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    room.close(4409)
    await until(() => live.state.connection === 'stopped')
    expect(live.state.stoppedBy).toBe(4409)
    live.reconnect()
    await until(() => live.state.connection === 'live')
    expect(live.state.stoppedBy).toBeNull()
  })

  test('shows the state from REST while no socket can be had', async () => {
    const room = await fakeRoom()
    room.bid(13_000, 2)
    const live = watch('ws://127.0.0.1:1', { state: () => Promise.resolve(room.snapshot()) }, { times: { pollMs: 5 } })
    await until(() => live.state.auction.price === 13_000)
    expect(live.state.connection).not.toBe('live')
  })

  test('asks the room to look at its clock once the end has passed, and guesses nothing', async () => {
    const room = await fakeRoom()
    room.stands({ endsAt: iso(Date.now() - 1) })
    const live = watch(room.url)
    // The first two only compare the clocks.
    await until(() => room.heardOf('clock').length > 3)
    expect(live.state.auction.state).toBe('running')
    room.send({
      type: 'auction-ended',
      seq: 1,
      logSeq: 3,
      at: iso(Date.now()),
      raises: [],
      result: 'unsold',
      reason: 'time',
    })
    await until(() => live.state.auction.state === 'unsold')
  })

  test('offers a fresh ticket with each connection', async () => {
    const room = await fakeRoom()
    let tickets = 0
    const live = watch(room.url, { ticket: () => Promise.resolve(`t${++tickets}`) })
    await until(() => live.state.connection === 'live')
    room.cut()
    await until(() => room.protocols.length === 2)
    expect(room.protocols).toEqual([
      ['hallabong.v1', 'ticket.t1'],
      ['hallabong.v1', 'ticket.t2'],
    ])
  })
})

describe('authority', () => {
  test('a visitor who signs in goes on over the same socket', async () => {
    const room = await fakeRoom()
    let ticket: string | null = null
    const live = watch(room.url, { ticket: () => Promise.resolve(ticket) })
    await until(() => live.state.connection === 'live')
    ticket = 't1'
    room.answer((frame) =>
      frame.type === 'renew'
        ? { type: 'done', ref: frame.ref, you: { signedIn: true, canBid: true, reasons: [], mask: 9 } }
        : null,
    )
    live.signInChanged()
    await until(() => live.state.you?.mask === 9)
    expect(room.heardOf('renew')).toMatchObject([{ ticket: 't1' }])
    expect(room.protocols).toEqual([['hallabong.v1']])
  })

  test('is taken up as soon as there is a socket, without another one', async () => {
    const room = await fakeRoom()
    let ticket: string | null = null
    const live = watch(room.url, { ticket: () => Promise.resolve(ticket) })
    await until(() => room.protocols.length === 1)
    ticket = 't1'
    live.signInChanged()
    live.signInChanged()
    // Each change may renew, when the socket was live before it.
    await until(() => room.heardOf('renew').length >= 1)
    expect(room.protocols).toEqual([['hallabong.v1']])
  })

  test('is renewed before it ends', async () => {
    const room = await fakeRoom()
    room.authority(61_000)
    const live = watch(room.url, { ticket: () => Promise.resolve('t1') })
    await until(() => room.heardOf('renew').length === 1)
    expect(live.state.connection).toBe('live')
  })

  test('ends with the sign-in: the socket comes back as a visitor’s', async () => {
    const room = await fakeRoom()
    let ticket: string | null = 't1'
    const live = watch(room.url, { ticket: () => Promise.resolve(ticket) })
    await until(() => live.state.connection === 'live')
    ticket = null
    live.signInChanged()
    await until(() => room.protocols.length === 2)
    expect(room.protocols[1]).toEqual(['hallabong.v1'])
  })

  test('comes back after a restart that the room announced', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    room.send({ type: 'goodbye', retryAfterMs: 1 })
    room.close(1012)
    await until(() => room.heardOf('hello').length === 2)
    await until(() => live.state.connection === 'live')
    expect(room.heardOf('hello')[1]).toMatchObject({ epoch: 'e1' })
  })
})

describe('bidding', () => {
  test('takes the room’s answer by socket', async () => {
    const room = await fakeRoom()
    room.answer((frame) => (frame.type === 'place-bid' ? { type: 'bid-accepted', ref: frame.ref, ...placed } : null))
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const verdict = await live.placeBid(bid, key)
    expect(verdict).toEqual({ ok: true, placed })
    expect(room.heardOf('place-bid')).toMatchObject([{ key, kind: 'exact', amount: 10_500 }])
    expect(live.state.auction).toMatchObject({ price: 10_500, leader: 7 })
  })

  test('hears a refusal with its reason and the next possible amount', async () => {
    const room = await fakeRoom()
    room.answer((frame) =>
      frame.type === 'place-bid'
        ? { type: 'bid-refused', ref: frame.ref, receipt: null, code: 'bid-too-low', minimumBid: 12_000 as never }
        : null,
    )
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    expect(await live.placeBid(bid, key)).toMatchObject({ ok: false, code: 'bid-too-low', minimumBid: 12_000 })
    expect(live.state.auction.price).toBe(10_000)
  })

  test('repeats over REST under the same key when no answer comes', async () => {
    const room = await fakeRoom()
    const keys: string[] = []
    const live = watch(room.url, {
      placeBid: (_bid, own) => {
        keys.push(own)
        return Promise.resolve(placed)
      },
    })
    await until(() => live.state.connection === 'live')
    const doubts: (string | undefined)[] = []
    const verdict = await live.placeBid(bid, key, (problem) => doubts.push(problem?.code))
    expect(verdict.ok).toBe(true)
    expect(keys).toEqual([key])
    expect(room.heardOf('place-bid').map((frame) => frame.key)).toEqual([key])
    expect(doubts).toEqual([undefined])
  })

  test('asks again until answered when the line is cut while sending', async () => {
    const room = await fakeRoom()
    let tries = 0
    const live = watch(room.url, {
      placeBid: () =>
        ++tries < 3 ? Promise.reject(new ApiProblem('offline')) : Promise.resolve({ ...placed, leading: false }),
    })
    await until(() => live.state.connection === 'live')
    room.answer((frame) => {
      if (frame.type === 'place-bid') room.cut()
      return null
    })
    const verdict = await live.placeBid(bid, key)
    expect(verdict).toMatchObject({ ok: true, placed: { leading: false } })
    expect(tries).toBe(3)
  })

  test('takes no flood limit and no lost sign-in for a verdict while an earlier try may have arrived', async () => {
    const room = await fakeRoom()
    const refusals = [
      new ApiProblem('too-many-requests', { status: 429, retryAfterMs: 5 }),
      new ApiProblem('not-signed-in', { status: 401 }),
    ]
    const live = watch(room.url, {
      placeBid: () => {
        const problem = refusals.shift()
        return problem ? Promise.reject(problem) : Promise.resolve(placed)
      },
    })
    await until(() => live.state.connection === 'live')
    expect((await live.placeBid(bid, key)).ok).toBe(true)
  })

  test('takes a limit for a verdict when nothing had been sent before', async () => {
    const live = watch('ws://127.0.0.1:1', {
      placeBid: () => Promise.reject(new ApiProblem('too-many-requests', { status: 429, retryAfterMs: 5_000 })),
    })
    expect(await live.placeBid(bid, key)).toMatchObject({ ok: false, code: 'too-many-requests', retryAfterMs: 5_000 })
  })

  test('lets a late answer by socket count', async () => {
    const room = await fakeRoom()
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const verdict = live.placeBid(bid, key, () => {
      const asked = room.heardOf('place-bid')[0]!
      room.send({ type: 'bid-accepted', ref: asked.ref, ...placed })
    })
    expect((await verdict).ok).toBe(true)
  })

  test('does not let the answer to an own bid take the price back', async () => {
    const room = await fakeRoom()
    room.answer((frame) => {
      if (frame.type !== 'place-bid') return null
      room.send(room.bid(20_000, 3))
      return { type: 'bid-accepted', ref: frame.ref, ...placed }
    })
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    await live.placeBid(bid, key)
    expect(live.state.auction).toMatchObject({ price: 20_000, leader: 3 })
  })
})

test('sends a message by REST when the socket says nothing, and shows it once', async () => {
  const room = await fakeRoom()
  const message = {
    id: 'msg_1',
    author: { handle: 'gyul', name: '귤' },
    badges: [],
    text: '안녕하세요',
    removedBy: null,
    at: iso(Date.now()),
  }
  const live = watch(room.url, { sendMessage: () => Promise.resolve(message) })
  await until(() => live.state.connection === 'live')
  await live.sendMessage('안녕하세요', key)
  room.send({ type: 'message-posted', seq: 1, message })
  room.send({ ...room.bid(10_000), seq: 2 })
  await until(() => live.state.auction.bidCount === 1)
  expect(live.state.messages.map(({ id }) => id)).toEqual(['msg_1'])
})
