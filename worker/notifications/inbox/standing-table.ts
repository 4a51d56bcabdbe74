import type { MemberStanding } from '../../chat/api.ts'
import type { AccountId, RoomId } from '../../contract/ids.ts'
import type { Unread } from '../../contract/notifications.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { RoomsQuestion } from '../commands.ts'

/** How each room stands for the owner, as the rooms have told. Unread totals are computed from here and nowhere else. */
export class StandingTable {
  private readonly sql: Sql

  constructor(sql: Sql) {
    this.sql = sql
  }

  /** Place in the room's log up to which the room has told; 0 for one that was never heard of. */
  placeOf(room: RoomId): number {
    const [row] = this.sql.rows<{ place: number }>('select place from standing where room = ?', room)
    return row?.place ?? 0
  }

  /** A room that is the owner's no more keeps its place, so that what was told before is not told again. */
  put(room: RoomId, place: number, standing: MemberStanding | null): void {
    this.sql.run(
      `insert or replace into standing (room, place, folder, pinned, at, unread, value) values (?, ?, ?, ?, ?, ?, ?)`,
      room,
      place,
      standing?.folder ?? null,
      standing?.settings.pinned ? 1 : 0,
      standing?.at ?? 0,
      standing?.unread ?? 0,
      standing && JSON.stringify(standing),
    )
  }

  /** Who is in it besides the owner, for finding it by a name. */
  putPeople(room: RoomId, people: readonly AccountId[]): void {
    this.sql.run('delete from room_person where room = ?', room)
    for (const account of people) this.sql.run('insert into room_person (room, account) values (?, ?)', room, account)
  }

  list({ folder, before, limit, search }: RoomsQuestion): MemberStanding[] {
    const [pinned, at, room] = before ?? [2, 0, '']
    const rows = this.sql.rows<{ value: string }>(
      `select value from standing where folder = ? and (pinned, at, room) < (?, ?, ?)
       order by pinned desc, at desc, room desc ${search ? '' : 'limit ?'}`,
      folder,
      pinned,
      at,
      room,
      ...(search ? [] : [limit]),
    )
    const standings = rows.map(({ value }) => JSON.parse(value) as MemberStanding)
    if (!search) return standings
    const withPeople = this.roomsWith(search.accounts)
    return standings.filter((one) => withPeople.has(one.room) || isCalled(one, search.text)).slice(0, limit)
  }

  private roomsWith(people: readonly AccountId[]): Set<RoomId> {
    const rows = this.sql.rows<{ room: RoomId }>(
      'select room from room_person where account in (select value from json_each(?))',
      JSON.stringify(people),
    )
    return new Set(rows.map(({ room }) => room))
  }

  /** Requests are counted as rooms, and nowhere else: they wait for an answer, not for a reader. */
  unread(): Omit<Unread, 'notifications'> {
    const [row] = this.sql.rows<{ rooms: number; messages: number; requests: number }>(
      `select count(iif(folder != 'requests' and unread > 0, 1, null)) as rooms,
         coalesce(sum(iif(folder != 'requests', unread, 0)), 0) as messages,
         count(iif(folder = 'requests', 1, null)) as requests
       from standing where folder is not null`,
    )
    return { rooms: row?.rooms ?? 0, messages: row?.messages ?? 0, requests: row?.requests ?? 0 }
  }

  isEmpty(): boolean {
    return this.sql.rows('select 1 from standing limit 1').length === 0
  }
}

function isCalled({ name, deal }: MemberStanding, text: string): boolean {
  const words = text.toLowerCase()
  return [name, deal?.title].some((one) => one?.toLowerCase().includes(words))
}
