import { cleanup, fireEvent, render } from '@solidjs/testing-library'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { PlaceBid } from '../../../worker/contract/auctions.ts'
import { BidSheet } from '../../../web/features/auctions/room/bid-sheet.tsx'
import { type Room, RoomProvider } from '../../../web/features/auctions/room/room.tsx'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { common } from '../../../web/i18n/ko/common.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

beforeAll(() => loadTexts('ko', ['common', 'problems', 'room', 'bidding']))
afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

/** The sheet of the own amount, open for somebody whose bids name them as a rule, or do not; or that cannot be had. */
function open(rule: () => Promise<boolean>, shownAs: string | null = null) {
  vi.stubGlobal('fetch', async (input: string) => {
    expect(input).toBe('/api/accounts/preferences')
    return Response.json({ showBidName: await rule() })
  })
  const bids: Partial<PlaceBid>[] = []
  const room = {
    state: () => ({
      auction: { minimumBid: 10_500, bidCount: 1, buyNowPrice: null },
      bids: shownAs === null ? [] : [{ bidder: 1, name: { handle: shownAs, name: shownAs } }],
      connection: 'live',
    }),
    view: () => ({ terms: { shippingFee: 0, handover: 'meet' } }),
    standing: () => 'watching',
    phase: () => 'running',
    ownMax: () => null,
    mask: () => 1,
    bidding: { isBusy: () => false, placeBid: async (bid: PlaceBid) => void bids.push(bid) },
  } as unknown as Room
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={common.kit}>
        <RoomProvider value={room}>
          <BidSheet wish={{ kind: 'exact' }} onClose={() => {}} />
        </RoomProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
  const box = () => container.querySelector<HTMLInputElement>('input[type="checkbox"]')
  return {
    bids,
    box,
    press: () => fireEvent.click(box()!),
    bid(amount: number) {
      fireEvent.input(container.querySelector('input[inputmode="numeric"]')!, { target: { value: String(amount) } })
      this.confirm()
    },
    confirm: () => fireEvent.submit(container.querySelector('form')!),
  }
}

const isKnown = (sheet: ReturnType<typeof open>) => expect.poll(() => sheet.box()?.disabled).toBe(false)

describe('the box that shows one’s name', () => {
  test.each([true, false])('starts as the reader has it as a rule, and is sent as it stands: %s', async (rule) => {
    const sheet = open(async () => rule)
    await isKnown(sheet)
    expect(sheet.box()?.checked).toBe(rule)
    sheet.bid(10_500)
    expect(sheet.bids).toEqual([{ kind: 'exact', amount: 10_500, showName: rule }])
  })

  test.each([true, false])('is sent as it was changed, against a rule that says %s', async (rule) => {
    const sheet = open(async () => rule)
    await isKnown(sheet)
    sheet.press()
    sheet.bid(10_500)
    expect(sheet.bids).toMatchObject([{ showName: !rule }])
  })

  test('is sent with an amount that had to be confirmed, too', async () => {
    const sheet = open(async () => true)
    await isKnown(sheet)
    sheet.press()
    sheet.bid(500_000)
    expect(sheet.bids).toEqual([])
    expect(sheet.box()).toBeNull()
    sheet.confirm()
    expect(sheet.bids).toEqual([{ kind: 'exact', amount: 500_000, showName: false, confirm: true }])
  })

  test('is not ticked, nor anybody named, before the rule is known', async () => {
    const rule = Promise.withResolvers<boolean>()
    const sheet = open(() => rule.promise)
    expect([sheet.box()?.checked, sheet.box()?.disabled]).toEqual([false, true])
    sheet.bid(10_500)
    expect(sheet.bids).toMatchObject([{ showName: false }])
    rule.resolve(true)
    await isKnown(sheet)
    expect(sheet.box()?.checked).toBe(true)
  })

  test('may be ticked where the rule cannot be had', async () => {
    const sheet = open(() => Promise.reject(new TypeError('no network')))
    await isKnown(sheet)
    expect(sheet.box()?.checked).toBe(false)
    sheet.press()
    sheet.bid(10_500)
    expect(sheet.bids).toMatchObject([{ showName: true }])
  })

  test('is gone, and nothing said of it, where the name is shown already', () => {
    const sheet = open(async () => true, 'bom')
    expect(sheet.box()).toBeNull()
    sheet.bid(10_500)
    expect(sheet.bids).toEqual([{ kind: 'exact', amount: 10_500 }])
  })
})
