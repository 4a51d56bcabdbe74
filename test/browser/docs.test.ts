import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { findBarriers, findOverflow, keepPicture } from './inspect.ts'
import { desktop, journey, phone } from './visitor.ts'

journey('the API page', () => {
  const site = inject('site')!
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: site.chromium, args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser?.close())

  async function open(options: object, colorScheme: 'light' | 'dark'): Promise<{ page: Page; said: string[] }> {
    const context = await browser.newContext({ ...options, baseURL: site.origin, colorScheme, deviceScaleFactor: 1 })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    await page.goto('/api/docs')
    return { page, said }
  }

  test.each([
    ['a phone', 'light', phone],
    ['a phone', 'dark', phone],
    ['a desktop', 'light', desktop],
    ['a desktop', 'dark', desktop],
  ] as const)('is whole and open to everyone on %s, %s', async (where, theme, options) => {
    const { page, said } = await open(options, theme)
    // What its own style did not reach would be in the browser's own face.
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).margin)).toBe('0px')
    for (const summary of await page.locator('summary').all())
      if ((await summary.innerText()).includes('bids')) await summary.click()
    expect(await page.locator('details[open]').count()).toBeGreaterThan(2)
    expect(await findOverflow(page)).toEqual([])
    expect(await findBarriers(page)).toEqual([])
    await keepPicture(page, `docs-${where.slice(2)}-${theme}`)
    expect(said).toEqual([])
    await page.context().close()
  })

  test('leads from an operation to the schema it names, which opens', async () => {
    const { page } = await open(desktop, 'light')
    await page.locator('summary', { hasText: 'POST /api/accounts/login' }).click()
    await page.locator('details[open] a', { hasText: 'LoggedIn' }).first().click()
    const schema = page.locator('#schema-LoggedIn pre')
    await expect.poll(() => schema.isVisible()).toBe(true)
    expect(await schema.innerText()).toContain('"access"')
    await page.context().close()
  })
})
