import { now } from '../kernel/clock.ts'

/** When somebody last looked; null until then, for a Worker that has just started was started by somebody. */
let lookedAt: number | null = null

/** Takes note of a request that a person made: neither the demo, which has the key, nor the relay. */
export function noteVisit(): void {
  lookedAt = now()
}

/** The simulated people rest when nobody has looked for a while. */
export function lastVisit(): number {
  lookedAt ??= now()
  return lookedAt
}
