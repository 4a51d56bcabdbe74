import { expect, test } from 'vitest'
import { findBarriers, keepPicture, settle } from './inspect.ts'
import { bid, openAuction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

journey('people and what stands between them', () => {
  const stage = new Stage()

  async function isOpenToAll({ page }: Visitor, picture: string): Promise<void> {
    await settle(page)
    await keepPicture(page, picture)
    expect(await findBarriers(page)).toEqual([])
  }

  test('a follower may bid where only followers may; whoever is blocked may not any more', async () => {
    const seller = await stage.person('citrus.fan_shop', '귤밭 상점')
    const fan = await stage.person('quiet.bidder', '조용한 입찰자')
    const auction = await openAuction(seller, {
      title: '팔로워만 입찰하는 선풍기',
      bidderRules: { followersOnly: true, minManner: 30 },
    })

    // Before bidding: what the seller asks, why one may not bid, and the way in.
    const bidder = await stage.signedIn(fan, phone)
    await bidder.page.goto(`/auctions/${auction.id}`)
    await bidder.reads(/판매자가 정한 입찰 조건/)
    await bidder.reads('판매자를 팔로우하면 입찰할 수 있어요.')
    await isOpenToAll(bidder, 'followers-only-before')
    await bidder.page.locator('[data-bid-bar]').getByRole('button', { name: '팔로우: 귤밭 상점' }).click()
    await bidder.pressFirstBid('10,000원')
    await bidder.reads('최고 입찰자예요')

    // The profile has it, on both sides.
    await bidder.page.goto('/users/citrus.fan_shop')
    await bidder.page.getByRole('button', { name: '팔로잉: 귤밭 상점' }).waitFor()
    await bidder.page.getByRole('link', { name: '팔로워 1' }).click()
    await bidder.reads('조용한 입찰자')
    const owner = await stage.signedIn(seller, desktop)
    await owner.page.goto('/users/quiet.bidder')
    await owner.page.getByRole('button', { name: '맞팔로우: 조용한 입찰자' }).waitFor()
    await isOpenToAll(owner, 'profile-of-follower')

    // The window with the auction stays open while the seller blocks.
    await bidder.page.goto(`/auctions/${auction.id}`)
    await bidder.reads('최고 입찰자예요')
    await owner.page.locator('main details > summary').first().click()
    await owner.page.getByRole('button', { name: '차단하기' }).click()
    await owner.reads('조용한 입찰자 님을 차단할까요?')
    await isOpenToAll(owner, 'block-asked')
    await owner.page.locator('dialog[open]').getByRole('button', { name: '차단하기' }).click()
    await owner.page.waitForURL((url) => url.pathname === '/settings/blocked')
    await owner.reads('조용한 입찰자')

    // The bid stands, the next one is refused without a word about why, and the seller is nobody any more.
    await expect
      .poll(() => stage.site.ask<{ price: number }>('GET', `/api/auctions/${auction.id}`))
      .toMatchObject({
        price: 10_000,
      })
    bidder.expected.push(/status of 404/)
    await bidder.page.reload()
    await bidder.reads('이 경매에는 입찰할 수 없어요')
    await bidder.page.goto('/users/citrus.fan_shop')
    await bidder.reads('찾는 것이 여기에 없어요')

    // Taken back, follows stay ended.
    await owner.page.getByRole('button', { name: '차단 풀기: 조용한 입찰자' }).click()
    await owner.reads('차단한 사람이 없어요')
    await owner.page.goto('/users/quiet.bidder')
    await owner.page.getByRole('button', { name: '팔로우: 조용한 입찰자' }).waitFor()
  })

  test('a private account lets in whom it accepts', async () => {
    const owner = await stage.person('private.garden', '비밀 정원')
    const asker = await stage.person('curious.cat9', '궁금한 고양이')
    const own = await stage.signedIn(owner, phone)
    await own.page.goto('/settings/profile')
    await own.page.locator('textarea[name=bio]').fill('담장 안의 이야기')
    await own.page.getByRole('switch', { name: /공개 계정/ }).click()
    await own.page.getByRole('button', { name: '저장' }).click()
    await own.page.waitForURL((url) => url.pathname === '/settings')

    const guest = await stage.signedIn(asker, desktop)
    await guest.page.goto('/users/private.garden')
    await guest.reads(/비공개 계정이에요/)
    await guest.page.getByRole('button', { name: '팔로우: 비밀 정원' }).click()
    await guest.page.getByRole('button', { name: '요청함: 비밀 정원' }).waitFor()
    await isOpenToAll(guest, 'private-requested')

    await own.page
      .getByRole('main')
      .getByRole('link', { name: /^팔로우 요청/ })
      .click()
    await own.page.getByRole('button', { name: '받아들이기: 궁금한 고양이' }).waitFor()
    await isOpenToAll(own, 'requests')
    await own.page.getByRole('button', { name: '받아들이기: 궁금한 고양이' }).click()
    await own.reads('기다리는 요청이 없어요')
    await guest.page.reload()
    await guest.reads('담장 안의 이야기')
    const following = guest.page.getByRole('button', { name: '팔로잉: 비밀 정원' })
    await following.waitFor()
    expect(await following.getAttribute('aria-pressed')).toBe('true')
  })

  test('a follow that fails is taken back, and says so', async () => {
    const star = await stage.person('bright.star_1', '밝은 별')
    const fan = await stage.person('late.fan_22', '늦은 팬')
    const visitor = await stage.signedIn(fan, phone)
    await visitor.page.goto('/users/bright.star_1')
    const button = visitor.page.getByRole('button', { name: /: 밝은 별$/ }).and(visitor.page.locator('[aria-pressed]'))
    await button.waitFor()
    visitor.expected.push(/ERR_FAILED/, /Failed to load resource/)
    await visitor.page.route('**/api/follows', (route) => route.abort())
    await button.click()
    await visitor.page.getByRole('button', { name: '팔로우: 밝은 별' }).waitFor()
    await visitor.page.getByRole('link', { name: '팔로워 0' }).waitFor()
    await visitor.page.unrouteAll({ behavior: 'wait' })
    const followed = visitor.page.waitForResponse(
      (response) => response.url().endsWith('/api/follows') && response.ok(),
    )
    await button.click()
    await visitor.page.getByRole('link', { name: '팔로워 1' }).waitFor()
    await followed
    expect(await star.ask('GET', '/api/accounts/me')).toMatchObject({ followersCount: 1 })
  })

  test('a seller hears followers alone', async () => {
    const seller = await stage.person('picky.seller7', '까다로운 판매자')
    const stranger = await stage.person('passing.by_3', '지나가던 사람')
    const auction = await openAuction(seller, { title: '조용히 보는 선풍기' })
    await bid(stranger, auction, 10_000)
    const owner = await stage.signedIn(seller, desktop)
    await owner.page.goto(`/auctions/${auction.id}`)
    await owner.page.getByRole('button', { name: '경매 관리' }).click()
    await owner.page.locator('dialog[open]').getByRole('tab', { name: '채팅' }).click()
    await owner.page.getByRole('radio', { name: '나를 팔로우하는 사람' }).click()
    await owner.reads('채팅 설정을 바꿨어요.')
    await owner.page.keyboard.press('Escape')
    await owner.page.getByRole('tab', { name: '채팅' }).click()
    const guest = await stage.signedIn(stranger, desktop)
    await guest.page.goto(`/auctions/${auction.id}`)
    await guest.reads('최고 입찰자예요')
    await guest.page.getByRole('tab', { name: '채팅' }).click()
    await guest.reads('판매자를 팔로우하는 사람만 쓸 수 있어요.')
    await guest.page.getByRole('button', { name: '팔로우: 까다로운 판매자' }).first().click()
    await guest.page.getByRole('textbox', { name: /메시지|채팅/ }).fill('안녕하세요')
    await guest.page.keyboard.press('Enter')
    await owner.reads('안녕하세요')
    const { items } = await stage.site.ask<{ items: { author: { handle: string } }[] }>(
      'GET',
      `/api/auctions/${auction.id}/messages`,
    )
    expect(items.map(({ author }) => author.handle)).toEqual(['passing.by_3'])
  })
})
