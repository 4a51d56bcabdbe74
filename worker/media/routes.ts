import { Hono } from 'hono'
import type { MediaId } from '../contract/ids.ts'
import { media as limits } from '../contract/limits.ts'
import { DescribeMedia, MediaState, UploadRequest, UploadTicket, variantPattern } from '../contract/media.ts'
import { instant, iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { describe } from '../kernel/describe.ts'
import { idempotent } from '../kernel/idempotency.ts'
import { randomToken } from '../kernel/ids.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { Problem } from '../kernel/problem.ts'
import { take, type Taken } from '../kernel/rate-limit.ts'
import { requireRelay } from '../kernel/relay-door.ts'
import { reply } from '../kernel/reply.ts'
import { limited, requireSignedIn, signedIn, type Actor } from '../kernel/sessions.ts'
import { validate } from '../kernel/validate.ts'
import { privateFileRoutes } from './private-files.ts'
import { mediaDrain, noticeUpload, removeMedia } from './process.ts'
import { beginProcessing, describeMedia, insertMedia, mediaById, type MediaRow } from './queries.ts'
import { isSealed, putOnce, type SealedAct } from './r2.ts'
import { fileKey, mediaTag, publicKey, storageOf } from './storage.ts'
import { stateOf } from './views.ts'

const tag = 'media'

/** Far above any file made of a picture of 1,980 px. */
const fileBytes = 8 * 1024 * 1024

export const mediaRoutes = new Hono<AppEnv>()
  .route('/', privateFileRoutes)
  .post(
    '/media',
    describe({
      summary: 'Ask for an upload',
      tag,
      caller: 'limited',
      answers: { 201: UploadTicket },
      problems: ['account-suspended', 'invalid-fields', 'unknown-field', 'too-many-requests'],
      detail:
        'Send the file to `upload.url` within two minutes, once, with exactly the headers given and the length announced.',
    }),
    limited,
    validate('json', UploadRequest),
    idempotent(),
    async (c) => {
      const { contentType, bytes, purpose, alt = '' } = c.req.valid('json')
      // Who is suspended may still bring evidence for an appeal.
      const { account } = purpose === 'evidence' ? c.var.actor : requireSignedIn(c)
      await countUpload(c, account, bytes)
      const [at, id, original] = [now(), c.var.ids.mint('media'), `original/${randomToken()}`]
      const until = instant(at + limits.ticketMs)
      await insertMedia(c.var.db, {
        id,
        owner: account,
        purpose,
        contentType,
        bytes,
        alt,
        original,
        expiresAt: until,
        createdAt: at,
      })
      const storage = await storageOf(c.env, c.var.config)
      const upload = await storage.uploadAddress({ media: id, key: original, contentType, bytes, until })
      c.header('cache-control', 'private, no-store')
      return reply(c, UploadTicket, { media: id, upload: { ...upload, method: 'PUT' }, expiresAt: iso(until) }, 201)
    },
  )
  .get(
    '/media/:media',
    describe({
      summary: 'What became of an upload',
      tag,
      caller: 'owner',
      answers: { 200: MediaState },
      problems: ['not-found'],
    }),
    limited,
    async (c) => {
      const row = await noticeUpload(c.env, c.executionCtx, await ownMedia(c, c.var.actor))
      c.header('cache-control', 'private, no-store')
      return reply(c, MediaState, stateOf(row))
    },
  )
  .patch(
    '/media/:media',
    describe({
      summary: 'Describe a picture',
      tag,
      caller: 'owner',
      answers: { 200: MediaState },
      problems: ['not-found', 'media-attached', 'invalid-fields', 'unknown-field'],
      detail:
        'Not once an auction was published with it, nor once it was filed as evidence: the description is part of its terms.',
    }),
    signedIn,
    validate('json', DescribeMedia),
    async (c) => {
      const row = await ownMedia(c, c.var.actor)
      const { alt } = c.req.valid('json')
      if (!(await describeMedia(c.var.db, row.id, row.owner, alt))) throw new Problem('media-attached')
      nudgeDrain(c.env, c.executionCtx)
      return reply(c, MediaState, stateOf({ ...row, alt }))
    },
  )
  .delete(
    '/media/:media',
    describe({
      summary: 'Remove a picture that nothing shows',
      tag,
      caller: 'owner',
      answers: { 204: null },
      problems: ['not-found', 'media-attached'],
    }),
    signedIn,
    async (c) => {
      const row = await ownMedia(c, c.var.actor)
      if (!(await removeMedia(c.env, c.executionCtx, row))) throw new Problem('media-attached')
      return c.body(null, 204)
    },
  )

/**
 * Where files pass through the Worker itself, because its storage is the R2 binding. The address is the permission; the
 * relay signs its requests besides.
 */
export const uploadRoutes = new Hono<AppEnv>()
  .put('/media/uploads/:media', async (c) => {
    const row = await sealedMedia(c, 'upload')
    const { body, headers } = c.req.raw
    const isAsAnnounced =
      headers.get('content-type') === row.contentType && headers.get('content-length') === String(row.bytes)
    if (!body || !isAsAnnounced) throw new Problem('upload-mismatch')
    const isNew = row.state === 'pending' && (await putOnce(c.env.MEDIA, row.original, body, row.contentType))
    // Also when a file was there already: whoever put it may have died before writing that down.
    const isFirst = await beginProcessing(c.var.db, row.id, now())
    if (isFirst) nudgeDrain(c.env, c.executionCtx, mediaDrain)
    if (!isNew) throw new Problem('link-spent')
    return c.body(null, 204)
  })
  .get('/media/uploads/:media', async (c) => {
    const row = await sealedMedia(c, 'source')
    await requireRelay(c, new Uint8Array())
    const file = await (await storageOf(c.env, c.var.config)).read(row.original)
    if (!file) throw new Problem('not-found')
    return c.body(file.body, 200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
  })
  .put('/media/uploads/:media/:name', async (c) => {
    const name = c.req.param('name')
    const row = await sealedMedia(c, 'file', name)
    if (Number(c.req.header('content-length') ?? Infinity) > fileBytes) throw new Problem('body-too-large')
    const body = new Uint8Array(await c.req.arrayBuffer())
    await requireRelay(c, body)
    // What is ready never changes, whoever is late with another try.
    if (row.state !== 'processing') throw new Problem('link-spent')
    await c.env.MEDIA.put(fileKey(row.id, row.purpose, name), body, { httpMetadata: { contentType: typeOf(name) } })
    return c.body(null, 204)
  })

/** Public files, at addresses whose content never changes. Found by their key alone, without a query. */
export const mediaFileRoutes = new Hono<AppEnv>().get('/media/:media/:name', async (c) => {
  const media = c.var.ids.require('media', c.req.param('media'))
  const name = c.req.param('name')
  if (!variantPattern.test(name)) throw new Problem('not-found')
  const file = await (await storageOf(c.env, c.var.config)).read(publicKey(media, name))
  if (!file) throw new Problem('not-found')
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    'cache-tag': mediaTag(media),
    'content-type': typeOf(name),
    // Previews of shared links are shown by other sites.
    'cross-origin-resource-policy': name === 'share.jpg' ? 'cross-origin' : 'same-origin',
    ...(file.etag ? { etag: file.etag } : {}),
  }
  if (file.etag && c.req.header('if-none-match') === file.etag) {
    await file.body.cancel()
    return c.body(null, 304, headers)
  }
  return c.body(file.body, 200, { ...headers, 'content-length': String(file.bytes) })
})

const types: Record<string, string> = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }

