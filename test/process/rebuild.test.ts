import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildIfChanged } from '../run/build.ts'
import { Site, type Person } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { DataFolder } from '../run/folder.ts'
import { openHouse, type House } from '../run/house.ts'
import { root } from '../run/root.ts'
import { freePort } from '../support/free-port.ts'
import { attempt, ledger, newcomer, openAuction, watch } from './bidding.ts'

const run = promisify(execFile)
const path = mkdtempSync(join(tmpdir(), 'hallabong-rebuild-'))
const built = join(root, 'dist/house')
const eightDays = 8 * 24 * 60 * 60_000
let port = 0
let folder: DataFolder | undefined
let house: House | undefined

beforeAll(async () => {
  await buildIfChanged(built)
  folder = await DataFolder.take(path)
  port = await freePort()
})

afterAll(async () => {
  await house?.close()
  folder?.release()
  rmSync(path, { recursive: true, force: true })
})

async function open(): Promise<House> {
  if (!folder) throw new Error('no folder')
  house = await openHouse({ folder, built, port, host: '127.0.0.1' })
  return house
}

async function close(): Promise<void> {
  await house?.close()
  house = undefined
}

/** D1 as it lies on disk while the house is closed. */
function database(): DatabaseSync {
  const folderOfAll = join(path, 'v3')
  const files = readdirSync(folderOfAll, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sqlite'),
  )
  for (const name of files) {
    const found = new DatabaseSync(join(folderOfAll, name))
    const isIt = found.prepare("select 1 from sqlite_master where name = 'auction_bidder'").get()
    if (isIt) return found
    found.close()
  }
  throw new Error(`no database among ${files.join()}`)
}

/** Everything in D1 that follows from the ledgers; how many are present is of the moment. */
function projections() {
  const db = database()
  try {
    const all = (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row, present: null }))
    return {
      auctions: all('select * from auction order by id'),
      bidders: all('select * from auction_bidder order by auction, number'),
      notes: all('select * from auction_note order by auction, log_seq'),
      words: all('select auction, title, content from auction_search order by auction'),
    }
  } finally {
    db.close()
  }
}

function destroyProjections(): void {
  const db = database()
  try {
    db.exec(`update auction set log_seq = 5000, state = 'void', price = 1, bid_count = 0, leader = null, leader_number = 77,
        winner = 'nobody', winner_number = 77, reserve = 'met', ends_at = 1, hard_end_at = 1, ended_at = 1, deal = 'none',
        cancel_reason = 'nonsense', terms_hash = null, planned_end_at = 1, starts_at = 1, likes_count = 12;
      delete from auction_bidder;
      update auction_note set text = 'nonsense';
      delete from auction_search`)
  } finally {
    db.close()
  }
}

function entriesInArchive(auction: string): number {
  const file = join(path, 'relay/archive/auction', `${auction}.jsonl`)
  if (!existsSync(file)) return 0
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"entry"')).length
}

/** `npm run rebuild`, on this house's folder. */
async function rebuild(env: Record<string, string> = {}): Promise<{ code: number; words: string }> {
  try {
    const { stdout } = await run(process.execPath, ['test/run/rebuild.ts'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: path, PORT: String(port), ...env },
    })
    return { code: 0, words: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, words: stdout + stderr }
  }
}

it('brings D1 back from what the relay kept, on the real processes', async () => {
  const { origin, key } = await open()
  const site = new Site(origin, key ?? '')
  const memory = Memory.of(path)
  const seller = await newcomer(site, memory, 'lamp.seller')
  const people: Person[] = []
  for (let count = 0; count < 3; count += 1) people.push(await newcomer(site, memory, `bidder.${count}`))
  const [sold, running] = [(await openAuction(seller)).id, (await openAuction(seller)).id]
  let amount = 10_000
  for (const auction of [sold, running])
    for (const person of people) {
      const client = await watch(site, auction, person)
      expect((await attempt(client, person, (amount += 1_000))).receipt?.verdict).toBe('accepted')
      client.socket.close()
      await client.gone()
    }
  await people[0]?.ask('POST', '/api/likes/auction-likes', { body: { auction: sold } })
  await seller.ask('POST', `/api/auctions/${sold}/notes`, { body: { text: 'The cable is two metres long.' } })
  await site.ask('POST', '/dev/clock', { body: { auction: sold, offsetMs: eightDays } })

  for (const auction of [sold, running])
    await vi.waitFor(
      async () => {
        const { entries } = await ledger(site, auction)
        expect(entriesInArchive(auction)).toBe(entries.length)
        const { items } = await site.ask<{ items: { state: string }[] }>('GET', `/api/auctions/cards?ids=${auction}`)
        expect(items).toMatchObject([{ state: auction === sold ? 'sold' : 'running', bidCount: 3 }])
      },
      { timeout: 60_000, interval: 100 },
    )
  await close()
  const before = projections()
  expect(before).toMatchObject({ bidders: { length: 6 }, notes: { length: 1 }, words: { length: 2 } })
  expect(before.auctions.map((row) => Reflect.get(row, 'state')).toSorted()).toEqual(['running', 'sold'])
  destroyProjections()
  expect(projections()).not.toEqual(before)

  const again = await open()
  const first = await rebuild()
  expect(first).toMatchObject({ code: 0, words: expect.stringContaining('2 auctions rebuilt') })
  expect(first.words).toMatch(/^[1-9]\d* things in the index, from \d+ streams$/m)
  const { items } = await new Site(again.origin, again.key ?? '').ask<{ items: { id: string }[] }>(
    'GET',
    '/api/search?q=lamp',
  )
  expect(items.map(({ id }) => id).toSorted()).toEqual([running, sold].toSorted())
  // Once more, while it is open: it changes nothing.
  expect(await rebuild()).toMatchObject({ code: 0 })
  await close()
  expect(projections()).toEqual(before)
})

it('says in one line what keeps it from rebuilding', async () => {
  const unreachable = await rebuild({ WORKER_URL: `http://127.0.0.1:${port}` })
  expect(unreachable).toMatchObject({ code: 1, words: expect.stringContaining('not rebuilt: ') })
  const nowhere = await rebuild({ ARCHIVE: join(path, 'nowhere') })
  expect(nowhere).toMatchObject({ code: 1, words: expect.stringContaining('no archive in ') })
})
