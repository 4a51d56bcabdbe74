import { expect, test } from 'vitest'
import { openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const refused = (status: number) => new RegExp(`the server responded with a status of ${status}`)

journey('the room of an auction', () => {
  const stage = new Stage()

  test('is led by its seller: notes, slow mode, pause, removed messages and bans reach the other side', async () => {
    const [keeper, guest] = [
      await stage.person('room.keeper', '방지기'),
      await stage.person('room.guest', '말 많은 손님'),
    ]
    const auction = await openAuction(keeper, { title: '이야기가 많은 의자' })
    const seller = await stage.signedIn(keeper, desktop)
    const other = await stage.signedIn(guest, phone)
    for (const { page } of [seller, other]) await page.goto(`/auctions/${auction.id}`)
    for (const { page } of [seller, other]) await page.getByRole('tab', { name: '채팅' }).click()
    await say(other, '안녕하세요, 다리가 튼튼한가요?')
    await seller.reads('안녕하세요, 다리가 튼튼한가요?')
    await say(seller, '네, 아주 튼튼해요.')
    await other.reads('네, 아주 튼튼해요.')
    await other.page.getByRole('log').getByText('판매자', { exact: true }).waitFor()

    const manage = await openManage(seller, '채팅')
    await manage.getByRole('combobox', { name: '도배 막기' }).selectOption({ label: '30초에 한 번' })
    // What was said a moment before counts, too: nobody runs into a refusal.
    await other.page.getByRole('textbox', { name: '메시지' }).fill('배송은 언제 되나요?')
    await other.reads(/초 뒤에 쓸 수 있어요/)
    expect(await other.page.getByRole('button', { name: '보내기' }).isDisabled()).toBe(true)
    await other.shoot('chat-slow')

    await manage.getByText('채팅 멈추기').click()
    await other.reads('판매자가 채팅을 잠시 멈췄어요.')
    await manage.getByText('채팅 멈추기').click()
    await manage.getByRole('combobox', { name: '도배 막기' }).selectOption({ label: '끄기' })
    await say(other, '배송은 언제 되나요?')
    await seller.reads('배송은 언제 되나요?')

    // A note stands with the description, for everybody and for good.
    await manage.getByRole('tab', { name: '알림' }).click()
    await manage.getByLabel('알림 내용').fill('등받이에 작은 흠집이 하나 더 있어요.')
    await manage.getByRole('button', { name: '알림 남기기' }).click()
    await seller.reads('알림을 남겼어요.')
    await manage.getByRole('button', { name: '닫기' }).click()
    await other.page.getByRole('tab', { name: '설명' }).click()
    await other.reads('등받이에 작은 흠집이 하나 더 있어요.')
    await other.shoot('note-on-phone')
    await other.page.getByRole('tab', { name: '채팅' }).click()

    await say(other, '다른 데서 더 싸게 팔아요')
    await onMessage(seller, '다른 데서 더 싸게 팔아요', '메시지 지우기')
    await other.reads('판매자가 지운 메시지')
    expect(await other.page.getByText('다른 데서 더 싸게 팔아요').count()).toBe(0)

    // Whoever is banned from the chat is told why nothing goes, and may still bid.
    await onMessage(seller, '배송은 언제 되나요?', '말 많은 손님님 채팅 막기')
    const ban = seller.page.getByRole('dialog')
    await ban.getByRole('textbox', { name: '이유', exact: true }).fill('다른 곳을 광고했어요')
    await ban.getByRole('button', { name: '막기', exact: true }).click()
    await ban.getByText('@room.guest · 채팅').waitFor()
    await seller.shoot('chat-ban')
    other.expected.push(refused(403))
    await other.page.getByRole('textbox', { name: '메시지' }).fill('왜요?')
    await other.page.getByRole('button', { name: '보내기' }).click()
    await other.reads('여기에는 쓸 수 없어요')
    await other.shoot('chat-banned')
    await other.pressFirstBid('10,000원')
    await other.reads('최고 입찰자예요')

    // Forgiven, one is heard again.
    await ban.getByRole('button', { name: '풀기' }).click()
    await ban.getByText('막은 사람이 없어요.').waitFor()
    await other.page.getByRole('button', { name: '보내기' }).click()
    await seller.reads('왜요?')
  })

  test('ends at once for everybody when somebody buys now', async () => {
    const [keeper, buyer] = [
      await stage.person('sells.at.once', '바로 파는 사람'),
      await stage.person('buys.at.once', '바로 사는 사람'),
    ]
    const auction = await openAuction(keeper, { title: '바로 사는 선풍기', buyNowPrice: 45_000, handover: 'parcel' })
    const one = await stage.signedIn(buyer, phone)
    const two = await stage.visitor('watches-buy-now', desktop)
    for (const { page } of [one, two]) await page.goto(`/auctions/${auction.id}`)
    await two.reads('즉시 구매 45,000원')
    await one.page.getByRole('button', { name: /다른 금액/ }).click()
    const sheet = one.page.getByRole('dialog')
    await sheet.getByText('즉시 구매', { exact: true }).click()
    await one.shoot('buy-now-sheet')
    await sheet.getByRole('button', { name: '45,000원에 바로 사기' }).click()
    await one.reads('축하해요, 낙찰받았어요')
    await one.reads('배송비 포함 48,000원')
    await one.shoot('bought-phone')
    await two.reads('45,000원에 낙찰됐어요')
    for (const { page } of [one, two]) expect(await page.getByRole('button', { name: /입찰하기/ }).count()).toBe(0)
    await two.shoot('bought-by-another')
  })

  async function say({ page }: Visitor, words: string): Promise<void> {
    await page.getByRole('textbox', { name: '메시지' }).fill(words)
    await page.getByRole('button', { name: '보내기' }).click()
    await page.getByRole('log').getByText(words).waitFor()
  }

  async function openManage({ page }: Visitor, part: string) {
    await page.getByRole('button', { name: '경매 관리' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('tab', { name: part }).click()
    return sheet
  }

  async function onMessage({ page }: Visitor, words: string, what: string): Promise<void> {
    const message = page.getByRole('log').getByRole('listitem').filter({ hasText: words })
    await message.locator('summary').click()
    await message.getByRole('button', { name: what }).click()
  }
})
