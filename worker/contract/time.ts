/** Milliseconds since 1970-01-01T00:00Z, from the server's clock. */
export type Instant = number & IsInstant

export interface IsInstant {
  readonly instant: unique symbol
}

/** ISO 8601 in UTC with milliseconds, as on the wire: `2026-11-21T03:00:00.000Z`. */
export type IsoTime = string & IsIsoTime

export interface IsIsoTime {
  readonly iso: unique symbol
}

export function instant(ms: number): Instant {
  return ms as Instant
}

export function iso(at: number): IsoTime {
  return new Date(at).toISOString() as IsoTime
}

export function fromIso(text: string): Instant {
  return Date.parse(text) as Instant
}

/** Seoul knows no summer time. */
export const seoulOffsetMs = 9 * 3_600_000
