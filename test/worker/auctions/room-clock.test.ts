import { describe, expect, it } from 'vitest'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, inMs, must, type Terms } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, SECOND, setRoomClock } from '../../support/worker/clock.ts'
import { attend, connect } from '../../support/worker/live.ts'
import { withRelay } from '../../support/worker/relay.ts'
import {
  crash,
  eventually,
  evict,
  ledgerOf,
  letTimePass,
  letTimePassUnlived,
  ringAlarm,
  stateOf,
} from '../../support/worker/rooms.ts'

/** What D1 says: reading it wakes no room. */
async function projected({ id }: AuctionView): Promise<string> {
  return must(await ask('GET', `/api/auctions/cards?ids=${id}`), 200).items[0].state
}

async function typesOf(lot: AuctionView): Promise<string[]> {
  return (await ledgerOf(lot)).entries.map(({ entry }) => entry.type)
}

async function twenty(terms: Terms = {}): Promise<AuctionView> {
  return auction(await actor('seller'), terms)
}

describe('start and end', () => {
  it('come by the alarm when nobody watches, once, however often it rings', async () => {
    const lot = await twenty({ startsAt: inMs(10 * MINUTE) })
    await letTimePass(lot.id, 10 * MINUTE + SECOND)
    expect(await projected(lot)).toBe('scheduled')
    await ringAlarm(lot.id)
    await eventually(async () => expect(await projected(lot)).toBe('running'))
    await letTimePass(lot.id, 31 * MINUTE)
    await ringAlarm(lot.id)
    await ringAlarm(lot.id)
    await eventually(async () => expect(await projected(lot)).toBe('unsold'))
    expect(await typesOf(lot)).toEqual(['published', 'started', 'ended'])
  })

  it('come at their stored times, even when the alarm comes an hour late and the object was gone', async () => {
    const lot = await twenty({ startsAt: inMs(10 * MINUTE) })
    await letTimePassUnlived(lot.id, 90 * MINUTE)
    await crash(lot.id)
    await ringAlarm(lot.id)
    const { entries } = await ledgerOf(lot)
    expect(entries.map(({ entry }) => [entry.type, entry.at]).slice(1)).toEqual([
      ['started', Date.parse(lot.terms.startsAt ?? '')],
      ['ended', Date.parse(lot.terms.startsAt ?? '') + 20 * MINUTE],
    ])
  })

  it('come to the millisecond by the room’s own timer while somebody watches', async () => {
    const lot = await twenty({ startsAt: inMs(10 * MINUTE) })
    const watcher = await attend(lot.id)
    await setRoomClock(lot.id, Date.parse(lot.terms.startsAt ?? '') - Date.now() - 300)
    const started = await watcher.fact('auction-started')
    expect(started.at).toBe(lot.terms.startsAt)
    await setRoomClock(lot.id, Date.parse(started.endsAt) - Date.now() - 300)
    expect(await watcher.fact('auction-ended')).toMatchObject({ at: started.endsAt, result: 'unsold' })
  })

  it('come for a client that asks what time it is', async () => {
    const lot = await twenty()
    const watcher = await attend(lot.id)
    await letTimePass(lot.id, 21 * MINUTE)
    expect(watcher.facts).toEqual([])
    await watcher.ask({ type: 'clock', sentAt: 1 })
    await watcher.fact('auction-ended')
  })

  it('judge what arrived before them first', async () => {
    const buyer = await actor('buyer')
    const lot = await twenty()
    const socket = await attend(lot.id, buyer)
    const endsAt = Date.parse((await stateOf(lot)).auction.endsAt)
    await setRoomClock(lot.id, endsAt - Date.now() - 2_000)
    const placed = await socket.mustBid(10_000)
    expect(Date.parse(placed.endsAt)).toBeGreaterThan(endsAt)
    expect(await socket.fact('auction-extended')).toMatchObject({ cause: 'soft-close', endsAt: placed.endsAt })
    await setRoomClock(lot.id, 31 * MINUTE)
    expect(await socket.fact('auction-ended')).toMatchObject({ at: placed.endsAt, winner: { number: 1 } })
  })
})

