import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Entry } from '../../worker/contract/ledger.ts'
import { Site, type Person } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { attempt, ledger, newcomer, openAuction, ownBids, settle, watch, type Attempt } from './bidding.ts'
import { MortalHouse } from './mortal-house.ts'

const port = 8861
const bidders = 12
const roundsOfBids = 3
const deaths = 3
/** Acknowledged bids after which the process is killed, while the rest of the round is on its way. */
const acksBeforeDeath = 10

const house = new MortalHouse('death', port)

beforeAll(() => house.build())
afterAll(() => house.close())

describe('a house that is closed', () => {
  it('says goodbye to whoever watches', async () => {
    const { origin, key } = await house.open()
    const site = new Site(origin, key ?? '')
    const seller = await newcomer(site, Memory.of(house.path), 'vase.seller')
    const watcher = await watch(site, (await openAuction(seller)).id, seller)
    await house.open()
    expect((await watcher.gone()).code).toBe(1012)
    expect(watcher.frames.at(-1)).toMatchObject({ type: 'goodbye', retryAfterMs: expect.any(Number) })
  })
})

describe('a killed process', () => {
  it('loses no acknowledged bid, doubles none, and the relay ends with the same ledger', async () => {
    const { origin, key } = await house.open()
    const site = new Site(origin, key ?? '')
    const memory = Memory.of(house.path)
    const seller = await newcomer(site, memory, 'lamp.seller')
    const auction = (await openAuction(seller)).id
    const people: Person[] = []
    for (let count = 0; count < bidders; count += 1) people.push(await newcomer(site, memory, `bidder.${count}`))

    const attempts: Attempt[] = []
    let amount = 10_000
    for (let death = 0; death < deaths; death += 1) {
      const clients = await Promise.all(people.map((person) => watch(site, auction, person)))
      let acknowledged = 0
      let victim: number | null = house.workerd()
      const streams = people.map(async (person, place) => {
        const client = clients[place]!
        for (let turn = 0; turn < roundsOfBids && !client.ended; turn += 1) {
          amount += 500
          const made = await attempt(client, person, amount)
          attempts.push(made)
          if (made.receipt) acknowledged += 1
          if (victim === null || acknowledged < acksBeforeDeath) continue
          process.kill(victim, 'SIGKILL')
          victim = null
        }
      })
      await Promise.all(streams)
      expect(acknowledged).toBeGreaterThanOrEqual(acksBeforeDeath)
      await Promise.all(clients.map((client) => client.gone()))
      await house.open()
    }

    const cut = attempts.filter(({ receipt }) => receipt === null)
    expect(cut.length).toBeGreaterThan(0)

    // Whoever was cut off asks again with the same key; whoever was answered hears the same answer.
    const receipts = []
    for (const made of attempts) {
      const receipt = await settle(auction, made)
      if (made.receipt) expect(receipt).toEqual(made.receipt)
      expect(await settle(auction, made)).toEqual(receipt)
      receipts.push(receipt)
    }

    const { entries } = await ledger(site, auction)
    const bids = entries.filter(({ entry }) => entry.type === 'bid')
    const accepted = receipts.filter(({ verdict }) => verdict === 'accepted')
    expect(bids.map(({ entry, hash }) => `${entry.seq} ${hash}`).toSorted()).toEqual(
      accepted.map(({ logSeq, hash }) => `${logSeq} ${hash}`).toSorted(),
    )
    for (const person of people) {
      const own = await ownBids(auction, person)
      const mine = receipts.filter((_, place) => attempts[place]!.person === person)
      expect(own.bids.map(({ bid }) => bid).toSorted()).toEqual(mine.map(({ bid }) => bid).toSorted())
    }

    await vi.waitFor(
      () => {
        const chain = house.archived(`auction:${auction}`).flatMap(({ payload }) => {
          const { entry, hash } = payload as { entry?: Entry; hash?: string }
          return entry ? [{ entry, hash }] : []
        })
        expect(chain).toEqual(entries)
      },
      { timeout: 30_000, interval: 100 },
    )
    const places = house.archived(`auction:${auction}`).map(({ seq }) => seq)
    expect(places).toEqual(places.map((_, place) => place + 1))
  })
})
