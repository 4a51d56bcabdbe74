import { audience, sockets } from '../../../worker/contract/limits.ts'

/**
 * What it would take to tell an audience of any size of each bid: a room, under it shards, and where those are too many for one object,
 * shards that have shards. The numbers in worker/auctions/README.md come from here.
 */
export interface Tree {
  viewers: number
  /** Objects under one object of the tree, at most. */
  branches: number
}

/**
 * What one thing costs. `send`, `turn` and `call` were measured in workerd on one's own computer (two cores of 2026; test/load/README.md has the
 * frames), where all objects share one thread. Deployed, each has its own; distances there are those between continents.
 */
export interface Costs {
  /** A frame to one socket, ms of processor time. */
  sendMs: number
  /** The wait between two turns of a batch (`audience.turn` frames each), in which whatever came in is heard. */
  turnMs: number
  /** A call to another object, ms of processor time on the calling side. */
  callMs: number
  /** One way between objects in one place, and between places. */
  nearMs: number
  farMs: number
}

export const usual: Costs = { sendMs: 0.03, turnMs: 1, callMs: 0.12, nearMs: 2, farMs: 90 }

export interface Shape {
  leaves: number
  /** Objects on each level under the room, the leaves last. */
  levels: number[]
}

/** How many objects there are on which level: as few levels as the branches allow. */
export function shapeOf({ viewers, branches }: Tree): Shape {
  const leaves = Math.ceil(Math.max(0, viewers - audience.room) / audience.shard)
  const levels: number[] = []
  for (let count = leaves; count > 0; count = count > branches ? Math.ceil(count / branches) : 0) levels.unshift(count)
  return { leaves, levels }
}

export interface FanOut {
  levels: number[]
  calls: number
  frames: number
  bytes: number
  /** What the room does itself for each batch, ms. */
  roomBusyMs: number
  /** What each shard does for each batch, ms. */
  shardBusyMs: number
  /** From a batch's leaving the room to the last viewer's socket, ms: when all shards are near, and when each is near its viewers. */
  lastMs: { near: number; far: number }
}

/** One batch of so many bytes on its way to everybody. */
export function fanOut(tree: Tree, bytes: number, costs: Costs = usual): FanOut {
  const { leaves, levels } = shapeOf(tree)
  const { branches, viewers } = tree
  const inRoom = Math.min(viewers, audience.room)
  const perLeaf = leaves === 0 ? 0 : Math.ceil((viewers - inRoom) / leaves)
  const under = levels.map((count, level) => Math.min(branches, Math.ceil(count / (levels[level - 1] ?? 1))))
  const sending = (sockets: number) =>
    sockets * costs.sendMs + Math.max(0, Math.ceil(sockets / audience.turn) - 1) * costs.turnMs
  // The room calls after its own first turn, and the last of an object's branches waits until the others were called.
  const calling = under.reduce((sum, count) => sum + count * costs.callMs, audience.turn * costs.sendMs)
  const arrive = (firstMs: number) =>
    levels.length === 0
      ? sending(inRoom)
      : Math.max(sending(inRoom), calling + firstMs + (levels.length - 1) * costs.nearMs + sending(perLeaf))
  const calls = levels.reduce((sum, count) => sum + count, 0)
  return {
    levels,
    calls,
    frames: viewers,
    bytes: (viewers + calls) * bytes,
    roomBusyMs: inRoom * costs.sendMs + (under[0] ?? 0) * costs.callMs,
    shardBusyMs: perLeaf * costs.sendMs,
    lastMs: { near: arrive(costs.nearMs), far: arrive(costs.farMs) },
  }
}

/** Batches a second, as the room gathers them for an audience of this size when ten facts or more wait for each: in half the usual time. */
export function batchesPerSecond(viewers: number): number {
  const { min, max } = sockets.flushMs
  return 1_000 / Math.min(max, Math.max(min, viewers / 20))
}

/** The most viewers for whom the room is busy no more than this share of its time, when each branch is a call. */
export function mostViewersFlat(share: number, costs: Costs = usual): number {
  const budget = (share * 1_000) / batchesPerSecond(Infinity)
  const shards = Math.floor((budget - audience.room * costs.sendMs) / costs.callMs)
  return audience.room + shards * audience.shard
}
