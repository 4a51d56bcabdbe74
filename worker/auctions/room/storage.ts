import type { Envelope } from '../../contract/events.ts'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import type { Entry, Hash, Terms } from '../../contract/ledger.ts'
import type { Fact } from '../../contract/live.ts'
import type { Won } from '../../contract/money.ts'
import { publishing } from '../../contract/relay.ts'
import type { Instant } from '../../contract/time.ts'
import { Alarms } from '../../kernel/alarms.ts'
import type { ChatSettings } from '../rules/chat.ts'
import type { Lot } from '../rules/lot.ts'
import { BidTable } from './bid-table.ts'
import { ChatTable } from './chat-table.ts'
import { OfferTable } from './offer-table.ts'
import type { KeptShard } from './shards.ts'
import { Sql, Table } from '../../kernel/sql.ts'

/** What publication froze. */
export interface Publicised {
  auction: AuctionId
  seller: { account: AccountId; handle: string; name: string }
  terms: Terms
  termsHash: Hash
  /** Staff label. */
  event: string | null
  reservePrice: Won | null
  reserveSalt: string | null
  /** The times came from the room's clock because the seller asked for "now". */
  startedAtOnce: boolean
  at: Instant
  /** Names the sequence of facts; a client that knows another begins anew. */
  epoch: string
}

/** Small things that are kept whole, by name. */
export interface Saved {
  publication: Publicised
  course: { lot: Lot; head: Hash }
  chat: ChatSettings
  /** Place of the last fact, and of the last one that went to the sockets. */
  seq: number
  flushed: number
  /** The room was alive at this time, and its sockets were open. */
  beat: Instant
  watched: boolean
  /** Ledger place up to which D1 has the fold, and the count of people it has. */
  projected: number
  present: number
  /** Place in the outbox up to which the relay has it. */
  relayed: number
  /** Why it was cancelled or made void. */
  cancelReason: string
  told: string[]
  chatClosed: boolean
  /** Parts of the audience that may hold sockets. */
  shards: KeptShard[]
}

/** Step by step, each once; a merged step is never edited. */
const steps = [
  [
    'create table saved (name text primary key, value text not null)',
    'create table entry (seq integer primary key, hash text not null, value text not null)',
    'create table fact (seq integer primary key, value text not null)',
    `create table bidder (number integer primary key, account text not null unique, handle text not null,
       name text not null, shown integer not null, max integer, first_seq integer not null, at integer not null)`,
    `create table bid (place integer primary key, id text not null unique, account text not null, kind text not null,
       amount real not null, verdict text not null, code text, at integer not null, log_seq integer unique,
       number integer, price integer, leader integer, opening text, receipt text not null)`,
    'create index bid_account on bid (account, at)',
    `create table answer (account text not null, key text not null, digest text not null, value text not null,
       primary key (account, key))`,
    `create table message (place integer primary key, id text not null unique, account text not null,
       handle text not null, name text not null, badges text not null, text text, removed_by text,
       at integer not null, fact_seq integer not null)`,
    'create index message_account on message (account, at)',
    `create table ban (scope text not null, account text not null, who text not null, reason text not null,
       at integer not null, primary key (scope, account))`,
    'create table note (log_seq integer primary key, text text not null, at integer not null)',
    'create table outbox (seq integer primary key autoincrement, value text not null)',
    'create table outbox_aside (seq integer primary key, value text not null, reason text not null)',
    Alarms.table,
  ],
  [
    `create table offer (number integer primary key, id text not null unique, version integer not null,
       told integer not null, value text not null)`,
  ],
  [
    // What was in the outbox before had nobody to follow it.
    'alter table outbox add column follows integer not null default 0',
    'create index outbox_follows on outbox (seq) where follows > 0',
  ],
]

/** In UTF-16, of which each unit is three bytes at most; the rest is for what is around the events. */
const requestLength = (publishing.bytes - 64 * 1024) / 3

