import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest'
import { Memory } from '../run/demo/memory.ts'
import { Site, type Person } from '../run/demo/client.ts'
import { join as signUp } from '../run/demo/joining.ts'
import { password } from '../run/demo/cast.ts'
import type { RunningSite } from './setup.ts'

const artefacts = new URL('../../artefacts/browser', import.meta.url).pathname

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}
export const desktop: BrowserContextOptions = { viewport: { width: 1_280, height: 900 } }

/** Where there is no browser, journeys are skipped; `setup.ts` has said so. */
export const journey = inject('site') === null ? describe.skip : describe

/** What one test file needs: a browser, the API beside it, people, and an eye on everything that goes wrong in a page. */
export class Stage {
  private browser: Browser | null = null
  private readonly visitors: Visitor[] = []
  private readonly running: RunningSite | null = inject('site')

  constructor() {
    beforeAll(async () => {
      mkdirSync(artefacts, { recursive: true })
      this.browser = await chromium.launch({ executablePath: this.found.chromium, args: ['--no-sandbox'] })
    })
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail')
        for (const visitor of this.visitors) await visitor.shoot(`failed-${visitor.name}`)
      const troubles = this.visitors.flatMap(({ name, troubles: own }) => own.map((trouble) => `${name}: ${trouble}`))
      for (const visitor of this.visitors.splice(0)) await visitor.context.close()
      expect(troubles).toEqual([])
    })
    afterAll(() => this.browser?.close())
  }

  private get found(): RunningSite {
    if (!this.running) throw new Error('no browser on this computer')
    return this.running
  }

  get origin(): string {
    return this.found.origin
  }

  get site(): Site {
    return new Site(this.found.origin, this.found.key)
  }

  get memory(): Memory {
    return Memory.of(this.found.folder)
  }

  /** Where the link leads that came in the latest letter with one to this page. */
  async linkTo(email: string, path: string): Promise<string> {
    const pattern = new RegExp(`https?://\\S+${path}#\\S+`)
    let found: string | undefined
    await expect
      .poll(async () => {
        const letters = await this.site.letters(email)
        found = letters.map(({ text }) => pattern.exec(text)?.[0]).find((link) => link !== undefined)
        return found
      })
      .toBeDefined()
    return found!
  }

  /** Somebody with a verified phone, made through the API; `handle` must be new. */
  person(handle: string, name: string): Promise<Person> {
    return signUp(this.site, this.memory, { handle, name, bio: '', days: 1 })
  }

  async visitor(name: string, options: BrowserContextOptions = desktop): Promise<Visitor> {
    const context = await this.browser!.newContext({ baseURL: this.origin, locale: 'ko-KR', ...options })
    const visitor = new Visitor(name, context, await context.newPage())
    this.visitors.push(visitor)
    return visitor
  }

  /** A visitor who has signed in. */
  async signedIn(person: Person, options: BrowserContextOptions = desktop): Promise<Visitor> {
    const visitor = await this.visitor(person.member.handle, options)
    const { page } = visitor
    await page.goto('/log-in')
    await page.getByLabel('이메일 또는 휴대폰 번호').fill(person.login)
    await page.getByLabel('비밀번호', { exact: true }).fill(password)
    await page.getByRole('button', { name: '로그인' }).click()
    await page.waitForURL((url) => url.pathname !== '/log-in')
    return visitor
  }
}

/** A window of somebody's, and what went wrong in it. */
export class Visitor {
  readonly name: string
  readonly context: BrowserContext
  readonly page: Page
  readonly troubles: string[] = []
  /** Words of troubles that belong to the story, as of a line that was cut on purpose or of a page left while it opened one. */
  readonly expected: RegExp[] = [/WebSocket is closed before the connection is established/]

  constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name
    this.context = context
    this.page = page
    const note = (words: string) => {
      if (!this.expected.some((known) => known.test(words))) this.troubles.push(words)
    }
    page.on('console', (message) => {
      // A policy's violations are errors of the console, too.
      if (message.type() === 'error' || message.type() === 'warning')
        note(`${message.text()} ${message.location().url}`)
    })
    page.on('pageerror', (error) => note(String(error)))
    page.on('response', (response) => {
      if (response.status() >= 500) note(`${response.status()} ${response.url()}`)
    })
  }

  /** Opens a page whose scripts are still on their way; what it gives lets them come. */
  async openAsleep(path: string): Promise<() => Promise<void>> {
    const { promise: waking, resolve: wake } = Promise.withResolvers<void>()
    const scripts = /\/assets\/.*\.js$/
    await this.page.route(scripts, async (route) => {
      await waking
      await route.continue()
    })
    await this.page.goto(path, { waitUntil: 'commit' })
    return async () => {
      wake()
      await this.page.waitForLoadState()
      await this.page.unroute(scripts)
    }
  }

  /** Opens a page, and waits until its live line has been greeted: from then on it hears what happens. */
  async openLive(path: string): Promise<void> {
    // The document before this one may be opening a line, too.
    await this.page.goto('about:blank')
    const greeted = new Promise<void>((resolve) => {
      this.page.on('websocket', (socket) => {
        if (socket.url().endsWith('/api/live')) socket.once('framereceived', () => resolve())
      })
    })
    await this.page.goto(path)
    await greeted
  }

  /** Presses the button with this amount, as soon as it has stood there long enough to have been read. */
  async pressBid(amount: string): Promise<void> {
    const button = this.page.getByRole('button', { name: new RegExp(`^${amount} 입찰하기`) })
    const isUnread = () => this.page.getByText('금액이 방금 바뀌었어요').isVisible()
    do await button.click()
    while (await isUnread())
  }

  /** The same for the first time on this device: one is told that a bid binds. */
  async pressFirstBid(amount: string): Promise<void> {
    await this.pressBid(amount)
    await this.page.getByRole('button', { name: `알겠어요, ${amount} 입찰하기` }).click()
  }

  /** Waits until these words stand somewhere on the screen. */
  async reads(words: string | RegExp, options: { exact?: boolean } = {}): Promise<void> {
    await this.page.getByText(words, options).filter({ visible: true }).first().waitFor()
  }

  async shoot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) })
  }
}
