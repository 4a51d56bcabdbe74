import type { RebuildResponse } from '../contract/rebuilding.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { describeError, log } from '../kernel/log.ts'
import {
  moveTo,
  rewriteBidders,
  rewriteNotes,
  rewriteWords,
  standingRows,
  type StandingRow,
} from './queries/rebuilding.ts'
import { roomOf } from './room-client.ts'
import { saysMore, type ArchivedLot } from './rules/archived.ts'

type Fates = RebuildResponse['fates']

/**
 * Makes D1's rows of these auctions again from what the archive says of them, also while people bid: a row moves to a place in the
 * ledger, never back from one. Bidders and notes are facts that do not change, so they are set right whatever becomes of the row.
 */
export async function rebuildAuctions(c: AppContext, lots: readonly ArchivedLot[]): Promise<Fates> {
  const { db } = c.var
  const rows = await standingRows(
    db,
    lots.map(({ auction }) => auction),
  )
  const fates: Fates = []
  for (const lot of lots) {
    const row = rows.get(lot.auction)
    const fate = row ? await rebuild(c, lot, row) : 'absent'
    fates.push({ auction: lot.auction, fate })
  }
  const present = lots.filter(({ auction }) => rows.has(auction)).map(({ auction }) => auction)
  if (present.length > 0) await runBatch(db, rewriteWords(db, present))
  return fates
}

async function rebuild(c: AppContext, lot: ArchivedLot, row: StandingRow): Promise<'rebuilt' | 'ahead'> {
  const { db } = c.var
  await runBatch(db, [...rewriteBidders(db, lot), ...rewriteNotes(db, lot)])
  if (saysMore(row, lot) && !(await isAllThereIs(c, lot))) return 'ahead'
  // Not if the room was faster: what it has just written is newer than what was read here.
  return (await moveTo(db, lot, row)) ? 'rebuilt' : 'ahead'
}

/** Whether the archive holds the room's whole ledger, so that a row which says more is wrong. */
async function isAllThereIs(c: AppContext, lot: ArchivedLot): Promise<boolean> {
  try {
    const state = await roomOf(c.env, lot.auction).state()
    return state.ok && state.value.logSeq === lot.logSeq
  } catch (error) {
    log('warn', 'room-silent', { auction: lot.auction, ...describeError(error) })
    return false
  }
}
