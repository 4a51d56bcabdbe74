import { createWriteStream, type WriteStream } from 'node:fs'

/**
 * One operation as its client saw it, for whoever checks that the room acted as if one thing happened after the other
 * (linearizability). Written as JSON lines, one file an auction, in the order of returning. `call` and `return` are whole microseconds
 * on one clock, which all clients share. A question that was asked again under its key after a cut is one operation, from the first
 * asking to the answer: one key has one effect.
 *
 * `bid`: input `{kind, amount}`, output `{accepted: true, price, leading, place}` (`place` null for a raise that nobody sees) or
 * `{accepted: false, code, minimumBid?}`. `read`: input null, output `{price, bidCount, logSeq, leader}` with the leader's number;
 * a bidder's number is in the ledger's order of first accepted bids, and `you` of the output of an accepted bid.
 *
 * For a model of it: before the first bid `logSeq` is 2 and `price` the start price, which the first bid has to reach; each `place` is
 * the next `logSeq`, for nothing but bids is entered while a history is written. How price and leader follow from a bid stands in
 * `../../model/reference.ts`. Each client is one person.
 */
export interface Operation {
  client: string
  op: 'bid' | 'read'
  input: { kind: 'exact' | 'max'; amount: number } | null
  output: Accepted | Refused | State
  call: number
  return: number
}

export interface Accepted {
  accepted: true
  price: number
  leading: boolean
  place: number | null
  you: number
}

export interface Refused {
  accepted: false
  code: string
  minimumBid?: number
}

export interface State {
  price: number
  bidCount: number
  logSeq: number
  leader: number | null
}

const began = process.hrtime.bigint()

/** Microseconds since this process began. */
export function microseconds(): number {
  return Number((process.hrtime.bigint() - began) / 1_000n)
}

/** The file of one auction's history, or nothing where none is wanted. */
export class History {
  private readonly file: WriteStream | null

  constructor(path: string | null) {
    this.file = path === null ? null : createWriteStream(path)
  }

  add(operation: Operation): void {
    this.file?.write(`${JSON.stringify(operation)}\n`)
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.file ? this.file.end(resolve) : resolve()))
  }
}
