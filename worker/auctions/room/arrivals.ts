import type { Presence } from '../../contract/auctions.ts'
import type { Checkpoint } from '../../contract/ledger.ts'
import { sockets } from '../../contract/limits.ts'
import type { Fact, Snapshot } from '../../contract/live.ts'
import type { Instant } from '../../contract/time.ts'
import type { LaterFacts, PushedBatch } from '../audience/commands.ts'
import type { Book } from './book.ts'
import { batchOf, Recent } from './recent.ts'
import { roomState, snapshotOf } from './views.ts'

export interface ArrivalsDeps {
  book: Book
  checkpoint(): Checkpoint
  present(): Presence
}

/** What those are given who come, or come back: everything, or what they missed. Crowds come at once, so both are kept ready. */
export class Arrivals {
  private readonly deps: ArrivalsDeps
  private recent: Recent | null = null
  private snapshot: Snapshot | null = null

  constructor(deps: ArrivalsDeps) {
    this.deps = deps
  }

  snapshotText(at: Instant): string {
    const { book, present } = this.deps
    if (this.snapshot?.seq !== book.seq) this.snapshot = snapshotOf(book, present(), at)
    return JSON.stringify({ ...this.snapshot, presence: present(), room: roomState(book, at) } satisfies Snapshot)
  }

  /** The facts after this place as frames, or null where they are too many or no longer kept. */
  missedSince(seq: number): string[] | null {
    const { book, checkpoint } = this.deps
    const count = book.seq - seq
    if (count < 0 || count > sockets.resumeFacts) return null
    const recent = this.recentSince(seq)
    return recent.covers(seq) && recent.last === book.seq ? recent.framesAfter(seq, checkpoint) : null
  }

  private recentSince(seq: number): Recent {
    const { book } = this.deps
    if (!this.recent || book.seq - this.recent.last > sockets.resumeFacts) this.recent = new Recent(seq)
    const { recent } = this
    if (recent.last < book.seq) recent.append(book.store.facts(recent.last, book.seq - recent.last))
    if (seq + 1 < recent.first) recent.prepend(book.store.facts(seq, recent.first - 1 - seq))
    return recent
  }

  /** For a shard that lacks some. */
  factsAfter(seq: number, limit: number): LaterFacts | null {
    const { book, checkpoint } = this.deps
    const count = Math.min(limit, book.seq - seq)
    const facts = count > 0 ? book.store.facts(seq, count) : []
    if (facts.length < count) return null
    const isAll = facts.at(-1)?.seq === book.seq
    const batches: PushedBatch[] = []
    for (let at = 0; at < facts.length; at += sockets.resumeBatch) {
      const part = facts.slice(at, at + sockets.resumeBatch)
      const isLast = at + sockets.resumeBatch >= facts.length
      batches.push(pushed(part, isAll && isLast ? checkpoint() : null))
    }
    return { batches, seq: book.seq }
  }

  /** Facts were taken from the tables for good. */
  forget(): void {
    this.recent = null
  }
}

function pushed(facts: Fact[], checkpoint: Checkpoint | null): PushedBatch {
  const batch = batchOf(facts, checkpoint)
  return { first: batch.first, last: batch.last, text: JSON.stringify(batch) }
}
