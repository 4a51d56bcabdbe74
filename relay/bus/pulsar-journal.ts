import { hash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { Envelope } from '../../worker/contract/events.ts'

/**
 * What this relay knows to be stored in Pulsar, so that what the Worker sends again is neither stored twice nor taken for
 * another event, and a stream is read from its first message on. It is a memory, not the truth: without it events are sent
 * again, and readers drop what they have seen.
 */
export interface Journal {
  /** The last seq of a stream that is stored, 0 if none is known. */
  head(stream: string): number
  /** The message with which a stream begins, if known. */
  firstMessage(stream: string): string | null
  /** False if a different event is known to have this place; true where nothing is known any more. */
  isSame(event: Envelope): boolean
  /** Remembers events that were stored in one message. */
  stored(run: readonly [Envelope, ...Envelope[]], message: string, at: number): void
  /** Forgets what old events looked like. Their numbers stay known. */
  prune(before: number): number
  close(): void
}

const digestBytes = 8

export function openJournal(path: string): Journal {
  const db = new DatabaseSync(path)
  // Losing the last moments with the power means sending them again.
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS head (
      stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, first_message TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS run (
      stream TEXT NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, digests BLOB NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (stream, last)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS run_by_age ON run (at);
  `)
  const sql = {
    head: db.prepare('SELECT seq, first_message FROM head WHERE stream = ?'),
    moveHead: db.prepare(
      'INSERT INTO head (stream, seq, first_message) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq',
    ),
    run: db.prepare('SELECT first, digests FROM run WHERE stream = ? AND last >= ? ORDER BY last LIMIT 1'),
    add: db.prepare('INSERT OR REPLACE INTO run (stream, last, first, digests, at) VALUES (?, ?, ?, ?, ?)'),
    prune: db.prepare('DELETE FROM run WHERE at < ?'),
  }

  return {
    head: (stream) => Number(sql.head.get(stream)?.['seq'] ?? 0),
    firstMessage: (stream) => (sql.head.get(stream)?.['first_message'] as string | undefined) ?? null,
    isSame(event) {
      const row = sql.run.get(event.stream, event.seq)
      if (!row || Number(row['first']) > event.seq) return true
      const at = (event.seq - Number(row['first'])) * digestBytes
      return digestOf(event).equals(Buffer.from(row['digests'] as Uint8Array).subarray(at, at + digestBytes))
    },
    stored(run, message, at) {
      const { stream, seq: first } = run[0]
      const last = first + run.length - 1
      db.exec('BEGIN')
      sql.add.run(stream, last, first, Buffer.concat(run.map(digestOf)), at)
      sql.moveHead.run(stream, last, message)
      db.exec('COMMIT')
    },
    prune: (before) => Number(sql.prune.run(before).changes),
    close: () => db.close(),
  }
}

function digestOf({ type, payload }: Envelope): Buffer {
  return hash('sha256', JSON.stringify([type, payload]), 'buffer').subarray(0, digestBytes)
}
