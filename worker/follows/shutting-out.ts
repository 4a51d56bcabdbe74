import { and, eq, sql } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { edge, endFollows, withdrawRequest } from './edges.ts'
import { block, mute } from './schema.ts'
import { shutOutChanged } from './pairs.ts'
import { followsDrain } from './telling.ts'

/** Ends follows both ways for good, and requests; rooms of the two are told by the drain. Nobody else is. */
export async function blockPerson(c: AppContext, blocker: AccountId, blocked: AccountId): Promise<void> {
  const { db } = c.var
  const there = { follower: blocker, followee: blocked }
  const back = { follower: blocked, followee: blocker }
  await runBatch(db, [
    db.insert(block).values({ blocker, blocked, at: now() }).onConflictDoNothing(),
    ...endFollows(db, sql`(${edge(there)} or ${edge(back)})`),
    withdrawRequest(db, there),
    withdrawRequest(db, back),
    shutOutChanged(db, blocker, blocked),
  ])
  nudgeDrain(c.env, c.executionCtx)
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}

export async function unblockPerson(c: AppContext, blocker: AccountId, blocked: AccountId): Promise<void> {
  const { db } = c.var
  await runBatch(db, [
    db.delete(block).where(and(eq(block.blocker, blocker), eq(block.blocked, blocked))),
    shutOutChanged(db, blocker, blocked),
  ])
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}

/** Their Inboxes learn of it by the drain, as of a block. */
export async function mutePerson(c: AppContext, account: AccountId, muted: AccountId): Promise<void> {
  const { db } = c.var
  await runBatch(db, [
    db.insert(mute).values({ account, muted, at: now() }).onConflictDoNothing(),
    shutOutChanged(db, account, muted),
  ])
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}

export async function unmutePerson(c: AppContext, account: AccountId, muted: AccountId): Promise<void> {
  const { db } = c.var
  await runBatch(db, [
    db.delete(mute).where(and(eq(mute.account, account), eq(mute.muted, muted))),
    shutOutChanged(db, account, muted),
  ])
  nudgeDrain(c.env, c.executionCtx, followsDrain)
}
