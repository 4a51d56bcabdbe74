import { readFile } from 'node:fs/promises'
import { ledger as words } from '../../web/i18n/en/ledger.ts'
import type { Evidence } from '../../web/features/auctions/verifier/evidence.ts'
import { gather } from '../../web/features/auctions/verifier/gather.ts'
import type { Step } from '../../web/features/auctions/verifier/report.ts'
import { verify } from '../../web/features/auctions/verifier/verify.ts'

/**
 * Checks a public ledger outside the browser: `npm run verify -- <address of the ledger, or a file with its evidence>`.
 * Prints each step; exits with 1 when one fails, with 2 when there is nothing to check.
 */
const place = process.argv[2]
if (!place) stop('usage: npm run verify -- <ledger address or evidence file>')

const evidence = await read(place)
const report = await verify(evidence, (step) => console.log(lineOf(step)))
const { outcome } = report
console.log('')
if (outcome) {
  const end = outcome.state === 'sold' ? `to bidder ${outcome.winner} for ${outcome.price} KRW` : ''
  console.log(`the entries alone lead to: ${outcome.state} ${end}`.trim())
}
console.log(report.isSound ? 'sound' : 'NOT SOUND')
process.exitCode = report.isSound ? 0 : 1

async function read(from: string): Promise<Evidence> {
  try {
    if (!URL.canParse(from)) return JSON.parse(await readFile(from, 'utf8')) as Evidence
    const { origin, pathname } = new URL(from)
    const [auction] = /auc_[0-9a-z]+/.exec(pathname) ?? []
    if (!auction) stop(`no auction in the address ${from}`)
    return await gather(async (path) => {
      const response = await fetch(origin + path, { headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(`${path} answered ${response.status}`)
      return response.json()
    }, auction)
  } catch (error) {
    stop(`${from} could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function lineOf(step: Step): string {
  const name = words.steps[step.step]
  switch (step.verdict) {
    case 'passed':
      return `  ok    ${name} (${words.checked(step.checked)})`
    case 'skipped':
      return `  -     ${name} (${words.skips[step.reason]})`
    case 'failed': {
      const faults = step.faults.map(({ code, entry, expected, found }) => {
        const values = [
          expected === undefined ? null : words.expected(String(expected)),
          found === undefined ? null : words.found(String(found)),
        ].filter((value) => value !== null)
        const where = entry === undefined ? '' : `${words.at(entry)}: `
        return `        ${where}${words.faults[code]}${values.length > 0 ? ` (${values.join(', ')})` : ''}`
      })
      return [`  WRONG ${name}`, ...faults].join('\n')
    }
  }
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
