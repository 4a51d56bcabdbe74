import { asc, inArray } from 'drizzle-orm'
import type { Envelope } from '../contract/events.ts'
import { readConfig } from '../env.ts'
import { now } from './clock.ts'
import { createDb, inChunks, type Db } from './db.ts'
import type { Work } from './drain.ts'
import { sendDueJobs } from './jobs.ts'
import { createOutbox, deliverToRelay } from './outbox.ts'
import { relayOf } from './relay.ts'
import { outbox, outboxAside } from './schema.ts'

interface NumberedFact {
  row: number
  event: Envelope
}

/** Delivers facts that D1 owns, in order, and letters whose first try failed. */
export function workOnFacts(env: Env, ctx: DurableObjectState): Work {
  const db = createDb(env.DB)
  const numbers = openNumbers(ctx.storage)
  const facts = createOutbox<NumberedFact>({
    name: 'd1',
    read: (limit) => readFacts(db, numbers, limit),
    deliver: (rows) =>
      deliverToRelay(
        relayOf(readConfig(env)),
        rows.map(({ event }) => event),
      ),
    // D1 first: dying in between leaves numbers without rows, which the next confirmation clears away.
    async confirm(rows) {
      await forget(db, rows)
      numbers.forget(rows.at(-1)?.row ?? rows[0].row)
    },
    async setAside({ row, event }, reason) {
      const { stream, seq } = event
      await db.insert(outboxAside).values({ id: row, stream, seq, event, reason, at: now() }).onConflictDoNothing()
    },
  })

  return async (isDue) => {
    const waits = await Promise.all([facts.run(isDue), sendDueJobs(db, env)])
    const soonest = Math.min(...waits.map((wait) => wait ?? Infinity))
    return soonest === Infinity ? null : soonest
  }
}

/** Gapless places in each stream, written down before they are used, so that a fact keeps its number however often it is sent. */
interface Numbers {
  of(row: number, stream: string): number
  forget(upTo: number): void
}

function openNumbers({ sql }: DurableObjectStorage): Numbers {
  sql.exec(
    `create table if not exists numbered (row integer primary key, stream text not null, seq integer not null);
     create table if not exists head (stream text primary key, seq integer not null)`,
  )
  return {
    of(row, stream) {
      const [known] = sql.exec<{ seq: number }>('select seq from numbered where row = ? and stream = ?', row, stream)
      if (known) return known.seq
      const { seq } = sql
        .exec<{ seq: number }>(
          `insert into head (stream, seq) values (?, 1)
           on conflict (stream) do update set seq = seq + 1 returning seq`,
          stream,
        )
        .one()
      sql.exec('insert or replace into numbered (row, stream, seq) values (?, ?, ?)', row, stream, seq)
      return seq
    },
    forget(upTo) {
      sql.exec('delete from numbered where row <= ?', upTo)
    },
  }
}

/** All numbers of a run are given without an `await` between them, so they are stored together. */
async function readFacts(db: Db, numbers: Numbers, limit: number): Promise<NumberedFact[]> {
  const rows = await db.select().from(outbox).orderBy(asc(outbox.id)).limit(limit)
  return rows.map(({ id, stream, type, version, at, payload }) => ({
    row: id,
    event: { stream, seq: numbers.of(id, stream), at, version, type, payload },
  }))
}

async function forget(db: Db, rows: NumberedFact[]): Promise<void> {
  for (const chunk of inChunks(rows.map(({ row }) => row))) await db.delete(outbox).where(inArray(outbox.id, chunk))
}
