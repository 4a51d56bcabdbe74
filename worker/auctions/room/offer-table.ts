import type { AccountId, DealId, OfferId, RoomId } from '../../contract/ids.ts'
import type { Won } from '../../contract/money.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { BidOfOne, Offered } from '../rules/offers.ts'

export interface OfferRow extends Offered<AccountId> {
  id: OfferId
  /** What accepting it opens; named from the start, so that accepting twice could not make two. */
  deal: DealId
  room: RoomId
}

/** Offers to the next bidders, each with how much of it has left the room. */
export class OfferTable {
  private readonly sql: Sql

  constructor(sql: Sql) {
    this.sql = sql
  }

  all(): OfferRow[] {
    return this.rows('1 = 1')
  }

  find(id: string): OfferRow | null {
    return this.rows('id = ?', id)[0] ?? null
  }

  /** Those whose latest state D1, the people and the deal have not all heard of. */
  untold(limit: number): OfferRow[] {
    return this.rows('told < version').slice(0, limit)
  }

  put(offer: OfferRow): void {
    this.sql.run(
      `insert into offer (number, id, version, told, value) values (?, ?, ?, 0, ?)
       on conflict (number) do update set version = excluded.version, value = excluded.value`,
      offer.number,
      offer.id,
      offer.version,
      JSON.stringify(offer),
    )
  }

  told({ id, version }: Pick<OfferRow, 'id' | 'version'>): void {
    this.sql.run('update offer set told = max(told, ?) where id = ?', version, id)
  }

  /** Each bidder's own highest accepted bid, their secret maximum included. */
  highest(): BidOfOne<AccountId>[] {
    return this.sql.rows<{ account: AccountId; amount: Won; place: number }>(
      `select account, amount, min(place) as place from bid where verdict = 'accepted' and amount =
         (select max(amount) from bid as own where own.account = bid.account and own.verdict = 'accepted')
       group by account, amount`,
    )
  }

  private rows(where: string, ...bindings: string[]): OfferRow[] {
    return this.sql
      .rows<{ value: string }>(`select value from offer where ${where} order by number`, ...bindings)
      .map(({ value }) => JSON.parse(value) as OfferRow)
  }
}