const tables = {
  entry: new Table('entry', 'seq', 'hash', 'value'),
  fact: new Table('fact', 'seq', 'value'),
  outbox: new Table('outbox', 'value', 'follows'),
  answer: new Table('answer', 'account', 'key', 'digest', 'value'),
}

const keyOf = (account: string, key: string) => `${account} ${key}`

/** An event from which something follows outside, once D1 has the ledger up to `place`. */
export interface Followed {
  event: Envelope
  place: number
}

interface OutboxRow extends Record<string, SqlStorageValue> {
  seq: number
  value: string
  follows: number
}

function followedOf({ seq, value, follows }: OutboxRow): Followed {
  return { event: { ...(JSON.parse(value) as Omit<Envelope, 'seq'>), seq }, place: follows }
}

/** The tables of one room. They exist from publication on: asking an unpublished room makes nothing. */
export class Store {
  readonly bids: BidTable
  readonly chat: ChatTable
  readonly offers: OfferTable
  private readonly sql: Sql
  /** What of `saved` was read or written before, as text: nobody may change what another holds. */
  private readonly known = new Map<keyof Saved, string | null>()
  /** Which keys have an answer: most bids come under a new one, and then no table is asked. */
  private keys: Set<string> | null = null

  constructor(storage: DurableObjectStorage) {
    this.sql = new Sql(storage)
    this.bids = new BidTable(this.sql)
    this.chat = new ChatTable(this.sql)
    this.offers = new OfferTable(this.sql)
  }

  isOpen(): boolean {
    return this.sql.hasTables()
  }

  migrate(): void {
    this.sql.migrate(steps)
  }

  atomically<T>(work: () => T): T {
    try {
      return this.sql.atomically(work)
    } catch (error) {
      this.forget()
      throw error
    }
  }

  /** What was undone on disk must not be remembered. */
  private forget(): void {
    this.known.clear()
    this.keys = null
    this.bids.forget()
    this.chat.forget()
  }

  get<N extends keyof Saved>(name: N): Saved[N] | null {
    const known = this.known.get(name)
    const text = known === undefined ? this.read(name) : known
    return text === null ? null : (JSON.parse(text) as Saved[N])
  }

  private read(name: keyof Saved): string | null {
    const [row] = this.sql.rows<{ value: string }>('select value from saved where name = ?', name)
    const text = row?.value ?? null
    this.known.set(name, text)
    return text
  }

  put<N extends keyof Saved>(name: N, value: Saved[N]): void {
    const text = JSON.stringify(value)
    this.known.set(name, text)
    this.sql.run('insert or replace into saved (name, value) values (?, ?)', name, text)
  }

  // the ledger

  addEntry(entry: Entry, hash: Hash): void {
    this.sql.add(tables.entry, entry.seq, hash, JSON.stringify(entry))
  }

  entries(from: number, limit: number): { entry: Entry; hash: Hash }[] {
    return this.sql
      .rows<{ hash: Hash; value: string }>(
        'select hash, value from entry where seq >= ? order by seq limit ?',
        from,
        limit,
      )
      .map(({ hash, value }) => ({ entry: JSON.parse(value) as Entry, hash }))
  }

  // facts, as sockets get them

  addFact(fact: Fact): void {
    this.sql.add(tables.fact, fact.seq, JSON.stringify(fact))
  }

  facts(after: number, limit: number): Fact[] {
    return this.sql
      .rows<{ value: string }>('select value from fact where seq > ? order by seq limit ?', after, limit)
      .map(({ value }) => JSON.parse(value) as Fact)
  }

  firstFact(): number | null {
    return this.sql.rows<{ seq: number | null }>('select min(seq) as seq from fact')[0]?.seq ?? null
  }

  /** What was removed may not come back with a resume. */
  replaceFact(fact: Fact): void {
    this.sql.run('update fact set value = ? where seq = ?', JSON.stringify(fact), fact.seq)
  }

