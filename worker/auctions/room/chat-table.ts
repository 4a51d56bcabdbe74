import type { AccountId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import type { Sql } from '../../kernel/sql.ts'

export interface MessageRow {
  place: number
  id: string
  account: AccountId
  handle: string
  name: string
  badges: ('seller' | 'moderator' | 'leader')[]
  text: string | null
  removedBy: 'author' | 'seller' | 'moderator' | null
  at: Instant
  factSeq: number
}

export interface BanRow {
  scope: 'chat' | 'bids'
  account: AccountId
  /** Handle or number, as the seller named them. */
  who: string
  reason: string
  at: Instant
}

/** Messages, bans and notes. */
export class ChatTable {
  private readonly sql: Sql
  /** `scope account` of everybody who is banned: asked at each bid, changed hardly ever. */
  private banned: Set<string> | null = null

  constructor(sql: Sql) {
    this.sql = sql
  }

  /** To be called when writes were undone. */
  forget(): void {
    this.banned = null
  }

  addMessage(row: Omit<MessageRow, 'place'>): void {
    this.sql.run(
      `insert into message (id, account, handle, name, badges, text, removed_by, at, fact_seq)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.id,
      row.account,
      row.handle,
      row.name,
      JSON.stringify(row.badges),
      row.text,
      row.removedBy,
      row.at,
      row.factSeq,
    )
  }

  /** Newest first. */
  messages(before: number | null, limit: number): MessageRow[] {
    return this.messageRows('place < ? order by place desc limit ?', before ?? 2 ** 53, limit)
  }

  message(id: string): MessageRow | null {
    return this.messageRows('id = ?', id)[0] ?? null
  }

  lastMessageAt(account: AccountId): Instant | null {
    const [row] = this.sql.rows<{ at: Instant | null }>('select max(at) as at from message where account = ?', account)
    return row?.at ?? null
  }

  removeMessage(id: string, by: MessageRow['removedBy']): void {
    this.sql.run('update message set text = null, removed_by = ? where id = ?', by, id)
  }

  private messageRows(where: string, ...bindings: (string | number)[]): MessageRow[] {
    return this.sql
      .rows<
        Omit<MessageRow, 'badges' | 'removedBy' | 'factSeq'> & {
          badges: string
          removed_by: MessageRow['removedBy']
          fact_seq: number
        }
      >(
        `select place, id, account, handle, name, badges, text, removed_by, at, fact_seq from message where ${where}`,
        ...bindings,
      )
      .map(({ badges, removed_by: removedBy, fact_seq: factSeq, ...row }) => ({
        ...row,
        badges: JSON.parse(badges) as MessageRow['badges'],
        removedBy,
        factSeq,
      }))
  }

  bans(): BanRow[] {
    return this.sql.rows<Record<keyof BanRow, string | number>>(
      'select scope, account, who, reason, at from ban order by at, who',
    ) as unknown as BanRow[]
  }

  isBanned(scope: BanRow['scope'], account: AccountId): boolean {
    this.banned ??= new Set(this.bans().map((ban) => `${ban.scope} ${ban.account}`))
    return this.banned.has(`${scope} ${account}`)
  }

  putBan({ scope, account, who, reason, at }: BanRow): void {
    this.banned = null
    this.sql.run(
      `insert into ban (scope, account, who, reason, at) values (?, ?, ?, ?, ?)
       on conflict (scope, account) do update set reason = excluded.reason`,
      scope,
      account,
      who,
      reason,
      at,
    )
  }

  removeBan(scope: BanRow['scope'], account: AccountId): void {
    this.banned = null
    this.sql.run('delete from ban where scope = ? and account = ?', scope, account)
  }

  addNote(logSeq: number, text: string, at: Instant): void {
    this.sql.run('insert into note (log_seq, text, at) values (?, ?, ?)', logSeq, text, at)
  }

  notes(after: number): { logSeq: number; text: string; at: Instant }[] {
    return this.sql
      .rows<{ log_seq: number; text: string; at: Instant }>(
        'select log_seq, text, at from note where log_seq > ? order by log_seq',
        after,
      )
      .map(({ log_seq: logSeq, ...row }) => ({ ...row, logSeq }))
  }
}
