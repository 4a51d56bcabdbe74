import type { Spread } from '../room/frames.ts'

/** One socket: where it leads, and the rooms that it hears of (which only the baseline has to be told). */
export interface Device {
  url: string
  headers: Record<string, string>
  ticket: string | null
  rooms: string[]
}

export type Order =
  | { order: 'come'; devices: Device[] }
  /** Each device says so many messages in each of its rooms, one after the other; so many devices at once. */
  | { order: 'talk'; each: number; atOnce: number }
  | { order: 'leave' }

export interface TalkReport {
  messages: number
  /** Until everybody had heard everything. */
  seconds: number
  ack: Spread
  /** From sending until a device of the room had it. */
  heard: Spread
  lost: number
  doubled: number
  ownCpu: number
}

export type Report = { report: TalkReport | null } | { failed: string }
