import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerPage } from '../../worker/contract/auctions.ts'
import { auctions } from '../../worker/contract/limits.ts'
import type { Snapshot } from '../../worker/contract/live.ts'
import { gather } from '../../web/features/auctions/verifier/gather.ts'
import { verify } from '../../web/features/auctions/verifier/verify.ts'
import { Site, type Person } from '../run/demo/client.ts'
import { Memory } from '../run/demo/memory.ts'
import { freePort } from '../support/free-port.ts'
import { newcomer, openAuction, settle, watch, type Attempt } from './bidding.ts'
import { MortalHouse } from './mortal-house.ts'
import { pause } from './siege/bidder.ts'

/** Longer than a room may be gone without giving the time back. */
const downMs = auctions.outage.gapMs + 1_000

let house: MortalHouse
let site: Site
let sellers: [Person, Person]
let bidder: Person

beforeAll(async () => {
  house = new MortalHouse('outage', await freePort())
  await house.build()
  await open()
  const memory = Memory.of(house.path)
  sellers = [await newcomer(site, memory, 'outage.seller'), await newcomer(site, memory, 'standing.seller')]
  bidder = await newcomer(site, memory, 'outage.bidder')
})
afterAll(() => house.close())

async function open(): Promise<void> {
  const { origin, key } = await house.open()
  site = new Site(origin, key ?? '')
}

/** An auction with a bid, whose room's clock shows so many milliseconds before its end. */
async function auctionBeforeItsEnd(seller: Person, msLeft: number) {
  const view = await openAuction(seller)
  const client = await watch(site, view.id, bidder)
  const key = `bid-of-an-outage-${msLeft}`
  const { receipt } = await client.mustBid(10_000, { key, confirm: true })
  const setAt = Date.now()
  await site.setRoomClock(view.id, Date.parse(view.endsAt ?? '') - msLeft)
  await client.close()
  const attempt: Attempt = { person: bidder, key, amount: 10_000, receipt: receipt as Attempt['receipt'] }
  return { view, attempt, setAt }
}

const stateOf = (id: string) => site.ask<Snapshot>('GET', `/api/auctions/${id}/state`)

async function extensionsOf(id: string) {
  const { entries } = await site.ask<LedgerPage>('GET', `/api/auctions/${id}/log`)
  return entries.flatMap(({ entry }) => (entry.type === 'extended' ? [entry] : []))
}

describe('a room that was down when it had to beat', () => {
  it('gives the time back, also beyond the end that it had, and nothing where the end was far', async () => {
    const [far, near, over] = [
      await auctionBeforeItsEnd(sellers[0], 3_600_000),
      await auctionBeforeItsEnd(sellers[0], 100_000),
      // It falls before this is over, and by the time it stands again the end has passed.
      await auctionBeforeItsEnd(sellers[0], downMs - 1_000),
    ]
    await house.fall()
    const fellAt = Date.now()
    await pause(downMs)
    const roseAt = Date.now()
    await open()

    expect(await extensionsOf(far.view.id)).toEqual([])
    for (const { view, attempt, setAt } of [near, over]) {
      const { auction } = await stateOf(view.id)
      const extensions = await extensionsOf(view.id)
      expect(extensions.map(({ cause }) => cause)).toEqual(['outage'])
      const addedMs = extensions[0]?.addedMs ?? 0
      // From its last beat, which was after its clock was set, until somebody looked at it.
      expect(addedMs).toBeGreaterThanOrEqual(roseAt - fellAt)
      expect(addedMs).toBeLessThanOrEqual(Date.now() - setAt)
      expect(Date.parse(auction.endsAt)).toBe(Date.parse(view.endsAt ?? '') + addedMs)
      expect(auction.state).toBe('running')
      expect(await settle(view.id, attempt)).toEqual(attempt.receipt)
      // It ends once, at the end that it has now, and the public ledger tells of all of it.
      await site.setRoomClock(view.id, Date.parse(auction.endsAt))
      expect((await stateOf(view.id)).auction).toMatchObject({ state: 'sold', winner: 1, price: 10_000 })
      const report = await verify(await gather((path) => site.ask('GET', path), view.id))
      expect(report.steps.filter(({ verdict }) => verdict === 'failed')).toEqual([])
      expect(report.isSound).toBe(true)
    }
  })

  it('gives nothing back when it only stood still', async () => {
    const { view } = await auctionBeforeItsEnd(sellers[1], 100_000)
    const workerd = house.workerd()
    process.kill(workerd, 'SIGSTOP')
    await pause(downMs)
    process.kill(workerd, 'SIGCONT')
    expect((await stateOf(view.id)).auction).toMatchObject({ state: 'running', endsAt: view.endsAt })
    expect(await extensionsOf(view.id)).toEqual([])
  })
})
