import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from '../browser/chromium.ts'
import { openBenchHouse } from './bench/house.ts'
import { Memory } from './demo/memory.ts'
import { openBlankPage } from './lighthouse/blank.ts'
import { measurePage, type PageReport } from './lighthouse/page.ts'
import { tableOf } from './lighthouse/table.ts'
import { root } from './root.ts'

/**
 * Lighthouse as phones see the site, on the house with its demo and nobody about: `--runs 5` of each page (the median counts),
 * `--only ledger`, `--json FILE`. Ends with 1 where a point is missing.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
})
const chromium = findChromium()
if (chromium === null) process.exit(1)
const house = await openBenchHouse()
const reports: PageReport[] = []
let failed = 0
const blank = await openBlankPage()
try {
  console.error('laying out the demo, which takes a minute or two …')
  const { lots } = await layOut(house.house.origin, house.house.key ?? '', house.path)
  const pages = {
    home: '/',
    list: '/auctions',
    auction: `/auctions/${lots['film-camera']}`,
    ledger: `/auctions/${lots['bowls-sea']}/ledger`,
  }
  for (const [name, path] of Object.entries(pages).filter(([name]) => name.includes(values.only))) {
    console.error(`looking at ${name}, ${values.runs} times …`)
    try {
      const url = house.house.origin + path
      const report = await measurePage({ chromium, blank: blank.url, name, url, runs: Number(values.runs) })
      reports.push(report)
      for (const reason of report.reasons) console.error(`  ${reason}`)
    } catch (thrown) {
      failed += 1
      console.error(`  ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
} finally {
  blank.close()
  await house.close()
}
console.log(tableOf(reports))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`)
const isWhole = ({ scores }: PageReport) => Object.values(scores).every((score) => score === 100)
process.exit(failed === 0 && reports.every(isWhole) ? 0 : 1)

/** The same people and auctions as after `npm start`. */
async function layOut(origin: string, key: string, folder: string): Promise<Memory> {
  const demo = spawn(process.execPath, [join(root, 'test/run/demo.ts'), '--no-simulation'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, BASE_URL: origin, LOCAL_KEY: key, DATA_DIR: folder },
  })
  await new Promise<void>((resolve, reject) => {
    demo.once('error', reject)
    demo.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the demo was not laid out'))))
  })
  return Memory.of(folder)
}
