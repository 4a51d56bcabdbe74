import { reviews as limits } from '../contract/limits.ts'
import type { Grade } from '../contract/statements.ts'
import type { Instant } from '../contract/time.ts'

const { weight, score } = limits

/** One move of somebody's score, as the rules need it. `other` is the person on the other side of that deal. */
export interface Entry {
  id: string
  cause: 'release' | 'fault'
  grade: Grade
  at: Instant
  other: string
  /** Decisions that used it up. */
  streak: string | null
  belowZero: string | null
}

/** Tenths of the grade that count at `at`: 4, 3, 2, 1 in the first four periods of 12 weeks, then none. */
export function weightOf(entry: Pick<Entry, 'at'>, at: number): number {
  return weight.tenths[Math.floor(Math.max(0, at - entry.at) / weight.periodMs)] ?? 0
}

/** Points in tenths: +5 gives 20, -20 takes 80. */
export function pointsOf(entry: Pick<Entry, 'at' | 'grade'>, at: number): number {
  return entry.grade * weightOf(entry, at)
}

/** The score in tenths, as it is: it may be below zero or above what is shown. */
export function exactScore(entries: readonly Pick<Entry, 'at' | 'grade'>[], at: number): number {
  return entries.reduce<number>((sum, entry) => sum + pointsOf(entry, at), score.start)
}

/** What is shown of it, in tenths: 0 to 99. */
export function shownScore(exact: number): number {
  return Math.min(score.most, Math.max(score.least, exact))
}

/** Until when the entry weighs what it weighs at `at`. */
export function losesWeightAt(entry: Pick<Entry, 'at'>, at: number): number {
  const period = Math.floor(Math.max(0, at - entry.at) / weight.periodMs)
  return entry.at + (period + 1) * weight.periodMs
}

/**
 * The order in which entries are held against somebody. Within one release nobody may know who wrote what, so it has no order of its
 * own: the lowest grade comes first, which follows from what everybody can see.
 */
export function inOrder<E extends Entry>(entries: readonly E[]): E[] {
  return entries.toSorted((one, other) => one.at - other.at || one.grade - other.grade || (one.id < other.id ? -1 : 1))
}

/** The first two bad entries in a row, from two people, that no decision has used yet. */
export function badInARow<E extends Entry>(entries: readonly E[]): [E, E] | null {
  const ordered = inOrder(entries)
  for (const [place, second] of ordered.entries()) {
    const first = ordered[place - 1]
    if (first && isFreshlyBad(first) && isFreshlyBad(second) && first.other !== second.other) return [first, second]
  }
  return null
}

function isFreshlyBad({ grade, streak }: Entry): boolean {
  return grade === -20 && streak === null
}

/** Below zero, and a bad entry has come since the last time that was held against somebody. Then those are used up by it. */
export function fellBelowZero<E extends Entry>(entries: readonly E[], at: number): E[] | null {
  if (exactScore(entries, at) >= 0) return null
  const fresh = entries.filter(({ grade, belowZero }) => grade === -20 && belowZero === null)
  return fresh.length > 0 ? fresh : null
}

/** A review as the release looks at it. `answeredAt`: when the other side wrote theirs. */
export interface Waiting {
  id: string
  author: string
  writtenAt: Instant
  answeredAt: Instant | null
  endedAt: Instant
}

/** When a review is due: both wrote, or seven days since the deal ended; never before it was written. */
export function dueAt({ writtenAt, answeredAt, endedAt }: Omit<Waiting, 'id' | 'author'>): number {
  return Math.max(writtenAt, Math.min(answeredAt ?? Infinity, endedAt + limits.dueAfterMs))
}

/**
 * What is released to one receiver on that Monday: all that is due, when it is from three people or more, or when one of them has
 * waited four weeks. Of one author only the earliest goes along, so that a release holds as many people as reviews.
 */
export function groupToRelease<W extends Waiting>(waiting: readonly W[], at: number): W[] {
  const due = waiting.filter((one) => dueAt(one) <= at).toSorted((one, other) => dueAt(one) - dueAt(other))
  const firstOf = new Map<string, W>()
  for (const one of due) if (!firstOf.has(one.author)) firstOf.set(one.author, one)
  const group = [...firstOf.values()]
  const hasWaited = group.some((one) => dueAt(one) + limits.group.afterMs <= at)
  return group.length >= limits.group.people || hasWaited ? group : []
}

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Monday 01:00 in Seoul (UTC+9, no summer time): Sunday 16:00 UTC. The epoch was a Thursday. */
const firstMondayMs = 3 * dayMs + 16 * 3_600_000

/** The last release at or before `at`. */
export function releaseAt(at: number): Instant {
  return (firstMondayMs + Math.floor((at - firstMondayMs) / weekMs) * weekMs) as Instant
}
