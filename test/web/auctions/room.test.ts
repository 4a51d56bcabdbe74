import { createEffect, createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import { session } from '../../../web/api/session.ts'
import { keepPending } from '../../../web/features/auctions/room/kept.ts'
import { createRoom, type Room } from '../../../web/features/auctions/room/room.tsx'
import { placed, until, view } from './fake-room.ts'
import { auction } from './played.ts'

const termsHash = 'the-terms-that-were-read'
let answers: PromiseWithResolvers<Response>[]
let posts: string[]

/** A line that never comes up: all goes by REST. */
class SilentSocket extends EventTarget {
  close(): void {}
}

beforeEach(() => {
  answers = []
  posts = []
  vi.stubGlobal('WebSocket', SilentSocket)
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    if (input.endsWith('/bids/mine')) {
      const answer = Promise.withResolvers<Response>()
      answers.push(answer)
      return answer.promise
    }
    if (init.method === 'POST' && input.endsWith('/bids')) {
      posts.push(new Headers(init.headers).get('authorization') ?? '')
      return Promise.resolve(Response.json(placed))
    }
    return Promise.resolve(Response.json({}))
  })
})
afterEach(async () => {
  await session.logOut()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

function signIn(handle: string): void {
  const account = { handle, phoneVerified: true, suspension: null }
  session.signedIn({ access: `token of ${handle}`, expiresAt: '', account } as unknown as LoggedIn)
}

/** A room whose page is left when the test is over. */
function inRoom(): Room {
  return createRoot((leave) => {
    onTestFinished(leave)
    return createRoom(
      () => ({ view: { ...view, seller: { handle: 'halla' } } as AuctionView, bids: [] }),
      () => Promise.resolve(),
      {} as never,
    )
  })
}

test('a maximum that was asked for by somebody who has left is not shown to the next', async () => {
  const room = inRoom()
  const shown: (number | null)[] = []
  createRoot(() => createEffect(() => shown.push(room.ownMax())))
  signIn('bom')
  await until(() => answers.length === 1)
  await session.logOut()
  signIn('minji')
  await until(() => answers.length === 2)
  answers[0]!.resolve(Response.json({ max: 50_000, bids: [] }))
  answers[1]!.resolve(Response.json({ max: 20_000, bids: [] }))
  await until(() => shown.includes(20_000))
  expect(shown).toEqual([null, 20_000])
})

test('a bid that a reload left behind is asked about as soon as it is known that its bidder reads', async () => {
  const bid = { kind: 'exact', amount: 10_500, termsHash } as const
  keepPending(auction, { key: 'the-key', by: 'bom', bid, sentAt: Date.now() })
  const room = inRoom()
  expect(room.bidding.attempt()).toBeNull()
  signIn('bom')
  await until(() => room.bidding.attempt()?.phase === 'accepted')
  expect(posts).toEqual(['Bearer token of bom'])
})
