import { and, asc, eq, exists, inArray, lt, lte, min, ne, not, notExists, sql } from 'drizzle-orm'
import type { AccountId, MediaId } from '../contract/ids.ts'
import type { RejectionReason } from '../contract/media.ts'
import type { ImageMade } from '../contract/relay.ts'
import { instant, type Instant } from '../contract/time.ts'
import { inChunks, mustHold, runBatch, type Db, type Statement } from '../kernel/db.ts'
import { outboxRow } from '../kernel/outbox.ts'
import { media, mediaAttachment } from './schema.ts'

export type MediaRow = typeof media.$inferSelect
export type NewMedia = Pick<
  MediaRow,
  'id' | 'owner' | 'purpose' | 'contentType' | 'bytes' | 'alt' | 'original' | 'expiresAt' | 'createdAt'
>

export async function insertMedia(db: Db, row: NewMedia): Promise<void> {
  await db.insert(media).values({ ...row, state: 'pending', unattachedSince: row.createdAt })
}

/** Without those on their way out. */
export async function mediaById(db: Db, id: MediaId): Promise<MediaRow | null> {
  const [row] = await db.select().from(media).where(eq(media.id, id))
  return row && row.state !== 'removing' ? row : null
}

/** What shows a picture. */
export async function targetsOf(db: Db, id: MediaId): Promise<string[]> {
  const rows = await db
    .select({ target: mediaAttachment.target })
    .from(mediaAttachment)
    .where(eq(mediaAttachment.media, id))
  return rows.map(({ target }) => target)
}

export async function readyByIds(db: Db, ids: readonly string[]): Promise<MediaRow[]> {
  const unique = [...new Set(ids)] as MediaId[]
  const found = await Promise.all(
    inChunks(unique).map((chunk) =>
      db
        .select()
        .from(media)
        .where(and(inArray(media.id, chunk), eq(media.state, 'ready'))),
    ),
  )
  return found.flat()
}

/** The upload has landed. False when that was known already. */
export async function beginProcessing(db: Db, id: MediaId, at: Instant): Promise<boolean> {
  const changed = await db
    .update(media)
    .set({ state: 'processing', nextTryAt: at })
    .where(and(eq(media.id, id), eq(media.state, 'pending')))
    .returning({ id: media.id })
  return changed.length > 0
}

/** Takes the oldest try that is due for oneself until the lease ends; null when none is. */
export async function claimTry(db: Db, at: Instant, leaseUntil: Instant): Promise<MediaRow | null> {
  const oldest = db
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.state, 'processing'), lte(media.nextTryAt, at)))
    .orderBy(asc(media.nextTryAt))
    .limit(1)
  const [row] = await db
    .update(media)
    .set({ attempts: sql`${media.attempts} + 1`, nextTryAt: leaseUntil })
    .where(eq(media.id, sql`(${oldest})`))
    .returning()
  return row ?? null
}

export async function nextTry(db: Db): Promise<Instant | null> {
  const [row] = await db
    .select({ at: min(media.nextTryAt) })
    .from(media)
    .where(eq(media.state, 'processing'))
  return row?.at ?? null
}

export async function postponeTry(db: Db, id: MediaId, until: Instant): Promise<void> {
  await db
    .update(media)
    .set({ nextTryAt: until })
    .where(and(eq(media.id, id), eq(media.state, 'processing')))
}

const isProcessing = (db: Db, id: MediaId) =>
  mustHold(
    db,
    exists(
      db
        .select({ one: sql`1` })
        .from(media)
        .where(and(eq(media.id, id), eq(media.state, 'processing'))),
    ),
  )

/** False when another try had finished before. */
export function finish(db: Db, { id, owner, purpose }: MediaRow, made: ImageMade): Promise<boolean> {
  const { width, height, thumbhash, sizes } = made
  return runBatch(db, [
    isProcessing(db, id),
    db
      .update(media)
      .set({ state: 'ready', nextTryAt: null, width, height, thumbhash, sizes, hasShare: made.share })
      .where(eq(media.id, id)),
    outboxRow(db, 'media', { type: 'media-ready', payload: { media: id, owner, purpose, width, height } }),
  ])
}

export function reject(db: Db, { id, owner }: MediaRow, reason: RejectionReason): Promise<boolean> {
  return runBatch(db, [
    isProcessing(db, id),
    db.update(media).set({ state: 'rejected', reason, nextTryAt: null }).where(eq(media.id, id)),
    outboxRow(db, 'media', { type: 'media-rejected', payload: { media: id, owner, reason } }),
  ])
}

/** The ticket ran out and nothing had come. */
export async function expire(db: Db, id: MediaId): Promise<void> {
  await db
    .update(media)
    .set({ state: 'rejected', reason: 'expired', clearUpAt: null })
    .where(and(eq(media.id, id), eq(media.state, 'pending')))
}

/** Behind all others that are overdue. */
export async function lookLater(db: Db, id: MediaId, at: Instant): Promise<void> {
  await db
    .update(media)
    .set({ expiresAt: at })
    .where(and(eq(media.id, id), eq(media.state, 'pending')))
}

