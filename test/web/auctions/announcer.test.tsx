import { cleanup, render } from '@solidjs/testing-library'
import { createStore } from 'solid-js/store'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { LiveState } from '../../../web/api/live.ts'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { announceNow, LiveRegions } from '../../../web/ui/live-region/live-region.tsx'
import { Announcer } from '../../../web/features/auctions/room/announcer.ts'
import type { Attempt } from '../../../web/features/auctions/room/bidding.ts'
import { type Room, RoomProvider } from '../../../web/features/auctions/room/room.tsx'
import { phaseOf, standingOf } from '../../../web/features/auctions/room/standing.ts'

const start = Date.UTC(2026, 10, 21, 3)

beforeAll(() => loadTexts('ko', ['common', 'problems', 'auctions', 'room', 'signals']))
afterEach(cleanup)

/** A room that does what the test says, and what is heard of it. */
function listen(mask: number | null) {
  // The regions are the page's and outlive a room.
  announceNow('')
  const [state, setState] = createStore({
    auction: {
      state: 'running',
      price: 10_000,
      minimumBid: 10_500,
      leader: 1,
      winner: null,
      bidCount: 1,
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + 3_600_000).toISOString(),
    },
    notes: [],
    extension: null,
  } as unknown as LiveState)
  const [now, setNow] = createSignal(start + 1_000)
  const [attempt, setAttempt] = createSignal<Attempt | null>(null)
  const phase = () => phaseOf(state.auction, now())
  const room = {
    state: () => state,
    now,
    phase,
    mask: () => mask,
    standing: () => standingOf(state.auction, phase(), { mask, isSeller: false }),
    bidding: { attempt },
  } as unknown as Room
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <LiveRegions />
      <RoomProvider value={room}>
        <Announcer />
      </RoomProvider>
    </LanguageProvider>
  ))
  const heard = (kind: 'polite' | 'assertive') => container.querySelector(`[aria-live="${kind}"]`)?.textContent?.trim()
  return { setState, setNow, setAttempt, heard }
}

test('says the price and that one leads when there is a pause', async () => {
  const { setState, heard } = listen(2)
  setState('auction', (auction) => ({ ...auction, price: 10_500 as never, leader: 2 }))
  await expect.poll(() => heard('polite')).toBe('현재가 10,500원. 최고 입찰자예요')
})

test('says at once that somebody else is ahead, and what the next bid is', () => {
  const { setState, heard } = listen(1)
  setState('auction', (auction) => ({ ...auction, price: 12_000 as never, minimumBid: 12_500 as never, leader: 3 }))
  expect(heard('assertive')).toBe('더 높은 입찰이 있어요. 다음 입찰가 12,500원')
})

test('says at once what became of an own bid', () => {
  const { setAttempt, heard } = listen(1)
  setAttempt({ kind: 'exact', amount: 12_500, phase: 'accepted', placed: {} as never })
  expect(heard('assertive')).toBe('입찰이 들어갔어요. 12,500원')
  setAttempt({ kind: 'exact', amount: 9_000, phase: 'refused', refusal: { code: 'bid-too-low' } as never })
  expect(heard('assertive')).toBe('입찰이 들어가지 않았어요. 다음 입찰가보다 낮아요')
})

test('says at once that one has won, or how it ended', () => {
  const won = listen(1)
  won.setState('auction', (auction) => ({ ...auction, state: 'sold' as const, winner: 1 }))
  expect(won.heard('assertive')).toBe('낙찰받았어요. 10,000원')
  cleanup()
  const watched = listen(null)
  watched.setState('auction', (auction) => ({ ...auction, state: 'sold' as const, winner: 1 }))
  expect(watched.heard('assertive')).toBe('경매가 끝났어요. 10,000원에 낙찰됐어요')
})

test('guesses nothing when the end has passed', () => {
  const { setNow, heard } = listen(1)
  setNow(start + 3_600_000)
  expect(heard('assertive')).toBe('')
})

test('lets the clock speak at its marks only', async () => {
  const { setNow, heard } = listen(null)
  setNow(start + 3_600_000 - 599_000)
  await expect.poll(() => heard('polite')).toBe('마감까지 10분 남았어요')
  setNow(start + 3_600_000 - 300_000)
  expect(heard('polite')).toBe('마감까지 10분 남았어요')
})
