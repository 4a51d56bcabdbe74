import { seoulOffsetMs } from '../../worker/contract/time.ts'

/** A time that was typed, which is of Seoul wherever one types it; null when it is none. */
export function fromSeoul(typed: string): number | null {
  const at = Date.parse(`${typed}:00+09:00`)
  return Number.isNaN(at) ? null : at
}

/** The same back, as a date field has it: `2026-11-26T18:00`. */
export function toSeoul(at: number): string {
  return new Date(at + seoulOffsetMs).toISOString().slice(0, 16)
}
