import { expect, test } from 'vitest'
import { filmCamera } from '../run/demo/pictures/objects/digital.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room } from '../run/demo/pictures/rooms.ts'
import { file, fillIn, openAuction } from './making.ts'
import { journey, phone, Stage } from './visitor.ts'

journey('a new person on a phone', () => {
  const stage = new Stage()

  test('joins by phone, sells with pictures, and sees the own auction open', async () => {
    const visitor = await stage.visitor('seller', phone)
    const { page } = visitor
    await page.goto('/sign-up')
    await page.getByText('휴대폰 번호', { exact: true }).click()
    await page.getByRole('textbox', { name: '휴대폰 번호' }).fill('010-3000-0001')
    await page.getByRole('button', { name: '인증번호 받기' }).click()
    await page.getByLabel('인증번호 6자리').fill(await stage.site.code('+821030000001', 0))
    await fillIn(page, '새 판매자')
    await visitor.shoot('sign-up-by-phone')
    await page.getByRole('button', { name: '가입 마치기' }).click()
    await page.getByText('새 판매자 님, 환영해요.').first().waitFor()

    await page.goto('/sell')
    const front = await photograph((b) => filmCamera(b, palette.ink), room('sand'))
    const close = await photograph((b) => filmCamera(b, palette.ink), room('sand'), { detail: 0 })
    await page.locator('input[type=file][multiple]').setInputFiles([file('front.jpg', front), file('close.jpg', close)])
    await page.getByLabel('제목').fill('아버지의 필름 카메라')
    await page.getByLabel('설명').fill('셔터가 잘 눌려요.\n테스트 롤을 한 통 찍어 봤어요.')
    await page.getByLabel('카테고리').selectOption({ label: '디지털' })
    await page.getByRole('combobox', { name: '상태' }).selectOption({ label: '깨끗해요' })
    await page.getByText('알려진 하자가 없어요').click()
    await page.getByLabel('시작가').fill('30000')
    await page.getByText('20분', { exact: true }).click()
    await page.getByText('직거래', { exact: true }).click()
    await visitor.shoot('selling')

    // Leaving half-way loses nothing.
    await page.getByText('저장됨').first().waitFor({ state: 'attached' })
    await expect.poll(() => page.locator('[data-place]:has(img)').count()).toBe(2)
    await page.reload()
    await expect.poll(() => page.getByLabel('제목').inputValue()).toBe('아버지의 필름 카메라')
    await expect.poll(() => page.locator('[data-place]:has(img)').count()).toBe(2)

    await page.getByRole('button', { name: '경매 올리기' }).click()
    await page.waitForURL(/\/auctions\/auc_/)
    await page.getByRole('heading', { level: 1, name: '아버지의 필름 카메라' }).waitFor()
    await page.getByText('내가 올린 경매예요').first().waitFor()
    await visitor.shoot('own-auction')

    // A visitor without an account sees the same auction, with its pictures.
    const passer = await stage.visitor('passer-by', phone)
    await passer.page.goto(page.url())
    await passer.page.getByText('30,000원').first().waitFor()
    const widest = () =>
      passer.page
        .locator('main img')
        .evaluateAll((images) => Math.max(...images.map((image) => (image as HTMLImageElement).naturalWidth)))
    await expect.poll(widest).toBeGreaterThan(300)
    await passer.shoot('auction-as-a-visitor')
  })

  test('joins by e-mail, and is asked for a phone when it comes to bidding', async () => {
    const seller = await stage.person('sells.to.new', '파는 사람')
    const auction = await openAuction(seller, { title: '작은 램프' })
    const visitor = await stage.visitor('newcomer', phone)
    const { page } = visitor
    await page.goto(`/auctions/${auction.id}`)
    await page.getByRole('link', { name: '로그인하고 입찰하기' }).click()
    await page.getByRole('link', { name: '회원가입' }).click()
    await page.getByLabel('이메일', { exact: true }).last().fill('newcomer@example.com')
    await fillIn(page, '귤 애호가')
    await page.getByRole('button', { name: '인증 메일 받기' }).click()
    await page.getByLabel('인증번호 6자리').fill(await stage.site.code('newcomer@example.com', 0))
    // Back where one came from, and a member now.
    await page.waitForURL(/\/auctions\/auc_/)
    await page.getByRole('button', { name: '휴대폰 인증하고 입찰하기' }).click()
    const check = page.getByRole('dialog')
    await check.getByRole('textbox', { name: '휴대폰 번호' }).fill('01030000002')
    await check.getByRole('button', { name: '인증번호 받기' }).click()
    await check.getByLabel('인증번호 6자리').fill(await stage.site.code('+821030000002', 0))
    await visitor.shoot('phone-check')
    await expect.poll(() => page.getByRole('button', { name: /10,000원 입찰하기/ }).isEnabled()).toBe(true)
    await visitor.shoot('may-bid')
  })
})
