import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Person, Refused } from '../run/demo/client.ts'
import { tableLamp } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room as scenery } from '../run/demo/pictures/rooms.ts'
import { expectNoBarriers, settle } from './inspect.ts'
import { file } from './making.ts'
import { journey, phone, Stage } from './visitor.ts'

/** Lines that are cut on purpose, and a page that is left while one is being opened. */
const cut = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED|WebSocket connection/

/** Goes to the upper end, where older messages come: how far the line one reads has moved, as painted, when they are there. */
async function growAbove(box: Element): Promise<number> {
  box.scrollTop = 0
  const lines = () => box.querySelectorAll('[data-line]')
  const [line] = lines()
  const count = lines().length
  // An observer is told where things are after everything that a frame puts right.
  const painted = () =>
    new Promise<number>((resolve) => {
      const observer = new IntersectionObserver(([entry]) => {
        observer.disconnect()
        resolve(entry!.boundingClientRect.top)
      })
      observer.observe(line!)
    })
  // The first frame is that of the scrolling itself.
  await painted()
  const seen: number[] = []
  for (let after = 0; after < 5 && seen.length < 2_000;) {
    seen.push(await painted())
    if (lines().length !== count) after += 1
  }
  return Math.max(...seen) - Math.min(...seen)
}

journey('people who talk', () => {
  const stage = new Stage()

  test('a stranger writes, is accepted, and both go on: two browsers, two tabs of one', async () => {
    const [asker, seller] = [
      await stage.person('asks.first', '물어보는 사람'),
      await stage.person('answers.all', '답하는 사람'),
    ]
    const a = await stage.signedIn(asker, phone)
    const b = await stage.signedIn(seller)
    const second = await b.context.newPage()
    await second.goto('/messages')

    await a.page.goto('/users/answers.all')
    await a.page.getByRole('main').getByRole('link', { name: '메시지' }).click()
    await a.page.waitForURL(/\/messages\/room_/)
    await write(a.page, '안녕하세요, 아직 팔고 계신가요?')

    // It waits among the requests: told, and not counted among what one has to answer.
    await b.page.goto('/messages?folder=requests')
    await b.page.getByRole('link', { name: /물어보는 사람/ }).click()
    await b.reads('물어보는 사람님이 처음 말을 걸었어요')
    await b.page.getByRole('button', { name: '수락' }).click()
    await write(b.page, '네, 아직 있어요.')
    await says(a.page, '네, 아직 있어요.')

    // Read marks move by themselves.
    await b.page.locator('[data-line]', { hasText: '네, 아직 있어요.' }).getByText('읽음').waitFor()

    // Both tabs of one browser count the same, by one line.
    await b.page.goto('/')
    await write(a.page, '오늘 볼 수 있을까요?')
    for (const tab of [b.page, second]) await unreadIs(tab, '1')
    await second.getByRole('link', { name: /물어보는 사람/ }).click()
    await says(second, '오늘 볼 수 있을까요?')
    for (const tab of [b.page, second]) await unreadIs(tab, null)

    // Typing shows, and goes with the message.
    await second
      .getByRole('textbox', { name: '메시지', exact: true })
      .pressSequentially('저녁에 만나면 어때요', { delay: 400 })
    await a.page.getByRole('log').getByText('답하는 사람님이 쓰고 있어요').waitFor()
    await second.getByRole('textbox', { name: '메시지', exact: true }).press('Enter')
    await says(a.page, '저녁에 만나면 어때요')
    await a.page.getByRole('log').getByText('답하는 사람님이 쓰고 있어요').waitFor({ state: 'detached' })

    // What one wrote can be mended, and taken back.
    await act(second, '저녁에 만나면 어때요', '고치기')
    const box = second.getByRole('textbox', { name: '메시지', exact: true })
    await box.fill('저녁 일곱 시에 봬요')
    await box.press('Enter')
    await says(a.page, '저녁 일곱 시에 봬요')
    await a.reads('수정됨')
    await act(second, '저녁 일곱 시에 봬요', '지우기')
    await second.getByRole('dialog').getByRole('button', { name: '지우기' }).click()
    await a.reads('지운 메시지예요')
    expect(await spoken(a.page)).toEqual([
      '안녕하세요, 아직 팔고 계신가요?',
      '네, 아직 있어요.',
      '오늘 볼 수 있을까요?',
    ])
  })

  test('two tabs of a browser share one line, and the other goes on with it', async () => {
    const [one, other] = [await stage.person('two.tabs', '탭이 둘'), await stage.person('one.tab', '탭이 하나')]
    const room = await befriend(one, other)
    const visitor = await stage.signedIn(one)
    const lines: number[] = []
    const count = (page: Page, tab: number) =>
      page.on('websocket', (socket) => {
        if (!socket.url().endsWith('/api/live')) return
        lines.push(tab)
        socket.on('close', () => lines.splice(lines.indexOf(tab), 1))
      })
    // The document before may be opening a line, too.
    await visitor.page.goto('about:blank')
    count(visitor.page, 1)
    await visitor.page.goto(`/messages/${room}`)
    await expect.poll(() => lines).toEqual([1])
    const second = await visitor.context.newPage()
    count(second, 2)
    await second.goto(`/messages/${room}`)
    await say(other, room, '둘 다 보여요?')
    await says(visitor.page, '둘 다 보여요?')
    await says(second, '둘 다 보여요?')
    // One leads; which one, a busy computer may have changed.
    await expect.poll(() => lines.length).toBe(1)
    // The first tab closes; the next message comes all the same.
    await visitor.page.close()
    await expect.poll(() => lines.filter((tab) => tab === 2)).toEqual([2])
    await say(other, room, '아직 보여요?')
    await says(second, '아직 보여요?')
    expect(await second.locator('[data-line]', { hasText: '둘 다 보여요?' }).count()).toBe(1)
  })

  test('what is written without a network arrives once, after a reload too, and in order', async () => {
    const [away, here] = [await stage.person('in.tunnel', '터널 안'), await stage.person('on.ground', '땅 위')]
    const room = await befriend(away, here)
    const a = await stage.signedIn(away, phone)
    const b = await stage.signedIn(here)
    a.expected.push(cut)
    await a.page.goto(`/messages/${room}`)
    await b.page.goto(`/messages/${room}`)
    await write(a.page, '터널에 들어가요')
    await says(b.page, '터널에 들어가요')

    await a.context.setOffline(true)
    await write(a.page, '들리나요?')
    await write(a.page, '곧 나가요')
    await a.reads('연결되면 보낼게요')
    await a.shoot('talking-offline')
    await a.context.setOffline(false)
    await says(b.page, '곧 나가요')
    await expect.poll(() => spoken(b.page)).toEqual(['안녕하세요', '터널에 들어가요', '들리나요?', '곧 나가요'])
    await expect.poll(() => spoken(a.page)).toEqual(['안녕하세요', '터널에 들어가요', '들리나요?', '곧 나가요'])

    // Every answer gets lost, and the page is loaded anew: the room has it once.
    await a.page.route(`**/api/chats/rooms/${room}/messages`, async (route) => {
      if (route.request().method() === 'POST') await route.fetch().then(() => route.abort())
      else await route.continue()
    })
    await a.page.routeWebSocket(/\/api\/live$/, (socket) => socket.close())
    await a.page.reload()
    await write(a.page, '한 번만요')
    await says(b.page, '한 번만요')
    await a.page.unrouteAll({ behavior: 'ignoreErrors' })
    const again = await a.context.newPage()
    await a.page.close()
    await again.goto(`/messages/${room}`)
    await expect
      .poll(() => spoken(again))
      .toEqual(['안녕하세요', '터널에 들어가요', '들리나요?', '곧 나가요', '한 번만요'])
    await again.getByText('연결되면 보낼게요').waitFor({ state: 'detached' })
    expect(await spoken(b.page)).toEqual(['안녕하세요', '터널에 들어가요', '들리나요?', '곧 나가요', '한 번만요'])
  })

  test('history comes while one scrolls up, and the line one reads stays where it is', async () => {
    const [reader, writer] = [await stage.person('scrolls.up', '위로'), await stage.person('wrote.much', '수다')]
    const room = await befriend(reader, writer)
    for (let number = 1; number <= 130; number++) await say(writer, room, `${number}번째 이야기`)
    await reader.ask('PUT', `/api/chats/rooms/${room}/read`, { body: { seq: 131 } })
    const { page } = await stage.signedIn(reader)
    await page.goto(`/messages/${room}`)
    await says(page, '130번째 이야기')
    const log = page.getByRole('log')
    const jumps: number[] = []
    while (!(await page.getByText('대화의 처음이에요').isVisible())) jumps.push(await log.evaluate(growAbove))
    expect(jumps.length).toBeGreaterThan(0)
    expect(Math.max(...jumps)).toBeLessThan(2)
    const told = Array.from({ length: 130 }, (_, index) => `${index + 1}번째 이야기`)
    expect(await spoken(page)).toEqual(['안녕하세요', ...told])

    // Scrolled up, what is new waits below; it is counted, and the place stays.
    await log.evaluate((box) => box.scrollTo(0, 400))
    await say(writer, room, '방금 온 이야기')
    await page.getByRole('button', { name: '새 메시지 1개' }).click()
    await says(page, '방금 온 이야기')
    await expect.poll(() => log.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop)).toBeLessThan(2)
  })

  test('pictures go to those of the room and to nobody else', async () => {
    const [shows, sees, stranger] = [
      await stage.person('shows.lamp', '보여 주는 이'),
      await stage.person('sees.lamp', '보는 이'),
      await stage.person('sees.nothing', '못 보는 이'),
    ]
    const room = await befriend(shows, sees)
    const a = await stage.signedIn(shows, phone)
    const b = await stage.signedIn(sees)
    for (const { page } of [a, b]) await page.goto(`/messages/${room}`)
    const lamp = await photograph((b) => tableLamp(b, palette.tangerine), scenery('dusk', 'plain'), { side: 640 })
    await says(a.page, '안녕하세요')
    await a.page.locator('form input[type=file]').setInputFiles([file('one.jpg', lamp), file('two.jpg', lamp)])
    const fetched = b.page.waitForResponse(/\/api\/media\/.*\/file/)
    await a.page.locator('form button[type=submit]:enabled').click()
    for (const { page } of [a, b])
      await page.waitForFunction(() => {
        const pictures = [...document.querySelectorAll<HTMLImageElement>('[data-line] li img')]
        return pictures.length === 2 && pictures.every(({ naturalWidth }) => naturalWidth > 0)
      })
    const address = new URL((await fetched).url())
    const seen = await stranger.ask('GET', address.pathname + address.search).catch((error: Refused) => error.status)
    expect(seen).toBe(404)
    await b.page.getByRole('button', { name: '사진 1/2 크게 보기' }).click()
    await b.page.getByRole('dialog').locator('img').waitFor()
    await b.shoot('talking-picture')
  })

  test('a group is made, talks, and its owner says who stays', async () => {
    const [owner, first, second] = [
      await stage.person('makes.room', '방 만든 이'),
      await stage.person('comes.first', '먼저 온 이'),
      await stage.person('comes.later', '나중 온 이'),
    ]
    for (const one of [first, second]) await follow(one, owner)
    const o = await stage.signedIn(owner)
    const s = await stage.signedIn(second, phone)
    await o.page.goto('/messages')
    await o.page.getByRole('button', { name: '새 대화' }).first().click()
    const sheet = o.page.getByRole('dialog')
    for (const name of ['먼저 온 이', '나중 온 이']) {
      await sheet.getByLabel('누구와 이야기할까요?').fill(name)
      await sheet.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    }
    await sheet.getByLabel('그룹 이름').fill('산책 모임')
    await sheet.getByRole('button', { name: '대화 시작하기' }).click()
    await o.page.getByRole('heading', { name: '산책 모임' }).waitFor()
    await write(o.page, '내일 걸을까요?')

    await s.page.goto('/messages')
    await s.page.getByRole('link', { name: /산책 모임/ }).click()
    await says(s.page, '내일 걸을까요?')
    await write(s.page, '좋아요!')
    await says(o.page, '좋아요!')
    await settle(o.page)
    await o.shoot('talking-group')

    await o.page.getByRole('button', { name: '대화 상대' }).click()
    await o.page
      .getByRole('dialog')
      .getByText('나중 온 이님 관리')
      .or(o.page.getByLabel('나중 온 이님 관리'))
      .first()
      .click()
    await o.page.getByRole('button', { name: '나중 온 이님 내보내기' }).click()
    await s.reads('더 이상 이 대화에 없어요')
    await o.page.getByRole('dialog').getByText('@comes.later').waitFor({ state: 'detached' })
    expect(await spoken(o.page)).toEqual(['내일 걸을까요?', '좋아요!'])
  })

  test('new messages are read to those who do not see them, and their focus stays', async () => {
    const [listener, speaker] = [
      await stage.person('listens.in', '듣는 이'),
      await stage.person('speaks.up', '말하는 이'),
    ]
    const room = await befriend(listener, speaker)
    const { page } = await stage.signedIn(listener)
    await page.goto(`/messages/${room}`)
    const box = page.getByRole('textbox', { name: '메시지', exact: true })
    await box.focus()
    const polite = page.locator('[aria-live=polite]').filter({ hasText: '말하는 이' })
    await say(speaker, room, '거기 있어요?')
    await expect.poll(() => polite.first().textContent()).toBe('말하는 이: 거기 있어요?')
    await say(speaker, room, '하나')
    await say(speaker, room, '둘')
    await expect.poll(() => polite.first().textContent()).toMatch(/말하는 이: 하나(\. 말하는 이: 둘)?$|말하는 이: 둘$/)
    expect(await box.evaluate((one) => one === document.activeElement)).toBe(true)

    await expectNoBarriers(page)
  })

  async function say(person: Person, room: string, text: string): Promise<void> {
    await person.ask('POST', `/api/chats/rooms/${room}/messages`, { body: { text } })
  }

  function follow(who: Person, whom: Person): Promise<unknown> {
    return who.ask('POST', '/api/follows', { body: { handle: whom.member.handle } })
  }

  /** A room of two who know each other. */
  async function befriend(one: Person, other: Person): Promise<string> {
    await follow(one, other)
    await follow(other, one)
    const { id } = await one.ask<{ id: string }>('POST', '/api/chats/rooms', {
      body: { handles: [other.member.handle] },
    })
    // It is a room of both from its first message on.
    await say(one, id, '안녕하세요')
    return id
  }

  async function write(page: Page, text: string): Promise<void> {
    const box = page.getByRole('textbox', { name: '메시지', exact: true })
    await box.fill(text)
    await box.press('Enter')
    await says(page, text)
  }

  async function says(page: Page, text: string): Promise<void> {
    await page.getByRole('log').getByText(text, { exact: true }).first().waitFor()
  }

  /** Everything that stands in the conversation, in its order. */
  function spoken(page: Page): Promise<string[]> {
    return page.locator('[data-line] p.whitespace-pre-wrap').allTextContents()
  }

  async function act(page: Page, text: string, action: string): Promise<void> {
    const line = page.locator('[data-line]', { hasText: text })
    await line.locator('summary').focus()
    await page.keyboard.press('Enter')
    await line.getByRole('button', { name: action }).click()
  }

  async function unreadIs(page: Page, count: string | null): Promise<void> {
    const badge = page.locator('header [data-unread=messages]')
    if (count === null) return badge.waitFor({ state: 'hidden' })
    await expect.poll(() => badge.locator('[aria-hidden]').textContent()).toBe(count)
    await expect.poll(() => page.title()).toMatch(new RegExp(`^\\(${count}\\) `))
  }
})
