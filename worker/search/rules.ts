import type { AccountId } from '../contract/ids.ts'
import { recommendations, signals as limits } from '../contract/limits.ts'
import type { Instant } from '../contract/time.ts'
import type { Signal } from '../contract/search.ts'

/** Kinds of things that are looked at, liked by taste and recommended. Posts and products only add a word here and to `targets.ts`. */
export type TargetKind = 'auction'

/** What one page tells of one thing, taken together. */
export interface Looked {
  target: string
  /** Its card was looked at for long, without a break. */
  isSeen: boolean
}

/**
 * Of what a page tells, what counts: strong interests, which are also views, each thing once, in the order of their last mention. Time
 * is bounded before it is believed; shorter looks count for nothing, so they are not kept either.
 */
export function strongLooks(told: readonly Signal[]): Looked[] {
  const strong = new Map<string, Looked>()
  for (const { target, kind, ms } of told) {
    const isSeen = kind === 'dwell' && Math.min(ms, limits.dwellMostMs) >= limits.strongMs
    if (!isSeen && kind !== 'open') continue
    const before = strong.get(target)
    strong.delete(target)
    strong.set(target, { target, isSeen: isSeen || before?.isSeen === true })
  }
  return [...strong.values()]
}

/** What is known of one reader: it is theirs to delete. */
export interface Taste {
  isPersonalised: boolean
  /** The last strong ones, newest first. */
  interests: { target: string; kind: TargetKind }[]
  /** Looked at for long, and when last. */
  seen: { target: string; at: Instant }[]
  less: string[]
  hiddenAuthors: AccountId[]
}

/** People between whom and the reader something stands, in either direction. */
export interface Circle {
  blocked: AccountId[]
  muted: AccountId[]
}

/** What one reader is not recommended. Things that ended, are private or of suspended people are nobody's to see: their features see to that. */
export interface LeftOut {
  targets: string[]
  authors: AccountId[]
}

export function leftOutFor(reader: AccountId, taste: Taste, circle: Circle, now: Instant): LeftOut {
  const seen = taste.seen.filter(({ at }) => now - at < recommendations.seenForMs)
  return {
    targets: [...new Set([...seen.map(({ target }) => target), ...taste.less])],
    authors: [...new Set([reader, ...taste.hiddenAuthors, ...circle.blocked, ...circle.muted])],
  }
}

/** An interest counts for this much less than the one after it. */
const fading = 0.85

export interface Weighted<Interest> {
  interest: Interest
  weight: number
}

/** The last interests, newest first, with what each counts for: all of them count, newer ones more. */
export function weighed<Interest>(newestFirst: readonly Interest[]): Weighted<Interest>[] {
  return newestFirst
    .slice(0, recommendations.interests)
    .map((interest, place) => ({ interest, weight: fading ** place }))
}

interface Hit {
  id: string
  because: string
}

/** The order that an index gave, as far as it makes sense: things that can be, each once, near to what was asked about. */
export function soundOrder(
  hits: readonly Hit[],
  { canBe, asked }: { canBe: (id: string) => boolean; asked: ReadonlySet<string> },
): [target: string, because: string][] {
  const order = new Map<string, string>()
  for (const { id, because } of hits)
    if (!order.has(id) && !asked.has(id) && asked.has(because) && canBe(id)) order.set(id, because)
  return [...order].slice(0, recommendations.similar)
}

const dayMs = 24 * 60 * 60_000

/** The day of a moment, and the one before it, in which a view of the last 24 hours may have been marked. */
export function daysOf(at: Instant): { today: number; before: number } {
  const today = Math.floor(at / dayMs)
  return { today, before: today - 1 }
}
