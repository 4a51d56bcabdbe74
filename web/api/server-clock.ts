import { fromIso } from '../../worker/contract/time.ts'

/**
 * The server's time, as well as this device can tell: its own clock and an offset. The offset is kept once for the whole
 * page; the answer that took the shortest way decides, for half of that way is how wrong it can be.
 */
let offset = 0
let roundTripMs = Infinity
let heardAt = 0

/** An offset learnt this long ago gives way to a worse one: clocks drift, and devices sleep. */
const trustedMs = 10 * 60_000

/** Milliseconds since 1970 by the server's clock. In browsers only; rendering takes `serverAt` from its data. */
export function serverNow(): number {
  return Date.now() + offset
}

/** Learns from an answer that carried the server's time; both ends are of the device's clock. */
export function hearServerTime(serverAt: string, sentAt: number, receivedAt: number = Date.now()): void {
  const took = receivedAt - sentAt
  // A clock that was set meanwhile shows in a way that took less than nothing.
  const isWorse = took < 0 || took > roundTripMs
  if (isWorse && receivedAt - heardAt < trustedMs && receivedAt >= heardAt) return
  offset = fromIso(serverAt) - (sentAt + took / 2)
  roundTripMs = Math.max(0, took)
  heardAt = receivedAt
}

/** After sleep nothing is known of the device's clock: the next answer counts whatever way it took. */
export function doubtClock(): void {
  roundTripMs = Infinity
}
