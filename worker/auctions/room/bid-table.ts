import type { AccountId } from '../../contract/ids.ts'
import type { BidKind, Opening, Receipt } from '../../contract/ledger.ts'
import type { Won } from '../../contract/money.ts'
import type { Instant } from '../../contract/time.ts'
import { Table, type Sql } from '../../kernel/sql.ts'

export interface BidderRow {
  number: number
  account: AccountId
  handle: string
  name: string
  /** Shows the own name here, for good. */
  shown: boolean
  /** The highest amount of the own accepted maximum bids. */
  max: Won | null
  /** Ledger place and time of the first accepted bid. */
  firstSeq: number
  at: Instant
}

export interface BidRecord {
  /** Order of judging. */
  place: number
  id: string
  account: AccountId
  kind: BidKind
  /** As offered: refused amounts need not be money. */
  amount: number
  verdict: 'accepted' | 'refused'
  code: string | null
  at: Instant
  /** Of the entry that it made: null for refusals and for a raise that nobody sees. */
  logSeq: number | null
  number: number | null
  price: Won | null
  leader: number | null
  opening: Opening | null
  receipt: Receipt
}

const bidColumns = [
  'id',
  'account',
  'kind',
  'amount',
  'verdict',
  'code',
  'at',
  'log_seq',
  'number',
  'price',
  'leader',
  'opening',
  'receipt',
]
const table = new Table('bid', ...bidColumns)

/** Bidders with their numbers, and every judged bid, refused ones too. */
export class BidTable {
  private readonly sql: Sql
  /** What `judgedAt` has answered, kept up to date: it is asked at each bid. */
  private readonly arrivals = new Map<AccountId, { limit: number; times: Instant[] }>()

  constructor(sql: Sql) {
    this.sql = sql
  }

  /** To be called when writes were undone. */
  forget(): void {
    this.arrivals.clear()
  }

  bidders(): BidderRow[] {
    return this.sql
      .rows<{
        number: number
        account: AccountId
        handle: string
        name: string
        shown: number
        max: Won | null
        first_seq: number
        at: Instant
      }>('select number, account, handle, name, shown, max, first_seq, at from bidder order by number')
      .map(({ shown, first_seq: firstSeq, ...row }) => ({ ...row, shown: shown === 1, firstSeq }))
  }

  putBidder(row: BidderRow): void {
    this.sql.run(
      `insert into bidder (number, account, handle, name, shown, max, first_seq, at) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (number) do update set handle = excluded.handle, name = excluded.name, shown = excluded.shown,
         max = excluded.max`,
      row.number,
      row.account,
      row.handle,
      row.name,
      row.shown ? 1 : 0,
      row.max,
      row.firstSeq,
      row.at,
    )
  }

  add(bid: Omit<BidRecord, 'place'>): void {
    this.noteArrival(bid)
    this.sql.add(
      table,
      bid.id,
      bid.account,
      bid.kind,
      bid.amount,
      bid.verdict,
      bid.code,
      bid.at,
      bid.logSeq,
      bid.number,
      bid.price,
      bid.leader,
      bid.opening ? JSON.stringify(bid.opening) : null,
      JSON.stringify(bid.receipt),
    )
  }

  /** The account's latest arrivals, latest first. By time and not by order: a clock that was set back must not hide any. */
  judgedAt(account: AccountId, limit: number): Instant[] {
    const known = this.arrivals.get(account)
    if (known?.limit === limit) return known.times
    const times = this.sql
      .rows<{ at: Instant }>('select at from bid where account = ? order by at desc limit ?', account, limit)
      .map(({ at }) => at)
    this.arrivals.set(account, { limit, times })
    return times
  }

  private noteArrival({ account, at }: Pick<BidRecord, 'account' | 'at'>): void {
    const known = this.arrivals.get(account)
    if (!known) return
    const { limit, times } = known
    this.arrivals.set(account, { limit, times: [...times, at].sort((a, b) => b - a).slice(0, limit) })
  }

  /** Bids with an entry of their own, newest first. */
  placed(before: number | null, limit: number): BidRecord[] {
    return this.bidRows('log_seq is not null and log_seq < ? order by log_seq desc limit ?', before ?? 2 ** 53, limit)
  }

  of(account: AccountId, limit: number): BidRecord[] {
    return this.bidRows('account = ? order by place desc limit ?', account, limit)
  }

  find(id: string): BidRecord | null {
    return this.bidRows('id = ?', id)[0] ?? null
  }

  /** Accepted maximum bids, raises among them, in order. */
  maximums(): BidRecord[] {
    return this.bidRows("kind = 'max' and verdict = 'accepted' order by place")
  }

  /** Place of the last bid whose entry names another leader: what came after it is the present leader's reign. */
  reignBegins(leader: number): number {
    return (
      this.sql.rows<{ place: number | null }>(
        'select max(place) as place from bid where log_seq is not null and leader <> ?',
        leader,
      )[0]?.place ?? 0
    )
  }

  private bidRows(where: string, ...bindings: (string | number)[]): BidRecord[] {
    return this.sql
      .rows<
        Omit<BidRecord, 'logSeq' | 'opening' | 'receipt'> & {
          log_seq: number | null
          opening: string | null
          receipt: string
        }
      >(`select place, ${bidColumns.join(', ')} from bid where ${where}`, ...bindings)
      .map(({ log_seq: logSeq, opening, receipt, ...row }) => ({
        ...row,
        logSeq,
        opening: opening === null ? null : (JSON.parse(opening) as Opening),
        receipt: JSON.parse(receipt) as Receipt,
      }))
  }
}
