import type { AuctionId } from '../contract/ids.ts'
import { audience } from '../contract/limits.ts'
import { closeCodes, protocol } from '../contract/live.ts'
import { now } from '../kernel/clock.ts'
import { edgeHeaders } from '../kernel/live-door.ts'
import { refuseUpgrade } from '../kernel/sockets.ts'
import { shardName } from './audience-client.ts'

/** Where rooms sent somebody a moment ago: those who come right after them go there too, and the room is not asked for each. */
export type Remembered = Map<AuctionId, { shard: string; at: number }>

/** Of this isolate. */
const ownMemory: Remembered = new Map()
const rememberedMost = 1_000
/** A shard fills up while somebody is on the way to it, hardly two one after the other. */
const shardsTried = 3

/** The upgrade as it goes on, with what is added for the object that gets it. */
type Inward = (added: Record<string, string>) => Request

/** Leads an upgrade to the object that has a place for it: the auction's room, or the shard that the room names. */
export async function seat(
  env: Env,
  auction: AuctionId,
  inward: Inward,
  remembered: Remembered = ownMemory,
): Promise<Response> {
  let full: string | null = null
  const known = remembered.get(auction)
  if (known && Math.abs(now() - known.at) < audience.rememberedMs) {
    const response = await askShard(env, auction, known.shard, inward)
    if (response.status === 101) return response
    remembered.delete(auction)
    full = known.shard
  }
  for (let tries = 0; tries < shardsTried; tries += 1) {
    const rooms = env.AUCTION_ROOM
    const room = rooms.get(rooms.idFromName(auction))
    const answer = await room.fetch(inward(full === null ? {} : { [edgeHeaders.shard]: full }))
    const shard = answer.headers.get(edgeHeaders.shard)
    if (shard === null) return answer
    const response = await askShard(env, auction, shard, inward)
    if (response.status === 101) {
      remember(remembered, auction, shard)
      return response
    }
    full = shard
  }
  return refuseUpgrade(inward({}), protocol, closeCodes.overloaded, 'overloaded')
}

function askShard(env: Env, auction: AuctionId, shard: string, inward: Inward): Promise<Response> {
  const shards = env.AUCTION_AUDIENCE
  return shards.get(shards.idFromName(shardName(auction, Number(shard)))).fetch(inward({}))
}

function remember(remembered: Remembered, auction: AuctionId, shard: string): void {
  if (remembered.size >= rememberedMost) remembered.clear()
  remembered.set(auction, { shard, at: now() })
}
