/** Where a room is, and what opens it to more than a person's share. */
export interface Door {
  url: string
  headers: Record<string, string>
  /** Whether its viewers ask for `permessage-deflate`, as browsers do. */
  deflates?: boolean
}

/** What a load process is told, and what it answers. Times are milliseconds since 1970 with fractions, the same on one computer. */
export type Order =
  | { order: 'watch'; door: Door; count: number; withinMs: number }
  | { order: 'enter'; door: Door; tickets: (string | null)[] }
  /** Bids at these amounts, one after the other over all bidders: `perSecond` of them, or as many at a time as `atOnce` says. */
  | { order: 'bid'; amounts: number[]; pace: { perSecond: number } | { atOnce: number }; kind: 'exact' | 'max' }
  /** For viewers of bids that another process places: from here on they note when they see which amount, until the account. */
  | { order: 'listen' }
  | { order: 'account'; sent: Sent[]; upTo: number }
  /** Nothing is said any more but a ping now and then. */
  | { order: 'rest' }
  | { order: 'drop' }
  /** All at once, until each has everything up to that place. */
  | { order: 'return'; upTo: number }
  | { order: 'close' }

export interface Spread {
  p50: number
  p99: number
  most: number
}

/** An amount, and when a bid of it left. */
export type Sent = [amount: number, at: number]

/** What became of facts on their way to the viewers of a process. */
export interface SeenReport {
  /** From the sending of a bid to each viewer. */
  seen: Spread
  /** Facts that each viewer should have and has not, over all viewers; facts that came twice. */
  lost: number
  doubled: number
  /** Viewers whom the other side closed, as `code × count`. */
  closed: string[]
  /** As they came over the wire, with the heads of frames. */
  bytesPerViewer: number
  /** Share of one core that this process used meanwhile: near 1 it was the limit itself. */
  ownCpu: number
}

export interface BidReport extends SeenReport {
  accepted: number
  refused: number
  /** From the first bid sent to the last answer. */
  seconds: number
  ack: Spread
  sent: Sent[]
}

export interface ComeReport {
  /** Until all were in, in seconds, and from opening a socket to its first state. */
  seconds: number
  first: Spread
  failed: number
  why: string[]
  /** After a return: facts that somebody lacks or got twice. */
  lost: number
  doubled: number
  ownCpu: number
}

export type Report =
  | { report: BidReport }
  | { report: SeenReport }
  | { report: ComeReport }
  | { report: null }
  | { failed: string }
