/**
 * How messages travel between this process and Pulsar: by its WebSocket API or by the native client. Topics are full names
 * within the bus's namespace; a message is text under a key; ids are Pulsar's own, in base64.
 */
export interface Wire {
  readonly kind: string
  /**
   * Sends one message and resolves with its id once the server has stored it. Rejects when that is not known; it may have
   * been stored then.
   */
  send(topic: string, key: string, text: string): Promise<string>
  /** Takes the messages of a subscription that exists, for as long as the consumption lives. */
  consume(plan: ConsumePlan): Consumption
  /** All messages of a topic after the one with this id, or from the oldest; without end. Throws when cut off. */
  scan(topic: string, after: string | null): AsyncIterable<WireMessage>
  /** Aborted by `close`: nothing is to be tried again then. */
  readonly closed: AbortSignal
  /** Cuts every connection. What was not acknowledged comes again to whoever reads next. */
  close(): Promise<void>
}

export interface WireMessage {
  id: string
  text: string
}

export interface ConsumePlan {
  topic: string
  subscription: string
  /** The group shares the partitions among the names of its members. */
  consumer: string
  /** No more messages than this are taken before one of them is acknowledged. */
  window: number
  /** After a cut a message may come again though it was not acknowledged. */
  take(message: WireMessage): void
}

export interface Consumption {
  acknowledge(id: string): void
  close(): Promise<void>
}

/** Where a message lies. */
export interface Position {
  ledger: bigint
  entry: bigint
}

/** Reads ledger and entry from Pulsar's `MessageIdData`, the protobuf inside its ids: fields 1 and 2, both varints. */
export function positionOf(id: string): Position {
  const bytes = Buffer.from(id, 'base64')
  const found = new Map<number, bigint>()
  for (let at = 0; at < bytes.length;) {
    const field = Number(bytes[at] ?? 0) >> 3
    at += 1
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(bytes[at] ?? 0)
      at += 1
      value |= (byte & 127n) << shift
      if (byte < 128n) break
    }
    if (!found.has(field)) found.set(field, BigInt.asIntN(64, value))
    // What follows (partition, batch) does not matter, and may be of other kinds.
    if (found.has(1) && found.has(2)) break
  }
  return { ledger: found.get(1) ?? -1n, entry: found.get(2) ?? -1n }
}

/** The id just before this one, for readers begin after the id that they are given. */
export function idBefore(id: string): string {
  const { ledger, entry } = positionOf(id)
  return Buffer.from([0x08, ...varint(ledger), 0x10, ...varint(entry - 1n)]).toString('base64')
}

function varint(value: bigint): number[] {
  const bytes: number[] = []
  let left = BigInt.asUintN(64, value)
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128)
  return [...bytes, Number(left)]
}

/** Whether `a` lies at or after `b`. */
export function isAtOrAfter(a: Position, b: Position): boolean {
  return a.ledger > b.ledger || (a.ledger === b.ledger && a.entry >= b.entry)
}

/** Doubling from 100 ms to 5 s, with jitter. */
export function reconnectPause(attempt: number): Promise<void> {
  const ms = Math.min(5_000, 100 * 2 ** attempt) * (0.75 + Math.random() / 2)
  return new Promise((resolve) => setTimeout(resolve, ms))
}
