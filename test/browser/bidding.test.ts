import { expect, test } from 'vitest'
import { openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const minute = 60_000

journey('two people at one auction', () => {
  const stage = new Stage()

  test('bid against each other through extension and close; the ledger verifies', async () => {
    const [seller, first, second] = [
      await stage.person('lot.keeper', '경매지기'),
      await stage.person('first.hand', '첫손'),
      await stage.person('second.hand', '둘째손'),
    ]
    const auction = await openAuction(seller, { softClose: { windowSeconds: 300, capMinutes: 10 } })
    const one = await stage.signedIn(first, phone)
    const two = await stage.signedIn(second, desktop)
    for (const { page } of [one, two]) await page.goto(`/auctions/${auction.id}`)

    await one.pressFirstBid('10,000원')
    await one.reads('최고 입찰자예요')
    await two.reads('10,000원', { exact: true })

    await two.pressFirstBid('10,500원')
    await two.reads('최고 입찰자예요')
    await one.reads('더 높은 입찰이 있어요')
    await one.shoot('outbid-phone')

    // A maximum bids for its owner.
    await one.page.getByRole('button', { name: /다른 금액/ }).click()
    const sheet = one.page.getByRole('dialog')
    await sheet.getByText('자동 입찰', { exact: true }).click()
    await sheet.getByLabel('자동 입찰 한도').fill('20000')
    await one.shoot('bid-sheet')
    await sheet.getByRole('button', { name: '20,000원까지 자동 입찰하기' }).click()
    await one.reads('최고 입찰자예요')
    await two.reads('11,000원', { exact: true })

    // In the last minutes a bid moves the end. A busy computer needs some of them to get here, and to load the pages again.
    await moveTo(auction.id, 16 * minute, [one, two])
    await two.pressBid('11,500원')
    await two.reads(/늘어났어요/)
    await one.reads('최고 입찰자예요')
    await one.reads('12,000원', { exact: true })
    await two.shoot('extended-desktop')

    // Both see the end, and who won.
    await stage.site.setRoomClock(auction.id, Date.now() + 25 * minute)
    await one.reads('낙찰받았어요')
    await two.reads('12,000원에 낙찰됐어요')
    await one.shoot('won-phone')
    await two.shoot('lost-desktop')

    await two.page.getByRole('link', { name: '공개 장부' }).first().click()
    await two.page.waitForURL(/\/ledger/)
    await two.page.getByRole('button', { name: '내 브라우저에서 검증하기' }).click()
    await two.page.getByText('모두 맞아요').first().waitFor()
    await two.shoot('verified-desktop')
    expect(await two.page.getByText('맞지 않는 곳이 있어요').count()).toBe(0)

    // Played again, it ends where it ended.
    await two.page.getByRole('button', { name: '처음부터 다시 보기' }).click()
    const replay = two.page.locator('#replay')
    await replay.getByRole('button', { name: '잠시 멈춤' }).click()
    await replay.getByRole('slider').press('Home')
    await replay.getByText('아직 입찰이 없어요').waitFor()
    await replay.getByRole('button', { name: '다음 일로' }).click()
    await replay.getByRole('slider').press('End')
    await replay.getByText('12,000원').first().waitFor()
    await replay.getByText('끝났어요').waitFor()
    await two.shoot('replay-desktop')

    // Chat stays open for a while after the end.
    await one.page.goto('/mine?role=won')
    await one.page.getByText('하늘색 선풍기').first().waitFor()
    await one.shoot('mine-won')
  })

  async function moveTo(auction: string, afterStart: number, visitors: Visitor[]): Promise<void> {
    await stage.site.setRoomClock(auction, Date.now() + afterStart)
    // Screens keep the server's time from when they met; who was away meanwhile meets it anew.
    for (const { page } of visitors) await page.reload()
  }
})
