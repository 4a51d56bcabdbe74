import { Hono } from 'hono'
import { FindPeople, PeoplePage, Profile, ProfileChange, WholeProfile } from '../contract/profiles.ts'
import { relationOf } from '../follows/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { describe, type Description } from '../kernel/describe.ts'
import { Problem } from '../kernel/problem.ts'
import { take } from '../kernel/rate-limit.ts'
import { reply } from '../kernel/reply.ts'
import { anyone, signedIn } from '../kernel/sessions.ts'
import { keepPrivate } from '../kernel/sharing.ts'
import { validate } from '../kernel/validate.ts'
import { etagOf } from '../kernel/versions.ts'
import { personTag, pictureOf } from './api.ts'
import { editProfile } from './editing.ts'
import { findPeople } from './finding.ts'
import { formerHolder, profileByHandle, type ProfileRow } from './queries.ts'
import { profileOf } from './views.ts'

const tag = 'profiles'

const editing: Omit<Description, 'summary'> = {
  tag,
  caller: 'self',
  answers: { 200: Profile },
  problems: [
    'forbidden',
    'not-found',
    'handle-taken',
    'handle-too-soon',
    'media-not-ready',
    'stale-version',
    'version-needed',
    'invalid-fields',
  ],
  detail: 'Needs `If-Match`. The handle changes once in 14 days; the old one leads to the new one for 90.',
}

export const profileRoutes = new Hono<AppEnv>()
  .get(
    '/accounts/users',
    describe({
      summary: 'People whose handle or name begins like this',
      tag,
      caller: 'signed-in',
      answers: { 200: PeoplePage },
      problems: ['too-many-requests', 'bad-query', 'bad-cursor'],
      detail: 'The very handle first, then handles, then names; never oneself, nobody blocked either way.',
    }),
    signedIn,
    validate('query', FindPeople),
    async (c) => {
      await take(c, 'personSearch', c.var.actor.account)
      keepPrivate(c)
      return reply(c, PeoplePage, await findPeople(c, c.var.actor.account, c.req.valid('query')))
    },
  )
  .get(
    '/accounts/users/:handle',
    describe({
      summary: 'A profile',
      tag,
      caller: 'anyone',
      answers: { 200: Profile, 308: null },
      problems: ['not-found'],
      detail:
        'A former handle answers 308 to the new one for 90 days. Of a private account others see card, counters and manner. Blocked either way: 404.',
    }),
    anyone,
    async (c) => {
      const handle = c.req.param('handle').toLowerCase()
      c.header('cache-control', c.var.actor ? 'private, no-store' : 'public, max-age=5, s-maxage=60')
      c.header('vary', 'authorization')
      const row = await profileByHandle(c.var.db, handle)
      if (row) return answer(c, row)
      const holder = await formerHolder(c.var.db, handle, now())
      if (!holder) throw new Problem('not-found')
      await requireUnblocked(c, holder.account)
      return c.redirect(`/api/accounts/users/${holder.handle}`, 308)
    },
  )
  .patch(
    '/accounts/users/:handle',
    describe({ ...editing, summary: 'Change parts of the own profile' }),
    signedIn,
    validate('json', ProfileChange),
    async (c) => answer(c, await editProfile(c, c.var.actor, c.req.param('handle'), c.req.valid('json'))),
  )
  .put(
    '/accounts/users/:handle',
    describe({ ...editing, summary: 'Write the own profile anew' }),
    signedIn,
    validate('json', WholeProfile),
    async (c) => answer(c, await editProfile(c, c.var.actor, c.req.param('handle'), c.req.valid('json'))),
  )

async function answer(c: AppContext, row: ProfileRow) {
  const to = await requireUnblocked(c, row.account)
  c.header('etag', etagOf(row.version))
  c.header('cache-tag', personTag(row.account))
  return reply(c, Profile, profileOf(row, await pictureOf(c.var.db, row), to))
}

/** Who is asking, to this person; Problem `not-found` where either blocks the other. */
async function requireUnblocked(c: AppContext, account: ProfileRow['account']) {
  const viewer = c.var.actor?.account
  if (viewer === undefined) return 'visitor'
  if (viewer === account) return 'owner'
  const relation = await relationOf(c.var.db, viewer, account)
  if (relation.isBlocking || relation.isBlockedBy) throw new Problem('not-found')
  return relation
}
