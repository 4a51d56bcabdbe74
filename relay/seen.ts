import { DatabaseSync } from 'node:sqlite'

/**
 * Ids that were seen and must not count twice, kept across restarts: those of requests, of jobs that are done, and of
 * jobs that were begun and may be half done.
 */
export interface Seen {
  /** Remembers an id. True for the first caller, false for every other until `keepMs` have passed. */
  claim(kind: Kind, id: string, keepMs: number): boolean
  has(kind: Kind, id: string): boolean
  forget(kind: Kind, id: string): void
  close(): void
}

type Kind = 'request' | 'job' | 'begun'

const pruneEveryMs = 60_000

export function openSeen(path: string, now: () => number = Date.now): Seen {
  const db = open(path, 'NORMAL')
  db.exec(`
    CREATE TABLE IF NOT EXISTS seen (
      kind TEXT NOT NULL, id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
  `)
  // What happened to a letter must outlive the power too; a replayed request after a power cut would be older than its minute.
  const synced = open(path, 'FULL')
  const add = 'INSERT OR IGNORE INTO seen (kind, id, until) VALUES (?, ?, ?)'
  const insert = { request: db.prepare(add), job: synced.prepare(add), begun: synced.prepare(add) }
  const remove = synced.prepare('DELETE FROM seen WHERE kind = ? AND id = ?')
  const find = db.prepare('SELECT 1 FROM seen WHERE kind = ? AND id = ?')
  const prune = db.prepare('DELETE FROM seen WHERE until <= ?')
  let prunedAt = 0

  return {
    claim(kind, id, keepMs) {
      const at = now()
      if (at - prunedAt >= pruneEveryMs) {
        prune.run(at)
        prunedAt = at
      }
      return insert[kind].run(kind, id, at + keepMs).changes === 1
    },
    has(kind, id) {
      return find.get(kind, id) !== undefined
    },
    forget(kind, id) {
      remove.run(kind, id)
    },
    close() {
      synced.close()
      db.close()
    },
  }
}

function open(path: string, synchronous: 'FULL' | 'NORMAL'): DatabaseSync {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = 5000;`)
  return db
}
