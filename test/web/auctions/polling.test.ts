import { afterEach, expect, test, vi } from 'vitest'
import type { Snapshot } from '../../../worker/contract/live.ts'
import { fakeRoom, until, watch } from './fake-room.ts'

const prices = (live: ReturnType<typeof watch>) => live.state.bids.map(({ price }) => price)

afterEach(() => {
  vi.useRealTimers()
})

test('what was read by REST while the line was down is not told twice when it is back', async () => {
  const room = await fakeRoom()
  let isDown = false
  const live = watch(
    room.url,
    {
      ticket: () => (isDown ? Promise.reject(new Error('no network')) : Promise.resolve(null)),
      state: () => Promise.resolve(room.snapshot()),
    },
    { times: { pollMs: 5 } },
  )
  await until(() => live.state.connection === 'live')
  room.send(room.bid(10_000))
  await until(() => live.state.auction.bidCount === 1)
  isDown = true
  room.cut()
  room.bid(10_500, 2)
  await until(() => live.state.auction.bidCount === 2)
  isDown = false
  await until(() => live.state.connection === 'live')
  room.send(room.bid(11_000))
  await until(() => live.state.auction.bidCount === 3)
  expect(prices(live)).toEqual([11_000, 10_500, 10_000])
  expect(room.heardOf('hello').at(-1)).toEqual({ type: 'hello', epoch: 'e1', seq: 2 })
  await live.chainSettled()
  expect(live.state.chain).toBe('proved')
})

test('an answer that facts have overtaken on its way is dropped', async () => {
  const room = await fakeRoom()
  let isDown = false
  const asked: ((snapshot: Snapshot) => void)[] = []
  const live = watch(
    room.url,
    {
      ticket: () => (isDown ? Promise.reject(new Error('no network')) : Promise.resolve(null)),
      state: () => new Promise((resolve) => asked.push(resolve)),
    },
    { times: { pollMs: 5 } },
  )
  await until(() => live.state.connection === 'live')
  const before = room.snapshot()
  isDown = true
  room.cut()
  await until(() => asked.length === 1)
  isDown = false
  await until(() => live.state.connection === 'live')
  room.send(room.bid(10_000))
  await until(() => live.state.auction.bidCount === 1)
  isDown = true
  room.cut()
  await until(() => live.state.connection !== 'live')
  asked[0]!(before)
  await until(() => asked.length === 2)
  expect(prices(live)).toEqual([10_000])
  expect(live.state.auction.price).toBe(10_000)
})

test('a page that was left asks no more, and shows nothing that comes late', async () => {
  const room = await fakeRoom()
  room.bid(13_000, 2)
  const asked: ((snapshot: Snapshot) => void)[] = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const live = watch(
    room.url,
    {
      ticket: () => new Promise(() => {}),
      state: () => new Promise((resolve) => asked.push(resolve)),
    },
    { times: { pollMs: 5 } },
  )
  await vi.advanceTimersByTimeAsync(5)
  expect(asked).toHaveLength(1)
  live.close()
  asked[0]!(room.snapshot())
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toHaveLength(1)
  expect(live.state.auction.price).toBe(10_000)
})

test('a page that was left while its authority was being renewed does not come back', async () => {
  const room = await fakeRoom()
  room.authority(60_001)
  const second = Promise.withResolvers<string | null>()
  let asked = 0
  const live = watch(room.url, { ticket: () => ((asked += 1) === 1 ? Promise.resolve('t1') : second.promise) })
  await until(() => asked === 2)
  live.close()
  second.resolve(null)
  await second.promise
  expect(asked).toBe(2)
})
