import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

const folder = new URL('../../../migrations/', import.meta.url).pathname

/** The lists' database with the real migrations, one for the process; every run works in a transaction that is thrown away. */
const database = new DatabaseSync(':memory:')
for (const name of readdirSync(folder)
  .filter((one) => one.endsWith('.sql'))
  .sort())
  database.exec(readFileSync(`${folder}${name}`, 'utf8'))

const statements = new Map<string, { rows: StatementSync; lists: StatementSync }>()

function prepared(text: string) {
  let known = statements.get(text)
  if (!known) {
    known = { rows: database.prepare(text), lists: database.prepare(text) }
    known.lists.setReturnArrays(true)
    statements.set(text, known)
  }
  return known
}

/** Rows that are there before every run. */
export function addRows(table: string, rows: Record<string, SQLInputValue>[]): void {
  for (const row of rows) {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    prepared(`insert into ${table} (${names.join(', ')}) values (${marks})`).rows.run(...Object.values(row))
  }
}

export function rowsOf<T>(text: string, ...bindings: SQLInputValue[]): T[] {
  return prepared(text).rows.all(...bindings) as T[]
}

export function beginRun(): void {
  database.exec('begin')
}

export function endRun(): void {
  database.exec('rollback')
}

/** Carries work to the database and its result back, or fails on the way. */
export type Carry = <T>(work: () => T) => Promise<T>

interface Bound {
  text: string
  bindings: SQLInputValue[]
}

/** D1 as drizzle knows it. `carry` stands for the way there and back. */
export function databaseOver(carry: Carry): D1Database {
  const bind = (text: string, bindings: SQLInputValue[]): Bound & Record<string, unknown> => ({
    text,
    bindings,
    bind: (...more: SQLInputValue[]) => bind(text, more),
    all: () => carry(() => ({ results: prepared(text).rows.all(...bindings) })),
    run: () => carry(() => ({ results: prepared(text).rows.all(...bindings) })),
    raw: () => carry(() => prepared(text).lists.all(...bindings)),
  })
  const batch = (all: Bound[]) => carry(() => atOnce(all))
  return { prepare: (text: string) => bind(text, []), batch } as unknown as D1Database
}

function atOnce(all: Bound[]) {
  prepared('savepoint batch').rows.run()
  try {
    const results = all.map(({ text, bindings }) => ({ results: prepared(text).rows.all(...bindings) }))
    prepared('release batch').rows.run()
    return results
  } catch (error) {
    prepared('rollback to batch').rows.run()
    prepared('release batch').rows.run()
    throw error
  }
}
