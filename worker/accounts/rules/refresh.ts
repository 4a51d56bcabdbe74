import { accounts } from '../../contract/limits.ts'

/** The generations of a sign-in's refresh token that are still remembered: when each was issued. Keys rise without gap. */
export interface Generations {
  signedInAt: number
  issuedAt: ReadonlyMap<number, number>
}

/**
 * `rotate`: the newest was shown, a newer one is made. `repeat`: an earlier one is still good, and gets the newest.
 * `reuse`: it had been replaced for good, so somebody holds a copy: the sign-in ends. `expired`: too old, no more.
 */
export type RefreshVerdict =
  | { kind: 'rotate'; generation: number; expiresAt: number }
  | { kind: 'repeat'; generation: number; expiresAt: number }
  | { kind: 'reuse' }
  | { kind: 'expired' }

/**
 * A token is used by asking for its successor. The one before stays good until its successor has been used, however long that
 * takes, since the answer with the successor may have been lost; then 10 s more, for tabs that asked at the same time.
 */
export function judgeRefresh(presented: number, { signedInAt, issuedAt }: Generations, at: number): RefreshVerdict {
  const newest = Math.max(...issuedAt.keys())
  if (at >= signedInAt + accounts.refreshTotalMs) return { kind: 'expired' }
  if (presented > newest) return { kind: 'reuse' }

  const age = issuedAt.get(presented)
  if (presented === newest) {
    if (age === undefined || at >= age + accounts.refreshSlidingMs) return { kind: 'expired' }
    return { kind: 'rotate', generation: newest + 1, expiresAt: expiryOf(at, signedInAt) }
  }
  // Its successor was first used when the one after that was issued.
  const successorUsedAt = presented + 2 <= newest ? issuedAt.get(presented + 2) : null
  const isGood =
    successorUsedAt === null || (successorUsedAt !== undefined && at < successorUsedAt + accounts.refreshGraceMs)
  if (!isGood) return { kind: 'reuse' }
  const newestAge = issuedAt.get(newest) ?? at
  if (at >= newestAge + accounts.refreshSlidingMs) return { kind: 'expired' }
  return { kind: 'repeat', generation: newest, expiresAt: expiryOf(newestAge, signedInAt) }
}

/** 7 days from when it was issued, never beyond 90 days from the sign-in. */
export function expiryOf(issuedAt: number, signedInAt: number): number {
  return Math.min(issuedAt + accounts.refreshSlidingMs, signedInAt + accounts.refreshTotalMs)
}

/** Generations that no verdict depends on any more. */
export function forgettable({ issuedAt }: Pick<Generations, 'issuedAt'>, at: number): number[] {
  const newest = Math.max(...issuedAt.keys())
  return [...issuedAt]
    .filter(([generation, age]) => generation < newest - 1 && at >= age + accounts.refreshGraceMs)
    .map(([g]) => g)
}
