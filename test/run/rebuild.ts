import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rebuildIndex } from './rebuilding-index.ts'
import { rebuildProjections, retellDeals } from './rebuilding.ts'
import { root } from './root.ts'
import type { Secrets } from './settings.ts'

/**
 * `npm run rebuild`: makes D1's projections of the auctions, the rows of deals and the relay's index again from the relay's archive, beside a
 * house that is running. For one on this computer everything is known from its data folder (`DATA_DIR`, `PORT`); for any other say where: `ARCHIVE`,
 * `WORKER_URL`, `RELAY_URL`, `RELAY_SECRET`. Exits with 1 where something could not be rebuilt.
 */
const folder = resolve(root, process.env.DATA_DIR || '.data')
const say = (line: string) => console.log(line)

try {
  const secret = process.env.RELAY_SECRET || secretOfFolder()
  await projections(secret)
  await index(secret)
} catch (error) {
  console.error(`not rebuilt: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

async function projections(secret: string): Promise<void> {
  const archive = process.env.ARCHIVE || join(folder, 'relay', 'archive')
  if (!existsSync(archive)) throw new Error(`no archive in ${archive}`)
  const workerUrl = (process.env.WORKER_URL || `http://127.0.0.1:${process.env.PORT || 8787}`).replace(/\/$/, '')
  const { rebuilt, ahead, absent, unreadable } = await rebuildProjections({ archive, workerUrl, secret, say })
  say(`${rebuilt} auctions rebuilt`)
  if (ahead.length > 0) say(`${ahead.length} left as they are, D1 being ahead of the archive: ${ahead.join(', ')}`)
  if (absent.length > 0) say(`${absent.length} are not in D1: ${absent.join(', ')}`)
  if (unreadable.length > 0) say(`${unreadable.length} do not begin with a publication: ${unreadable.join(', ')}`)
  const deals = await retellDeals({ archive, workerUrl, secret, say })
  say(`${deals.rebuilt} deals rebuilt`)
  if (deals.absent.length > 0) say(`${deals.absent.length} deals are not there: ${deals.absent.join(', ')}`)
  if (absent.length + unreadable.length + deals.absent.length > 0) process.exitCode = 1
}

async function index(secret: string): Promise<void> {
  const relayUrl = (process.env.RELAY_URL || relayOfFolder()).replace(/\/$/, '')
  const built = await rebuildIndex(relayUrl, secret)
  say(built ? `${built.items} things in the index, from ${built.streams} streams` : 'this relay keeps no index')
}

function secretOfFolder(): string {
  const path = join(folder, 'secrets.json')
  if (!existsSync(path))
    throw new Error(`no secret: set RELAY_SECRET, or DATA_DIR to a folder with secrets, not ${folder}`)
  return (JSON.parse(readFileSync(path, 'utf8')) as Secrets).RELAY_SECRET
}

/** The launcher gives its relay any free port; the relay's log says which. */
function relayOfFolder(): string {
  const path = join(folder, 'logs', 'relay.log')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const ready = lines.findLast((line) => line.includes('"ready"'))
  if (ready === undefined) throw new Error('where the relay listens is not known: set RELAY_URL')
  return `http://127.0.0.1:${(JSON.parse(ready) as { port: number }).port}`
}
