import type { InboxFact } from '../../contract/inbox.ts'
import { sockets } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'
import { randomToken } from '../../kernel/ids.ts'
import { Table, type Sql } from '../../kernel/sql.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type NewFact = Without<InboxFact, 'seq'>

interface Saved {
  epoch: string
  /** Place of the last fact, and of the last one that went to the sockets. */
  seq: number
  flushed: number
  /** When a socket was last here. */
  attendedAt: Instant
}

const table = new Table('fact', 'seq', 'value', 'at')

/** Numbered facts, kept for a day for whoever comes back. */
export class FactLog {
  private readonly sql: Sql
  /** Committed facts that the sockets have not been sent yet. */
  readonly unsent: InboxFact[]

  constructor(sql: Sql) {
    this.sql = sql
    if (this.get('epoch') === null) this.put('epoch', randomToken().slice(0, 22))
    this.unsent = this.since(this.flushedUpTo, Number.MAX_SAFE_INTEGER)
  }

  get epoch(): string {
    return this.get('epoch') ?? ''
  }
  get seq(): number {
    return this.get('seq') ?? 0
  }

  get flushedUpTo(): number {
    return this.get('flushed') ?? 0
  }

  /** Whether somebody is here, or may still come back to where they were. Else facts are counted, but not kept. */
  isAwaited(isAttended: boolean, now: Instant): boolean {
    return isAttended || now - (this.get('attendedAt') ?? 0) < sockets.factsKeptMs
  }

  attended(now: Instant): void {
    this.put('attendedAt', now)
  }

  add(fact: NewFact, at: Instant, isAwaited: boolean): InboxFact {
    const seq = this.seq + 1
    const numbered = { ...fact, seq } as InboxFact
    this.put('seq', seq)
    if (isAwaited) this.sql.add(table, seq, JSON.stringify(numbered), at)
    else this.put('flushed', seq)
    return numbered
  }

  since(after: number, limit: number): InboxFact[] {
    return this.sql
      .rows<{ value: string }>('select value from fact where seq > ? order by seq limit ?', after, limit)
      .map(({ value }) => JSON.parse(value) as InboxFact)
  }

  /** The facts after `seq`, or null where they are too many or no longer kept. */
  missedSince(epoch: string | undefined, seq: number | undefined): InboxFact[] | null {
    if (epoch !== this.epoch || seq === undefined) return null
    const count = this.seq - seq
    if (count < 0 || count > sockets.resumeFacts) return null
    const facts = this.since(seq, count)
    return facts.length === count ? facts : null
  }

  /** Says a kept fact anew where `change` gives another one: for what nobody may be told again. `word` stands in all of them. */
  rewrite(word: string, change: (fact: InboxFact) => InboxFact): void {
    for (const [index, fact] of this.unsent.entries()) this.unsent[index] = change(fact)
    const kept = this.sql.rows<{ seq: number; value: string }>(
      'select seq, value from fact where instr(value, ?) > 0',
      word,
    )
    for (const { seq, value } of kept)
      this.sql.run(
        'update fact set value = ? where seq = ?',
        JSON.stringify(change(JSON.parse(value) as InboxFact)),
        seq,
      )
  }

  flushed(seq: number): void {
    this.put('flushed', seq)
  }

  forget(now: Instant): void {
    this.sql.run('delete from fact where at <= ?', now - sockets.factsKeptMs)
  }

  nextDue(): number | null {
    const [row] = this.sql.rows<{ at: number | null }>('select min(at) as at from fact')
    return row?.at == null ? null : row.at + sockets.factsKeptMs
  }

  private get<N extends keyof Saved>(name: N): Saved[N] | null {
    const [row] = this.sql.rows<{ value: string }>('select value from saved where name = ?', name)
    return row ? (JSON.parse(row.value) as Saved[N]) : null
  }

  private put<N extends keyof Saved>(name: N, value: Saved[N]): void {
    this.sql.run('insert or replace into saved (name, value) values (?, ?)', name, JSON.stringify(value))
  }
}