describe('an outage', () => {
  /** One minute before the end of a watched auction with a bid. */
  async function lastMinute() {
    const buyer = await actor('buyer')
    const lot = await twenty()
    const socket = await attend(lot.id, buyer)
    await socket.mustBid(10_000)
    const endsAt = Date.parse((await stateOf(lot)).auction.endsAt)
    const offset = endsAt - Date.now() - MINUTE
    await setRoomClock(lot.id, offset)
    return { lot, socket, endsAt, offset }
  }

  it('moves the end by the time that the room was dead, and says so', async () => {
    const { lot, socket, endsAt, offset } = await lastMinute()
    const { epoch, seq } = socket
    await letTimePassUnlived(lot.id, offset + 20 * SECOND)
    await crash(lot.id)
    const { auction: now } = await stateOf(lot)
    const addedMs = Date.parse(now.endsAt) - endsAt
    expect(addedMs).toBeGreaterThanOrEqual(20 * SECOND)
    expect(addedMs).toBeLessThan(30 * SECOND)
    const back = await connect(lot.id)
    await back.hello({ epoch: epoch ?? '', seq })
    expect(back.facts).toMatchObject([{ type: 'auction-extended', cause: 'outage', addedMs }])
  })

  it('keeps an auction open whose end passed meanwhile', async () => {
    const { lot, endsAt, offset } = await lastMinute()
    await letTimePassUnlived(lot.id, offset + 3 * MINUTE)
    await crash(lot.id)
    const { auction: now } = await stateOf(lot)
    expect(now.state).toBe('running')
    expect(Date.parse(now.endsAt)).toBeGreaterThanOrEqual(endsAt + 3 * MINUTE)
  })

  it('is not a short death, nor a sleep with open sockets, nor a late alarm', async () => {
    const { lot, endsAt, offset } = await lastMinute()
    await letTimePassUnlived(lot.id, offset + 5 * SECOND)
    await crash(lot.id)
    expect(Date.parse((await stateOf(lot)).auction.endsAt)).toBe(endsAt)
    await attend(lot.id)
    await letTimePassUnlived(lot.id, offset + 25 * SECOND)
    await evict(lot.id)
    expect(Date.parse((await stateOf(lot)).auction.endsAt)).toBe(endsAt)
    await letTimePass(lot.id, offset + 50 * SECOND)
    await ringAlarm(lot.id)
    expect(Date.parse((await stateOf(lot)).auction.endsAt)).toBe(endsAt)
  })

  it('is not what happens to a room that nobody watched and that slept into its last minutes', async () => {
    const lot = await twenty()
    await letTimePassUnlived(lot.id, 19 * MINUTE)
    await crash(lot.id)
    await ringAlarm(lot.id)
    const { auction: now } = await stateOf(lot)
    expect(Date.parse(now.endsAt) - Date.parse(now.startsAt)).toBe(20 * MINUTE)
  })
})

describe('notices', () => {
  const kindsOf = (relay: ReturnType<typeof withRelay>, lot: AuctionView) =>
    relay.events
      .filter(({ type, stream }) => type === 'notice-raised' && stream === `auction:${lot.id}`)
      .map(({ payload }) => payload as { kind: string; to: { kind: string } })
      .map(({ kind, to }) => `${kind} to ${to.kind}`)

  it('say ten minutes before that an auction begins, and that a long one ends, once each', async () => {
    const lot = await twenty({ startsAt: inMs(HOUR), durationMinutes: 120 })
    const relay = withRelay()
    await letTimePass(lot.id, 51 * MINUTE)
    await ringAlarm(lot.id)
    await eventually(() => expect(kindsOf(relay, lot)).toEqual(['auction-soon to likers']))
    await letTimePass(lot.id, HOUR + 111 * MINUTE)
    await ringAlarm(lot.id)
    await ringAlarm(lot.id)
    const soon = ['auction-soon to likers', 'auction-started to likers']
    await eventually(() =>
      expect(kindsOf(relay, lot)).toEqual([...soon, 'ending-soon to likers', 'ending-soon to bidders']),
    )
  })
})
