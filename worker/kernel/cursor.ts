import { sql, type Column, type SQL } from 'drizzle-orm'
import type { AppContext } from './context.ts'
import { areEqual, deriveKey, fingerprint } from './ids.ts'
import { Problem } from './problem.ts'

/** Where a page ended: the values of its ordering columns in the last row. */
export type Position = (string | number)[]

export interface Cursor {
  /** Null at the start of the list; Problem `bad-cursor` for one that is not of this list, query and viewer. */
  read(text: string | undefined): Position | null
  write(position: Position): string
}

/** Cursors of one list. `list` names it and `query` holds every filter and order that shapes it. */
export function cursorOf(c: AppContext, list: string, query: Record<string, unknown> = {}): Cursor {
  const key = deriveKey(c.var.config.idSecret, 'cursors')
  const { cursor: _cursor, limit: _limit, ...shape } = query
  const scope = JSON.stringify([list, c.var.actor?.account ?? null, Object.entries(shape).toSorted(byKey)])
  const mac = (body: string) => fingerprint(key, `${scope}\n${body}`).slice(0, 22)

  return {
    read(text) {
      if (text === undefined) return null
      const [body = '', seal = ''] = text.split('.')
      if (!areEqual(seal, mac(body))) throw new Problem('bad-cursor')
      return JSON.parse(Buffer.from(body, 'base64url').toString()) as Position
    },
    write(position) {
      const body = Buffer.from(JSON.stringify(position)).toString('base64url')
      return `${body}.${mac(body)}`
    },
  }
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}

/** One ordering column of a keyset; the last one must be unique. */
export interface Key {
  column: Column | SQL.Aliased
  order: 'asc' | 'desc'
}

/**
 * The condition "after `position`" for rows ordered by `keys`, which all go one way: undefined at the start. One comparison of
 * rows, because SQLite takes it as a place in an index; told as `a > x or (a = x and b > y)` it gathers and sorts all that follows.
 */
export function after(keys: Key[], position: Position | null): SQL | undefined {
  if (!position) return undefined
  if (position.length !== keys.length) throw new Problem('bad-cursor')
  const list = (parts: unknown[]) =>
    sql.join(
      parts.map((part) => sql`${part}`),
      sql`, `,
    )
  const columns = list(keys.map(({ column }) => column))
  return keys[0]?.order === 'asc' ? sql`(${columns}) > (${list(position)})` : sql`(${columns}) < (${list(position)})`
}

/** Cuts `limit + 1` fetched rows into a page. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  cursor: Cursor,
  position: (row: Row) => Position,
): { rows: Row[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { rows: kept, nextCursor: rows.length > limit && last ? cursor.write(position(last)) : null }
}
