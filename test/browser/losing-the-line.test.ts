import { expect, test } from 'vitest'
import { bid, openAuction } from './making.ts'
import { journey, phone, Stage } from './visitor.ts'

journey('somebody whose network goes away', () => {
  const stage = new Stage()

  test('is told, misses nothing, and bids on', async () => {
    const [seller, away, rival] = [
      await stage.person('steady.seller', '한결'),
      await stage.person('in.the.subway', '지하철'),
      await stage.person('at.the.desk', '책상'),
    ]
    const auction = await openAuction(seller)
    const visitor = await stage.signedIn(away, phone)
    // The line is cut on purpose here.
    visitor.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|WebSocket connection/)
    const { page, context } = visitor
    await page.goto(`/auctions/${auction.id}`)
    await visitor.pressFirstBid('10,000원')
    await visitor.reads('최고 입찰자예요')

    await context.setOffline(true)
    await visitor.reads(/인터넷이 끊|연결이 끊|오프라인/)
    await visitor.shoot('offline')
    for (const amount of [10_500, 12_000, 15_000]) {
      await bid(rival, auction, amount)
      if (amount < 15_000) await bid(away, auction, amount + 500)
    }
    // What it shows is old, and it does not let one bid on it.
    expect(await page.locator('[data-bid-bar] button').first().isDisabled()).toBe(true)

    await context.setOffline(false)
    await visitor.reads('더 높은 입찰이 있어요')
    await visitor.pressBid('15,500원')
    await visitor.reads('최고 입찰자예요')

    // Every bid of the ledger, once each, in order.
    const { items } = await stage.site.ask<{ items: { price: number }[] }>('GET', `/api/auctions/${auction.id}/bids`)
    const prices = items.map(({ price }) => `${price.toLocaleString('ko')}원`)
    await page.getByRole('tab', { name: /입찰/ }).click()
    const rows = page.getByRole('tabpanel').filter({ visible: true }).getByRole('listitem')
    const shown = async () => {
      const texts = await rows.allTextContents()
      return texts.length === prices.length && texts.every((text, place) => text.includes(prices[place]!))
    }
    await expect.poll(shown).toBe(true)
    await visitor.shoot('resumed')
  })
})
