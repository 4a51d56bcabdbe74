import { readdirSync, readFileSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { password } from '../run/demo/cast.ts'
import { Site } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { tableLamp } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room } from '../run/demo/pictures/rooms.ts'
import { findBarriers, findOverflow, keepPicture, settle } from './inspect.ts'
import { openMarket, type Eyes, type Market } from './market.ts'
import { viewsOf, type View } from './views.ts'
import { desktop, journey, phone, Visitor } from './visitor.ts'

/** The ways a page is looked at, each theme and widths down to 320 px on the same page. A theme knows no language. */
const windows = {
  'phone-ko': { prefix: '', themes: ['light', 'dark'], options: { ...phone, deviceScaleFactor: 1, locale: 'ko-KR' } },
  'phone-en': { prefix: '/en', themes: ['light'], options: { ...phone, deviceScaleFactor: 1, locale: 'en-US' } },
  'desktop-ko': { prefix: '', themes: ['light', 'dark'], options: { ...desktop, locale: 'ko-KR' } },
} satisfies Record<string, { prefix: string; themes: ('light' | 'dark')[]; options: BrowserContextOptions }>

type Kind = keyof typeof windows

const narrowest = 320

/** A room that is left, or joined anew with a sign-in, while its socket is still being opened closes it; one line is cut. */
const always = [/WebSocket is closed before the connection is established/, /ERR_INTERNET_DISCONNECTED/]

/** Names alone are needed to tell the tests; the addresses follow when the market is open. */
const nobody = { auctions: {}, rooms: {}, logins: {} } as Market
const names = viewsOf(nobody, Buffer.alloc(0)).map(({ name }) => name)

journey('every page', () => {
  const site = inject('site')!
  const open = new Map<string, Promise<Visitor>>()
  let browser: Browser
  let market: Market
  let views: View[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: site.chromium, args: ['--no-sandbox', '--disable-gpu'] })
    market = await openMarket(new Site(site.origin, site.key), Memory.of(site.folder))
    const lamp = await photograph((b) => tableLamp(b, palette.tangerine), room('dusk', 'plain'), { side: 640 })
    views = viewsOf(market, lamp)
  })
  afterAll(() => browser?.close())

  /** One window for each pair of eyes and way of looking, kept for all pages. */
  function windowOf(as: Eyes, kind: Kind): Promise<Visitor> {
    const known = open.get(`${as} ${kind}`) ?? openWindow(as, kind)
    open.set(`${as} ${kind}`, known)
    return known
  }

  async function openWindow(as: Eyes, kind: Kind): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: site.origin,
      reducedMotion: 'reduce',
      colorScheme: 'light',
      ...windows[kind].options,
    })
    if (as !== 'visitor') {
      await context.request.post('/api/accounts/login', { data: { login: market.logins[as], password } })
      await context.addInitScript(() => {
        if (location.protocol === 'about:') return
        localStorage.setItem('signed-in', localStorage.getItem('signed-in') ?? 'before')
      })
    }
    return new Visitor(`${as} ${kind}`, context, await context.newPage())
  }

  async function look(view: View, kind: Kind): Promise<string[]> {
    const { name, path, as = 'visitor', open: bring, close, status = 200 } = view
    const visitor = await windowOf(as, kind)
    const { page, troubles } = visitor
    visitor.expected.push(...always)
    if (status !== 200) visitor.expected.push(new RegExp(`status of ${status}`))
    const answer = await page.goto(windows[kind].prefix + path)
    const found = answer?.status() === status ? [] : [`answered ${answer?.status()}`]
    try {
      await settle(page)
      await bring?.(page)
      await settle(page)
      found.push(...(await inspect(page, kind, name)))
    } finally {
      await close?.(page)
    }
    // Rooms that stay open would speak into the next page's ear.
    await page.goto('about:blank')
    found.push(...troubles.splice(0))
    visitor.expected.length = 0
    return found.map((one) => `${kind}: ${one}`)
  }

  async function inspect(page: Page, kind: Kind, name: string): Promise<string[]> {
    const found: string[] = []
    await page.evaluate(() => scrollTo(0, 0))
    for (const theme of windows[kind].themes) {
      await page.emulateMedia({ colorScheme: theme })
      await settle(page)
      found.push(...(await findBarriers(page)).map((barrier) => `${theme}: ${barrier}`))
      if (theme === 'light' || kind === 'phone-ko') await keepPicture(page, `${kind}-${theme}-${name}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
    const size = page.viewportSize()!
    if (kind !== 'desktop-ko') await page.setViewportSize({ ...size, width: narrowest })
    found.push(...(await findOverflow(page)))
    await page.setViewportSize(size)
    return found
  }

  test.each(names)('%s is open to everybody, in every window', async (name) => {
    const view = views.find((one) => one.name === name)!
    const kinds = (Object.keys(windows) as Kind[]).filter((kind) => !view.isOnPhonesOnly || kind !== 'desktop-ko')
    // All of them to their end: a window that is still at it would be in the way of the next page.
    const looks = await Promise.allSettled(kinds.map((kind) => look(view, kind)))
    expect(looks.flatMap((one) => (one.status === 'fulfilled' ? one.value : [String(one.reason)]))).toEqual([])
  })

  test('none of the declared pages is left out', () => {
    const declared = pathsOfSources()
    expect(declared.length).toBeGreaterThan(15)
    const seen = views.map(({ path }) => path.replace(/\?.*/, ''))
    const unseen = declared.filter((pattern) => {
      const shape = new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`)
      return !seen.some((path) => shape.test(path))
    })
    expect(unseen).toEqual([])
  })
})

/** The addresses that the features declare, as they stand in their sources. */
function pathsOfSources(): string[] {
  const features = new URL('../../web/features/', import.meta.url).pathname
  return readdirSync(features, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\/routes\.tsx?$/.test(name))
    .flatMap((name) =>
      [...readFileSync(features + name, 'utf8').matchAll(/path: '(\/[^']*)'/g)].map(([, path]) => path!),
    )
}
