import { createRoot } from 'solid-js'
import { afterEach, describe, expect, test } from 'vitest'
import type { Receipt } from '../../../worker/contract/ledger.ts'
import type { Live } from '../../../web/api/live.ts'
import { createBidding } from '../../../web/features/auctions/room/bidding.ts'
import { keepPending, pendingOf, receiptsOf } from '../../../web/features/auctions/room/kept.ts'
import { fakeRoom, placed, until, watch } from './fake-room.ts'
import { auction } from './played.ts'

const receipt = { auction, bid: 'bid_1', verdict: 'accepted' } as Receipt
const termsHash = 'the-terms-that-were-read'

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

function bidder(live: Live) {
  return createRoot(() =>
    createBidding({
      auction,
      live: () => Promise.resolve(live),
      who: () => 'bom',
      termsHash: () => termsHash,
      onAccepted: () => {},
    }),
  )
}

describe('a bid', () => {
  test('names the terms that were read, and its receipt is kept', async () => {
    const room = await fakeRoom()
    room.answer((frame) =>
      frame.type === 'place-bid' ? { type: 'bid-accepted', ref: frame.ref, ...placed, receipt } : null,
    )
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const bidding = bidder(live)
    const done = bidding.placeBid({ kind: 'exact', amount: 10_500 })
    expect(bidding.attempt()).toMatchObject({ phase: 'sending', amount: 10_500 })
    await done
    expect(bidding.attempt()).toMatchObject({ phase: 'accepted', amount: 10_500 })
    expect(room.heardOf('place-bid')[0]).toMatchObject({ termsHash })
    expect(receiptsOf(auction)).toEqual([receipt])
    expect(pendingOf(auction, 'bom')).toBeNull()
  })

  test('that was refused says why, and its receipt is kept too', async () => {
    const room = await fakeRoom()
    const refused = { ...receipt, verdict: 'refused' } as Receipt
    room.answer((frame) =>
      frame.type === 'place-bid'
        ? { type: 'bid-refused', ref: frame.ref, receipt: refused, code: 'bid-too-low', minimumBid: 11_000 as never }
        : null,
    )
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const bidding = bidder(live)
    await bidding.placeBid({ kind: 'exact', amount: 10_500 })
    expect(bidding.attempt()).toMatchObject({ phase: 'refused', refusal: { code: 'bid-too-low', minimumBid: 11_000 } })
    expect(receiptsOf(auction)).toEqual([refused])
  })

  test('waits for its verdict before another can be sent', async () => {
    const room = await fakeRoom()
    const live = watch(room.url, { placeBid: () => new Promise(() => {}) })
    await until(() => live.state.connection === 'live')
    const bidding = bidder(live)
    void bidding.placeBid({ kind: 'exact', amount: 10_500 })
    expect(await bidding.placeBid({ kind: 'exact', amount: 11_000 })).toBeNull()
    await until(() => bidding.attempt()?.phase === 'doubt')
    expect(room.heardOf('place-bid').map(({ amount }) => amount)).toEqual([10_500])
  })

  test('whose page was reloaded while it was on its way is asked about under the same key', async () => {
    const room = await fakeRoom()
    room.answer((frame) => (frame.type === 'place-bid' ? { type: 'bid-accepted', ref: frame.ref, ...placed } : null))
    const bid = { kind: 'max', amount: 50_000, termsHash } as const
    keepPending(auction, { key: 'the-key-of-before-the-reload', by: 'bom', bid, sentAt: Date.now() })
    const live = watch(room.url)
    await until(() => live.state.connection === 'live')
    const bidding = bidder(live)
    bidding.resume()
    await until(() => bidding.attempt()?.phase === 'accepted')
    expect(room.heardOf('place-bid')).toMatchObject([{ key: 'the-key-of-before-the-reload', amount: 50_000 }])
    expect(pendingOf(auction, 'bom')).toBeNull()
  })

  test('of long ago is not sent again', () => {
    const bid = { kind: 'exact', amount: 10_500, termsHash } as const
    keepPending(auction, { key: 'the-key-of-yesterday', by: 'bom', bid, sentAt: Date.now() - 86_400_000 })
    expect(pendingOf(auction, 'bom')).toBeNull()
  })
})
