import { expect, test } from 'vitest'
import type { Person } from '../run/demo/client.ts'
import { openAuction } from './making.ts'
import { desktop, journey, phone, Stage } from './visitor.ts'

const signals = /\/api\/signals$/
const feedback = /\/api\/recommendations\/feedback$/

interface Told {
  signals: { target: string; kind: string; ms: number }[]
}

interface Recommended {
  items: { id: string; why: { code: string } }[]
  nextCursor: string | null
}

journey('finding things', () => {
  const stage = new Stage()

  /** Two that are alike and one that is not, by somebody else than the reader, and found by words already. */
  async function market(seller: Person) {
    const lots = [
      { title: '수동 필름 카메라', content: '셔터와 노출계가 모두 살아 있는 필름 카메라예요.', category: 'digital' },
      { title: '필름 카메라와 렌즈 묶음', content: '필름 카메라 한 대와 단렌즈 두 개예요.', category: 'digital' },
      { title: '참나무 사이드 테이블', content: '거실에서 쓰던 작은 탁자예요.', category: 'furniture' },
    ]
    const [camera, bundle, table] = [
      await openAuction(seller, lots[0]),
      await openAuction(seller, lots[1]),
      await openAuction(seller, lots[2]),
    ]
    const found = async () => {
      const page = await stage.site.ask<{ items: { id: string }[]; degraded: boolean }>(
        'GET',
        `/api/search?q=${encodeURIComponent('필름 카메라')}`,
      )
      // Without the index words are found in the database.
      if (page.degraded) return 0
      return page.items.filter(({ id }) => id === camera.id || id === bundle.id).length
    }
    await expect.poll(found, { timeout: 60_000 }).toBe(2)
    return { camera, bundle, table }
  }

  /** All that is recommended, to the very end: how much of it is on the start page depends on what else is for sale. */
  async function everythingFor(reader: Person): Promise<Recommended['items']> {
    const items: Recommended['items'] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const asked: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
      const page: Recommended = await reader.ask<Recommended>('GET', `/api/auctions/recommend?limit=50${asked}`)
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }

  test('by a suggestion; what was opened shapes the start page, until it is forgotten', async () => {
    const seller = await stage.person('film.keeper', '필름지기')
    const reader = await stage.person('quiet.reader', '조용한독자')
    const { camera, bundle, table } = await market(seller)
    // What is new and popular is put in order once a minute, and this minute's order may be older than these three.
    const recommended = async () => (await everythingFor(reader)).map(({ id }) => id)
    await expect.poll(recommended, { timeout: 90_000, interval: 1_000 }).toContain(table.id)
    const visitor = await stage.signedIn(reader, desktop)
    const { page } = visitor

    // The field is the header's; letters come one by one, as from a keyboard.
    const field = page.getByRole('combobox', { name: '경매와 사람 찾기' })
    await page.locator('header input[data-suggest]').click()
    await field.pressSequentially('수동 필')
    const option = page.getByRole('option', { name: /수동 필름 카메라/ })
    await option.waitFor()
    await visitor.shoot('suggestions-desktop')
    await field.press('ArrowDown')
    await expect.poll(() => option.getAttribute('aria-selected')).toBe('true')
    await field.press('Enter')
    await page.getByRole('heading', { level: 1, name: '‘수동 필름 카메라’ 찾은 결과' }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('수동 필름 카메라')

    const told = page.waitForRequest(
      (request) => signals.test(request.url()) && opens(request.postDataJSON(), camera.id),
    )
    await page.getByRole('link', { name: '수동 필름 카메라', exact: true }).click()
    await page.waitForURL(`**/auctions/${camera.id}`)
    const request = await told
    expect(request.headers()['authorization']).toMatch(/^Bearer /)
    expect((await request.response())?.status()).toBe(204)
    // What is alike comes when one nears the end of the page.
    await page.keyboard.press('End')
    await page.locator('section[aria-labelledby=related]').getByText('필름 카메라와 렌즈 묶음').waitFor()

    // Home has the other camera, and says why.
    const forYou = page.locator('section[aria-labelledby=for-you]')
    const alike = forYou.getByRole('listitem').filter({ hasText: '필름 카메라와 렌즈 묶음' })
    await expect
      .poll(async () => {
        await page.goto('/')
        await forYou.waitFor()
        return alike.getByText('관심 있게 본 ‘수동 필름 카메라’ 비슷한 경매').count()
      })
      .toBe(1)
    await alike.scrollIntoViewIfNeeded()
    await visitor.shoot('recommended-desktop')

    // Less like this: at once, taken back, and then for good.
    const menu = alike.getByLabel('추천 고치기: 필름 카메라와 렌즈 묶음')
    await menu.click()
    await answered(feedback, () => page.getByRole('dialog').getByRole('button', { name: '이런 경매 덜 보기' }).click())
    const undo = forYou.getByRole('button', { name: '되돌리기' })
    expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true)
    await visitor.shoot('dismissed-desktop')
    await answered(feedback, () => undo.click())
    await menu.click()
    await answered(feedback, () => page.getByRole('dialog').getByRole('button', { name: '이런 경매 덜 보기' }).click())
    await page.goto('/')
    await forYou.waitFor()
    expect(await forYou.getByRole('listitem').count()).toBeGreaterThan(0)
    expect(await alike.count()).toBe(0)
    expect(await recommended()).not.toContain(bundle.id)

    // Forgotten: no reason is a personal one, and what was marked is back.
    await page.goto('/settings/preferences')
    await page.getByRole('button', { name: '관심 기록 지우기' }).click()
    const sheet = page.getByRole('dialog', { name: '관심 기록을 지울까요?' })
    await visitor.shoot('forget-desktop')
    await answered(/\/api\/recommendations\/history$/, () =>
      sheet.getByRole('button', { name: '관심 기록 지우기' }).click(),
    )
    await visitor.reads('관심 기록을 지웠어요.')
    await page.goto('/')
    await forYou.waitFor()
    expect(await forYou.getByText(/관심 있게 본/).count()).toBe(0)
    const anew = await everythingFor(reader)
    expect(anew.map(({ id }) => id)).toContain(bundle.id)
    expect(anew.filter(({ why }) => why.code === 'similar-to')).toEqual([])

    async function answered(what: RegExp, act: () => Promise<void>): Promise<void> {
      const [answer] = await Promise.all([page.waitForResponse((one) => what.test(one.url())), act()])
      expect(answer.status()).toBe(204)
    }
  })

  test('without an account on a phone: people are for those who sign in, and only views are told', async () => {
    const seller = await stage.person('lens.keeper', '렌즈지기')
    const auction = await openAuction(seller, {
      title: '단렌즈 하나',
      content: '먼지 없는 단렌즈예요.',
      category: 'digital',
    })
    const visitor = await stage.visitor('passer-by', phone)
    const { page } = visitor
    // What a beacon carries is not to be seen from outside the page.
    await page.addInitScript(() => {
      if (location.protocol === 'about:') return
      const send = navigator.sendBeacon.bind(navigator)
      const bodies = new WeakMap<Blob, string>()
      globalThis.Blob = class extends Blob {
        constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
          super(parts, options)
          bodies.set(this, String(parts[0]))
        }
      }
      navigator.sendBeacon = (url, data) => {
        const before = JSON.parse(localStorage.getItem('beacons') ?? '[]') as string[]
        localStorage.setItem('beacons', JSON.stringify([...before, bodies.get(data as Blob)]))
        return send(url, data)
      }
    })
    await page.goto('/')
    await page.getByRole('link', { name: '경매와 사람 찾기' }).click()
    const field = page.getByRole('combobox', { name: '경매와 사람 찾기' })
    await field.pressSequentially('렌즈지')
    await field.press('Enter')
    await page.getByRole('heading', { level: 1, name: '‘렌즈지’ 찾은 결과' }).waitFor()
    await page.getByRole('navigation', { name: '무엇을 찾을까요' }).getByRole('link', { name: '사람' }).click()
    await visitor.reads('사람은 로그인하면 찾을 수 있어요')
    await visitor.shoot('people-shut-phone')

    // Home by a link has what else only the edge renders.
    await page.getByRole('banner').getByRole('link', { name: '한라봉' }).click()
    await page.getByRole('heading', { name: '카테고리' }).waitFor()
    await page.getByRole('heading', { name: '믿을 수 있게 만들었어요' }).waitFor()

    // Told by beacons, without a token; the last of them when the page is left.
    const first = page.waitForRequest((request) => signals.test(request.url()))
    await page.goto(`/auctions/${auction.id}`)
    const beacon = await first
    expect(beacon.resourceType()).toBe('ping')
    expect(beacon.headers()['authorization']).toBeUndefined()
    expect((await beacon.response())?.status()).toBe(204)
    await page.goto('/rules')
    const told = await page.evaluate(() => JSON.parse(localStorage.getItem('beacons') ?? '[]') as string[])
    const all = told.map((body) => (JSON.parse(body) as Told).signals)
    expect(all.flat().filter(({ kind, ms }) => kind !== 'open' && ms < 10_000)).toEqual([])
    expect(all.at(-1)).toEqual([{ target: auction.id, kind: 'open', ms: expect.any(Number) }])
    expect(all.at(-1)?.[0]?.ms).toBeGreaterThanOrEqual(10_000)
  })
})

function opens(body: unknown, target: string): boolean {
  return (body as Told).signals.some((signal) => signal.kind === 'open' && signal.target === target)
}
