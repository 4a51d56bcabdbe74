import type { AccountId, MediaId } from '../contract/ids.ts'
import type { MediaPurpose, MediaView } from '../contract/media.ts'
import { now } from '../kernel/clock.ts'
import type { Db, Statement } from '../kernel/db.ts'
import { attachStatements, freezeStatement, readyByIds, type MediaRow } from './queries.ts'
import { privateViewOf, viewOf } from './views.ts'

export { addFileOwner, type MaySee } from './private-files.ts'
export { clearUpMedia, mediaDrain, retryMedia, sweepMedia, workOnMedia } from './process.ts'

export interface ReadyMedia {
  media: MediaId
  purpose: MediaPurpose
  alt: string
}

/** Of these ids those that are ready and the owner's, by id. What is missing from the map may not be attached. */
export async function readyMedia(db: Db, ids: readonly string[], owner: AccountId): Promise<Map<string, ReadyMedia>> {
  const rows = await readyByIds(db, ids)
  return new Map(
    rows.filter((row) => row.owner === owner).map(({ id, purpose, alt }) => [id, { media: id, purpose, alt }]),
  )
}

/** Views of these pictures by id, in one query per 90. Those that are not ready are missing from the map. */
export async function mediaViews(db: Db, ids: readonly string[]): Promise<Map<string, MediaView>> {
  const rows = await readyByIds(db, ids)
  return new Map(rows.flatMap((row) => (viewOf(row) ? [[row.id, viewOf(row) as MediaView] as const] : [])))
}

/** The same of pictures that only some may see: their addresses ask who is looking. */
export async function privateMediaViews(db: Db, ids: readonly string[]): Promise<Map<string, MediaView>> {
  return viewsBy(await readyByIds(db, ids))
}

/** Of these ids the views of those that are ready, the owner's and for this purpose. */
export async function ownPrivateViews(
  db: Db,
  ids: readonly string[],
  { owner, purpose }: { owner: AccountId; purpose: MediaPurpose },
): Promise<Map<string, MediaView>> {
  const rows = await readyByIds(db, ids)
  return viewsBy(rows.filter((row) => row.owner === owner && row.purpose === purpose))
}

function viewsBy(rows: MediaRow[]): Map<string, MediaView> {
  return new Map(
    rows.flatMap((row) => {
      const view = privateViewOf(row)
      return view ? [[row.id, view] as const] : []
    }),
  )
}

/**
 * Statements that make `target` (an id: auction, account) show exactly these pictures. Put them into the batch that writes
 * them down elsewhere: it fails as a whole (`runBatch` answers false) if one of them is not ready or not the owner's.
 */
export function attachMedia(
  db: Db,
  { owner, target, ids }: { owner: AccountId; target: string; ids: readonly string[] },
): Statement[] {
  return attachStatements(db, { owner, target, ids: ids as readonly MediaId[], at: now() })
}

/** Statements that end what `target` shows; the pictures go a day later unless something else shows them. */
export function detachMedia(db: Db, target: string): Statement[] {
  return attachStatements(db, { owner: '' as AccountId, target, ids: [], at: now() })
}

/** From now on the descriptions of what `target` shows cannot change: they are part of something that was promised. */
export function freezeMedia(db: Db, target: string): Statement {
  return freezeStatement(db, target)
}
