import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Envelope } from '../../../worker/contract/events.ts'
import type { Projection } from '../../model/predicates.ts'
import { databaseIn } from '../../support/house-database.ts'
import { pause } from './bidder.ts'

/** How long relay and lists may take to hear of everything, once nobody dies any more. */
const patienceMs = 60_000

/** What the relay kept of an auction, when it has the whole ledger; what it has by then, when it never gets there. */
export async function archivedEvents(folder: string, auction: string, entries: number): Promise<Envelope[]> {
  const file = join(folder, 'relay/archive/auction', `${auction}.jsonl`)
  const read = () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Envelope)
  }
  return until(read, (events) => events.filter(({ payload }) => 'entry' in (payload as object)).length >= entries)
}

/** The row that lists show, when it stands for the whole ledger. */
export async function listedRow(folder: string, auction: string, entries: number): Promise<Projection> {
  const db = new DatabaseSync(databaseIn(folder), { readOnly: true })
  const one = db.prepare(
    `select log_seq as logSeq, state, price, bid_count as bidCount, leader_number as leaderNumber,
       winner_number as winnerNumber, reserve, ends_at as endsAt from auction where id = ?`,
  )
  try {
    return await until(
      () => ({ ...(one.get(auction) as unknown as Projection) }),
      ({ logSeq }) => logSeq >= entries,
    )
  } finally {
    db.close()
  }
}

async function until<T>(read: () => T, isEnough: (value: T) => boolean): Promise<T> {
  const began = Date.now()
  for (;;) {
    const value = read()
    if (isEnough(value) || Date.now() - began > patienceMs) return value
    await pause(100)
  }
}
