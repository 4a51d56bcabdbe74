import type { AccountId, NotificationId } from '../../contract/ids.ts'
import { notifications as limits } from '../../contract/limits.ts'
import type { NoticeData, NotificationKind } from '../../contract/notifications.ts'
import type { Instant } from '../../contract/time.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { KeptNotification, Notice } from '../commands.ts'
import { countsPeople, folds, hiding, overtaken, overtakes } from '../rules.ts'

interface Row extends Record<string, SqlStorageValue> {
  id: string
  place: number
  kind: NotificationKind
  target: string
  data: string
  times: number
  read: number
  expires_at: Instant | null
  at: Instant
}

const columns = 'id, place, kind, target, data, times, read, expires_at, at'
/** Of an actor beside their notification: neither blocked nor muted, as far as that counts for it. */
const isVisible = `not exists (select 1 from hidden
  where hidden.account = actor.account and (notification.hides = 'all' or notification.hides = hidden.how))`
/** Somebody who is visible caused it, or nobody at all. */
const isShown = `(not exists (select 1 from actor where actor.notification = notification.id)
  or exists (select 1 from actor where actor.notification = notification.id and ${isVisible}))`

/** Whom the owner is not to meet, and whom they do not want to hear of. */
export interface Hidden {
  blocked: AccountId[]
  muted: AccountId[]
}

/** What its owner was told, newest first. What has expired is as good as gone: callers say what time it is. */
export class NotificationTable {
  private readonly sql: Sql

  constructor(sql: Sql) {
    this.sql = sql
  }

  /** Whether this is the first time that the notice is told. */
  isNew(id: string): boolean {
    return this.sql.rows('select 1 from told where id = ?', id).length === 0
  }

  markTold(id: string, at: Instant): void {
    this.sql.run('insert or ignore into told (id, at) values (?, ?)', id, at)
  }

