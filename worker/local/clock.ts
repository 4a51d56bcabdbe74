import { withClockOffset } from '../kernel/clock.ts'

/** How far the Worker's clock is set off, until the next start. Objects have clocks of their own. */
let offsetMs = 0

export function setOffset(ms: number): void {
  offsetMs = ms
}

/** Runs a request at the Worker's set time, or at its own: `x-local-clock` in milliseconds from now. */
export function atLocalTime<T>(header: string | null, work: () => T): T {
  const own = header === null ? Number.NaN : Number(header)
  const ms = Number.isFinite(own) ? own : offsetMs
  return ms === 0 ? work() : withClockOffset(ms, work)
}
