import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Memory } from '../../run/demo/memory.ts'
import { newcomer } from '../bidding.ts'
import { pause } from './bidder.ts'
import { Chance } from './chance.ts'
import { BesiegedHouse } from './house.ts'
import { liveLot, type LotResult } from './lot.ts'

export interface SiegePlan {
  kills: number
  seed: number
  /** Folder for the histories, one file an auction, or null. */
  histories: string | null
  /** After each auction, with the deaths so far. */
  onLot(result: LotResult, kills: number): void
}

const bidders = 16
const killsPerLot = 10

/** Kills workerd, and the relay beside it, under people who bid, again and again; every auction is judged when it is over. */
export async function besiege({ kills, seed, histories, onLot }: SiegePlan): Promise<void> {
  if (histories !== null) mkdirSync(histories, { recursive: true })
  const house = await BesiegedHouse.open()
  try {
    const memory = Memory.of(house.path)
    const seller = await newcomer(house.site, memory, 'siege.seller')
    const people = []
    for (let count = 0; count < bidders; count += 1)
      people.push(await newcomer(house.site, memory, `siege.bidder.${count}`))
    const chance = new Chance(seed)
    for (let done = 0, lot = 1; done < kills; lot += 1) {
      const some = Math.min(killsPerLot, kills - done)
      const history = histories === null ? null : join(histories, `${String(lot).padStart(4, '0')}.jsonl`)
      const trouble = () => killRepeatedly(house, some, chance)
      const result = await liveLot({ house, seller, people, chance, history, trouble })
      done += some
      onLot(result, done)
    }
  } finally {
    await house.close()
  }
}

async function killRepeatedly(house: BesiegedHouse, kills: number, chance: Chance): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(100 + chance.below(1_100))
    if (chance.below(4) === 0) house.killRelay()
    await house.killWorker()
  }
  await pause(500)
}
