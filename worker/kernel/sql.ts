/** Step by step, each once; a merged step is never edited. */
export type Steps = readonly (readonly string[])[]

/** Workerd takes no more of them in one statement. */
const bindingsMost = 100
/** Rows of one statement. Few sizes, so that the statements stay prepared. */
const rowCounts = [16, 4, 1] as const

/** Where rows are added, and in which columns. */
export class Table {
  private readonly head: string
  private readonly row: string
  private readonly statements = new Map<number, string>()
  /** How many rows a statement may have, most first. */
  readonly counts: readonly number[]

  constructor(name: string, ...columns: string[]) {
    this.head = `insert into ${name} (${columns.join(', ')}) values `
    this.row = `(${columns.map(() => '?').join(', ')})`
    this.counts = rowCounts.filter((count) => count * columns.length <= bindingsMost)
  }

  insertion(count: number): string {
    const known = this.statements.get(count)
    if (known !== undefined) return known
    const made = this.head + Array.from({ length: count }, () => this.row).join(', ')
    this.statements.set(count, made)
    return made
  }
}

/** What tables of an object are read and written with. Rows come as plain objects of the named columns. */
export class Sql {
  private readonly storage: DurableObjectStorage
  private depth = 0
  /** Rows that the present transaction has still to write. */
  private readonly waiting = new Map<Table, SqlStorageValue[][]>()

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
  }

  /** All or nothing. Rows given to `add` are written at its end, or before something else is asked or done. */
  atomically<T>(work: () => T): T {
    // What an outer transaction has to write is not undone with an inner one.
    this.flush()
    this.depth += 1
    try {
      return this.storage.transactionSync(() => {
        const result = work()
        this.flush()
        return result
      })
    } finally {
      this.depth -= 1
      this.waiting.clear()
    }
  }

  /** Inserts a row. Inside a transaction many are written by one statement, for each costs a call into the database. */
  add(table: Table, ...row: SqlStorageValue[]): void {
    const rows = this.waiting.get(table)
    if (rows) rows.push(row)
    else this.waiting.set(table, [row])
    if (this.depth === 0) this.flush()
  }

  run(statement: string, ...bindings: SqlStorageValue[]): void {
    this.flush()
    this.storage.sql.exec(statement, ...bindings)
  }

  rows<T extends Record<string, SqlStorageValue>>(statement: string, ...bindings: SqlStorageValue[]): T[] {
    this.flush()
    return this.storage.sql.exec<T>(statement, ...bindings).toArray()
  }

  private flush(): void {
    if (this.waiting.size === 0) return
    for (const [table, rows] of this.waiting) this.insert(table, rows)
    this.waiting.clear()
  }

  private insert(table: Table, rows: SqlStorageValue[][]): void {
    for (let at = 0; at < rows.length;) {
      const count = table.counts.find((many) => at + many <= rows.length) ?? 1
      this.storage.sql.exec(table.insertion(count), ...rows.slice(at, at + count).flat())
      at += count
    }
  }

  /** Whether the object has tables at all: they exist from its opening on, and asking one that was never opened makes none. */
  hasTables(): boolean {
    return this.rows<{ n: number }>("select 1 as n from sqlite_master where name = 'version'").length > 0
  }

  migrate(steps: Steps): void {
    this.storage.transactionSync(() => {
      this.run('create table if not exists version (step integer primary key)')
      const [done] = this.rows<{ step: number }>('select coalesce(max(step), 0) as step from version')
      steps.slice(done?.step ?? 0).forEach((statements, index) => {
        for (const statement of statements) this.run(statement)
        this.run('insert into version (step) values (?)', (done?.step ?? 0) + index + 1)
      })
    })
  }
}
