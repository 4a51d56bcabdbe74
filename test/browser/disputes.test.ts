import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Person, Refused } from '../run/demo/client.ts'
import { tableLamp } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room as scenery } from '../run/demo/pictures/rooms.ts'
import { expectNoBarriers, settle } from './inspect.ts'
import { file, openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const hour = 3_600_000

journey('a deal that goes wrong', () => {
  const stage = new Stage()
  const press = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const sheetOf = ({ page }: Visitor) => page.getByRole('dialog')
  const headers = () => ({ 'idempotency-key': randomUUID() })

  async function dealBetween(seller: Person, buyer: Person): Promise<string> {
    const terms = { title: '말썽 난 선풍기', handover: 'meet', shippingFee: 0, buyNowPrice: 45_000 }
    const auction = await openAuction(seller, terms)
    const body = { price: 45_000, termsHash: auction.termsHash }
    const { deal } = await buyer.ask<{ deal: string }>('POST', `/api/auctions/${auction.id}/buy-now`, { body })
    const isThere = () =>
      buyer.ask('GET', `/api/deals/${deal}`).then(
        () => true,
        () => false,
      )
    await expect.poll(isThere).toBe(true)
    return deal
  }

  async function moderator(handle: string, name: string): Promise<Visitor> {
    const person = await stage.person(handle, name)
    await stage.site.ask('POST', `/dev/accounts/${handle}`, { body: { role: 'moderator' } })
    return stage.signedIn(person, desktop)
  }

  const moveTo = (deal: string, offsetMs: number) => stage.site.ask('POST', '/dev/clock', { body: { deal, offsetMs } })

  const lamp = (colour: `#${string}`) =>
    photograph((b) => tableLamp(b, colour), scenery('dusk', 'plain'), { side: 480 })

  /** How many pictures have come and can be looked at, where these are. */
  const seen = (page: Page, under: string) =>
    page
      .locator(under)
      .evaluate((box) => [...box.querySelectorAll('img')].filter(({ naturalWidth }) => naturalWidth > 0).length)

  test('evidence is for the two and a moderator, and for nobody else', async () => {
    const [seller, buyer, stranger] = [
      await stage.person('sold.broken', '판 이'),
      await stage.person('got.broken', '받은 이'),
      await stage.person('looks.on', '지나가는 이'),
    ]
    const deal = await dealBetween(seller, buyer)
    const b = await stage.signedIn(buyer, phone)
    const s = await stage.signedIn(seller, desktop)
    for (const { page } of [b, s]) await page.goto(`/deals/${deal}`)
    await b.page.getByText('다른 방법').click()
    await press(b, '문제 알리기')
    await sheetOf(b).getByRole('combobox').selectOption('damaged')
    await sheetOf(b).getByRole('textbox').fill('목이 부러져 있었어요.')
    const [broken, box] = [await lamp(palette.tangerine), await lamp(palette.sky)]
    await sheetOf(b)
      .locator('input[type=file]')
      .setInputFiles([file('broken.jpg', broken), file('box.jpg', box)])
    await sheetOf(b).getByRole('button', { name: '사진 2 빼기' }).waitFor()
    await b.shoot('dispute-open-phone')
    await sheetOf(b).locator('button:enabled', { hasText: '알리기' }).click()
    await b.reads('해결 방법을 찾아보세요')

    // Live on the other side, with the pictures; they answer with one of their own.
    await s.reads('목이 부러져 있었어요.')
    for (const { page } of [s, b]) await expect.poll(() => seen(page, '[aria-labelledby=dispute]')).toBe(2)
    const fetched = s.page.waitForRequest(/\/api\/media\/.*\/file/)
    await press(s, '자료 더하기')
    await sheetOf(s).getByRole('textbox').fill('보낼 때는 멀쩡했어요.')
    await sheetOf(s)
      .locator('input[type=file]')
      .setInputFiles([file('before.jpg', await lamp(palette.leaf))])
    await sheetOf(s).locator('button:enabled', { hasText: '더하기' }).click()
    const address = new URL((await fetched).url())
    await b.reads('보낼 때는 멀쩡했어요.')
    for (const { page } of [s, b]) await expect.poll(() => seen(page, '[aria-labelledby=dispute]')).toBe(3)
    await settle(s.page)
    await s.shoot('dispute-evidence-desktop')
    await b.page.locator('#dispute').scrollIntoViewIfNeeded()
    await b.shoot('dispute-evidence-phone')
    for (const one of [s, b]) await expectNoBarriers(one.page)

    // Large, and back.
    await s.page
      .getByRole('button', { name: /크게 보기/ })
      .first()
      .click()
    await expect.poll(() => seen(s.page, 'dialog[open]')).toBe(1)
    await s.shoot('dispute-picture-desktop')
    await s.page.keyboard.press('Escape')

    // A moderator sees all of it and takes no side's words for their own.
    const m = await moderator('sees.case', '살펴보는 이')
    await m.page.goto(`/deals/${deal}`)
    await m.reads('목이 부러져 있었어요.')
    await m.reads('구매자가 알렸어요')
    await expect.poll(() => seen(m.page, '[aria-labelledby=dispute]')).toBe(3)
    for (const word of ['내가 알렸어요', '상대가 알렸어요', '다른 방법', '대화하기'])
      expect(await m.page.getByText(word).count()).toBe(0)
    await expectNoBarriers(m.page)
    await m.shoot('dispute-moderator-desktop')

    // To others there is neither deal nor picture.
    const path = address.pathname + address.search
    const none = await stranger.ask('GET', path).catch((error: Refused) => error.status)
    expect(none).toBe(404)
    const w = await stage.signedIn(stranger, phone)
    w.expected.push(/status of 404/)
    await w.page.goto(`/deals/${deal}`)
    await w.reads('찾는 것이 여기에 없어요')
    expect(await w.page.getByText('말썽 난 선풍기').count()).toBe(0)
  })

  test('a fault that was found is shown to both, and gone after an appeal', async () => {
    const [seller, buyer] = [
      await stage.person('was.there', '거기 있던 이'),
      await stage.person('says.not', '못 봤다는 이'),
    ]
    const deal = await dealBetween(seller, buyer)
    const body = { at: new Date(Date.now() + 2 * hour).toISOString(), place: '제주시청 정문 앞', method: 'meet' }
    await seller.ask('PUT', `/api/deals/${deal}/appointment`, { body, headers: headers() })
    await buyer.ask('POST', `/api/deals/${deal}/appointment/accept`, { headers: headers() })
    await moveTo(deal, 3 * hour)
    const report = { note: '한 시간을 기다렸어요.' }
    await buyer.ask('POST', `/api/deals/${deal}/no-shows`, { body: report, headers: headers() })

    const s = await stage.signedIn(seller, phone)
    await s.page.goto(`/deals/${deal}`)
    await press(s, '신고에 답하기')
    await sheetOf(s)
      .getByRole('radio', { name: /사실과 달라요/ })
      .check()
    await sheetOf(s).getByLabel('덧붙일 말').fill('시계탑 사진이 있어요.')
    await sheetOf(s).getByRole('button', { name: '답 보내기' }).click()
    await s.reads('운영자가 양쪽 말을 살펴보고 있어요')

    const m = await moderator('rules.once', '판단하는 이')
    await m.page.goto('/staff/cases')
    const found = m.page.getByRole('listitem').filter({ hasText: '거기 있던 이' })
    await found.getByRole('button', { name: '판단하기' }).click()
    await sheetOf(m).getByRole('radio', { name: '판매자' }).check()
    await sheetOf(m).getByLabel('이유').fill('그곳에 있었다고 볼 만한 것이 없어요.')
    await sheetOf(m).getByRole('button', { name: '확인' }).click()
    await s.reads('내 쪽 사정으로 깨진 거래예요.')
    await s.reads('운영자의 판단: 내 잘못')

    await expect.poll(async () => (await seller.ask<{ items: object[] }>('GET', '/api/decisions')).items.length).toBe(1)
    await s.page.goto('/settings/decisions')
    await press(s, '이의 제기하기')
    await s.page.getByLabel('무엇이 사실과 다른가요?').fill('시계탑과 함께 찍은 사진이 있어요.')
    await press(s, '보내기')
    await s.page.getByText(/답을 기다리고 있어요/).waitFor()
    const other = await moderator('rules.again', '다시 보는 이')
    await other.page.goto('/staff/appeals')
    const theirs = other.page.getByRole('listitem').filter({ hasText: '시계탑과 함께' })
    await theirs.getByRole('button', { name: '답하기' }).click()
    await other.page.getByRole('radio', { name: /취소하기/ }).check()
    await other.page.getByLabel('이유').fill('사진에 그곳과 그때가 보여요.')
    await press(other, '확인')

    // Both read it on the deal, the list and the notification.
    const b = await stage.signedIn(buyer, desktop)
    await s.page.goto(`/deals/${deal}`)
    await b.page.goto('/notifications')
    await b.page.getByRole('link', { name: /운영자의 결정이 취소됐어요/ }).click()
    await b.page.waitForURL(`**/deals/${deal}`)
    for (const one of [s, b]) {
      await one.reads('누구의 잘못도 아니게 끝났어요.')
      await one.reads('이의가 받아들여져 운영자의 판단이 취소됐어요')
      for (const gone of ['내 쪽 사정으로 깨진 거래예요.', '상대 사정으로 깨진 거래예요.', /운영자의 판단: /])
        expect(await one.page.getByText(gone).count()).toBe(0)
      await expectNoBarriers(one.page)
    }
    await s.shoot('fault-overturned-phone')
    await s.page.goto('/settings/manner')
    await s.page.getByRole('heading', { level: 1 }).waitFor()
    await s.shoot('manner-after-appeal-phone')
  })
})
