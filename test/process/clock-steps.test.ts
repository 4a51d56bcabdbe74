import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LedgerPage } from '../../worker/contract/auctions.ts'
import type { Person } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { newcomer } from './bidding.ts'
import { Chance } from './siege/chance.ts'
import { BesiegedHouse } from './siege/house.ts'
import { liveLot, untilAccepted } from './siege/lot.ts'

const bidders = 8
/** As a machine's clock steps when it is set right; in the middle of it the process dies. */
const stepsMs = [40, -40, 3_000, -3_000, 60_000, -2_000, 1]
const bidsBetween = 5

let house: BesiegedHouse

beforeAll(async () => {
  house = await BesiegedHouse.open()
})
afterAll(() => house.close())

it('keeps its order and every accepted bid while the clock of the room steps forwards and back', async () => {
  const memory = Memory.of(house.path)
  const seller = await newcomer(house.site, memory, 'clock.seller')
  const people: Person[] = []
  for (let count = 0; count < bidders; count += 1)
    people.push(await newcomer(house.site, memory, `clock.bidder.${count}`))

  let times: number[] = []
  const trouble = async (auction: string) => {
    let offsetMs = 0
    for (const [place, stepMs] of stepsMs.entries()) {
      await untilAccepted(house, auction, bidsBetween)
      offsetMs += stepMs
      await house.site.setRoomClock(auction, Date.now() + offsetMs)
      if (place === 3) await house.killWorker()
    }
    await untilAccepted(house, auction, bidsBetween)
    const { entries } = await house.site.ask<LedgerPage>('GET', `/api/auctions/${auction}/log`)
    times = entries.map(({ entry }) => entry.at)
  }
  const { faults } = await liveLot({ house, seller, people, chance: new Chance(1), history: null, trouble })
  expect(faults).toEqual([])
  // Time in the ledger never goes back, whatever the clock did, and it did go on in steps.
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const gaps = times.map((at, place) => at - (times[place - 1] ?? at))
  expect(Math.max(...gaps)).toBeGreaterThan(50_000)
})
