import { expect, test } from 'vitest'
import { password } from '../run/demo/cast.ts'
import { bid, openAuction } from './making.ts'
import { journey, phone, Stage, type Visitor } from './visitor.ts'

journey('a page that wakes', () => {
  const stage = new Stage()

  test('asks for its scripts when its picture has come', async () => {
    const auction = await openAuction(await stage.person('shown.seller', '먼저 보이는 집'), { title: '그림 먼저' })
    const { page, picture, asked } = await withoutPicture(auction.id, 'reads-first')
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    expect(asked).toEqual([])
    picture()
    await expect.poll(() => asked.length).toBeGreaterThan(0)
  })

  test('asks for its scripts at once where somebody presses', async () => {
    const auction = await openAuction(await stage.person('eager.seller', '먼저 누르는 집'), { title: '손 먼저' })
    const visitor = await withoutPicture(auction.id, 'presses-first')
    expect(visitor.asked).toEqual([])
    await chatOf(visitor).click()
    await expect.poll(() => chatOf(visitor).getAttribute('aria-selected')).toBe('true')
    visitor.picture()
  })

  test('does what was pressed before its scripts had come', async () => {
    const auction = await openAuction(await stage.person('wakes.seller', '깨우는 사람'), { title: '잠든 스탠드' })
    const visitor = await stage.visitor('presses-early', phone)
    const wake = await visitor.openAsleep(`/auctions/${auction.id}`)
    await chatOf(visitor).click()
    expect(await chatOf(visitor).getAttribute('aria-selected')).toBe('false')
    await wake()
    await expect.poll(() => chatOf(visitor).getAttribute('aria-selected')).toBe('true')
    await visitor.page.getByRole('log').waitFor()
  })

  test('sends the form that was sent before its scripts had come', async () => {
    const member = await stage.person('signs.in.early', '먼저 누른 사람')
    const visitor = await stage.visitor('sends-early', phone)
    const { page } = visitor
    const wake = await visitor.openAsleep('/log-in')
    await page.getByLabel('이메일 또는 휴대폰 번호').fill(member.login)
    await page.getByLabel('비밀번호', { exact: true }).fill(password)
    await page.getByRole('button', { name: '로그인' }).click()
    expect(await page.getByLabel('이메일 또는 휴대폰 번호').inputValue()).toBe(member.login)
    await wake()
    await page.waitForURL((url) => url.pathname !== '/log-in')
  })

  test('does what is pressed while only a part of it is awake, on the very element that was pressed', async () => {
    const auction = await openAuction(await stage.person('half.seller', '반쯤'), { title: '반쯤 깬 스탠드' })
    const visitor = await stage.visitor('presses-between', phone)
    await holdTurns(visitor)
    await visitor.page.goto(`/auctions/${auction.id}`)
    await untilTurnsWait(visitor)
    await chatOf(visitor).evaluate((tab) => tab.toggleAttribute('data-same', true))
    await chatOf(visitor).click()
    expect(await chatOf(visitor).getAttribute('aria-selected')).toBe('true')
    expect(await chatOf(visitor).getAttribute('data-same')).toBe('')
    await visitor.page.getByRole('log').waitFor()
  })

  test('lets nobody miss what happens while only a part of it is awake', async () => {
    const [seller, bidder] = [
      await stage.person('slow.seller', '느린 집'),
      await stage.person('fast.bidder', '빠른 손'),
    ]
    const auction = await openAuction(seller, { title: '느리게 깨는 스탠드' })
    const visitor = await stage.visitor('wakes-slowly', phone)
    const turn = await holdTurns(visitor)
    await visitor.page.goto(`/auctions/${auction.id}`)
    await untilTurnsWait(visitor)
    await bid(bidder, auction, 25_000)
    await turn()
    const price = visitor.page.getByText('25,000원').filter({ visible: true })
    await expect.poll(() => price.count()).toBeGreaterThan(0)
  })

  /** Opens an auction whose picture comes when it is let, and for which nobody has waited long enough yet. */
  async function withoutPicture(auction: string, name: string) {
    const { page } = await stage.visitor(name, phone)
    const { promise: isLet, resolve: picture } = Promise.withResolvers<void>()
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.push(request.url())
    })
    await page.addInitScript(() => {
      const later = globalThis.setTimeout.bind(globalThis)
      const setTimeout = (run: () => void, ms = 0, ...more: unknown[]) => (ms === 3_000 ? 0 : later(run, ms, ...more))
      Object.assign(globalThis, { setTimeout })
    })
    await page.route('**/media/**', async (route) => {
      await isLet
      await route.continue()
    })
    await page.goto(`/auctions/${auction}`, { waitUntil: 'domcontentloaded' })
    return { page, picture, asked }
  }
})

const chatOf = ({ page }: Pick<Visitor, 'page'>) => page.getByRole('tab', { name: '채팅' })

/** Whoever waits for a turn (a timer of no time) waits on; what it gives lets all of them have theirs. */
async function holdTurns({ page }: Visitor): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const later = globalThis.setTimeout.bind(globalThis)
    const held: (() => void)[] = []
    Object.assign(globalThis, {
      held,
      setTimeout: (run: () => void, ms = 0, ...more: unknown[]) =>
        ms === 0 ? held.push(run) : later(run, ms, ...more),
    })
  })
  return () =>
    page.evaluate(() => {
      const { held } = globalThis as unknown as { held: (() => void)[] }
      while (held.length > 0) held.shift()?.()
    })
}

async function untilTurnsWait({ page }: Visitor): Promise<void> {
  await page.waitForFunction(() => (globalThis as unknown as { held: unknown[] }).held.length > 0)
}
