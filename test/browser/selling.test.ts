import { expect, test } from 'vitest'
import { armchair } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room } from '../run/demo/pictures/rooms.ts'
import { file } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

/** What a browser says where the server refuses: a draft that was changed elsewhere. */
const stale = /the server responded with a status of 412/

journey('somebody who sells', () => {
  const stage = new Stage()

  test('goes on with a draft elsewhere, cancels before anybody bids, and lists the same thing again', async () => {
    const person = await stage.person('moves.house', '이사 가는 사람')
    const mobile = await stage.signedIn(person, phone)
    await mobile.page.goto('/sell')
    await mobile.page.getByLabel('제목').fill('할머니의 안락의자')
    await mobile.page.getByLabel('시작가').fill('25000')
    await saved(mobile)

    // Left for another page and come back to, it is as it was.
    await mobile.page.getByRole('link', { name: '경매', exact: true }).filter({ visible: true }).click()
    await mobile.page.waitForURL(/\/auctions/)
    await mobile.page.getByRole('link', { name: '팔기' }).filter({ visible: true }).click()
    await mobile.reads('쓰던 글을 이어서 쓰고 있어요.')
    await expect.poll(() => mobile.page.getByLabel('제목').inputValue()).toBe('할머니의 안락의자')
    await expect.poll(() => mobile.page.getByLabel('시작가').inputValue()).toBe('25,000')

    // At a desk the same draft goes on; what the phone writes then would overwrite it, so it asks.
    const desk = await stage.signedIn(person, desktop)
    await desk.page.goto('/mine?role=draft')
    await desk.page.getByRole('heading', { name: '할머니의 안락의자' }).waitFor()
    await desk.page.getByRole('link', { name: '이어서 쓰기' }).click()
    await desk.page.waitForURL(/\/sell\/auc_/)
    await desk.page.getByLabel('제목').fill('할머니의 초록 안락의자')
    await saved(desk)
    mobile.expected.push(stale)
    await mobile.page.getByLabel('설명').fill('휴대폰에서 쓴 말')
    await mobile.page.getByRole('button', { name: '다른 창의 글 불러오기' }).waitFor()
    await mobile.shoot('draft-changed-elsewhere')
    await mobile.page.getByRole('button', { name: '다른 창의 글 불러오기' }).click()
    await expect.poll(() => mobile.page.getByLabel('제목').inputValue()).toBe('할머니의 초록 안락의자')

    const picture = await photograph((b) => armchair(b, palette.leaf), room('sand'), { side: 640 })
    await desk.page.locator('input[type=file][multiple]').setInputFiles([file('chair.jpg', picture)])
    await desk.page.getByLabel('설명').fill('앉으면 잠이 와요.')
    await desk.page.getByLabel('카테고리').selectOption({ label: '가구·인테리어' })
    await desk.page.getByRole('combobox', { name: '상태' }).selectOption({ label: '사용감 있어요' })
    await desk.page.getByText('알려진 하자가 없어요').click()
    await desk.page.getByText('시간 정하기', { exact: true }).click()
    // The next full hour, as it stands there, may be here before somebody has seen it.
    await desk.page.locator('input[name=startsAt]').fill(inSeoul(Date.now() + 2 * 3_600_000))
    await desk.page.getByText('직거래', { exact: true }).click()
    await desk.page.getByRole('button', { name: '경매 올리기' }).click()
    await desk.page.waitForURL(/\/auctions\/auc_/)
    const first = desk.page.url()

    // Somebody waits for it on the page and sees it called off.
    const passer = await stage.visitor('waits-for-chair', phone)
    await passer.page.goto(first)
    await passer.reads('아직 시작 전이에요')
    await desk.shoot('scheduled-own')
    const manage = await openEnd(desk)
    await manage.getByRole('button', { name: '경매 취소하기' }).click()
    await desk.reads('경매를 취소했어요.')
    await passer.reads('판매자가 취소했어요')
    await passer.shoot('cancelled-phone')

    // The same thing once more, from where it ended.
    await desk.page.getByRole('button', { name: '같은 조건으로 다시 올리기' }).click()
    await desk.page.waitForURL(/\/sell\/auc_/)
    await expect.poll(() => desk.page.getByLabel('제목').inputValue()).toBe('할머니의 초록 안락의자')
    await expect.poll(() => desk.page.locator('[data-place]:has(img)').count()).toBe(1)
    await desk.page.getByText('올리자마자', { exact: true }).click()
    await desk.page.getByRole('button', { name: '경매 올리기' }).click()
    await desk.page.waitForURL(/\/auctions\/auc_/)
    expect(desk.page.url()).not.toBe(first)
    await passer.page.goto(desk.page.url())
    await passer.reads('25,000원')

    // Running, it takes a reason, which everybody reads.
    const running = await openEnd(desk)
    await running.getByLabel('취소 이유').fill('동생이 쓰고 싶대요')
    await running.getByRole('button', { name: '경매 취소하기' }).click()
    await passer.reads('이유: 동생이 쓰고 싶대요')
    await desk.reads('경매를 취소했어요.')
    await desk.page.goto('/mine?role=sold')
    await expect.poll(() => desk.page.getByRole('button', { name: '다시 올리기' }).count()).toBe(2)
    await desk.shoot('mine-cancelled')
  })

  /** As the field for a time has it, wherever the browser is. */
  function inSeoul(at: number): string {
    return new Date(at + 9 * 3_600_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)
  }

  async function saved({ page }: Visitor): Promise<void> {
    await page.getByText('저장됨', { exact: true }).first().waitFor({ state: 'attached' })
  }

  async function openEnd({ page }: Visitor) {
    await page.getByRole('button', { name: '경매 관리' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('tab', { name: '취소' }).click()
    return sheet
  }
})
