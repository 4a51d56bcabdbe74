import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { AuctionView, LedgerPage } from '../../../worker/contract/auctions.ts'
import type { Snapshot } from '../../../worker/contract/live.ts'
import type { AuctionRoom } from '../../../worker/auctions/room.ts'
import type { Participant } from '../../../worker/accounts/api.ts'
import { setClockOffsetOf } from '../../../worker/local/clock-of-object.ts'
import type { Actor } from './actors.ts'
import { ask } from './app.ts'
import { must } from './auctions.ts'

export function roomStub(auction: string) {
  return env.AUCTION_ROOM.get(env.AUCTION_ROOM.idFromName(auction))
}

/** Puts the room to sleep at once, timers or not: memory goes, sockets stay. With `close` they go too. */
export async function evict(auction: string, webSockets: 'hibernate' | 'close' = 'hibernate'): Promise<void> {
  await runInDurableObject(roomStub(auction), (room: AuctionRoom) => Reflect.get(room, 'dropTimers').call(room))
  await evictDurableObject(roomStub(auction), { webSockets })
}

/** Kills the room's object as a crash would: stored data stays, everything else is gone. */
export async function crash(auction: string): Promise<void> {
  const died = runInDurableObject(roomStub(auction), (_, state) => state.abort('crash'))
  await died.catch(() => {})
}

/** Lets the alarm ring now, as the platform would. False when none is set. */
export function ringAlarm(auction: string): Promise<boolean> {
  return runDurableObjectAlarm(roomStub(auction))
}

/** Whether the object of this room has stored anything at all. */
export function hasTables(auction: string): Promise<boolean> {
  return runInDurableObject(
    roomStub(auction),
    (_, state) =>
      state.storage.sql.exec("select name from sqlite_master where name not like '\\_cf%' escape '\\'").toArray()
        .length > 0,
  )
}

export async function stateOf({ id }: Pick<AuctionView, 'id'>): Promise<Snapshot> {
  return must(await ask('GET', `/api/auctions/${id}/state`), 200)
}

export async function ledgerOf({ id }: Pick<AuctionView, 'id'>): Promise<LedgerPage> {
  return must(await ask('GET', `/api/auctions/${id}/log`), 200)
}

/** Waits for something that follows in the background. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 20_000, interval: 10 })
}

/** Waits until lists know that it is over, and everything else that goes by D1. */
export async function overOnLists({ id }: Pick<AuctionView, 'id'>): Promise<void> {
  await eventually(async () => {
    const { items } = must(await ask('GET', `/api/auctions/cards?ids=${id}`), 200)
    expect(items).toMatchObject([{ badge: 'ended' }])
  })
}

/** What the house tells a room about an actor, for calls that go past the routes. */
export function participant({ account, login, handle, name, phone }: Actor): Participant {
  return {
    account,
    login,
    handle,
    name,
    role: 'member',
    trader: phone !== null,
    manner: 40,
    deals: 0,
    noShows: 0,
    following: false,
    blocked: false,
    showInRooms: true,
    showBidName: false,
    suspended: false,
  }
}

/** Moves the room's clock without its noticing, as time does: nothing happens until somebody or something looks. */
export function letTimePass(auction: string, offsetMs: number): Promise<void> {
  return runInDurableObject(roomStub(auction), (_, state) => setClockOffsetOf(state, offsetMs))
}

/** Time that passes while the object is dead or asleep: its next life finds the clock there. */
export function letTimePassUnlived(auction: string, offsetMs: number): Promise<void> {
  return runInDurableObject(roomStub(auction), (_, state) => {
    state.storage.kv.put('clock-offset', offsetMs)
  })
}
