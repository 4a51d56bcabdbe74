import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerPage } from '../../worker/contract/auctions.ts'
import type { Envelope } from '../../worker/contract/events.ts'
import type { Bus } from '../../relay/bus/bus.ts'
import { openBus } from '../../relay/bus/open.ts'
import { readConfig } from '../../relay/config.ts'
import { createEmbedder } from '../../relay/embedder/create.ts'
import { indexInto } from '../../relay/handlers/index.ts'
import { killServer, settingsFor, startServers } from '../../relay/servers/servers.ts'
import { openIndex } from '../../relay/vectors/open.ts'
import { rebuildIndex } from '../../relay/vectors/rebuild.ts'
import type { Item, VectorIndex } from '../../relay/vectors/vectors.ts'
import { buildIfChanged } from '../run/build.ts'
import { Site } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { DataFolder } from '../run/folder.ts'
import { openHouse, type House } from '../run/house.ts'
import { descendantsOf, isAlive } from '../run/processes.ts'
import { root } from '../run/root.ts'
import { newNamespace, realServers, serversFolder } from '../support/servers.ts'
import { newcomer, openAuction } from './bidding.ts'
import { bidIn } from './crowd.ts'
import { Sender } from './sender.ts'

const port = 8862
const servers = realServers()
const where = servers ? 'Pulsar by WebSocket' : 'the embedded bus'
const bidsWanted = servers ? 2_000 : 5_000
/** Facts of further owners for each accepted bid, which itself makes two: the bid, and the word to whoever was outbid. */
const factsBeside = 8
const eventsWanted = bidsWanted * (2 + factsBeside)
const lotsPerSeller = 3
const range = (length: number) => Array.from({ length }, (_, place) => place)

type Victim = 'relay' | 'pulsar' | 'workerd'
const order: Victim[] = servers
  ? ['relay', 'pulsar', 'relay', 'workerd', 'relay', 'pulsar']
  : ['relay', 'relay', 'workerd', 'relay']

const path = mkdtempSync(join(tmpdir(), 'hallabong-campaign-'))
const built = join(root, 'dist/house')
const settingsBefore = { ...process.env }
let folder: DataFolder
let house: House | undefined

beforeAll(async () => {
  if (servers) {
    const namespace = newNamespace()
    // As its streams, its index begins anew.
    const index = namespace.replace(/\W/g, '_')
    const own = { BUS: 'pulsar-websocket', PULSAR_NAMESPACE: namespace, MILVUS_COLLECTION: index }
    Object.assign(process.env, settingsFor(servers), own)
    delete process.env['PULSAR_URL']
  }
  await buildIfChanged(built)
  folder = await DataFolder.take(path)
})

afterAll(async () => {
  await house?.close()
  folder?.release()
  process.env = settingsBefore
  rmSync(path, { recursive: true, force: true })
})

async function open(): Promise<House> {
  await house?.close()
  house = await openHouse({ folder, built, port, host: '127.0.0.1' })
  return house
}

const deeds: Record<Victim, () => Promise<unknown>> = {
  // The launcher starts it again, as systemd would.
  relay: () => kill(/relay\/index\.ts/),
  async workerd() {
    await kill(/workerd/)
    await open()
  },
  async pulsar() {
    await killServer(serversFolder, 'pulsar')
    await startServers({ folder: serversFolder }, undefined, ['pulsar'])
  },
}

/** SIGKILL to the one process of the house whose command holds this, once it is there. */
async function kill(command: RegExp): Promise<void> {
  let found = victims(command)
  for (; found.length === 0; found = victims(command)) await new Promise((resolve) => setTimeout(resolve, 100))
  const [victim] = found
  if (!victim || found.length > 1) throw new Error(`${found.length} processes are ${command}`)
  process.kill(victim.pid, 'SIGKILL')
  while (isAlive(victim)) await new Promise((resolve) => setTimeout(resolve, 5))
}

const victims = (command: RegExp) => descendantsOf(process.pid).filter(({ pid }) => command.test(commandOf(pid)))

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

const story = `${eventsWanted.toLocaleString('en')} events on ${where}, SIGKILL to ${order.join(', ')}`

