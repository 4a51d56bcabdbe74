import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Keeping, Saved } from './host.ts'
import { Turns } from './turns.ts'

type Row = Record<string, SqlStorageValue>

/** What of an object is not a row: its alarm, and how many of its tables it has made. */
interface Beside {
  alarm: number | null
  made: number
}

/** One transaction as the platform makes it: everything that was written without an `await` between. */
interface Turn {
  savepoint: number
  /** When the platform knows that it is on disk. */
  confirmedAt: number
  before: Beside
}

/** One database for all disks of the process, one after the other: making tables and compiling statements costs more than a lot. */
const database = new DatabaseSync(':memory:')
const statements = new Map<string, { statement: StatementSync; isRead: boolean }>()
const tables: string[] = []
const definition = /^\s*(create|alter|drop)\s/

/** Lays the tables ready that objects are going to make; what `make` writes besides is thrown away. Once, before the first disk. */
export function layTables(make: (storage: DurableObjectStorage) => void): void {
  const exec = (text: string, ...bindings: SqlStorageValue[]) => {
    const rows = database.prepare(text).all(...(bindings as SQLInputValue[]))
    if (definition.test(text)) tables.push(text)
    return { toArray: () => rows }
  }
  make({ sql: { exec }, transactionSync: (work: () => unknown) => work() } as unknown as DurableObjectStorage)
  for (const { name } of database.prepare("select name from sqlite_master where type = 'table'").all())
    database.exec(`delete from "${String(name)}"`)
}

/**
 * The storage of one object. What a turn wrote is one savepoint; they lie on each other until they are confirmed, and a crash takes
 * the unconfirmed ones away, from the last one down. One disk at a time: shards of the audience have a shelf.
 */
export class Disk implements Keeping {
  private beside: Beside = { alarm: null, made: 0 }
  private readonly turns = new Turns<Turn>()
  private depth = 0
  /** How things stood before the turn that is being written. */
  private before: Beside | null = null

  constructor() {
    database.exec('begin')
  }

  /** Throws everything away. */
  close(): void {
    database.exec('rollback')
  }

  get alarm(): number | null {
    return this.beside.alarm
  }

  set alarm(at: number | null) {
    this.touch()
    this.beside = { ...this.beside, alarm: at }
  }

  get storage(): DurableObjectStorage {
    const exec = (text: string, ...bindings: SqlStorageValue[]) => {
      if (isDefinition(text)) this.define(text)
      const rows = isDefinition(text) ? [] : this.exec(text, bindings)
      return { toArray: () => rows }
    }
    const storage = {
      sql: { exec },
      transactionSync: (work: () => unknown) => this.transaction(work),
      setAlarm: async (at: number) => {
        this.alarm = at
      },
      deleteAlarm: async () => {
        this.alarm = null
      },
    }
    return storage as unknown as DurableObjectStorage
  }

  /** What the object keeps by name. */
  saved(): Saved {
    const rows = this.exec<{ name: string; value: string }>('select name, value from saved', [])
    return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
  }

  exec<T extends Row>(text: string, bindings: SqlStorageValue[]): T[] {
    const { statement, isRead } = prepared(text)
    if (isRead) {
      // An object without tables sees none, whatever lies ready.
      return this.beside.made === 0 ? [] : (statement.all(...(bindings as SQLInputValue[])) as T[])
    }
    this.touch()
    statement.run(...(bindings as SQLInputValue[]))
    return []
  }

  /** A statement that makes a table makes the one that lies ready. */
  private define(text: string): void {
    const isThere = tables.slice(0, this.beside.made).includes(text)
    if (isThere && /if not exists/.test(text)) return
    if (tables[this.beside.made] !== text) throw new Error(`another table than was laid ready: ${text}`)
    this.touch()
    this.beside = { ...this.beside, made: this.beside.made + 1 }
  }

  private transaction<T>(work: () => T): T {
    const { beside } = this
    // The first of its turn needs no savepoint of its own.
    const isInner = this.before !== null
    if (isInner) command('savepoint inner_one')
    try {
      const result = work()
      if (isInner) command('release inner_one')
      return result
    } catch (error) {
      if (isInner) {
        command('rollback to inner_one')
        command('release inner_one')
      } else if (this.before !== null) command(`rollback to turn_${this.depth}`)
      this.beside = beside
      throw error
    }
  }

  private touch(): void {
    if (this.before !== null) return
    this.before = this.beside
    if (this.turns.isEmpty && this.depth > 0) {
      command('release turn_1')
      this.depth = 0
    }
    this.depth += 1
    command(`savepoint turn_${this.depth}`)
  }

  /** The turn is over. Returns the moment from which what was said in it may be heard: everything before it is confirmed then. */
  endTurn(now: number, latencyMs: () => number): number {
    const earlier = this.turns.confirmedAt(now)
    if (this.before === null) return earlier
    const confirmedAt = Math.max(earlier, now + latencyMs())
    this.turns.add({ savepoint: this.depth, confirmedAt, before: this.before })
    this.before = null
    return confirmedAt
  }

  /** The power goes. Of so many turns that are not confirmed `kept` have reached the disk all the same; the rest is lost. */
  crash(now: number, kept: (unconfirmed: number) => number): void {
    const first = this.turns.lose(now, kept)
    if (!first) return
    command(`rollback to turn_${first.savepoint}`)
    command(`release turn_${first.savepoint}`)
    this.depth = first.savepoint - 1
    this.beside = first.before
  }
}

function isDefinition(text: string): boolean {
  return definition.test(text)
}

function prepared(text: string) {
  let known = statements.get(text)
  if (!known) {
    known = { statement: database.prepare(text), isRead: /^\s*select\s/.test(text) }
    statements.set(text, known)
  }
  return known
}

function command(text: string): void {
  prepared(text).statement.run()
}
