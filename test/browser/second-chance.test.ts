import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import { expectNoBarriers } from './inspect.ts'
import { bid, openAuction, type Auction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const minute = 60_000

journey('what was left over goes to the next bidder', () => {
  const stage = new Stage()
  const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const sheetOf = ({ page }: Visitor) => page.getByRole('dialog')

  /** Ends by its time, which has come for its room alone. */
  async function end({ id }: Auction, state: 'sold' | 'unsold'): Promise<void> {
    await stage.site.setRoomClock(id, Date.now() + 21 * minute)
    await expect
      .poll(async () => (await stage.site.ask<{ state: string }>('GET', `/api/auctions/${id}`)).state)
      .toBe(state)
  }

  async function makeOffer(seller: Visitor): Promise<void> {
    await press(seller, '다음 입찰자에게 제안하기')
    await sheetOf(seller).getByRole('button', { name: '다음 입찰자에게 제안하기' }).click()
  }

  test('below the reserve: one after the other is asked, where they are, and one of them buys', async () => {
    const [seller, high, low] = [
      await stage.person('has.reserve', '아끼는 이'),
      await stage.person('bid.high', '높이 부른 이'),
      await stage.person('bid.low', '낮게 부른 이'),
    ]
    const auction = await openAuction(seller, {
      title: '아끼던 선풍기',
      reservePrice: 90_000,
      handover: 'meet',
      shippingFee: 0,
    })
    await bid(low, auction, 20_000)
    await bid(high, auction, 30_000)
    await end(auction, 'unsold')
    const s = await stage.signedIn(seller, desktop)
    const h = await stage.signedIn(high, phone)
    const l = await stage.signedIn(low, phone)
    await h.openLive('/')
    await s.page.goto(`/auctions/${auction.id}`)
    // What is told in passing stays for seconds: whoever follows it waits for it.
    const follows = h.page.getByRole('link', { name: /차순위 제안이 왔어요/ }).click()
    await makeOffer(s)
    await follows
    await s.reads('다음 입찰자에게 30,000원에 제안했어요')
    await s.shoot('offer-made-desktop')
    // Who it went to is theirs to tell; a second one waits for the answer.
    await s.page.reload()
    await s.reads('다음 입찰자에게 30,000원에 제안했어요')
    expect(await s.page.getByRole('button', { name: '다음 입찰자에게 제안하기' }).count()).toBe(0)
    expect(await s.page.getByText('높이 부른 이').count()).toBe(0)
    await expectNoBarriers(s.page)

    // Saying no costs nothing.
    await h.page.waitForURL('**/deals/offers')
    await h.reads('30,000원')
    await h.shoot('offer-received-phone')
    await expectNoBarriers(h.page)
    await press(h, '거절하기')
    await sheetOf(h).getByRole('button', { name: '거절하기' }).click()
    await h.reads('거절함')
    expect(await h.page.getByRole('button', { name: '받아들이기' }).count()).toBe(0)

    // The seller hears of it on the page, and goes on.
    await s.page.getByRole('button', { name: '다음 입찰자에게 제안하기' }).waitFor()
    await makeOffer(s)
    await s.reads('다음 입찰자에게 20,000원에 제안했어요')
    await l.page.goto('/notifications')
    await l.page.getByRole('link', { name: /차순위 제안이 왔어요/ }).click()
    await l.page.waitForURL('**/deals/offers')
    await press(l, '받아들이기')
    await l.reads('이 가격에 살까요?')
    await l.shoot('offer-accept-phone')
    await sheetOf(l).getByRole('button', { name: '받아들이기' }).click()
    await l.page.waitForURL(/\/deals\/deal_/)
    await l.reads('만날 때와 곳을 정해 주세요')
    await l.reads('20,000원')

    await s.page.getByRole('main').getByRole('link', { name: '거래 보기' }).click()
    await s.page.waitForURL(`**${new URL(l.page.url()).pathname}`)
    await s.reads('낮게 부른 이')
    // Both lists say how it went.
    await s.page.goto('/deals/offers?role=made')
    await s.reads('받아들임')
    await s.reads('거절함')
    await s.shoot('offers-made-desktop')
  })

  test('after the buyer gave up: the deal leads there, and the next one buys', async () => {
    const [seller, winner, next] = [
      await stage.person('sells.twice', '두 번 파는 이'),
      await stage.person('gives.up', '그만둔 이'),
      await stage.person('next.inline', '다음 차례'),
    ]
    const auction = await openAuction(seller, { title: '두 번 팔린 선풍기', handover: 'meet', shippingFee: 0 })
    await bid(next, auction, 20_000)
    await bid(winner, auction, 30_000)
    await end(auction, 'sold')
    const deal = await dealOf(winner, auction)
    const s = await stage.signedIn(seller, phone)
    const n = await stage.signedIn(next, desktop)
    await s.page.goto(`/deals/${deal}`)
    await s.reads('만날 때와 곳을 정해 주세요')
    expect(await s.page.getByRole('button', { name: '다음 입찰자에게 제안하기' }).count()).toBe(0)
    const headers = { 'idempotency-key': randomUUID() }
    await winner.ask('POST', `/api/deals/${deal}/refuse`, { body: { reason: '생각이 바뀌었어요' }, headers })
    await s.reads('상대 사정으로 깨진 거래예요.')
    await makeOffer(s)
    await s.reads('다음 입찰자에게 20,000원에 제안했어요')
    await s.shoot('offer-after-failure-phone')

    await n.page.goto('/deals/offers')
    await press(n, '받아들이기')
    const isTold = s.page.getByRole('link', { name: /제안을 받아들였어요/ }).waitFor()
    await sheetOf(n).getByRole('button', { name: '받아들이기' }).click()
    await n.page.waitForURL(/\/deals\/deal_/)
    expect(new URL(n.page.url()).pathname).not.toBe(`/deals/${deal}`)
    // Told in passing, and on the page of the deal that failed.
    await isTold
    await s.page.getByRole('main').getByRole('link', { name: '거래 보기' }).click()
    await s.page.waitForURL(`**${new URL(n.page.url()).pathname}`)
    await s.reads('다음 차례')
  })

  async function dealOf(winner: Person, { id }: Auction): Promise<string> {
    let found: string | null = null
    await expect
      .poll(async () => {
        const { deal } = await winner.ask<{ deal: string | null }>('GET', `/api/auctions/${id}`)
        if (deal)
          found = await winner.ask('GET', `/api/deals/${deal}`).then(
            () => deal,
            () => null,
          )
        return found
      })
      .not.toBeNull()
    return found!
  }
})
