import type { Envelope } from '../../worker/contract/events.ts'

/**
 * The stream of events between those who write them down and those who act on them.
 *
 * Order holds per stream, which is the key: a reader sees the events of one stream one run after the other, never two
 * runs of it at once. Delivery is at least once; a reader drops what it has seen by (stream, seq). What is published is
 * on disk before `publish` answers, and what a reader has not acknowledged comes again after any crash.
 */
export interface Bus {
  /** `embedded`, or the transport to a server. */
  readonly kind: string
  /**
   * Takes events in order within each stream; those it has are dropped. `busy` means that a reader is far behind:
   * nothing was taken, try again after that time.
   */
  publish(events: readonly Envelope[]): Promise<Published>
  /**
   * Starts to read under a name that keeps its own place, from the oldest event kept if the name is new. Whoever reads under
   * the same name, here or elsewhere, takes a share: each run goes to one of the group.
   */
  subscribe(reader: string, receive: Receive, options?: SubscribeOptions): Subscription
  /** A stream from the oldest event kept to the newest at this moment, each event once. */
  read(stream: string): AsyncIterable<Envelope>
  /** Keeps an event aside that somebody could not read. Repeating it changes nothing. */
  setAside(reader: string, event: Envelope, reason: string, attempts?: number): Promise<void>
  deadLetters(): Promise<DeadLetter[]>
  /** What the slowest reader has not acknowledged (events, or a server's messages of them), and how many were set aside. */
  health(): Promise<{ waiting: number; dead: number }>
  /** The same of each reader, by its name. */
  lag(): Promise<Record<string, number>>
  /** Forgets events that every current reader has acknowledged and that are older than the retention. */
  prune(): Promise<number>
  close(): Promise<void>
}

export type Published =
  | { ok: true; confirmed: Record<string, number> }
  | { ok: false; code: 'busy'; retryAfterMs: number }

/**
 * A run of 1 to 100 events of one stream in order. Resolving acknowledges all of them; rejecting brings them again after
 * a pause, then one by one, so that what fails is found. An event that failed `attempts` times, or fails with
 * `Unreadable`, is set aside and its stream goes on.
 */
export type Receive = (run: readonly [Envelope, ...Envelope[]]) => Promise<void>

export interface SubscribeOptions {
  /** Streams worked on at once. Default 4. */
  concurrency?: number
  /** Tries before an event is set aside. Default 8. */
  attempts?: number
  /** Pause before try `attempt` (from 2), in ms. Default: doubling from 200 ms to 30 s, with jitter. */
  pauseMs?: (attempt: number) => number
}

export interface Subscription {
  /** Resolves when nothing is left to read, pauses included, or when reading has ended. */
  idle(): Promise<void>
  /** Ends reading; resolves when the runs in hand are done. */
  stop(): Promise<void>
}

export interface DeadLetter {
  reader: string
  event: Envelope
  reason: string
  attempts: number
  at: number
}

/** Says that trying again will not help. */
export class Unreadable extends Error {}