  // answers to keys

  /** `asked`: the request, or its digest, by which the same one is known again. */
  answer(account: AccountId, key: string): { asked: string; value: unknown } | null {
    if (!this.answeredKeys().has(keyOf(account, key))) return null
    const [row] = this.sql.rows<{ asked: string; value: string }>(
      'select digest as asked, value from answer where account = ? and key = ?',
      account,
      key,
    )
    return row ? { asked: row.asked, value: JSON.parse(row.value) as unknown } : null
  }

  addAnswer(account: AccountId, key: string, asked: string, value: unknown): void {
    this.answeredKeys().add(keyOf(account, key))
    this.sql.add(tables.answer, account, key, asked, JSON.stringify(value))
  }

  private answeredKeys(): Set<string> {
    this.keys ??= new Set(
      this.sql
        .rows<{ account: string; key: string }>('select account, key from answer')
        .map(({ account, key }) => keyOf(account, key)),
    )
    return this.keys
  }

  // the way out

  /**
   * The place in the stream is given here: gapless, for only a confirmed row is ever taken away. `follows`: something has to be done
   * because of it, once D1 has the ledger up to that place; 0 for nothing.
   */
  addEvent(event: Omit<Envelope, 'seq'>, follows: number): void {
    this.sql.add(tables.outbox, JSON.stringify(event), follows)
  }

  /** What the relay does not have yet, up to that place in the outbox, and no more than fits into one request of so many. */
  events(upTo: number, limit: number): Envelope[] {
    const rows = this.sql.rows<OutboxRow>(
      'select seq, value, follows from outbox where seq > ? and seq <= ? order by seq limit ?',
      this.get('relayed') ?? 0,
      upTo,
      limit,
    )
    let room = requestLength
    const fitting = rows.filter(({ value }, place) => (room -= value.length) >= 0 || place === 0)
    return fitting.map((row) => followedOf(row).event)
  }

  /** Asked after each bid, so it reads no row. */
  hasEvents(): boolean {
    return this.sql.rows('select 1 from outbox where seq > ? limit 1', this.get('relayed') ?? 0).length > 0
  }

  hasFollowed(): boolean {
    return this.sql.rows('select 1 from outbox where follows > 0 limit 1').length > 0
  }

  confirmEvents(upTo: number): void {
    this.put('relayed', upTo)
    this.dropOutbox()
  }

  /** What has to be done because of what happened up to that place in the outbox, and was not yet. */
  followed(upTo: number, limit: number): Followed[] {
    return this.sql
      .rows<OutboxRow>(
        'select seq, value, follows from outbox where follows > 0 and seq <= ? order by seq limit ?',
        upTo,
        limit,
      )
      .map(followedOf)
  }

  /** Place of the last event in the outbox, 0 where it is empty. */
  lastEvent(): number {
    return this.sql.rows<{ seq: number | null }>('select max(seq) as seq from outbox')[0]?.seq ?? 0
  }

  confirmFollowed(upTo: number): void {
    this.sql.run('update outbox set follows = 0 where follows > 0 and seq <= ?', upTo)
    this.dropOutbox()
  }

  /** A row goes when the relay has it and nothing more follows from it. */
  private dropOutbox(): void {
    this.sql.run('delete from outbox where follows = 0 and seq <= ?', this.get('relayed') ?? 0)
  }

  setEventAside({ seq, ...event }: Envelope, reason: string): void {
    this.sql.run(
      'insert or ignore into outbox_aside (seq, value, reason) values (?, ?, ?)',
      seq,
      JSON.stringify(event),
      reason,
    )
  }

  /** What nobody asks for any more a day after the end. Ledger, bids and chat stay. */
  forgetKeysAndFacts(): void {
    this.keys = null
    this.sql.run('delete from answer')
    this.sql.run('delete from fact')
  }
}
