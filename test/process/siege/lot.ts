import type { Snapshot } from '../../../worker/contract/live.ts'
import type { Person } from '../../run/demo/client.ts'
import { openAuction } from '../bidding.ts'
import { Bidder, pause, type Wait } from './bidder.ts'
import type { Chance } from './chance.ts'
import { History, microseconds, type Accepted, type Refused } from './history.ts'
import type { BesiegedHouse } from './house.ts'
import { faultsOf, type AskedBid } from './judging.ts'
import { Viewer } from './viewer.ts'

export interface LotPlan {
  house: BesiegedHouse
  seller: Person
  people: readonly Person[]
  chance: Chance
  /** Where its history is written, or null. */
  history: string | null
  /** What is done to the house meanwhile; bidding ends with it. */
  trouble(auction: string): Promise<void>
}

export interface LotResult {
  auction: string
  bids: number
  accepted: number
  faults: string[]
  /** Of each bid by socket that was answered there. */
  waits: Wait[]
}

/** One auction from publication to its end, with trouble in between; then everything that must be true of it is asked. */
export async function liveLot(plan: LotPlan): Promise<LotResult> {
  const { house, seller } = plan
  const { site } = house
  const view = await openAuction(seller)
  const viewers = ['first', 'second'].map((name) => new Viewer(site, view.id, name, () => house.stands()))
  for (const viewer of viewers) viewer.watch()
  const { asked, waits } = await bidThroughTrouble(view.id, plan)
  await insist(house, () => site.setRoomClock(view.id, Date.parse(view.endsAt ?? '') + 1_000))
  const snapshot = await stateOf(house, view.id)
  await Promise.all(viewers.map((viewer) => viewer.hasSeen(snapshot.seq)))
  await Promise.all(viewers.map((viewer) => viewer.leave()))
  const faults = await faultsOf({ house, view, snapshot, asked, viewers })
  const accepted = asked.filter(({ outcome }) => outcome.ok).length
  return { auction: view.id, bids: asked.length, accepted, faults, waits }
}

async function bidThroughTrouble(auction: string, { house, people, chance, history: path, trouble }: LotPlan) {
  const history = new History(path)
  const stands = () => house.stands()
  const bidders = people.map((person) => new Bidder(house.site, auction, person))
  const asked: AskedBid[] = []
  const course = { isOver: false, price: 0 }

  const bidding = bidders.map(async (bidder) => {
    const who = bidder.person.member.handle
    while (!course.isOver) {
      await pause(chance.below(1_200))
      const input = chance.offer(course.price)
      const call = microseconds()
      const { bid, outcome } = await bidder.bid(input, stands)
      history.add({ client: who, op: 'bid', input, output: toldOf(outcome), call, return: microseconds() })
      if (outcome.ok) course.price = Math.max(course.price, Number(outcome.value['price']))
      asked.push({ ...bid, bid, bidder, who, request: JSON.stringify(input), outcome, wasSeenAfter: null })
    }
  })
  const reading = (async () => {
    while (!course.isOver) {
      await pause(chance.below(200))
      const call = microseconds()
      const { logSeq, auction: state } = await stateOf(house, auction)
      const output = { price: state.price, bidCount: state.bidCount, logSeq, leader: state.leader }
      history.add({ client: 'reader', op: 'read', input: null, output, call, return: microseconds() })
    }
  })()

  try {
    await trouble(auction)
  } finally {
    course.isOver = true
    await Promise.all([...bidding, reading])
    await Promise.all(bidders.map((bidder) => bidder.leave()))
    await history.close()
  }
  return { asked, waits: bidders.flatMap((bidder) => bidder.waits) }
}

function toldOf(outcome: AskedBid['outcome']): Accepted | Refused {
  if (outcome.ok) {
    const { receipt, mask, price, leading } = outcome.value
    return { accepted: true, price: Number(price), leading: leading === true, place: receipt.logSeq, you: mask }
  }
  const minimum = outcome.extra?.['minimumBid']
  return { accepted: false, code: outcome.code, ...(typeof minimum === 'number' ? { minimumBid: minimum } : {}) }
}

function stateOf(house: BesiegedHouse, auction: string): Promise<Snapshot> {
  return insist(house, () => house.site.ask<Snapshot>('GET', `/api/auctions/${auction}/state`))
}

/** Resolves when so many more bids stand in the auction. */
export async function untilAccepted(house: BesiegedHouse, auction: string, count: number): Promise<void> {
  const accepted = async () => (await stateOf(house, auction)).auction.bidCount
  for (const from = await accepted(); (await accepted()) < from + count;) await pause(100)
}

/** Asks until a standing house answers. */
async function insist<T>(house: BesiegedHouse, ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    await house.stands()
    try {
      return await ask()
    } catch (error) {
      if (tries >= 50) throw error
      await pause(100)
    }
  }
}
