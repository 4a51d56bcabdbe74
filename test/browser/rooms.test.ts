import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import { tableLamp } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room as scenery } from '../run/demo/pictures/rooms.ts'
import { expectNoBarriers } from './inspect.ts'
import { bid, draftAuction, file, type Auction } from './making.ts'
import { desktop, journey, phone, Stage, type Visitor } from './visitor.ts'

const day = 86_400_000

journey('a room', () => {
  const stage = new Stage()
  const box = (page: Page) => page.getByRole('textbox', { name: '메시지', exact: true })
  const list = (page: Page) => page.getByRole('list', { name: '대화 목록' })
  const follow = (who: Person, whom: Person) =>
    who.ask('POST', '/api/follows', { body: { handle: whom.member.handle } })
  const say = (who: Person, room: string, text: string) =>
    who.ask('POST', `/api/chats/rooms/${room}/messages`, { body: { text } })

  async function befriend(one: Person, other: Person): Promise<string> {
    await follow(one, other)
    await follow(other, one)
    const body = { handles: [other.member.handle] }
    const { id } = await one.ask<{ id: string }>('POST', '/api/chats/rooms', { body })
    await say(one, id, '안녕하세요')
    return id
  }

  test('of a blocked pair says so in place of the field, and lets whoever blocked go back', async () => {
    const [blocker, blocked] = [
      await stage.person('has.blocked', '막은 이'),
      await stage.person('is.blocked', '막힌 이'),
    ]
    const room = await befriend(blocker, blocked)
    const a = await stage.signedIn(blocker, phone)
    const b = await stage.signedIn(blocked, desktop)
    for (const { page } of [a, b]) {
      await page.goto(`/messages/${room}`)
      await box(page).waitFor()
    }
    // While one writes.
    await box(b.page).fill('아직 쓰는 중인데')
    await blocker.ask('PUT', '/api/blocks/is.blocked')
    await b.reads('이 대화에는 더 이상 메시지를 보낼 수 없어요.')
    await a.reads('막힌 이님을 차단해서 메시지를 주고받을 수 없어요.')
    for (const { page } of [a, b]) {
      expect(await box(page).count()).toBe(0)
      expect(await page.locator('main form').count()).toBe(0)
    }
    // To the other it is a room where nothing can be written, and nothing about why.
    expect(await b.page.getByText(/차단/).filter({ visible: true }).count()).toBe(0)
    expect(await b.page.getByRole('button', { name: '차단 풀기' }).count()).toBe(0)
    await a.shoot('room-blocking-phone')
    await b.shoot('room-blocked-desktop')
    await expectNoBarriers(a.page)
    // Neither has a profile for the other, so no way leads there.
    await a.page.locator('main header summary').click()
    await a.page.getByRole('button', { name: '보관하기' }).waitFor()
    expect(await a.page.getByRole('link', { name: '프로필 보기' }).count()).toBe(0)
    await a.page.keyboard.press('Escape')

    await a.page.getByRole('button', { name: '차단 풀기' }).click()
    await box(a.page).waitFor()
    await box(b.page).waitFor()
    // What was being written is there still.
    expect(await box(b.page).inputValue()).toBe('아직 쓰는 중인데')
    await box(b.page).press('Enter')
    await a.page.getByRole('log').getByText('아직 쓰는 중인데').waitFor()
  })

  /** Won two months ago and left alone, so that it lapsed after two weeks. */
  async function roomOfOldDeal(seller: Person, buyer: Person): Promise<string> {
    const at = Date.now() - 60 * day
    const { id } = await draftAuction(seller, { title: '오래전 선풍기', handover: 'meet', shippingFee: 0 })
    await stage.site.setRoomClock(id, at)
    const auction = await seller.ask<Auction>('POST', `/api/auctions/${id}/publish`, { at })
    await bid(buyer, auction, 10_000)
    await stage.site.setRoomClock(id, null)
    await stage.site.ask('GET', `/api/auctions/${id}/state`)
    const lapsed = () =>
      buyer
        .ask<{ items: { state: string; room: string }[] }>('GET', '/api/deals')
        .then(({ items }) => items.find(({ state }) => state === 'lapsed')?.room)
    const closed = async () => {
      const room = await lapsed()
      return (
        room &&
        buyer.ask<{ reason: string }>('GET', `/api/chats/rooms/${room}`).then(
          ({ reason }) => reason,
          () => null,
        )
      )
    }
    await expect.poll(closed).toBe('room-read-only')
    return (await lapsed())!
  }

  test('of a deal long over can be read, and no more', async () => {
    const [seller, buyer] = [
      await stage.person('sold.long_ago', '오래전 판 이'),
      await stage.person('bought.it', '오래전 산 이'),
    ]
    const room = await roomOfOldDeal(seller, buyer)
    const one = await stage.signedIn(buyer, phone)
    await one.page.goto(`/messages/${room}`)
    await one.reads('거래가 끝나고 시간이 지나 이제 읽기만 할 수 있어요.')
    expect(await box(one.page).count()).toBe(0)
    await one.reads('움직임이 없어 끝났어요')
    await one.shoot('room-read-only-phone')
  })

  test('that one was put out of, or left, says so', async () => {
    const [owner, member, leaver] = [
      await stage.person('keeps.group', '모임지기'),
      await stage.person('is.put_out', '나가게 된 이'),
      await stage.person('leaves.it', '스스로 나간 이'),
    ]
    for (const one of [member, leaver]) await follow(one, owner)
    const body = { handles: [member.member.handle, leaver.member.handle], name: '모이는 방' }
    const { id } = await owner.ask<{ id: string }>('POST', '/api/chats/rooms', { body })
    await say(owner, id, '모두 어서 오세요')
    const m = await stage.signedIn(member, phone)
    const l = await stage.signedIn(leaver, desktop)
    for (const { page } of [m, l]) {
      await page.goto(`/messages/${id}`)
      await box(page).waitFor()
    }
    await owner.ask('DELETE', `/api/chats/rooms/${id}/members/is.put_out`)
    await m.reads('더 이상 이 대화에 없어요')
    expect(await box(m.page).count()).toBe(0)
    await m.page.getByRole('link', { name: '목록으로' }).filter({ visible: true }).first().click()
    await m.reads('아직 나눈 대화가 없어요')

    await l.page.locator('main header summary').last().click()
    await l.page.getByRole('button', { name: '방 나가기' }).click()
    await l.shoot('room-leave-desktop')
    await l.page.getByRole('dialog').getByRole('button', { name: '방 나가기' }).click()
    await l.page.waitForURL('**/messages')
    await l.reads('아직 나눈 대화가 없어요')
    // The address one still has leads nowhere, and says how to go on.
    l.expected.push(/status of 404/)
    await l.page.goto(`/messages/${id}`)
    await l.page.getByRole('heading', { level: 1 }).waitFor()
    await l.shoot('room-left-desktop')
    expect(await box(l.page).count()).toBe(0)
  })

  test('of a group has a name and a face, and a place of one’s own on the list', async () => {
    const [owner, member] = [
      await stage.person('names.it', '이름 짓는 이'),
      await stage.person('sees.name', '보는 회원'),
    ]
    await follow(member, owner)
    const { id } = await owner.ask<{ id: string }>('POST', '/api/chats/rooms', {
      body: {
        handles: [member.member.handle, (await stage.person('third.one', '셋째')).member.handle],
        name: '이름 없는 모임',
      },
    })
    await say(owner, id, '첫마디')
    const other = await befriend(member, await stage.person('talks.later', '나중에 말한 이'))
    const o = await stage.signedIn(owner, desktop)
    const m = await stage.signedIn(member, phone)
    await o.page.goto(`/messages/${id}`)
    await m.page.goto('/messages')
    await list(m.page).getByText('이름 없는 모임').waitFor()

    await o.page.getByRole('button', { name: '대화 상대' }).click()
    const sheet = o.page.getByRole('dialog')
    await sheet.getByLabel('방 이름').fill('귤밭 산책')
    await sheet.getByRole('button', { name: '이름 저장' }).click()
    await list(m.page).getByText('귤밭 산책', { exact: true }).waitFor()
    await o.page.getByRole('log').getByText('이름 짓는 이님이 방 이름을 바꿨어요: 귤밭 산책').waitFor()
    const lamp = await photograph((b) => tableLamp(b, palette.tangerine), scenery('dusk', 'plain'), { side: 480 })
    o.expected.push(/./)
    await sheet.locator('input[type=file]').setInputFiles([file('broken.jpg', Buffer.from('no picture'))])
    await sheet.getByText('사진을 올리지 못했어요.').waitFor()
    await o.shoot('room-picture-failed-desktop')
    o.expected.pop()
    await sheet.locator('input[type=file]').setInputFiles([file('lamp.jpg', lamp)])
    await sheet.getByRole('button', { name: '사진 빼기' }).waitFor()
    const face = (page: Page) =>
      list(page)
        .getByRole('link', { name: /귤밭 산책/ })
        .locator('img')
    for (const { page } of [o, m])
      await expect.poll(() => face(page).evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
    await o.shoot('room-picture-desktop')
    await o.page.keyboard.press('Escape')

    // Pinned it stands above what came later; muted it counts, and rings no bell.
    await say(member, other, '나중에 한 말')
    const order = () => list(m.page).getByRole('link').allTextContents()
    await expect.poll(async () => (await order())[0]).toMatch(/나중에 말한 이/)
    await list(m.page)
      .getByRole('link', { name: /귤밭 산책/ })
      .click()
    await menu(m, '위에 고정')
    await menu(m, '알림 끄기')
    await m.page.getByRole('link', { name: '목록으로' }).click()
    await expect.poll(async () => (await order())[0]).toMatch(/귤밭 산책/)
    await list(m.page).getByRole('img', { name: '고정됨' }).waitFor()
    await list(m.page).getByRole('img', { name: '알림 꺼짐' }).waitFor()
    await m.shoot('rooms-pinned-phone')

    // Found by its name and by who is in it.
    const search = m.page.getByRole('searchbox', { name: '대화 찾기' })
    await search.fill('귤밭')
    await expect.poll(async () => (await order()).length).toBe(1)
    await search.fill('나중에')
    await expect.poll(order).toEqual([expect.stringContaining('나중에 말한 이')])
    await search.fill('없는 이름')
    await m.reads('‘없는 이름’에 맞는 대화가 없어요')
    await m.shoot('rooms-not-found-phone')
    await search.fill('')

    // Put away, until somebody writes.
    await list(m.page)
      .getByRole('link', { name: /나중에 말한 이/ })
      .click()
    await menu(m, '보관하기')
    await m.page.waitForURL('**/messages')
    await expect.poll(async () => (await order()).length).toBe(1)
    await m.page.getByRole('link', { name: '보관', exact: true }).click()
    await list(m.page).getByText('나중에 말한 이').waitFor()
    await say(member, other, '다시 꺼내요')
    await m.page.getByRole('link', { name: '전체', exact: true }).click()
    await list(m.page).getByText('나중에 말한 이').waitFor()
  })

  async function menu({ page }: Visitor, name: string): Promise<void> {
    await page.locator('main header summary').last().click()
    await page.getByRole('button', { name, exact: true }).click()
  }
})