function typeOf(name: string): string {
  return types[name.slice(name.indexOf('.') + 1)] ?? 'application/octet-stream'
}

async function countUpload(c: AppContext, account: string, bytes: number): Promise<void> {
  const taken: Taken = await take(c, 'uploads', account)
  try {
    await take(c, 'uploadBytesPerDay', account, bytes)
  } catch (error) {
    await taken.giveBack()
    throw error
  }
}

/** The picture of the path if it is the actor's; somebody else's is not there. */
async function ownMedia(c: AppContext, { account }: Actor): Promise<MediaRow> {
  const row = await mediaById(c.var.db, mediaOf(c))
  if (!row || row.owner !== account) throw new Problem('not-found')
  return row
}

async function sealedMedia(c: AppContext, act: SealedAct, name?: string): Promise<MediaRow> {
  const id = mediaOf(c)
  const { until, seal } = c.req.query()
  const isAllowed = isSealed(c.var.config, act, id, { until, seal, ...(name === undefined ? {} : { name }) })
  const row = isAllowed && c.var.config.storage.kind === 'r2' ? await mediaById(c.var.db, id) : null
  if (!row) throw new Problem('not-found')
  return row
}

function mediaOf(c: AppContext): MediaId {
  return c.var.ids.require('media', c.req.param('media'))
}
