import type { Followed } from '../contract/follows.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import { take } from '../kernel/rate-limit.ts'
import type { Actor } from '../kernel/sessions.ts'
import { nudgeNotices } from '../notifications/api.ts'
import { acceptRequest, askToFollow, edge, endFollows, startFollow, withdrawRequest, type Edge } from './edges.ts'
import { edgeNotice } from './notices.ts'
import { personOf } from './people.ts'
import { follows } from './relations.ts'
import { followsDrain } from './telling.ts'

/** Others may write between reading and writing; after so many times in a row something else is wrong. */
const tries = 5

/** Follows, or asks to. `isNew: false` when it was so already. */
export async function followPerson(
  c: AppContext,
  actor: Actor,
  handle: string,
): Promise<Followed & { isNew: boolean }> {
  for (let count = 0; count < tries; count += 1) {
    const { person, relation } = await personOf(c, actor.account, handle)
    if (person.account === actor.account) throw invalidField('/handle', 'oneself')
    if (relation.isFollowing) return { state: 'following', isNew: false }
    if (relation.requested && !person.isPublic) return { state: 'requested', isNew: false }
    const taken = await take(c, 'follows', actor.account)
    const one: Edge = { follower: actor.account, followee: person.account }
    const [write, kind, state] = person.isPublic
      ? ([startFollow, 'follow', 'following'] as const)
      : ([askToFollow, 'follow-request', 'requested'] as const)
    const { account: from, login } = actor
    const notice = edgeNotice(c.var.db, c.var.ids, { kind, from, to: person.account, at: now(), login })
    if (await write(c.var.db, one, now(), notice)) {
      nudgeDrain(c.env, c.executionCtx)
      nudgeDrain(c.env, c.executionCtx, followsDrain)
      nudgeNotices(c.env, c.executionCtx)
      return { state, isNew: true }
    }
    await taken.giveBack()
  }
  throw new Problem('conflict')
}

/** Ends the edge, whoever of the two wants it, and withdraws the request for it. Nobody is told but rooms where only followers bid or write. */
export async function endFollow(c: AppContext, one: Edge): Promise<void> {
  const { db } = c.var
  await runBatch(db, [...endFollows(db, edge(one)), withdrawRequest(db, one)])
  nudgeDrain(c.env, c.executionCtx)
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}

/** Problem `not-found` where they do not ask, unless they follow already. */
export async function acceptFollower(c: AppContext, one: Edge): Promise<void> {
  const { db } = c.var
  if (!(await runBatch(db, acceptRequest(db, one, now())))) {
    if (await follows(db, one.follower, one.followee)) return
    throw new Problem('not-found')
  }
  nudgeDrain(c.env, c.executionCtx)
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}

export async function declineFollower(c: AppContext, one: Edge): Promise<void> {
  await runBatch(c.var.db, [withdrawRequest(c.var.db, one)])
}
