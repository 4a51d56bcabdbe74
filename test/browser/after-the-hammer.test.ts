import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import { openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const hour = 3_600_000

journey('after the hammer', () => {
  const stage = new Stage()

  /** Buys at once, and waits until the deal is there. */
  async function dealBetween(seller: Person, buyer: Person): Promise<string> {
    const auction = await openAuction(seller, { handover: 'meet', shippingFee: 0, buyNowPrice: 45_000 })
    const body = { price: 45_000, termsHash: auction.termsHash }
    const { deal } = await buyer.ask<{ deal: string }>('POST', `/api/auctions/${auction.id}/buy-now`, { body })
    await expect.poll(() => isThere(buyer, deal)).toBe(true)
    return deal
  }

  async function isThere(party: Person, deal: string): Promise<boolean> {
    return party.ask('GET', `/api/deals/${deal}`).then(
      () => true,
      () => false,
    )
  }

  async function meetAt(seller: Person, buyer: Person, deal: string, at: number): Promise<void> {
    const headers = () => ({ 'idempotency-key': randomUUID() })
    const body = { at: new Date(at).toISOString(), place: '제주시청 정문 앞', method: 'meet' }
    await seller.ask('PUT', `/api/deals/${deal}/appointment`, { body, headers: headers() })
    await buyer.ask('POST', `/api/deals/${deal}/appointment/accept`, { headers: headers() })
  }

  async function moveTo(deal: string, offsetMs: number): Promise<void> {
    await stage.site.ask('POST', '/dev/clock', { body: { deal, offsetMs } })
  }

  const press = (of: Visitor, name: string) => of.page.getByRole('button', { name, exact: true }).first().click()
  const sheetOf = ({ page }: Visitor) => page.getByRole('dialog')

  test('two people win, meet, confirm and review', async () => {
    const [seller, buyer] = [await stage.person('attic.keeper', '다락지기'), await stage.person('lamp.lover', '등불이')]
    const one = await stage.signedIn(seller, desktop)
    const two = await stage.signedIn(buyer, phone)
    await one.page.goto('/notifications')
    await one.page.getByRole('heading', { name: '알림', level: 1 }).waitFor()

    // The buyer wins on the page of the auction, which leads to the deal; the seller hears of it where they are.
    const auction = await openAuction(seller, { handover: 'meet', shippingFee: 0, buyNowPrice: 45_000 })
    await two.page.goto(`/auctions/${auction.id}`)
    const body = { price: 45_000, termsHash: auction.termsHash }
    const { deal } = await buyer.ask<{ deal: string }>('POST', `/api/auctions/${auction.id}/buy-now`, { body })
    await expect.poll(() => isThere(buyer, deal)).toBe(true)
    await one.reads(/45,000원에 낙찰됐어요/)
    await two.page.getByRole('link', { name: '거래 이어 가기' }).click()
    await two.page.waitForURL(`**/deals/${deal}`)
    await two.reads('만날 때와 곳을 정해 주세요')

    await one.page.getByRole('link', { name: /낙찰됐어요/ }).click()
    await one.page.waitForURL(`**/deals/${deal}`)
    await press(one, '약속 제안하기')
    await sheetOf(one).getByLabel('만날 곳').fill('동문시장 3번 문')
    await one.shoot('deal-propose-desktop')
    await sheetOf(one).getByRole('button', { name: '제안 보내기' }).click()
    await one.reads('보낸 약속의 답을 기다려요')

    // Live on the other side, without a reload.
    await two.reads('제안받은 약속에 답해 주세요')
    await two.reads('동문시장 3번 문')
    await two.shoot('deal-proposed-phone')
    await press(two, '이 약속 받아들이기')
    await sheetOf(two).getByRole('button', { name: '받아들이기' }).click()
    await two.reads('약속에서 만나요')
    await one.reads('정해진 약속')

    // The room has the deal above its messages.
    await two.page.getByRole('link', { name: '대화하기', exact: true }).click()
    await two.page.waitForURL('**/messages/**')
    await two.page.getByRole('region', { name: '거래', exact: true }).getByText('약속됨').waitFor()
    await two.shoot('deal-room-phone')
    await two.page.getByRole('link', { name: '거래 보기' }).click()

    await press(one, '건넸어요')
    await sheetOf(one).getByRole('button', { name: '알리기' }).click()
    await one.reads('구매자의 확인을 기다려요')
    await two.reads('받았으면 확인해 주세요')
    await press(two, '받았어요')
    await sheetOf(two).getByRole('button', { name: '받음 확인' }).click()
    await two.reads('거래는 어떠셨어요? 후기를 남겨 주세요')
    await one.reads('거래는 어떠셨어요? 후기를 남겨 주세요')
    await two.page.getByRole('link', { name: '후기 쓰기' }).waitFor()
    await two.shoot('deal-completed-phone')

    // What is missing is said beside it; a reader of the profile sees nothing before a Monday.
    await two.page.getByRole('link', { name: '후기 쓰기' }).click()
    await two.page.waitForURL(`**/deals/${deal}/review`)
    await two.page.getByText('최고예요').click()
    await press(two, '후기 남기기')
    await two.page.getByText('정성껏 포장해 줬어요').click()
    await two.page.getByLabel('더 남기고 싶은 말').fill('선풍기가 새것 같아요.')
    await two.shoot('review-phone')
    await press(two, '후기 남기기')
    await two.page.waitForURL('**/settings/reviews')
    await two.reads('공개 전')
    // The deal asks for none any more, on the way back and anew; the other side is still asked.
    await two.page.goBack()
    await two.page.waitForURL(`**/deals/${deal}`)
    await two.page.getByRole('link', { name: '내가 쓴 후기' }).waitFor()
    await two.page.reload()
    await two.page.getByRole('link', { name: '내가 쓴 후기' }).waitFor()
    expect(await two.page.getByRole('link', { name: '후기 쓰기' }).count()).toBe(0)
    await two.reads('잘 마무리됐어요')
    await two.shoot('deal-reviewed-phone')
    await one.page.getByRole('link', { name: '후기 쓰기' }).waitFor()
    const received = `/users/${seller.member.handle}/reviews`
    await one.page.goto(received)
    await one.reads('아직 공개된 후기가 없어요')
    // Alone it is due after a week and waits four more.
    const inSixWeeks = Date.now() + 42 * 24 * hour
    await stage.site.ask('POST', '/dev/cron', { at: inSixWeeks })
    await one.page.goto(received)
    await one.reads('선풍기가 새것 같아요.')
    await one.page.goto('/settings/manner')
    await one.reads('+2.0')
    await one.shoot('manner-desktop')

    await one.page.goto('/deals?state=completed')
    await one.reads('하늘색 선풍기')
    await one.shoot('deals-desktop')
  })

  test('a no-show is reported, and silence admits it', async () => {
    const [seller, buyer] = [await stage.person('waiting.one', '기다린이'), await stage.person('absent.one', '못온이')]
    const deal = await dealBetween(seller, buyer)
    await meetAt(seller, buyer, deal, Date.now() + 2 * hour)
    const one = await stage.signedIn(seller, phone)
    const two = await stage.signedIn(buyer, desktop)
    await one.page.goto(`/deals/${deal}`)
    await two.openLive('/')

    await one.page.getByText('다른 방법').click()
    await one.page.getByRole('button', { name: '약속 어김 신고' }).waitFor()
    expect(await one.page.getByRole('button', { name: '약속 어김 신고' }).isDisabled()).toBe(true)
    await moveTo(deal, 3 * hour)
    await one.page.reload()
    await one.page.getByText('다른 방법').click()
    await press(one, '약속 어김 신고')
    await sheetOf(one).getByRole('button', { name: '신고하기' }).click()
    await one.reads('적어 주세요.')
    await sheetOf(one).getByLabel('무슨 일이 있었나요?').fill('한 시간을 기다렸는데 오지 않았어요.')
    await one.shoot('no-show-phone')
    // Told in passing, wherever the other is; the words lead to the deal. They stay for seconds: whoever follows them waits for them.
    const follows = two.page.getByRole('link', { name: /약속을 어겼다는 신고가 왔어요/ }).click()
    await sheetOf(one).getByRole('button', { name: '신고하기' }).click()
    await one.reads('신고에 대한 답을 기다려요')
    await follows
    await two.page.waitForURL(`**/deals/${deal}`)
    await two.reads('약속을 어겼다는 신고에 답해 주세요')
    await two.shoot('no-show-reported-desktop')

    await moveTo(deal, 3 * hour + 49 * hour)
    await one.reads('상대 사정으로 깨진 거래예요.')
    await two.reads('내 쪽 사정으로 깨진 거래예요.')
    await one.page.getByRole('button', { name: '다음 입찰자에게 제안하기' }).waitFor()
    await one.shoot('no-show-settled-phone')
  })
})