  /**
   * Keeps notices of one kind and target, several only where the kind folds: joined to the unread one there is, else by themselves, on
   * top in both cases.
   */
  keep(notices: [Notice, ...Notice[]], id: NotificationId): KeptNotification {
    const last = notices.at(-1) ?? notices[0]
    const { kind, target, data, expiresAt, at } = last
    const before = folds(kind) ? this.unreadOne(kind, target) : null
    const first = this.nextPlace()
    const place = first + notices.length - 1
    if (before)
      this.sql.run(
        'update notification set place = ?, data = ?, times = times + ?, expires_at = ?, at = ? where id = ?',
        place,
        JSON.stringify(data),
        notices.length,
        expiresAt,
        at,
        before,
      )
    else
      this.sql.run(
        `insert into notification (id, place, kind, target, hides, data, times, read, expires_at, at)
         values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        id,
        place,
        kind,
        target,
        hiding(last),
        JSON.stringify(data),
        notices.length,
        expiresAt,
        at,
      )
    const kept = before ?? id
    const actors = new Map(notices.flatMap(({ actor }, index) => (actor === null ? [] : [[actor, first + index]])))
    for (const [actor, its] of actors)
      this.sql.run('insert or replace into actor (notification, account, place) values (?, ?, ?)', kept, actor, its)
    const found = this.find(kept)
    if (!found) throw new Error('a notification that was kept is not there')
    return found
  }

  /** What quoted a message that was deleted says nothing of it any more. */
  forgetWords(message: string): void {
    this.sql.run(
      "update notification set data = json_set(data, '$.text', null, '$.pictures', 0) where json_extract(data, '$.message') = ?",
      message,
    )
  }

  /** Takes away what the end of its target has overtaken. */
  overtake({ kind, target }: Notice): NotificationId[] {
    return overtakes(kind) ? this.removeWhere(`target = ? and kind in (${quoted(overtaken)})`, target) : []
  }

  /** Who has caused the one that a new notice of this kind and target would join. */
  actorsOf(kind: NotificationKind, target: string): AccountId[] {
    const before = folds(kind) ? this.unreadOne(kind, target) : null
    return before === null ? [] : (this.find(before)?.actors ?? [])
  }

  private unreadOne(kind: NotificationKind, target: string): NotificationId | null {
    const [row] = this.sql.rows<{ id: NotificationId }>(
      'select id from notification where target = ? and kind = ? and read = 0',
      target,
      kind,
    )
    return row?.id ?? null
  }

  private nextPlace(): number {
    const [row] = this.sql.rows<{ place: number | null }>('select max(place) as place from notification')
    return (row?.place ?? 0) + 1
  }

  find(id: string): KeptNotification | null {
    const [row] = this.sql.rows<Row>(`select ${columns} from notification where id = ?`, id)
    return row ? this.keptOf(row) : null
  }

  list(before: number | null, limit: number, onlyUnread: boolean): KeptNotification[] {
    return this.sql
      .rows<Row>(
        `select ${columns} from notification where place < ? ${onlyUnread ? 'and read = 0' : ''} and ${isShown}
         order by place desc limit ?`,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .map((row) => this.keptOf(row))
  }

  unread(): number {
    const [row] = this.sql.rows<{ n: number }>(`select count(*) as n from notification where read = 0 and ${isShown}`)
    return row?.n ?? 0
  }

  /** Ids of those that were unread among them. */
  read(ids: readonly string[]): NotificationId[] {
    return ids.flatMap((id) =>
      this.sql
        .rows<{ id: NotificationId }>('update notification set read = 1 where id = ? and read = 0 returning id', id)
        .map((row) => row.id),
    )
  }

  /** It and everything older. Answers how many were unread. */
  readUpTo(id: string): number {
    return this.sql.rows(
      `update notification set read = 1 where read = 0
       and place <= (select place from notification where id = ?) returning id`,
      id,
    ).length
  }

  /** Those of this target, as when what they were about was looked at. */
  readOf(kinds: readonly NotificationKind[], target: string): NotificationId[] {
    return this.sql
      .rows<{ id: NotificationId }>(
        `update notification set read = 1 where read = 0 and target = ? and kind in (${quoted(kinds)}) returning id`,
        target,
      )
      .map((row) => row.id)
  }

  remove(id: NotificationId): NotificationId[] {
    return this.removeWhere('id = ?', id)
  }

  removeAll(): NotificationId[] {
    return this.removeWhere('1 = 1')
  }

  removeOf(kinds: readonly NotificationKind[], target: string): NotificationId[] {
    return this.removeWhere(`target = ? and kind in (${quoted(kinds)})`, target)
  }

  /** What may not be shown any more, and what is too old. */
  expire(now: Instant): NotificationId[] {
    this.sql.run('delete from told where at <= ?', now - limits.keptMs)
    return this.removeWhere('expires_at <= ? or at <= ?', now, now - limits.keptMs)
  }

  nextExpiry(): number | null {
    const [row] = this.sql.rows<{ at: number | null }>('select min(expires_at) as at from notification')
    return row?.at ?? null
  }

  oldest(): number | null {
    const [row] = this.sql.rows<{ at: number | null }>(
      'select min(at) as at from (select min(at) as at from notification union all select min(at) from told)',
    )
    return row?.at ?? null
  }

  /** Whose doings are not to be shown from now on. True where that changes anything. */
  hide(people: Hidden): boolean {
    const wanted = [...marked(people.blocked, 'blocked'), ...marked(people.muted, 'muted')].toSorted()
    const known = this.sql
      .rows<{ account: string; how: string }>('select account, how from hidden')
      .map(({ account, how }) => `${account} ${how}`)
    if (known.toSorted().join() === wanted.join()) return false
    this.sql.run('delete from hidden')
    for (const one of wanted)
      this.sql.run('insert or ignore into hidden (account, how) values (?, ?)', ...one.split(' '))
    return true
  }

  /** Whether whoever caused it is not to be heard of. */
  isHidden(notice: Notice): boolean {
    const hides = hiding(notice)
    return (
      this.sql.rows("select 1 from hidden where account = ? and (? = 'all' or ? = how)", notice.actor, hides, hides)
        .length > 0
    )
  }

  private removeWhere(condition: string, ...bindings: SqlStorageValue[]): NotificationId[] {
    const gone = this.sql
      .rows<{ id: NotificationId }>(`delete from notification where ${condition} returning id`, ...bindings)
      .map(({ id }) => id)
    if (gone.length > 0) this.sql.run('delete from actor where notification not in (select id from notification)')
    return gone
  }

  private keptOf({ id, place, kind, target, data, times, read, expires_at, at }: Row): KeptNotification {
    const actors = this.sql
      .rows<{ account: AccountId }>(
        `select actor.account from actor join notification on notification.id = actor.notification
         where actor.notification = ? and ${isVisible} order by actor.place desc`,
        id,
      )
      .map(({ account }) => account)
    return {
      id,
      place,
      kind,
      actors: actors.slice(0, 3),
      count: actors.length > 0 && countsPeople(kind) ? actors.length : times,
      target,
      data: JSON.parse(data) as NoticeData,
      read: read === 1,
      expiresAt: expires_at,
      at,
    }
  }
}

function marked(people: AccountId[], how: keyof Hidden): string[] {
  return people.map((account) => `${account} ${how}`)
}

/** Kinds are our own words, so they may stand in a statement. */
function quoted(kinds: readonly NotificationKind[]): string {
  return kinds.map((kind) => `'${kind}'`).join(', ')
}
