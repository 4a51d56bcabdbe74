import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { auction, keyed, must } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, SECOND, setRoomClock } from '../../support/worker/clock.ts'
import { overOnLists, stateOf } from '../../support/worker/rooms.ts'

/** How long an offer is open that is made as soon as this auction, whose reserve nobody meets, has ended. */
async function openFor({ minutes, bidAtMs }: { minutes: number; bidAtMs: number }): Promise<number> {
  const [seller, bidder] = await Promise.all([actor('seller'), actor('bidder')])
  const softClose = { windowSeconds: 300, capMinutes: 10 }
  const lot = await auction(seller, { durationMinutes: minutes, reservePrice: 90_000, softClose })
  await setRoomClock(lot.id, bidAtMs)
  must(await bidder.post(`/api/auctions/${lot.id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
  const after = minutes * MINUTE + 20 * MINUTE
  await setRoomClock(lot.id, after)
  expect((await stateOf(lot)).auction).toMatchObject({ state: 'unsold', reserve: 'not-met' })
  await overOnLists(lot)
  const { expiresAt } = must(await seller.post(`/api/auctions/${lot.id}/offers`, undefined, keyed()), 201)
  return Date.parse(expiresAt) - (Date.now() + after)
}

describe('an offer is open', () => {
  it.each([
    ['an hour where the auction ran for sixty minutes', { minutes: 60, bidAtMs: MINUTE }, HOUR],
    ['a day where an extension carried it beyond them', { minutes: 60, bidAtMs: 59 * MINUTE }, 24 * HOUR],
    ['an hour where an extension left it within them', { minutes: 50, bidAtMs: 49 * MINUTE }, HOUR],
    ['a day where it was longer from the start', { minutes: 61, bidAtMs: MINUTE }, 24 * HOUR],
  ])('%s', async (_, course, expected) => {
    const ms = await openFor(course)
    expect(ms).toBeGreaterThan(expected - 30 * SECOND)
    expect(ms).toBeLessThanOrEqual(expected)
  })
})
