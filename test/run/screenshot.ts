import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core'
import sharp from 'sharp'
import { findChromium } from '../browser/chromium.ts'
import { root } from './root.ts'

/** The picture of the README: one auction of a running house, on a desktop and on a phone. Takes the auction's address. */
const address = process.argv[2]
const executablePath = findChromium()
if (!address || !executablePath)
  throw new Error('usage: node test/run/screenshot.ts http://localhost:8787/auctions/auc_…')

const corner = 20
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const [desktop, phone] = await Promise.all([
  shoot(browser, { viewport: { width: 1_280, height: 820 }, deviceScaleFactor: 1.5 }, 1_280),
  shoot(browser, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }, 360),
])
await browser.close()
await sharp({ create: { width: 1_760, height: 900, channels: 3, background: '#efe6d8' } })
  .composite([
    { input: desktop, left: 40, top: 40 },
    { input: phone, left: 1_360, top: 60 },
  ])
  .webp({ quality: 84 })
  .toFile(`${root}/test/browser/live-auction.webp`)

async function shoot(from: Browser, options: BrowserContextOptions, width: number): Promise<Buffer> {
  const context = await from.newContext({ locale: 'ko-KR', colorScheme: 'light', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto(address!)
  await page.waitForLoadState('networkidle')
  const picture = await sharp(await page.screenshot())
    .resize(width)
    .png()
    .toBuffer()
  const { height = 0 } = await sharp(picture).metadata()
  const box = `x="1" y="1" width="${width - 2}" height="${height - 2}" rx="${corner}"`
  const svg = (shape: string) => Buffer.from(`<svg width="${width}" height="${height}">${shape}</svg>`)
  return sharp(picture)
    .composite([
      { input: svg(`<rect ${box}/>`), blend: 'dest-in' },
      { input: svg(`<rect ${box} fill="none" stroke="#c9bba8" stroke-width="2"/>`) },
    ])
    .png()
    .toBuffer()
}
