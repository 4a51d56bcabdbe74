import type { ChatMessage } from '../../../../worker/contract/auctions.ts'
import { fromIso } from '../../../../worker/contract/time.ts'
import type { Opened, Told } from '../ledger/reasons.ts'
import { tellEntries } from '../ledger/reasons.ts'
import type { Line } from '../verifier/evidence.ts'

/** A finished auction as it went, in the room's own times (milliseconds since 1970). */
export interface Recording {
  from: number
  to: number
  told: readonly Told[]
  /** Oldest first. */
  messages: readonly ChatMessage[]
  /** Every moment at which something happened between `from` and `to`, rising, each once. */
  moments: readonly number[]
}

/** What somebody in the room saw at one moment. */
export interface Scene {
  price: number
  leader: number | null
  /** The accepted bids, newest first. */
  bids: readonly Told[]
  /** Oldest first. */
  messages: readonly ChatMessage[]
  /** When it would have ended, as far as was known then. */
  endsAt: number
  extension: Extension | null
  isOver: boolean
}

export interface Extension {
  at: number
  addedMs: number
  cause: 'soft-close' | 'outage'
}

/** Null for one that is not over, or never began: there is nothing to play. */
export function recordingOf(
  lines: readonly Line[],
  opened: Opened,
  messages: readonly ChatMessage[],
): Recording | null {
  const from = lines.find(({ entry }) => entry.type === 'started')?.entry.at
  const last = lines.at(-1)?.entry
  if (from === undefined || !last || !['ended', 'cancelled', 'voided'].includes(last.type)) return null
  const to = last.at
  const told = tellEntries(lines, opened)
  const inTime = messages.filter(({ at }) => fromIso(at) <= to)
  const moments = [...told.map(({ entry }) => entry.at), ...inTime.map(({ at }) => fromIso(at)), from, to]
  return {
    from,
    to,
    told,
    messages: inTime,
    moments: [...new Set(moments)].filter((at) => at >= from && at <= to).toSorted((one, other) => one - other),
  }
}

export function sceneAt({ told, messages }: Recording, at: number): Scene {
  const past = told.slice(
    0,
    countUntil(told, ({ entry }) => entry.at, at),
  )
  const scene: Scene = {
    price: past.at(-1)?.price ?? told[0]?.price ?? 0,
    leader: null,
    bids: past.filter(({ entry }) => entry.type === 'bid').toReversed(),
    messages: messages.slice(
      0,
      countUntil(messages, (message) => fromIso(message.at), at),
    ),
    endsAt: 0,
    extension: null,
    isOver: false,
  }
  for (const { entry } of past) {
    if (entry.type === 'bid') scene.leader = entry.leader
    if (entry.type === 'published' || entry.type === 'extended') scene.endsAt = entry.endsAt
    if (entry.type === 'extended') scene.extension = entry
    if (entry.type === 'ended' || entry.type === 'cancelled' || entry.type === 'voided') scene.isOver = true
  }
  return scene
}

/** The moment after this one, or before it, at which something happened; the end or the start beyond the last. */
export function momentBeside({ moments, from, to }: Recording, at: number, step: 1 | -1): number {
  return step === 1
    ? (moments.find((moment) => moment > at) ?? to)
    : (moments.findLast((moment) => moment < at) ?? from)
}

export interface Curve {
  /** Corners of the price's steps, each from 0 to 1: left to right in time, bottom to top in price. */
  points: readonly (readonly [x: number, y: number])[]
  /** Where the end moved. */
  extensions: readonly number[]
}

/** The price over time, for drawing. A price that never moved lies at the bottom. */
export function curveOf({ told, from, to }: Recording): Curve {
  const lowest = told[0]?.price ?? 0
  const height = Math.max(1, (told.at(-1)?.price ?? lowest) - lowest)
  const span = Math.max(1, to - from)
  const x = (at: number) => Math.min(1, Math.max(0, (at - from) / span))
  const points: [number, number][] = [[0, 0]]
  for (const { entry, price } of told) {
    const before = points.at(-1)?.[1] ?? 0
    const after = (price - lowest) / height
    if (after !== before) points.push([x(entry.at), before], [x(entry.at), after])
  }
  points.push([1, points.at(-1)?.[1] ?? 0])
  return { points, extensions: told.flatMap(({ entry }) => (entry.type === 'extended' ? [x(entry.at)] : [])) }
}

/** How many of a rising list have come until then. */
function countUntil<T>(list: readonly T[], atOf: (one: T) => number, at: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (atOf(list[middle] as T) <= at) low = middle + 1
    else high = middle
  }
  return low
}
