import { Hono } from 'hono'
import { z } from 'zod'
import type { AccountId } from '../contract/ids.ts'
import { media as limits } from '../contract/limits.ts'
import { privatePurposes, variantPattern } from '../contract/media.ts'
import { instant } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { describe } from '../kernel/describe.ts'
import { Problem } from '../kernel/problem.ts'
import { limited, type Actor } from '../kernel/sessions.ts'
import { keepPrivate } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { mediaById, targetsOf, type MediaRow } from './queries.ts'
import { isSealed } from './r2.ts'
import { fileKey, storageOf } from './storage.ts'

/** Whether an account sees what is attached under a target now; asked of the feature that owns it. */
export type MaySee = (env: Env, account: AccountId, target: string) => Promise<boolean>

const owners = new Map<string, MaySee>()

/** Targets that begin like this (`room_`) are asked about here. Called while the Worker is put together. */
export function addFileOwner(prefix: string, maySee: MaySee): void {
  owners.set(prefix, maySee)
}

const FileQuery = z.object({
  name: z
    .string()
    .regex(variantPattern)
    .default(`${limits.widths.at(-1)}.webp`),
})

/** Files that no public address serves: a link for a few minutes, for whoever may see what shows them. */
export const privateFileRoutes = new Hono<AppEnv>()
  .get(
    '/media/:media/file',
    describe({
      summary: 'A private picture: leads to a link good for five minutes',
      tag: 'media',
      caller: 'limited',
      answers: { 302: null },
      problems: ['not-found', 'bad-query'],
      detail:
        'For its owner, and for those who see the message or room that shows it. `name` is a size with its format.',
    }),
    limited,
    validate('query', FileQuery),
    async (c) => {
      const row = await visibleMedia(c, c.var.actor)
      const name = nearest(row, c.req.valid('query').name)
      const storage = await storageOf(c.env, c.var.config)
      const until = instant(now() + limits.privateLinkMs)
      keepPrivate(c)
      return c.redirect(await storage.readAddress(row.id, name, fileKey(row.id, row.purpose, name), until), 302)
    },
  )
  // Where the storage is the R2 binding, this is that link: the address is the permission.
  .get('/media/files/:media/:name', async (c) => {
    const id = c.var.ids.require('media', c.req.param('media'))
    const name = c.req.param('name')
    const { until, seal } = c.req.query()
    const row = isSealed(c.var.config, 'read', id, { until, seal, name }) ? await mediaById(c.var.db, id) : null
    const file = row && (await (await storageOf(c.env, c.var.config)).read(fileKey(id, row.purpose, name)))
    if (!file) throw new Problem('not-found')
    return c.body(file.body, 200, {
      'content-type': name.endsWith('.avif') ? 'image/avif' : 'image/webp',
      'content-length': String(file.bytes),
      'cache-control': `private, max-age=${limits.privateLinkMs / 1_000}`,
    })
  })

async function visibleMedia(c: AppContext, actor: Actor): Promise<MediaRow> {
  const row = await mediaById(c.var.db, c.var.ids.require('media', c.req.param('media')))
  const isPrivate = row?.state === 'ready' && privatePurposes.includes(row.purpose)
  if (!row || !isPrivate || !(await maySee(c, actor, row))) throw new Problem('not-found')
  return row
}

async function maySee(c: AppContext, { account }: Actor, row: MediaRow): Promise<boolean> {
  if (row.owner === account) return true
  for (const target of await targetsOf(c.var.db, row.id)) {
    const owner = [...owners].find(([prefix]) => target.startsWith(prefix))?.[1]
    if (owner && (await owner(c.env, account, target))) return true
  }
  return false
}

/** What is asked for, or the largest there is of a picture that is smaller. */
function nearest({ sizes }: MediaRow, name: string): string {
  const [asked, format = 'webp'] = name.split('.')
  const there = (sizes ?? []).map(({ nominal }) => nominal)
  const size = there.includes(Number(asked)) ? Number(asked) : there.at(-1)
  if (size === undefined || format === 'jpg') throw new Problem('not-found')
  return `${size}.${format}`
}
