import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const album = new URL('../../artefacts/screenshots', import.meta.url).pathname
mkdirSync(album, { recursive: true })

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Waits until nothing more comes by itself: data, lazy parts, fonts, and the pictures in view. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => {
    const isBusy = document.querySelector('main [aria-busy=true], .skeleton')
    const inView = [...document.images].filter((image) => {
      const { top, left, right, bottom } = image.getBoundingClientRect()
      return right > left && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
    })
    const areDone = document.getAnimations().every(({ playState, effect }) => {
      return playState !== 'running' || effect?.getComputedTiming().iterations === Infinity
    })
    return !isBusy && areDone && document.fonts.status === 'loaded' && inView.every(({ complete }) => complete)
  })
}

/**
 * Lays out what is far down, too. Until it comes near, its colours stand at the beginning of their way from one theme to the other,
 * which whoever comes there never sees.
 */
async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLElement>('.later')) part.style.contentVisibility = 'visible'
  })
  await settle(page)
}

/** What axe has found: rule, how bad, and where. */
export async function findBarriers(page: Page): Promise<string[]> {
  await layOutAll(page)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const runOnly: axe.RunOnly = { type: 'tag', values: standards }
  const { violations, passes } = await page.evaluate(
    (only) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: only, resultTypes: ['violations'] }),
    runOnly,
  )
  if (violations.length + passes.length === 0) throw new Error('axe has looked at nothing')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
    ),
  )
}

/** Fails with what axe finds on the page in either theme. */
export async function expectNoBarriers(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settle(page)
    expect(await findBarriers(page)).toEqual([])
  }
}

/** Elements that reach beyond the screen where the page itself has become wider than it. */
export async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const wide = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getBoundingClientRect().right > width + 0.5,
    )
    return [
      `the page is ${document.documentElement.scrollWidth} px wide on ${width}`,
      ...wide
        .slice(0, 5)
        .map((one) => `${one.tagName.toLowerCase()}.${String(one.getAttribute('class')).slice(0, 80)}`),
    ]
  })
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(album, `${name}.png`), fullPage: true })
}
