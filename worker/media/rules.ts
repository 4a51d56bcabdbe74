import type { MediaPurpose, RejectionReason } from '../contract/media.ts'
import type { ImageMade, ImageResult } from '../contract/relay.ts'
import type { Instant } from '../contract/time.ts'

/** While one try is at work nobody else begins another. Longer than the relay's deadline. */
export const leaseMs = 40_000

/** Tries before our side gives up: about twenty minutes of a relay that is away. */
const mostTries = 20
const pause = { firstMs: 1_000, mostMs: 120_000 } as const

/** A picture with one of these purposes may become the cover of a shared link. */
const covers: readonly MediaPurpose[] = ['post', 'product', 'auction']

export function needsShare(purpose: MediaPurpose): boolean {
  return covers.includes(purpose)
}

/** What came of a try: the relay's result, or why there was none. */
export type TryOutcome = { ok: true; value: ImageResult } | { ok: false; retry: boolean; retryAfterMs?: number }

export type NextStep =
  | { step: 'finish'; made: ImageMade }
  | { step: 'reject'; reason: RejectionReason }
  | { step: 'wait'; until: Instant }

/** What follows from try number `attempts`. */
export function afterTry(outcome: TryOutcome, attempts: number, at: Instant): NextStep {
  if (outcome.ok)
    return outcome.value.state === 'ready'
      ? { step: 'finish', made: outcome.value }
      : { step: 'reject', reason: outcome.value.reason }
  if (!outcome.retry || attempts >= mostTries) return { step: 'reject', reason: 'failed' }
  const doubled = Math.min(pause.mostMs, pause.firstMs * 2 ** (attempts - 1))
  return { step: 'wait', until: (at + Math.max(doubled, outcome.retryAfterMs ?? 0)) as Instant }
}
