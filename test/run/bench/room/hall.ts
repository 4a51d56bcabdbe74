import { Crowd } from './crowd.ts'
import type { ComeReport, Door, SeenReport, Spread } from './frames.ts'
import { amounts } from './ladder.ts'

/**
 * Bidders in one process, viewers in others, before one door: an answer that waits until a thousand viewers have read says nothing of
 * the room.
 */
export class Hall {
  readonly bidders = new Crowd()
  readonly watchers: readonly Crowd[]
  private readonly door: Door

  constructor(door: Door, processes: number) {
    this.door = door
    this.watchers = Array.from({ length: processes }, () => new Crowd())
  }

  watch(viewers: number, withinMs = 0): Promise<ComeReport[]> {
    const share = Math.ceil(viewers / this.watchers.length)
    const left = (place: number) => Math.max(1, Math.min(share, viewers - place * share))
    return Promise.all(this.watchers.map((crowd, place) => crowd.watch(this.door, left(place), withinMs)))
  }

  async drop(): Promise<void> {
    await Promise.all(this.watchers.map((crowd) => crowd.drop()))
  }

  /** Seconds until the slowest process has everything, and the p99 of first frames there. */
  async return(upTo: number): Promise<number[]> {
    const reports = await Promise.all(this.watchers.map((crowd) => crowd.return(upTo)))
    return [Math.max(...reports.map(({ seconds }) => seconds)), Math.max(...reports.map(({ first }) => first.p99))]
  }

  end(): void {
    for (const crowd of [this.bidders, ...this.watchers]) crowd.end()
  }
}

export interface Watching {
  bidders: (string | null)[]
  viewers: number
  /** Processes that the viewers are in. Default 1. */
  processes?: number
  /** So long they take to come. Default 0: all at once. */
  withinMs?: number
  perSecond: number
  bids: number
  /** Place of the last fact when so many bids were accepted. */
  lastSeq(accepted: number): Promise<number>
}

/** What the slowest of the processes saw. */
export interface Watched {
  ack: Spread
  seen: Spread
  bytesPerBid: number
  /** In percent. A bid that waits too long is overtaken by one of another socket, and is too low then. */
  accepted: number
}

export async function watched(door: Door, watching: Watching): Promise<Watched> {
  const { bidders, viewers, processes = 1, withinMs = 0, perSecond, bids, lastSeq } = watching
  const hall = new Hall(door, processes)
  try {
    await hall.bidders.enter(door, bidders)
    await hall.watch(viewers, withinMs)
    await Promise.all(hall.watchers.map((crowd) => crowd.listen()))
    const { ack, sent, accepted } = await hall.bidders.bid(amounts(bids), { perSecond })
    const upTo = await lastSeq(accepted)
    const reports = await Promise.all(hall.watchers.map((crowd) => crowd.account(sent, upTo)))
    const worst = (of: (report: SeenReport) => number) => Math.max(...reports.map(of))
    return {
      ack,
      seen: {
        p50: worst(({ seen }) => seen.p50),
        p99: worst(({ seen }) => seen.p99),
        most: worst(({ seen }) => seen.most),
      },
      bytesPerBid: worst(({ bytesPerViewer }) => bytesPerViewer) / accepted,
      accepted: (accepted / bids) * 100,
    }
  } finally {
    hall.end()
  }
}
