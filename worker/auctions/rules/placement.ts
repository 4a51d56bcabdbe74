import { audience } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'

/** A part of the audience as the room knows it. */
export interface ShardState {
  number: number
  /** Sockets by its last report and those sent there since. */
  count: number
  openedAt: Instant
  /** It is being emptied: nobody new is sent there. */
  isClosing: boolean
}

export interface Seating {
  /** Sockets of the room itself. */
  room: number
  shards: readonly ShardState[]
}

type Sizes = Record<'room' | 'shard' | 'most', number>

export type Place = { at: 'room' } | { at: 'shard'; shard: number } | { at: 'nowhere' }

/**
 * Where the next socket goes: into the room while it has places, then into the first shard that is not nearly full. When all are, a
 * new one opens, so that a place is left for those who are on their way. The last places are given when no shard may be added.
 */
export function placeNext({ room, shards }: Seating, sizes: Sizes): Place {
  if (room < sizes.room) return { at: 'room' }
  const open = inOrder(shards.filter(({ isClosing }) => !isClosing))
  const nearlyFull = Math.ceil(sizes.shard * audience.nearlyFull)
  const next = open.find(({ count }) => count < nearlyFull)
  if (next) return { at: 'shard', shard: next.number }
  const mostShards = Math.ceil(Math.max(0, sizes.most - sizes.room) / sizes.shard)
  if (shards.length < mostShards) return { at: 'shard', shard: firstFree(shards) }
  const last = open.find(({ count }) => count < sizes.shard)
  return last ? { at: 'shard', shard: last.number } : { at: 'nowhere' }
}

/**
 * The shard to empty now, if any: the one with the fewest sockets, when all of them would leave the room or the other shards half
 * empty. One at a time, and none that has just opened, or an audience that comes and goes would be sent about.
 */
export function shardToEmpty({ room, shards }: Seating, sizes: Sizes, now: Instant): number | null {
  if (shards.some(({ isClosing }) => isClosing)) return null
  const [emptiest] = [...shards].sort((a, b) => a.count - b.count || b.number - a.number)
  if (!emptiest || now - emptiest.openedAt < audience.standsMs) return null
  const inShards = shards.reduce((sum, { count }) => sum + count, 0)
  const fitsRoom = room + inShards <= sizes.room * audience.sparse
  const others = (shards.length - 1) * sizes.shard
  return fitsRoom || (others > 0 && inShards <= others * audience.sparse) ? emptiest.number : null
}

function inOrder(shards: readonly ShardState[]): ShardState[] {
  return [...shards].sort((a, b) => a.number - b.number)
}

function firstFree(shards: readonly ShardState[]): number {
  const taken = new Set(shards.map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number += 1
  return number
}
