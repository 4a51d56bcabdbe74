import { expect, test } from 'vitest'
import { bid, openAuction } from './making.ts'
import { journey, Stage } from './visitor.ts'

journey('somebody with a keyboard alone', () => {
  const stage = new Stage()

  test('finds the auction, bids, raises the own limit and writes', async () => {
    const [seller, person, rival] = [
      await stage.person('keyboard.seller', '타자'),
      await stage.person('no.mouse', '자판'),
      await stage.person('with.mouse', '마우스'),
    ]
    const auction = await openAuction(seller, { title: '자판으로 산 선풍기' })
    const visitor = await stage.signedIn(person)
    const { page } = visitor
    await visitor.openLive('/auctions')

    // From the top of the page, by Tab and Enter, to the card.
    await tabTo('자판으로 산 선풍기')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/auctions\/auc_/)
    await page.locator('button[data-shortcut~=bid]:enabled').waitFor()

    await page.keyboard.press('b')
    await expect.poll(focused).toMatch(/10,000원 입찰하기/)
    // An amount must have stood there for a moment before a press can mean it.
    do await page.keyboard.press('Enter')
    while (await page.getByText('금액이 방금 바뀌었어요').isVisible())
    await page.getByRole('dialog').waitFor()
    await tabTo('알겠어요, 10,000원 입찰하기')
    await page.keyboard.press('Enter')
    await visitor.reads('최고 입찰자예요')
    // Spoken, too.
    await page
      .locator('[aria-live=assertive], [role=alert]')
      .filter({ hasText: /들어갔어요/ })
      .first()
      .waitFor({ state: 'attached' })

    // Somebody else's bid takes the focus from nobody.
    await page.keyboard.press('c')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toMatch(/INPUT|TEXTAREA/)
    await bid(rival, auction, 10_500)
    await visitor.reads('더 높은 입찰이 있어요')
    await page.keyboard.type('자판으로 왔어요')
    await page.keyboard.press('Enter')
    await page.getByText('자판으로 왔어요').first().waitFor()
    await page.keyboard.press('Escape')

    // The maximum, by its key.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('m')
    await expect.poll(focused).toMatch(/다른 금액/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo('금액 입찰')
    await page.keyboard.press('ArrowDown')
    await tabTo('자동 입찰 한도')
    await page.keyboard.type('30000')
    await visitor.shoot('keyboard-maximum')
    await tabTo('30,000원까지 자동 입찰하기')
    await page.keyboard.press('Enter')
    await visitor.reads('최고 입찰자예요')

    // A sheet shuts out the rest of the page, but not what others do meanwhile.
    await page.keyboard.press('m')
    await expect.poll(focused).toMatch(/내 한도 올리기/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await bid(rival, auction, 31_000)
    await page
      .locator('dialog[open] [aria-live=assertive]')
      .filter({ hasText: /더 높은 입찰이 있어요/ })
      .waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')

    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await visitor.shoot('keyboard-help')

    function focused(): Promise<string> {
      return page.evaluate(() => {
        const one = document.activeElement
        // A dialog that has the focus itself holds all its words and does nothing.
        return one?.matches('a, button, input, select, textarea')
          ? (one.getAttribute('aria-label') ?? ((one as HTMLInputElement).labels?.[0] ?? one).textContent ?? '')
          : ''
      })
    }

    async function tabTo(words: string): Promise<void> {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab')
        if ((await focused()).includes(words)) return
      }
      throw new Error(`Tab does not lead to ${words}`)
    }
  })
})
