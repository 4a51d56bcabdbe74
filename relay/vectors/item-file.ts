import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Item, Place } from './vectors.ts'

/** The embedded index on disk, one SQLite file: things and places, written together. `generation` tells a rebuild in the making. */
export interface ItemFile {
  /** The generation in use and the embedder of its vectors. */
  current(): { generation: number; embedder: string | null }
  /** All or nothing, on disk when it returns. */
  write(generation: number, change: Change): void
  get(generation: number, id: string): Item | null
  idsOfSeller(generation: number, seller: string): string[]
  place(generation: number, stream: string): number
  all(generation: number): Iterable<Item>
  /** From now on this generation is the index; every other one is forgotten. */
  use(generation: number, embedder: string): void
  /** Forgets what an unfinished rebuild left. */
  tidy(): void
  close(): void
}

export interface Change {
  put?: readonly Item[]
  take?: readonly string[]
  places?: readonly Place[]
}

const schema = `
  CREATE TABLE IF NOT EXISTS item (
    generation INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, seller TEXT NOT NULL, category TEXT NOT NULL,
    state TEXT, hidden_until INTEGER NOT NULL, tokens TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (generation, id)
  );
  CREATE INDEX IF NOT EXISTS item_of_seller ON item (generation, seller);
  CREATE TABLE IF NOT EXISTS place (
    generation INTEGER NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (generation, stream)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS current (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, embedder TEXT);
  INSERT OR IGNORE INTO current VALUES (1, 0, NULL);
`

export function openItemFile(path: string): ItemFile {
  mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;')
  db.exec(schema)

  const sql = {
    current: db.prepare('SELECT generation, embedder FROM current'),
    use: db.prepare('UPDATE current SET generation = ?, embedder = ?'),
    put: db.prepare('INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    take: db.prepare('DELETE FROM item WHERE generation = ? AND id = ?'),
    reach: db.prepare('INSERT OR REPLACE INTO place VALUES (?, ?, ?)'),
    get: db.prepare('SELECT * FROM item WHERE generation = ? AND id = ?'),
    ofSeller: db.prepare('SELECT id FROM item WHERE generation = ? AND seller = ? ORDER BY id'),
    place: db.prepare('SELECT seq FROM place WHERE generation = ? AND stream = ?'),
    all: db.prepare('SELECT * FROM item WHERE generation = ?'),
    forgetItems: db.prepare('DELETE FROM item WHERE generation <> (SELECT generation FROM current)'),
    forgetPlaces: db.prepare('DELETE FROM place WHERE generation <> (SELECT generation FROM current)'),
  }

  function atOnce(work: () => void) {
    db.exec('BEGIN IMMEDIATE')
    try {
      work()
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  function forgetOthers() {
    sql.forgetItems.run()
    sql.forgetPlaces.run()
  }

  function put(generation: number, item: Item) {
    const { id, kind, seller, category, state, hiddenUntil, tokens, vector } = item
    const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
    sql.put.run(generation, id, kind, seller, category, state, hiddenUntil, tokens.join(' '), bytes)
  }

  return {
    current() {
      const row = sql.current.get()
      return {
        generation: Number(row?.['generation']),
        embedder: (row?.['embedder'] as string | null | undefined) ?? null,
      }
    },
    write(generation, { put: items = [], take = [], places = [] }) {
      atOnce(() => {
        for (const item of items) put(generation, item)
        for (const id of take) sql.take.run(generation, id)
        for (const { stream, seq } of places) sql.reach.run(generation, stream, seq)
      })
    },
    get(generation, id) {
      const row = sql.get.get(generation, id)
      return row ? itemOf(row) : null
    },
    idsOfSeller: (generation, seller) => sql.ofSeller.all(generation, seller).map((row) => String(row['id'])),
    place: (generation, stream) => Number(sql.place.get(generation, stream)?.['seq'] ?? 0),
    *all(generation) {
      for (const row of sql.all.iterate(generation)) yield itemOf(row)
    },
    use(generation, embedder) {
      atOnce(() => {
        sql.use.run(generation, embedder)
        forgetOthers()
      })
    },
    tidy() {
      atOnce(forgetOthers)
    },
    close() {
      db.close()
    },
  }
}

function itemOf(row: Record<string, unknown>): Item {
  const bytes = row['vector'] as Uint8Array
  const tokens = String(row['tokens'])
  return {
    kind: row['kind'] as Item['kind'],
    id: String(row['id']),
    seller: String(row['seller']),
    category: String(row['category']),
    state: row['state'] as Item['state'],
    hiddenUntil: Number(row['hidden_until']),
    tokens: tokens === '' ? [] : tokens.split(' '),
    // Copied, since a view needs its bytes aligned.
    vector: new Float32Array(bytes.slice().buffer),
  }
}
