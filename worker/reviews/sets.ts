import { inArray, sql, type Column, type SQL } from 'drizzle-orm'

/** Membership in a list of any length, by one bound parameter. */
export function inSet(column: Column, ids: readonly string[]): SQL {
  return inArray(column, sql`(select value from json_each(${JSON.stringify(ids)}))`)
}
