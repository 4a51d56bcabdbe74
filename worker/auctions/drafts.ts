import type { DraftTerms } from '../contract/auctions.ts'
import type { AccountId, AuctionId } from '../contract/ids.ts'
import { fromIso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { mustHold, runBatch } from '../kernel/db.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import { attachMedia, detachMedia, readyMedia } from '../media/api.ts'
import {
  deleteDraft,
  insertDraft,
  isLooseDraft,
  termColumns,
  updateDraft,
  type AuctionRow,
  type DraftFields,
} from './queries/auction.ts'

/** A new draft with any subset of the terms. Its pictures are attached at once, or the sweep would take them from a patient seller. */
export async function createDraft(c: AppContext, seller: AccountId, fields: DraftFields): Promise<AuctionId> {
  const { db, ids } = c.var
  const id = ids.mint('auction')
  const { images = [] } = fields
  await requireOwnReady(c, seller, images)
  const isWritten = await runBatch(db, [
    insertDraft(db, { id, seller, at: now(), fields }),
    ...attachMedia(db, { owner: seller, target: id, ids: images }),
  ])
  if (!isWritten) throw new Problem('media-not-ready')
  return id
}

/** Writes over the version that was read, or not at all. */
export async function editDraft(c: AppContext, row: AuctionRow, fields: DraftFields): Promise<void> {
  const { db } = c.var
  const { id, seller, version } = row
  const { images } = fields
  if (images) await requireOwnReady(c, seller, images)
  const isWritten = await runBatch(db, [
    mustHold(db, isLooseDraft(id, version)),
    updateDraft(db, { id, version, at: now(), fields }),
    ...(images ? attachMedia(db, { owner: seller, target: id, ids: images }) : []),
  ])
  if (!isWritten) throw new Problem('stale-version')
}

export async function removeDraft(c: AppContext, { id, version }: AuctionRow): Promise<void> {
  const { db } = c.var
  const isRemoved = await runBatch(db, [
    mustHold(db, isLooseDraft(id, version)),
    ...detachMedia(db, id),
    deleteDraft(db, id),
  ])
  if (!isRemoved) throw new Problem('stale-version')
}

/** The same terms once more, to start at publication. */
export function copyOf(row: AuctionRow): DraftFields {
  return { ...(Object.fromEntries(termColumns.map((name) => [name, row[name]])) as DraftFields), startsAt: null }
}

export function fieldsOf({ startsAt, ...terms }: DraftTerms): DraftFields {
  const named = Object.entries(terms).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(named) as DraftFields),
    ...(startsAt === undefined ? {} : { startsAt: startsAt === null ? null : fromIso(startsAt) }),
  }
}

async function requireOwnReady(c: AppContext, owner: AccountId, images: readonly string[]): Promise<void> {
  if (new Set(images).size !== images.length) throw invalidField('/images', 'twice')
  const ready = await readyMedia(c.var.db, images, owner)
  const errors = images.flatMap((id, place) =>
    ready.get(id)?.purpose === 'auction' ? [] : [{ pointer: `/images/${place}`, code: 'not-ready' }],
  )
  if (errors.length > 0) throw new Problem('media-not-ready', { errors })
}
