import { AsyncLocalStorage } from 'node:async_hooks'
import { instant, type Instant } from '../contract/time.ts'

const shift = new AsyncLocalStorage<number>()

/** The server's time. The only place that asks the system for it. In objects take it once per event: it stands still while code runs. */
export function now(): Instant {
  return instant(Date.now() + (shift.getStore() ?? 0))
}

/** Runs `work` with the clock moved by `offsetMs` (negative: back), also across awaits. Only the local entry calls it. */
export function withClockOffset<T>(offsetMs: number, work: () => T): T {
  return shift.run(offsetMs, work)
}
