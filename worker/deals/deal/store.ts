import type { AccountId } from '../../contract/ids.ts'
import { Alarms } from '../../kernel/alarms.ts'
import { Sql, type Steps } from '../../kernel/sql.ts'
import type { Notice } from '../../notifications/api.ts'
import type { EntryRecord, Step } from '../commands.ts'
import type { DealRecord } from '../rules.ts'

/** Small things that are kept whole, by name. */
interface Saved {
  deal: DealRecord
  /** Places up to which the relay, D1 and the room have the steps. */
  relay: number
  d1: number
  room: number
}
export type Cursor = Exclude<keyof Saved, 'deal'>

const steps: Steps = [
  [
    'create table saved (name text primary key, value text not null)',
    'create table step (place integer primary key, value text not null)',
    'create table entry (number integer primary key, value text not null)',
    'create table notice (seq integer primary key autoincrement, account text not null, value text not null)',
    'create table aside (what text not null, place integer not null, value text not null, reason text not null)',
    'create table answer (account text not null, key text not null, digest text not null, primary key (account, key))',
    Alarms.table,
  ],
]

export interface NoticeRow {
  seq: number
  notice: Notice
}

/** The tables of one deal. They exist from its opening on: asking a deal that was never opened makes nothing. */
export class Store {
  private readonly storage: DurableObjectStorage
  private readonly sql: Sql

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
    this.sql = new Sql(storage)
  }

  isOpen(): boolean {
    return this.sql.hasTables()
  }

  migrate(): void {
    this.sql.migrate(steps)
  }

  atomically<T>(work: () => T): T {
    return this.storage.transactionSync(work)
  }

  deal(): DealRecord | null {
    return this.get('deal')
  }

  save(deal: DealRecord): void {
    this.put('deal', deal)
  }

  cursor(name: Cursor): number {
    return this.get(name) ?? 0
  }

  moveCursor(name: Cursor, place: number): void {
    this.put(name, place)
  }

  addStep(step: Step): void {
    this.sql.run('insert into step (place, value) values (?, ?)', step.place, JSON.stringify(step))
  }

  steps(after = 0, limit = Number.MAX_SAFE_INTEGER): Step[] {
    return this.sql
      .rows<{ value: string }>('select value from step where place > ? order by place limit ?', after, limit)
      .map(({ value }) => JSON.parse(value) as Step)
  }

  addEntry(entry: EntryRecord): void {
    this.sql.run('insert into entry (number, value) values (?, ?)', entry.number, JSON.stringify(entry))
  }

  entries(): EntryRecord[] {
    return this.sql
      .rows<{ value: string }>('select value from entry order by number')
      .map(({ value }) => JSON.parse(value) as EntryRecord)
  }

  addNotice(account: AccountId, notice: Notice): void {
    this.sql.run('insert into notice (account, value) values (?, ?)', account, JSON.stringify(notice))
  }

  notices(account: AccountId, limit: number): NoticeRow[] {
    return this.sql
      .rows<{ seq: number; value: string }>(
        'select seq, value from notice where account = ? order by seq limit ?',
        account,
        limit,
      )
      .map(({ seq, value }) => ({ seq, notice: JSON.parse(value) as Notice }))
  }

  forgetNotices(account: AccountId, upTo: number): void {
    this.sql.run('delete from notice where account = ? and seq <= ?', account, upTo)
  }

  hasNotices(): boolean {
    return this.sql.rows<{ n: number }>('select 1 as n from notice limit 1').length > 0
  }

  /** What nobody would take, for a person to look at. */
  setAside(what: string, place: number, value: unknown, reason: string): void {
    this.sql.run(
      'insert into aside (what, place, value, reason) values (?, ?, ?, ?)',
      what,
      place,
      JSON.stringify(value),
      reason,
    )
  }

  /** Of a key that had its effect: what it was used for. */
  digestOf(account: AccountId, key: string): string | null {
    const [row] = this.sql.rows<{ digest: string }>(
      'select digest from answer where account = ? and key = ?',
      account,
      key,
    )
    return row?.digest ?? null
  }

  addAnswer(account: AccountId, key: string, digest: string): void {
    this.sql.run('insert into answer (account, key, digest) values (?, ?, ?)', account, key, digest)
  }

  private get<N extends keyof Saved>(name: N): Saved[N] | null {
    const [row] = this.sql.rows<{ value: string }>('select value from saved where name = ?', name)
    return row ? (JSON.parse(row.value) as Saved[N]) : null
  }

  private put<N extends keyof Saved>(name: N, value: Saved[N]): void {
    this.sql.run('insert or replace into saved (name, value) values (?, ?)', name, JSON.stringify(value))
  }
}
