import type { RoomKind } from '../../contract/chat.ts'
import type { Envelope } from '../../contract/events.ts'
import type { AccountId, MediaId, MessageId, RoomId } from '../../contract/ids.ts'
import type { Instant } from '../../contract/time.ts'
import { Sql } from '../../kernel/sql.ts'
import type { MemberStanding, StoredMessage } from '../commands.ts'
import type { Belonging, Member } from '../rules.ts'
import { steps } from './tables.ts'

/** What the room is as a whole. */
export interface Character {
  room: RoomId
  kind: RoomKind
  name: string | null
  picture: MediaId | null
  owner: AccountId | null
  isBlocked: boolean
  closesAt: Instant | null
  closedAt: Instant | null
  deal: MemberStanding['deal']
  /** Of the deal's course: what came before it is no news. */
  dealPlace: number
  openedAt: Instant
}

/** A member, with what only the delivery needs of them. */
export interface KeptMember extends Member {
  handle: string
  name: string
  since: number
}

export type FactRow = { place: number; account: AccountId | null; type: string; value: string }

type MessageRow = {
  seq: number
  id: string
  author: string | null
  handle: string
  name: string
  notice: string | null
  text: string | null
  images: string
  hints: string
  nth: number
  edited_at: number | null
  deleted: number
  at: number
}

/** More messages than are on their way at one time. */
const toldMost = 200

/** Reading and writing of the tables, without a decision. */
export class Store {
  private readonly sql: Sql
  /** Known once the character was read or written. */
  private room: RoomId | null = null
  /** Messages as they are, for a moment: every member is told of the same ones. */
  private readonly told = new Map<number, StoredMessage>()

