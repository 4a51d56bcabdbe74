import { DatabaseSync } from 'node:sqlite'
import type { Envelope } from '../../worker/contract/events.ts'
import type { DeadLetter } from './bus.ts'

/** The tables of the embedded bus: events by stream and seq, the last seq of each stream, each reader's place in each. */
export interface LogFile {
  /** Several batches in one transaction, each with its own result. Stores all of them or throws. */
  append(batches: readonly (readonly Envelope[])[], at: number): Appended[]
  /** The last seq that was ever stored of a stream, 0 if none. */
  head(stream: string): number
  /** Events of a stream after a place, in order. */
  after(stream: string, seq: number, limit: number): Envelope[]
  /** Streams in which this reader has something to read, and how much. */
  unread(reader: string): Map<string, number>
  place(reader: string, stream: string): number
  acknowledge(reader: string, stream: string, seq: number): void
  setAside(reader: string, event: Envelope, reason: string, attempts: number, at: number): void
  deadLetters(): DeadLetter[]
  deadCount(): number
  prune(readers: string[], before: number): number
  close(): void
}

export interface Appended {
  confirmed: Record<string, number>
  /** How many events were new, per stream. */
  added: Map<string, number>
  /** Events whose place is taken by another one: the sender began its stream anew without saying so. */
  conflicts: Envelope[]
  /** Jumps in a stream, which mean that events before were lost on this side (an older copy of the data folder). */
  gaps: { stream: string; after: number; seq: number }[]
}

const schema = `
  CREATE TABLE IF NOT EXISTS event (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL,
    payload TEXT NOT NULL, stored_at INTEGER NOT NULL, PRIMARY KEY (stream, seq)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS event_by_age ON event (stored_at);
  CREATE TABLE IF NOT EXISTS head (stream TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS place (
    reader TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (reader, stream)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead (
    reader TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, reason TEXT NOT NULL,
    attempts INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (reader, stream, seq)
  ) WITHOUT ROWID;
`

export function openLogFile(path: string): LogFile {
  // Published events are synced before they are confirmed. A reader's place may be lost with the power: it reads again.
  const db = open(path, 'FULL')
  db.exec(schema)
  const places = open(path, 'NORMAL')

  const sql = {
    head: db.prepare('SELECT seq FROM head WHERE stream = ?'),
    moveHead: db.prepare('INSERT INTO head (stream, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq'),
    add: db.prepare(
      'INSERT INTO event (stream, seq, at, version, type, payload, stored_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    one: db.prepare('SELECT type, payload FROM event WHERE stream = ? AND seq = ?'),
    after: db.prepare('SELECT * FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?'),
    unread: db.prepare(`
      SELECT e.stream AS stream, count(*) AS count
      FROM event e LEFT JOIN place p ON p.reader = ? AND p.stream = e.stream
      WHERE e.seq > coalesce(p.seq, 0) GROUP BY e.stream ORDER BY min(e.stored_at)`),
    place: places.prepare('SELECT seq FROM place WHERE reader = ? AND stream = ?'),
    acknowledge: places.prepare(
      'INSERT INTO place (reader, stream, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq',
    ),
    setAside: db.prepare('INSERT OR IGNORE INTO dead VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dead: db.prepare('SELECT * FROM dead ORDER BY at, stream, seq LIMIT 1000'),
    deadCount: db.prepare('SELECT count(*) AS count FROM dead'),
    prune: db.prepare(`
      DELETE FROM event WHERE (stream, seq) IN (
        SELECT e.stream, e.seq FROM event e WHERE e.stored_at < ?
          AND e.seq <= (SELECT min(coalesce(p.seq, 0)) FROM json_each(?) r
            LEFT JOIN place p ON p.reader = r.value AND p.stream = e.stream)
        LIMIT 5000)`),
  }

  const headOf = (stream: string) => Number(sql.head.get(stream)?.['seq'] ?? 0)

  function append(batches: readonly (readonly Envelope[])[], at: number): Appended[] {
    db.exec('BEGIN IMMEDIATE')
    try {
      const results = batches.map((events) => appendBatch(events, at))
      db.exec('COMMIT')
      return results
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  function appendBatch(events: readonly Envelope[], at: number): Appended {
    const result: Appended = { confirmed: {}, added: new Map(), conflicts: [], gaps: [] }
    for (const event of events) appendOne(event, at, result)
    for (const stream of result.added.keys()) sql.moveHead.run(stream, result.confirmed[stream] ?? 0)
    return result
  }

  function appendOne(event: Envelope, at: number, result: Appended) {
    const { stream, seq, type } = event
    const payload = JSON.stringify(event.payload)
    const head = result.confirmed[stream] ?? headOf(stream)
    result.confirmed[stream] = Math.max(head, seq)
    if (seq <= head) {
      const kept = sql.one.get(stream, seq)
      if (kept && (kept['type'] !== type || kept['payload'] !== payload)) result.conflicts.push(event)
      return
    }
    if (head > 0 && seq > head + 1) result.gaps.push({ stream, after: head, seq })
    sql.add.run(stream, seq, event.at, event.version, type, payload, at)
    result.added.set(stream, (result.added.get(stream) ?? 0) + 1)
  }

  return {
    append,
    head: headOf,
    after(stream, seq, limit) {
      return sql.after.all(stream, seq, limit).map((row) => ({
        stream,
        seq: Number(row['seq']),
        at: String(row['at']),
        version: Number(row['version']),
        type: String(row['type']),
        payload: JSON.parse(String(row['payload'])) as unknown,
      }))
    },
    unread(reader) {
      return new Map(sql.unread.all(reader).map((row) => [String(row['stream']), Number(row['count'])]))
    },
    place(reader, stream) {
      return Number(sql.place.get(reader, stream)?.['seq'] ?? 0)
    },
    acknowledge(reader, stream, seq) {
      sql.acknowledge.run(reader, stream, seq)
    },
    setAside(reader, event, reason, attempts, at) {
      sql.setAside.run(reader, event.stream, event.seq, JSON.stringify(event), reason.slice(0, 500), attempts, at)
    },
    deadLetters() {
      return sql.dead.all().map((row) => ({
        reader: String(row['reader']),
        event: JSON.parse(String(row['event'])) as Envelope,
        reason: String(row['reason']),
        attempts: Number(row['attempts']),
        at: Number(row['at']),
      }))
    },
    deadCount() {
      return Number(sql.deadCount.get()?.['count'] ?? 0)
    },
    prune(readers, before) {
      if (readers.length === 0) return 0
      return Number(sql.prune.run(before, JSON.stringify(readers)).changes)
    },
    close() {
      places.close()
      db.close()
    },
  }
}

function open(path: string, synchronous: 'FULL' | 'NORMAL'): DatabaseSync {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = 5000;`)
  return db
}
