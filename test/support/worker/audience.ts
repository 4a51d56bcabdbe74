import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { AuctionAudience } from '../../../worker/auctions/audience.ts'
import type { PushedBatch } from '../../../worker/auctions/audience/commands.ts'
import type { AudienceSizes } from '../../../worker/kernel/live-limits.ts'
import { door } from './app.ts'

/** Lets so few sockets fill a room, a shard and the whole audience, each of whom has a turn of their own, until `usualAudience`. */
export function smallAudience(sizes: Omit<AudienceSizes, 'turn'>): Promise<void> {
  return door('/limits/audience', { ...sizes, turn: 1 })
}

export function usualAudience(): Promise<void> {
  return door('/limits/audience', {})
}

function shardStub(auction: string, shard: number) {
  const name = env.AUCTION_AUDIENCE.idFromName(`${auction}/${shard}`)
  return env.AUCTION_AUDIENCE.get(name)
}

/** Puts the shard to sleep at once: memory goes, sockets stay. */
export async function evictShard(auction: string, shard = 1): Promise<void> {
  const stub = shardStub(auction, shard)
  await runInDurableObject(stub, (object: AuctionAudience) => Reflect.get(object, 'dropTimers').call(object))
  await evictDurableObject(stub, { webSockets: 'hibernate' })
}

/** Kills the shard's object as a crash would: its sockets go with it. */
export async function crashShard(auction: string, shard = 1): Promise<void> {
  const stub = shardStub(auction, shard)
  await runInDurableObject(stub, (_, state) => {
    for (const socket of state.getWebSockets()) socket.close(1012, 'crash')
  })
  const died = runInDurableObject(stub, (_, state) => state.abort('crash'))
  await died.catch(() => {})
}

/** Lets the shard's alarm ring now. False when none is set. */
export function ringShardAlarm(auction: string, shard = 1): Promise<boolean> {
  return runDurableObjectAlarm(shardStub(auction, shard))
}

/** How many sockets a shard holds. */
export function socketsIn(auction: string, shard: number): Promise<number> {
  return runInDurableObject(shardStub(auction, shard), (_, state) => state.getWebSockets().length)
}

/** Whether the shard keeps anything at all. */
export function keepsAnything(auction: string, shard: number): Promise<boolean> {
  return runInDurableObject(shardStub(auction, shard), async (_, state) => {
    const stored = await state.storage.list()
    return stored.size > 0 || (await state.storage.getAlarm()) !== null
  })
}

/** Pushes to a shard what its room did not push now. */
export async function pushTo(auction: string, shard: number, batches: readonly PushedBatch[]): Promise<void> {
  await runInDurableObject(shardStub(auction, shard), async (object: AuctionAudience) => {
    for (const batch of batches) await object.push(batch)
  })
}
