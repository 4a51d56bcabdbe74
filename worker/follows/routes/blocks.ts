import { Hono } from 'hono'
import { FollowsQuery, ShutOutPage } from '../../contract/follows.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { invalidField } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { personCards } from '../../profiles/api.ts'
import { pageOfPeople } from '../lists.ts'
import { anybodyOf } from '../people.ts'
import { blockPerson, mutePerson, unblockPerson, unmutePerson } from '../shutting-out.ts'

const change = { caller: 'signed-in', answers: { 204: null } } as const

export const blockRoutes = new Hono<AppEnv>()
  .get(
    '/blocks',
    describe({
      summary: 'Whom I have blocked',
      tag: 'blocks',
      caller: 'self',
      answers: { 200: ShutOutPage },
      problems: ['bad-query', 'bad-cursor'],
      detail: 'Latest first.',
    }),
    signedIn,
    validate('query', FollowsQuery),
    async (c) => answerList(c, c.var.actor.account, { list: 'blocks', ...c.req.valid('query') }),
  )
  .put(
    '/blocks/:handle',
    describe({
      ...change,
      summary: 'Block somebody',
      tag: 'blocks',
      problems: ['not-found', 'invalid-fields'],
      detail:
        'Repeatable; they are not told. Follows end both ways. Neither sees the profile of the other, writes to them, hears of them or bids on their auctions. Standing bids and open deals stay.',
    }),
    signedIn,
    async (c) => {
      await blockPerson(c, c.var.actor.account, await otherOf(c, c.var.actor.account))
      return c.body(null, 204)
    },
  )
  .delete(
    '/blocks/:handle',
    describe({
      ...change,
      summary: 'Block them no more',
      tag: 'blocks',
      problems: ['not-found'],
      detail: 'Follows do not come back.',
    }),
    signedIn,
    async (c) => {
      const { account } = await anybodyOf(c, c.req.param('handle'))
      await unblockPerson(c, c.var.actor.account, account)
      return c.body(null, 204)
    },
  )
  .get(
    '/mutes',
    describe({
      summary: 'Whom I have muted',
      tag: 'mutes',
      caller: 'self',
      answers: { 200: ShutOutPage },
      problems: ['bad-query', 'bad-cursor'],
      detail: 'Latest first.',
    }),
    signedIn,
    validate('query', FollowsQuery),
    async (c) => answerList(c, c.var.actor.account, { list: 'mutes', ...c.req.valid('query') }),
  )
  .put(
    '/mutes/:handle',
    describe({
      ...change,
      summary: 'Mute somebody',
      tag: 'mutes',
      problems: ['not-found', 'invalid-fields'],
      detail: 'Repeatable; they are not told. Hides what they do from me alone; rooms and deals are untouched.',
    }),
    signedIn,
    async (c) => {
      await mutePerson(c, c.var.actor.account, await otherOf(c, c.var.actor.account))
      return c.body(null, 204)
    },
  )
  .delete(
    '/mutes/:handle',
    describe({ ...change, summary: 'Mute them no more', tag: 'mutes', problems: ['not-found'] }),
    signedIn,
    async (c) => {
      const { account } = await anybodyOf(c, c.req.param('handle'))
      await unmutePerson(c, c.var.actor.account, account)
      return c.body(null, 204)
    },
  )

/** Also somebody who blocks the caller: to be shut out is no shelter. */
async function otherOf(c: AppContext, self: AccountId): Promise<AccountId> {
  const { account } = await anybodyOf(c, c.req.param('handle'))
  if (account === self) throw invalidField('/handle', 'oneself')
  return account
}

async function answerList(
  c: AppContext,
  owner: AccountId,
  asked: { list: 'blocks' | 'mutes'; cursor?: string | undefined; limit: number },
) {
  const { people, nextCursor } = await pageOfPeople(c, owner, { ...asked, owner })
  const cards = await personCards(c.var.db, people)
  keepPrivate(c)
  return reply(c, ShutOutPage, { items: people.flatMap((account) => cards.get(account) ?? []), nextCursor })
}
