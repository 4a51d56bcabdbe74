import { Hono } from 'hono'
import { Followed, FollowPage, FollowPerson, FollowsQuery } from '../../contract/follows.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { endFollow, followPerson } from '../following.ts'
import { pageOfPeople } from '../lists.ts'
import { personOf, personRows } from '../people.ts'

const tag = 'follows'

const listing = {
  tag,
  caller: 'signed-in',
  answers: { 200: FollowPage },
  problems: ['not-found', 'bad-query', 'bad-cursor'],
  detail: 'Latest first. Of a private account only approved followers and the account itself may see it.',
} as const

export const edgeRoutes = new Hono<AppEnv>()
  .post(
    '/follows',
    describe({
      summary: 'Follow somebody, or ask to',
      tag,
      caller: 'signed-in',
      answers: { 200: Followed, 201: Followed },
      problems: ['not-found', 'invalid-fields', 'unknown-field', 'conflict', 'too-many-requests'],
      detail: '200 when it was so already. `requested` where the account is private. Blocked either way: 404.',
    }),
    signedIn,
    validate('json', FollowPerson),
    idempotent(),
    async (c) => {
      const { isNew, ...followed } = await followPerson(c, c.var.actor, c.req.valid('json').handle)
      return reply(c, Followed, followed, isNew ? 201 : 200)
    },
  )
  .get(
    '/follows/:handle/follows',
    describe({ ...listing, problems: [...listing.problems], summary: 'Whom they follow' }),
    signedIn,
    validate('query', FollowsQuery),
    async (c) => answerList(c, c.var.actor.account, { list: 'follows', ...c.req.valid('query') }),
  )
  .get(
    '/follows/:handle/followers',
    describe({ ...listing, problems: [...listing.problems], summary: 'Who follows them' }),
    signedIn,
    validate('query', FollowsQuery),
    async (c) => answerList(c, c.var.actor.account, { list: 'followers', ...c.req.valid('query') }),
  )
  .delete(
    '/follows/:handle/unfollow',
    describe({
      summary: 'Follow them no more',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found'],
      detail: 'Also when not following. Withdraws a request.',
    }),
    signedIn,
    async (c) => {
      const { account } = c.var.actor
      const { person } = await personOf(c, account, c.req.param('handle'))
      await endFollow(c, { follower: account, followee: person.account })
      return c.body(null, 204)
    },
  )
  .delete(
    '/follows/:handle/unfollower',
    describe({
      summary: 'Have them follow me no more',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found'],
      detail: 'They are not told.',
    }),
    signedIn,
    async (c) => {
      const { account } = c.var.actor
      const { person } = await personOf(c, account, c.req.param('handle'))
      await endFollow(c, { follower: person.account, followee: account })
      return c.body(null, 204)
    },
  )

async function answerList(
  c: AppContext,
  viewer: Parameters<typeof pageOfPeople>[1],
  asked: { list: 'follows' | 'followers'; cursor?: string | undefined; limit: number },
) {
  const { person, relation } = await personOf(c, viewer, c.req.param('handle'))
  if (!person.isPublic && person.account !== viewer && !relation.isFollowing) throw new Problem('not-found')
  const { people, nextCursor } = await pageOfPeople(c, viewer, { ...asked, owner: person.account })
  keepPrivate(c)
  return reply(c, FollowPage, { items: await personRows(c.var.db, viewer, people), nextCursor })
}
