import { media as limits } from '../contract/limits.ts'
import type { ImageJob } from '../contract/relay.ts'
import { instant } from '../contract/time.ts'
import { readConfig, type Config } from '../env.ts'
import { now } from '../kernel/clock.ts'
import { createDb, type Db } from '../kernel/db.ts'
import type { Work } from '../kernel/drain.ts'
import { describeError, log } from '../kernel/log.ts'
import { nudgeDrain, type Background } from '../kernel/outbox.ts'
import { purgeNow } from '../kernel/purge.ts'
import { relayOf, type Relay } from '../kernel/relay.ts'
import {
  beginProcessing,
  beginRemoval,
  claimTry,
  clearUpNext,
  expire,
  finish,
  finishRemoval,
  lookLater,
  nextTry,
  overdueUploads,
  postponeTry,
  reject,
  passOverShown,
  sweepable,
  toClearUp,
  type MediaRow,
} from './queries.ts'
import { afterTry, leaseMs, needsShare } from './rules.ts'
import { fileKey, fileNames, mediaTag, storageOf, type Storage } from './storage.ts'

/** Signed addresses outlive the try they are for, and no more. */
const addressMs = 2 * 60_000
/** Tries at once; two more than one relay works on, so that it never waits for us. */
const atOnce = 4
/** While all tries go on at once, a row that is due has to wait for one of them. */
const busyMs = 1_000
/** What one visit of cron takes on, so that it ends within its minute. */
const perMinute = { uploads: 100, shown: 1_000, removals: 100, clearings: 100 } as const

/** The drain that has the files of uploads made. */
export const mediaDrain = 'media'

interface Place {
  env: Env
  ctx: Background
  config: Config
  db: Db
  storage: Storage
}

async function placeOf(env: Env, ctx: Background): Promise<Place> {
  const config = readConfig(env)
  return { env, ctx, config, db: createDb(env.DB), storage: await storageOf(env, config) }
}

/** Has the files of all uploads made that are due, the oldest first. Answers when the next one is due. */
export function workOnMedia(env: Env, ctx: DurableObjectState): Work {
  let atWork = 0
  return async () => {
    const place = await placeOf(env, ctx)
    const relay = relayOf(place.config)
    if (!relay) return null
    const hands: Promise<void>[] = []
    while (atWork < atOnce) {
      atWork += 1
      hands.push(workThrough(place, relay).finally(() => (atWork -= 1)))
    }
    await Promise.all(hands)
    const next = await nextTry(place.db)
    return next === null ? null : Math.max(hands.length > 0 ? 0 : busyMs, next - now())
  }
}

async function workThrough(place: Place, relay: Relay): Promise<void> {
  for (;;) {
    const at = now()
    const row = await claimTry(place.db, at, instant(at + leaseMs))
    if (!row) return
    await tryOnce(place, relay, row)
  }
}

async function tryOnce(place: Place, relay: Relay, row: MediaRow): Promise<void> {
  const { env, ctx, db } = place
  const outcome = await relay.processImage(await jobFor(place, row))
  const next = afterTry(outcome, row.attempts, now())
  if (next.step === 'wait') {
    const { id: media, attempts: attempt } = row
    log('warn', 'media-waits', { media, attempt, ...(outcome.ok ? {} : { code: outcome.code }) })
    await postponeTry(db, media, next.until)
    return
  }
  const isFirst = next.step === 'finish' ? await finish(db, row, next.made) : await reject(db, row, next.reason)
  if (!isFirst) return
  nudgeDrain(env, ctx)
  await clearUp(place, { ...row, state: next.step === 'finish' ? 'ready' : 'rejected' })
}

/**
 * The original holds what the files must not (where it was taken), so it does not stay beside them; what was refused or removed
 * leaves nothing. False when that failed: cron tries again, after all others that wait for it.
 */