export function overdueUploads(db: Db, at: Instant, limit: number): Promise<{ id: MediaId; original: string }[]> {
  return db
    .select({ id: media.id, original: media.original })
    .from(media)
    .where(and(eq(media.state, 'pending'), lte(media.expiresAt, at)))
    .orderBy(asc(media.expiresAt))
    .limit(limit)
}

const isUnattached = (db: Db) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(mediaAttachment)
      .where(eq(mediaAttachment.media, media.id)),
  )

/** From here on nothing can attach it, and nobody sees it. False when something shows it. */
export function beginRemoval(db: Db, { id, owner }: Pick<MediaRow, 'id' | 'owner'>, at: Instant): Promise<boolean> {
  const isFree = exists(
    db
      .select({ one: sql`1` })
      .from(media)
      .where(and(eq(media.id, id), ne(media.state, 'removing'), isUnattached(db))),
  )
  return runBatch(db, [
    mustHold(db, isFree),
    db.update(media).set({ state: 'removing', nextTryAt: null, clearUpAt: at }).where(eq(media.id, id)),
    outboxRow(db, 'media', { type: 'media-removed', payload: { media: id, owner } }),
  ])
}

/** Its files are gone and no more can come; now the row. */
export async function finishRemoval(db: Db, id: MediaId): Promise<void> {
  await db.delete(media).where(and(eq(media.id, id), eq(media.state, 'removing')))
}

/** Unattached for longer than they may be. */
export function sweepable(db: Db, before: Instant, limit: number): Promise<MediaRow[]> {
  return db
    .select()
    .from(media)
    .where(and(lt(media.unattachedSince, before), ne(media.state, 'removing'), isUnattached(db)))
    .orderBy(asc(media.unattachedSince))
    .limit(limit)
}

/** Later than anything: what is shown is nothing to sweep until that has ended. */
const never = instant(8_640_000_000_000_000)

/** Lets those that something shows out of what is swept: else each sweep would read every picture of the site. */
export async function passOverShown(db: Db, before: Instant, limit: number): Promise<void> {
  const shown = db
    .select({ id: media.id })
    .from(media)
    .where(and(lt(media.unattachedSince, before), not(isUnattached(db))))
    .orderBy(asc(media.unattachedSince))
    .limit(limit)
  await db.update(media).set({ unattachedSince: never }).where(inArray(media.id, shown))
}

/** Of which something may lie in the store that must not. */
export function toClearUp(db: Db, at: Instant, limit: number): Promise<MediaRow[]> {
  return db
    .select()
    .from(media)
    .where(and(inArray(media.state, ['ready', 'rejected', 'removing']), lte(media.clearUpAt, at)))
    .orderBy(asc(media.clearUpAt))
    .limit(limit)
}

/** Null: never again. Nothing when its state has changed: then there is more to remove. */
export async function clearUpNext(db: Db, { id, state }: MediaRow, at: Instant | null): Promise<void> {
  await db
    .update(media)
    .set({ clearUpAt: at })
    .where(and(eq(media.id, id), eq(media.state, state)))
}

/** False when an attachment has promised the description as it is. */
export async function describeMedia(db: Db, id: MediaId, owner: AccountId, alt: string): Promise<boolean> {
  const isPromised = exists(
    db
      .select({ one: sql`1` })
      .from(mediaAttachment)
      .where(and(eq(mediaAttachment.media, id), eq(mediaAttachment.isFrozen, true))),
  )
  return runBatch(db, [
    mustHold(db, sql`not ${isPromised}`),
    db
      .update(media)
      .set({ alt })
      .where(and(eq(media.id, id), eq(media.owner, owner))),
    outboxRow(db, 'media', { type: 'media-described', payload: { media: id, alt } }),
  ])
}

/** Makes `target` show exactly these pictures; the batch fails if one of them is not ready or not the owner's. */
export function attachStatements(
  db: Db,
  { owner, target, ids, at }: { owner: AccountId; target: string; ids: readonly MediaId[]; at: Instant },
): Statement[] {
  const detached = [
    db
      .update(media)
      .set({ unattachedSince: at })
      .where(
        inArray(
          media.id,
          db.select({ id: mediaAttachment.media }).from(mediaAttachment).where(eq(mediaAttachment.target, target)),
        ),
      ),
    db.delete(mediaAttachment).where(eq(mediaAttachment.target, target)),
  ]
  const unique = [...new Set(ids)]
  if (unique.length === 0) return detached
  const ready = db
    .select({ count: sql`count(*)` })
    .from(media)
    .where(and(inArray(media.id, unique), eq(media.owner, owner), eq(media.state, 'ready')))
  return [
    ...detached,
    mustHold(db, sql`(${ready}) = ${unique.length}`),
    db.insert(mediaAttachment).values(unique.map((id) => ({ target, media: id }))),
  ]
}

export function freezeStatement(db: Db, target: string): Statement {
  return db.update(mediaAttachment).set({ isFrozen: true }).where(eq(mediaAttachment.target, target))
}
