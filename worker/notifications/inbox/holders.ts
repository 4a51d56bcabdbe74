import type { AccountId, AuctionId, LoginId } from '../../contract/ids.ts'
import { sockets } from '../../contract/limits.ts'
import type { Sql } from '../../kernel/sql.ts'

/** How long after a ticket was redeemed its socket may still be on its way into the room. */
const arrivalMs = 5_000

/** What holds sockets of the account: an auction's room, or this Inbox itself. */
export type Holder = AuctionId | 'inbox'
export type Closing = { account: AccountId; room: Holder; login: LoginId; code: number }

/** Which tickets were used, and who holds sockets by which sign-in. */
export class Holders {
  private readonly sql: Sql

  constructor(sql: Sql) {
    this.sql = sql
  }

  /**
   * True for the first time only. The room counts as holding sockets of the account from here until the authority of the ticket
   * runs out: registered before the socket exists, so that no sign-out can slip in between.
   */
  redeem(nonce: string, login: LoginId, room: Holder, at: number): boolean {
    const until = at + sockets.authorityMs
    const isFirst = this.sql.rows(
      'insert into ticket (nonce, until) values (?, ?) on conflict do nothing returning 1',
      nonce,
      until,
    )
    if (isFirst.length === 0) return false
    this.sql.run(
      `insert into room (room, login, redeemed_at, until) values (?, ?, ?, ?)
       on conflict do update set redeemed_at = excluded.redeemed_at, until = excluded.until`,
      room,
      login,
      at,
      until,
    )
    return true
  }

  /** Whose sockets have to close now; those that may still be on their way in are noted, to be asked once more. */
  close(account: AccountId, logins: LoginId[] | 'all', code: number, at: number): Closing[] {
    const held = this.sql
      .rows<{ room: Holder; login: LoginId; redeemed_at: number }>(
        'select room, login, redeemed_at from room where until > ?',
        at,
      )
      .filter(({ login }) => logins === 'all' || logins.includes(login))
    for (const { room, login, redeemed_at } of held)
      if (redeemed_at > at - arrivalMs)
        this.sql.run('insert into closing (account, room, login, code) values (?, ?, ?, ?)', account, room, login, code)
    return held.map(({ room, login }) => ({ account, room, login, code }))
  }

  hasLate(): boolean {
    return this.sql.rows('select 1 from closing limit 1').length > 0
  }

  takeLate(): Closing[] {
    return this.sql.rows<Closing>('delete from closing returning account, room, login, code')
  }

  forget(now: number): void {
    this.sql.run('delete from ticket where until <= ?', now)
    this.sql.run('delete from room where until <= ?', now)
  }

  nextDue(): number | null {
    const [row] = this.sql.rows<{ next: number | null }>(
      'select min(until) as next from (select until from ticket union all select until from room)',
    )
    return row?.next ?? null
  }
}
