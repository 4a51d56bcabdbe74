import { Hono } from 'hono'
import { FollowPage, FollowsQuery } from '../../contract/follows.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { reply } from '../../kernel/reply.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { acceptFollower, declineFollower } from '../following.ts'
import { pageOfPeople } from '../lists.ts'
import { personOf, personRows } from '../people.ts'

const tag = 'follows'

export const requestRoutes = new Hono<AppEnv>()
  .get(
    '/follows/requests',
    describe({
      summary: 'Who asks to follow me',
      tag,
      caller: 'self',
      answers: { 200: FollowPage },
      problems: ['bad-query', 'bad-cursor'],
      detail: 'Latest first.',
    }),
    signedIn,
    validate('query', FollowsQuery),
    async (c) => {
      const { account } = c.var.actor
      const { people, nextCursor } = await pageOfPeople(c, account, {
        list: 'requests',
        owner: account,
        ...c.req.valid('query'),
      })
      keepPrivate(c)
      return reply(c, FollowPage, { items: await personRows(c.var.db, account, people), nextCursor })
    },
  )
  .post(
    '/follows/requests/:handle',
    describe({
      summary: 'Let them follow me',
      tag,
      caller: 'self',
      answers: { 204: null },
      problems: ['not-found'],
      detail: 'They are told. 404 where they do not ask.',
    }),
    signedIn,
    idempotent(),
    async (c) => {
      const { account } = c.var.actor
      const { person } = await personOf(c, account, c.req.param('handle'))
      await acceptFollower(c, { follower: person.account, followee: account })
      return c.body(null, 204)
    },
  )
  .delete(
    '/follows/requests/:handle',
    describe({
      summary: 'Turn their request down',
      tag,
      caller: 'self',
      answers: { 204: null },
      problems: ['not-found'],
      detail: 'They are not told.',
    }),
    signedIn,
    async (c) => {
      const { account } = c.var.actor
      const { person } = await personOf(c, account, c.req.param('handle'))
      await declineFollower(c, { follower: person.account, followee: account })
      return c.body(null, 204)
    },
  )