describe('a chain of which every link is killed', () => {
  it(
    `ends with ledger, bus, archive and index telling the same, in order, nothing lost, nothing twice (${story})`,
    { timeout: 600_000 },
    async () => {
      const { origin, key } = await open()
      const site = new Site(origin, key ?? '')
      const memory = Memory.of(path)
      const people = await Promise.all(range(4).map((n) => newcomer(site, memory, `bidder.${n}`)))
      const sellers = await Promise.all(range(2).map((n) => newcomer(site, memory, `lamps.${n}`)))
      const lots: string[] = []
      for (const seller of sellers)
        for (let count = 0; count < lotsPerSeller; count += 1) lots.push((await openAuction(seller)).id)
      const secret = new Uint8Array(Buffer.from(folder.secrets().RELAY_SECRET, 'base64url'))
      const senders = range(8).map(
        (n) => new Sender(`auction:beside_${n}`, () => house?.relayUrl ?? 'http://127.0.0.1:1', secret),
      )

      let accepted = 0
      let begun = 0
      const done: string[] = []
      let disturbing: Promise<unknown> = Promise.resolve()
      let standing: Promise<unknown> = Promise.resolve()
      /** One death after the other, each when the next part of the bids is in. */
      function disturb() {
        const victim = order[begun]
        if (victim === undefined || accepted < (bidsWanted / (order.length + 1)) * (begun + 1)) return
        begun += 1
        disturbing = disturbing.then(deeds[victim]).then(() => done.push(victim))
        disturbing.catch(() => {})
        if (victim === 'workerd') standing = disturbing
      }
      const goesOn = () => {
        accepted += 1
        senders[accepted % senders.length]?.add(factsBeside)
        disturb()
        return accepted < bidsWanted
      }
      await Promise.all(lots.map((lot) => bidIn(lot, { site, people, houseStands: () => standing, goesOn })))
      await disturbing
      expect(done).toEqual(order)
      await Promise.all(senders.map((sender) => sender.settled()))

      // Told to the end: what is now in each ledger and in each owner's hand.
      const ledgers = new Map<string, LedgerPage['entries']>()
      for (const lot of lots) ledgers.set(lot, await wholeLedger(site, lot))
      for (const [lot, entries] of ledgers)
        await until(() => chainOf(archived(`auction:${lot}`)).at(-1)?.hash === entries.at(-1)?.hash)
      for (const { stream, facts } of senders) await until(() => archived(stream).length >= facts.length)
      await house?.close()
      house = undefined

      const left = copyOfRelay()
      const bus = await openBus(readConfig(relaySettings()).bus, left)
      let events = 0
      for (const stream of archivedStreams()) {
        const kept = archived(stream)
        events += kept.length
        const places = kept.map(({ seq }) => seq)
        expect(places, stream).toEqual(range(kept.length).map((place) => place + 1))
        // What the house said while it closed may have reached the bus alone.
        expect((await read(bus, stream)).slice(0, kept.length), stream).toEqual(kept)
      }
      expect(await bus.deadLetters()).toEqual([])
      const [kept, anew] = await indexes(bus, left)
      expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(lots))
      expect(kept).toEqual(anew)
      await bus.close()
      for (const [lot, entries] of ledgers) expect(chainOf(archived(`auction:${lot}`))).toEqual(entries)
      for (const { stream, facts } of senders) expect(archived(stream)).toEqual(facts)
      expect(events).toBeGreaterThanOrEqual(eventsWanted)
    },
  )
})

/** Everything in the index, once it has read what the bus still had for it, and in one that is made anew from the archive. */
async function indexes(bus: Bus, left: string): Promise<[Item[], Item[]]> {
  const config = readConfig(relaySettings())
  const embedder = createEmbedder(config.embedder)
  const kept = await openIndex(config.vectors, { dataDir: left, embedder })
  const reading = bus.subscribe('index', indexInto({ index: kept, embedder }))
  await reading.idle()
  await reading.stop()
  const anew = await openIndex({ kind: 'embedded' }, { dataDir: mkdtempSync(join(path, 'anew-')), embedder })
  await rebuildIndex(join(path, 'relay/archive'), anew, embedder)
  const ids = archivedStreams().flatMap((stream) => archived(stream).flatMap(idOf))
  const both = await Promise.all([kept, anew].map(async (index) => [await itemsOf(index, ids), await index.count()]))
  for (const [items, count] of both) expect((items as Item[]).length).toBe(count)
  await Promise.all([kept.close(), anew.close()])
  return both.map(([items]) => items) as [Item[], Item[]]
}

function idOf({ type, payload }: Envelope): string[] {
  const { auction, account } = payload as { auction?: string; account?: string }
  const id = type === 'auction-described' ? auction : type === 'profile-changed' ? account : undefined
  return id === undefined ? [] : [id]
}

async function itemsOf(index: VectorIndex, ids: readonly string[]): Promise<Item[]> {
  const items = await index.get([...new Set(ids)])
  // Vectors come back as a server rounds them.
  const plain = items.map((item) => ({
    ...item,
    vector: Float32Array.from(item.vector, (x) => Math.round(x * 1e4) / 1e4),
  }))
  return plain.toSorted((one, other) => one.id.localeCompare(other.id))
}

/** The ledger inside a stream. */
function chainOf(events: readonly Envelope[]): LedgerPage['entries'] {
  return events.flatMap(({ payload }) => {
    const { entry, hash } = payload as Partial<LedgerPage['entries'][number]>
    return entry && hash ? [{ entry, hash }] : []
  })
}

async function wholeLedger(site: Site, auction: string): Promise<LedgerPage['entries']> {
  const entries: LedgerPage['entries'] = []
  for (let next: number | null = 1; next !== null;) {
    const page: LedgerPage = await site.ask('GET', `/api/auctions/${auction}/log?from=${next}`)
    entries.push(...page.entries)
    next = page.next
  }
  return entries
}

async function read(bus: Bus, stream: string): Promise<Envelope[]> {
  const events: Envelope[] = []
  for await (const event of bus.read(stream)) events.push(event)
  return events
}

function archived(stream: string): Envelope[] {
  const file = join(path, 'relay/archive', `${stream.replace(':', '/')}.jsonl`)
  if (!existsSync(file)) return []
  // Its last line may be half-written at this moment.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Envelope)
}

function archivedStreams(): string[] {
  const names = readdirSync(join(path, 'relay/archive'), { recursive: true, encoding: 'utf8' })
  return names.flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -6).replace('/', ':')] : []))
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 120_000; !isSo();) {
    if (Date.now() > end) throw new Error('the archive did not get everything within two minutes')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function relaySettings(): Record<string, string | undefined> {
  return { ...process.env, RELAY_SECRET: folder.secrets().RELAY_SECRET, WORKER_URL: 'http://127.0.0.1:9' }
}

/** What the relay left, without the archive: nothing of the original is touched. */
function copyOfRelay(): string {
  const copy = join(path, 'relay-copy')
  cpSync(join(path, 'relay'), copy, { recursive: true, filter: (from) => !from.includes('archive') })
  return copy
}