async function clearUp({ db, storage }: Place, row: MediaRow): Promise<boolean> {
  try {
    await storage.remove(row.state === 'ready' ? [row.original] : keysOf(row))
    // A store may take what comes late, by an address that was signed before. So a young row is looked at again the next day, and
    // that of a removed picture stays behind until then, unseen.
    const again = instant(row.createdAt + limits.unattachedMs)
    if (again > now()) await clearUpNext(db, row, again)
    else if (row.state === 'removing') await finishRemoval(db, row.id)
    else await clearUpNext(db, row, null)
    return true
  } catch (error) {
    log('warn', 'media-not-cleared', { media: row.id, ...describeError(error) })
    await clearUpNext(db, row, now())
    return false
  }
}

async function jobFor({ storage }: Place, { id, purpose, original, contentType }: MediaRow): Promise<ImageJob> {
  const until = instant(now() + addressMs)
  const targets = await Promise.all(
    fileNames(needsShare(purpose)).map(
      async (name) => [name, await storage.fileAddress(id, name, fileKey(id, purpose, name), until)] as const,
    ),
  )
  return {
    kind: 'image',
    id,
    contentType: contentType as ImageJob['contentType'],
    source: await storage.sourceAddress(id, original, until),
    targets: Object.fromEntries(targets),
  }
}

function keysOf({ id, purpose, original }: MediaRow): string[] {
  return [original, ...fileNames(needsShare(purpose)).map((name) => fileKey(id, purpose, name))]
}

/**
 * A store beside the Worker does not tell when an upload has come, and whoever took it here may have died before writing
 * it down: so its owner's asking makes us look.
 */
export async function noticeUpload(env: Env, ctx: Background, row: MediaRow): Promise<MediaRow> {
  if (row.state !== 'pending') return row
  const { db, storage } = await placeOf(env, ctx)
  if (!(await storage.has(row.original))) return row
  if (await beginProcessing(db, row.id, now())) nudgeDrain(env, ctx, mediaDrain)
  return { ...row, state: 'processing' }
}

/** Removes a picture that nothing shows, from the edge too. False when something does. */
export async function removeMedia(env: Env, ctx: Background, row: MediaRow): Promise<boolean> {
  const place = await placeOf(env, ctx)
  if (!(await beginRemoval(place.db, row, now()))) return false
  nudgeDrain(env, ctx)
  if (await clearUp(place, { ...row, state: 'removing' })) await purgeNow({ executionCtx: ctx }, [mediaTag(row.id)])
  return true
}

/** Every minute: looks for uploads nobody reported, forgets tickets never used, and sees that the work goes on. */
export async function retryMedia(env: Env, ctx: Background): Promise<void> {
  const { db, storage } = await placeOf(env, ctx)
  for (const { id, original } of await overdueUploads(db, now(), perMinute.uploads))
    try {
      if (await storage.has(original)) await beginProcessing(db, id, now())
      else await expire(db, id)
    } catch (error) {
      log('warn', 'upload-not-looked-for', { media: id, ...describeError(error) })
      await lookLater(db, id, now())
    }
  nudgeDrain(env, ctx, mediaDrain)
}

/** Every minute: gives up what nothing has shown for a day. */
export async function sweepMedia(env: Env, ctx: Background): Promise<void> {
  const { db } = await placeOf(env, ctx)
  const before = instant(now() - limits.unattachedMs)
  await passOverShown(db, before, perMinute.shown)
  for (const row of await sweepable(db, before, perMinute.removals)) await beginRemoval(db, row, now())
  nudgeDrain(env, ctx)
}

/** Every minute: removes from the store what may not stay, whoever failed at it or died before. */
export async function clearUpMedia(env: Env, ctx: Background): Promise<void> {
  const place = await placeOf(env, ctx)
  const gone: string[] = []
  for (const row of await toClearUp(place.db, now(), perMinute.clearings))
    if ((await clearUp(place, row)) && row.state === 'removing') gone.push(mediaTag(row.id))
  if (gone.length > 0) await purgeNow({ executionCtx: ctx }, gone)
}
