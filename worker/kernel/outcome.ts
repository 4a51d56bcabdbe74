import type { ProblemCode } from '../contract/problem.ts'
import { Problem } from './problem.ts'

/**
 * What an object answers over RPC. Refusals are values, for RPC drops prototypes and throws upset teardown; the routes turn them
 * into problems.
 */
export type Outcome<T> = { ok: true; value: T } | Refusal
export type Refusal = { ok: false; code: ProblemCode; extra?: Record<string, unknown> }

/** The value of an outcome; a refusal becomes the Problem it names. */
export function settled<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw refused(outcome)
}

export function refused({ code, extra }: Refusal): Problem {
  return new Problem(code, extra)
}
