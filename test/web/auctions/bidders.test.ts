import { createRoot, createSignal } from 'solid-js'
import { beforeEach, expect, test } from 'vitest'
import type { BidPlaced, PlaceBid } from '../../../worker/contract/auctions.ts'
import type { Live } from '../../../web/api/live.ts'
import { ApiProblem } from '../../../web/api/problem.ts'
import { createBidding } from '../../../web/features/auctions/room/bidding.ts'
import { keepPending, pendingOf } from '../../../web/features/auctions/room/kept.ts'
import { fakeRoom, placed, until, watch } from './fake-room.ts'
import { auction } from './played.ts'

const termsHash = 'the-terms-that-were-read'
const bid = { kind: 'exact', amount: 10_500 } as const
const [reader, setReader] = createSignal<string | null>(null)
/** What has reached the server by REST, and as whose. */
let posted: { by: string | null; amount: number }[]
let isReachable: boolean

beforeEach(() => {
  sessionStorage.clear()
  setReader('bom')
  posted = []
  isReachable = true
})

function placeBid(bid: PlaceBid): Promise<BidPlaced> {
  posted.push({ by: reader(), amount: bid.amount })
  return isReachable ? Promise.resolve(placed) : Promise.reject(new ApiProblem('offline'))
}

/** A room whose line never comes up: bids go by REST. */
const away = () => watch('ws://127.0.0.1:1', { who: reader, placeBid })

function bidder(live: Promise<Live>) {
  return createRoot(() =>
    createBidding({ auction, live: () => live, who: reader, termsHash: () => termsHash, onAccepted: () => {} }),
  )
}

test('a bid in doubt is neither sent nor shown to somebody else, who can bid meanwhile', async () => {
  isReachable = false
  const bidding = bidder(Promise.resolve(away()))
  const lost = bidding.placeBid(bid)
  await until(() => bidding.attempt()?.phase === 'doubt')
  setReader(null)
  await until(() => {
    const attempt = bidding.attempt()
    return attempt?.phase === 'doubt' && attempt.problem === 'not-signed-in'
  })
  setReader('minji')
  expect(bidding.attempt()).toBeNull()
  isReachable = true
  const own = await bidding.placeBid({ kind: 'exact', amount: 12_000 })
  expect(own).toMatchObject({ ok: true })
  expect(await lost).toMatchObject({ ok: false, code: 'sign-in-over' })
  expect(posted.filter(({ by }) => by !== 'bom')).toEqual([{ by: 'minji', amount: 12_000 }])
  expect(bidding.attempt()).toMatchObject({ phase: 'accepted', amount: 12_000 })
})

test('a bid whose asking has ended leaves alone what is kept of another', async () => {
  isReachable = false
  const bidding = bidder(Promise.resolve(away()))
  const lost = bidding.placeBid(bid)
  await until(() => bidding.attempt()?.phase === 'doubt')
  setReader('minji')
  const later = { key: 'the-key-of-minji', by: 'minji', bid: { ...bid, termsHash }, sentAt: Date.now() }
  keepPending(auction, later)
  await lost
  expect(pendingOf(auction, 'minji')).toEqual(later)
})

test('a bid that was pressed before the live part was here is not sent as somebody else', async () => {
  const opening = Promise.withResolvers<Live>()
  const pressed = bidder(opening.promise).placeBid(bid)
  setReader('minji')
  opening.resolve(away())
  expect(await pressed).toMatchObject({ ok: false, code: 'sign-in-over' })
  expect(posted).toEqual([])
})

test('a bid that a reload left behind waits for its bidder', async () => {
  keepPending(auction, { key: 'the-key', by: 'bom', bid: { ...bid, termsHash }, sentAt: Date.now() })
  const bidding = bidder(Promise.resolve(away()))
  setReader(null)
  bidding.resume()
  expect(bidding.attempt()).toBeNull()
  setReader('bom')
  bidding.resume()
  await until(() => bidding.attempt()?.phase === 'accepted')
  expect(posted).toEqual([{ by: 'bom', amount: 10_500 }])
})

test('a bid that a reload left behind goes when somebody else reads', () => {
  keepPending(auction, { key: 'the-key', by: 'bom', bid: { ...bid, termsHash }, sentAt: Date.now() })
  expect(pendingOf(auction, 'minji')).toBeNull()
  expect(pendingOf(auction, 'bom')).toBeNull()
})

test('no bid goes over a line that is still somebody else’s', async () => {
  const room = await fakeRoom()
  room.answer((frame) =>
    frame.type === 'renew'
      ? { type: 'done', ref: frame.ref }
      : frame.type === 'place-bid'
        ? { type: 'bid-accepted', ref: frame.ref, ...placed }
        : null,
  )
  const ticket = Promise.withResolvers<string>()
  const live = watch(room.url, {
    who: reader,
    placeBid,
    ticket: () => (reader() === 'bom' ? Promise.resolve('t1') : ticket.promise),
  })
  await until(() => live.state.connection === 'live')
  setReader('minji')
  const changed = live.signInChanged()
  await live.placeBid({ ...bid, termsHash }, 'the-key-of-minji')
  expect(posted).toEqual([{ by: 'minji', amount: 10_500 }])
  expect(room.heardOf('place-bid')).toEqual([])
  ticket.resolve('t2')
  await changed
  await live.placeBid({ ...bid, termsHash }, 'the-next-key-of-minji')
  expect(room.heardOf('place-bid')).toMatchObject([{ key: 'the-next-key-of-minji' }])
})