  constructor(storage: DurableObjectStorage) {
    this.sql = new Sql(storage)
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
      this.told.clear()
      throw error
    }
  }

  character(): Character | null {
    const [row] = this.sql.rows<{ value: string }>("select value from saved where name = 'character'")
    const character = row ? (JSON.parse(row.value) as Character) : null
    this.room = character?.room ?? null
    return character
  }

  putCharacter(character: Character): void {
    this.room = character.room
    this.sql.run("insert or replace into saved (name, value) values ('character', ?)", JSON.stringify(character))
  }

  members(): { members: KeptMember[]; delivered: Map<AccountId, number> } {
    const rows = this.sql.rows<Record<string, SqlStorageValue>>('select * from member')
    return {
      members: rows.map(memberOf),
      delivered: new Map(rows.map((row) => [row['account'] as AccountId, Number(row['delivered'])])),
    }
  }

  putMember(member: KeptMember): void {
    const { account, handle, name, belonging, joined, fromSeq, readSeq, settings, since } = member
    this.sql.run(
      `insert into member (account, handle, name, belonging, joined, from_seq, read_seq, muted, archived, pinned, since,
         delivered) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11 - 1)
       on conflict do update set handle = ?2, name = ?3, belonging = ?4, joined = ?5, from_seq = ?6, read_seq = ?7,
         muted = ?8, archived = ?9, pinned = ?10, since = ?11`,
      account,
      handle,
      name,
      belonging,
      joined,
      Number.isFinite(fromSeq) ? fromSeq : null,
      readSeq,
      Number(settings.muted),
      Number(settings.archived),
      Number(settings.pinned),
      since,
    )
  }

  putDelivered(account: AccountId, place: number): void {
    this.sql.run('update member set delivered = ? where account = ?', place, account)
  }

  // messages

  lastMessage(): StoredMessage | null {
    return this.oneMessage('order by seq desc limit 1')
  }

  messageById(id: string): StoredMessage | null {
    return this.oneMessage('where id = ?', id)
  }

  messageAt(seq: number): StoredMessage | null {
    const known = this.told.get(seq)
    if (known) return known
    const message = this.oneMessage('where seq = ?', seq)
    if (this.told.size >= toldMost) this.told.clear()
    if (message) this.told.set(seq, message)
    return message
  }

  messagesBefore(before: number, from: number, limit: number): StoredMessage[] {
    return this.readMessages('where seq < ? and seq >= ? order by seq desc limit ?', before, from, limit)
  }

  messagesAfter(after: number, limit: number): StoredMessage[] {
    return this.readMessages('where seq > ? order by seq limit ?', after, limit)
  }

  withPictures(): StoredMessage[] {
    return this.readMessages("where images <> '[]'")
  }

  putMessage(message: StoredMessage): void {
    const { id, seq, author, handle, name, notice, text, images, hints, editedAt, deleted, at } = message
    const [before] = this.sql.rows<{ nth: number }>('select nth from message where seq = ?', seq - 1)
    this.sql.run(
      `insert into message (seq, id, author, handle, name, notice, text, images, hints, nth, edited_at, deleted, at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      id,
      author,
      handle,
      name,
      notice && JSON.stringify(notice),
      text,
      JSON.stringify(images),
      JSON.stringify(hints),
      (before?.nth ?? 0) + (author === null ? 0 : 1),
      editedAt,
      Number(deleted),
      at,
    )
  }

  changeMessage({ seq, text, images, hints, editedAt, deleted }: StoredMessage): void {
    this.told.delete(seq)
    this.sql.run(
      'update message set text = ?, images = ?, hints = ?, edited_at = ?, deleted = ? where seq = ?',
      text,
      JSON.stringify(images),
      JSON.stringify(hints),
      editedAt,
      Number(deleted),
      seq,
    )
  }

  /** Of all that people wrote after `from`: how many are neither deleted nor by this account. */
  countUnread(account: AccountId, from: number): number {
    const [row] = this.sql.rows<{ unread: number }>(
      `select coalesce((select nth from message order by seq desc limit 1), 0)
         - coalesce((select nth from message where seq <= ?1 order by seq desc limit 1), 0)
         - (select count(*) from message where author = ?2 and seq > ?1)
         - (select count(*) from message where deleted = 1 and seq > ?1 and author <> ?2) as unread`,
      from,
      account,
    )
    return row?.unread ?? 0
  }

  hasWritten(account: AccountId): boolean {
    return this.sql.rows('select 1 as n from message where author = ? limit 1', account).length > 0
  }

  lastWordOf(account: AccountId): Instant | null {
    const [row] = this.sql.rows<{ at: Instant }>(
      'select at from message where author = ? order by seq desc limit 1',
      account,
    )
    return row?.at ?? null
  }

  private oneMessage(clause: string, ...bindings: SqlStorageValue[]): StoredMessage | null {
    return this.readMessages(clause, ...bindings)[0] ?? null
  }

  private readMessages(clause: string, ...bindings: SqlStorageValue[]): StoredMessage[] {
    return this.sql
      .rows<MessageRow>(`select * from message ${clause}`, ...bindings)
      .map((row) => messageOf(row, this.room as RoomId))
  }

  // keys

  saidUnder(account: AccountId, key: string): string | null {
    const [row] = this.sql.rows<{ message: string }>(
      'select message from said where account = ? and key = ?',
      account,
      key,
    )
    return row?.message ?? null
  }

  putSaid(account: AccountId, key: string, message: MessageId, at: Instant): void {
    this.sql.run('insert into said (account, key, message, at) values (?, ?, ?, ?)', account, key, message, at)
  }

  forgetSaid(before: number): void {
    this.sql.run('delete from said where at < ?', before)
  }

  // facts for the members

  addFact(account: AccountId | null, type: string, value: unknown): number {
    const [row] = this.sql.rows<{ place: number }>(
      'insert into fact (account, type, value) values (?, ?, ?) returning place',
      account,
      type,
      JSON.stringify(value),
    )
    return row?.place ?? 0
  }

  facts(account: AccountId, after: number, limit: number): FactRow[] {
    return this.sql.rows<FactRow>(
      'select place, account, type, value from fact where place > ? and (account is null or account = ?) order by place limit ?',
      after,
      account,
      limit,
    )
  }

  lastPlace(): number {
    const [row] = this.sql.rows<{ seq: number }>("select seq from sqlite_sequence where name = 'fact'")
    return row?.seq ?? 0
  }

  forgetFacts(upTo: number): void {
    this.sql.run('delete from fact where place <= ?', upTo)
  }

  // events for the relay

  addEvent(dress: (seq: number) => Envelope): void {
    const [row] = this.sql.rows<{ seq: number }>("insert into outbox (value) values ('') returning seq")
    const seq = row?.seq ?? 0
    this.sql.run('update outbox set value = ? where seq = ?', JSON.stringify(dress(seq)), seq)
  }

  events(limit: number): Envelope[] {
    return this.sql
      .rows<{ value: string }>('select value from outbox order by seq limit ?', limit)
      .map(({ value }) => JSON.parse(value) as Envelope)
  }

  confirmEvents(upTo: number): void {
    this.sql.run('delete from outbox where seq <= ?', upTo)
  }

  setEventAside(event: Envelope, reason: string): void {
    this.sql.run(
      'insert or ignore into outbox_aside (seq, value, reason) values (?, ?, ?)',
      event.seq,
      JSON.stringify(event),
      reason,
    )
  }

  // pictures that nothing shows any more

  release(target: string): void {
    this.sql.run('insert or ignore into released (target) values (?)', target)
  }

  released(limit: number): string[] {
    return this.sql
      .rows<{ target: string }>('select target from released order by target limit ?', limit)
      .map(({ target }) => target)
  }

  forgetReleased(target: string): void {
    this.sql.run('delete from released where target = ?', target)
  }
}

function memberOf(row: Record<string, SqlStorageValue>): KeptMember {
  return {
    account: row['account'] as AccountId,
    handle: String(row['handle']),
    name: String(row['name']),
    belonging: row['belonging'] as Belonging,
    joined: Number(row['joined']),
    fromSeq: row['from_seq'] === null ? Infinity : Number(row['from_seq']),
    readSeq: Number(row['read_seq']),
    settings: { muted: row['muted'] === 1, archived: row['archived'] === 1, pinned: row['pinned'] === 1 },
    since: Number(row['since']),
  }
}

function messageOf({ nth: _nth, edited_at, deleted, notice, images, hints, ...row }: MessageRow, room: RoomId) {
  return {
    ...row,
    room,
    notice: notice === null ? null : (JSON.parse(notice) as StoredMessage['notice']),
    images: JSON.parse(images) as StoredMessage['images'],
    hints: JSON.parse(hints) as StoredMessage['hints'],
    editedAt: edited_at,
    deleted: deleted === 1,
  } as StoredMessage
}
