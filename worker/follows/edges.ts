import { sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import { mustHold, runBatch, type Db, type Statement } from '../kernel/db.ts'
import { outboxRow, outboxRows } from '../kernel/outbox.ts'
import { isPublicAccount, moveCount } from '../profiles/api.ts'
import { followsChanged } from './pairs.ts'
import { blockedPair, followsAs } from './relations.ts'
import { acceptance, follow, followRequest } from './schema.ts'

export interface Edge {
  follower: AccountId
  followee: AccountId
}

/** The condition for the rows of one edge. */
export function edge({ follower, followee }: Edge): SQL {
  return sql`(follower = ${follower} and followee = ${followee})`
}

function request({ follower, followee }: Edge): SQL {
  return sql`(asker = ${follower} and asked = ${followee})`
}

/** Counters move with the row, in one transaction. False, with nothing done, where things are no longer as they were read. */
export function startFollow(db: Db, one: Edge, at: Instant, notice: Statement): Promise<boolean> {
  const { follower, followee } = one
  return runBatch(db, [
    mustHold(
      db,
      sql`not ${followsAs(follower, followee)} and not ${blockedPair(follower, followee)} and ${isPublicAccount(followee)}`,
    ),
    db.insert(follow).values({ follower, followee, at }),
    followsChanged(db, sql`select ${follower} as follower, ${followee} as followee`),
    moveCount(db, 'followsCount', sql`(${follower})`, sql`1`),
    moveCount(db, 'followersCount', sql`(${followee})`, sql`1`),
    db.delete(followRequest).where(request(one)),
    outboxRow(db, 'follows', { type: 'person-followed', payload: { follower, followee } }),
    notice,
  ])
}

/** The same for a private account, which has to accept. */
export function askToFollow(db: Db, { follower, followee }: Edge, at: Instant, notice: Statement): Promise<boolean> {
  return runBatch(db, [
    mustHold(
      db,
      sql`not ${followsAs(follower, followee)} and not ${blockedPair(follower, followee)} and not ${isPublicAccount(followee)}`,
    ),
    db.insert(followRequest).values({ asker: follower, asked: followee, at }).onConflictDoNothing(),
    notice,
  ])
}

/** Statements that end these edges, as many as there are. Rooms are told by the drain `follows`, as of all that changes edges here. */
export function endFollows(db: Db, edges: SQL): Statement[] {
  const payloads = sql`select json_object('follower', follower, 'followee', followee) as payload from follow where ${edges}`
  return [
    outboxRows(db, 'follows', 'person-unfollowed', payloads),
    followsChanged(db, sql`select follower, followee from follow where ${edges}`),
    moveCount(db, 'followsCount', sql`(select follower from follow where ${edges})`, sql`-1`),
    moveCount(db, 'followersCount', sql`(select followee from follow where ${edges})`, sql`-1`),
    db.delete(follow).where(edges),
    db.delete(acceptance).where(edges),
  ]
}

export function withdrawRequest(db: Db, one: Edge): Statement {
  return db.delete(followRequest).where(request(one))
}

/** Statements that make follows of these requests to one account, as many as there are. Their askers are told by the drain. */
function accept(db: Db, asked: AccountId, requests: SQL, at: Instant): Statement[] {
  const askers = sql`select asker from follow_request where ${requests}`
  const payloads = sql`select json_object('follower', asker, 'followee', asked) as payload from follow_request where ${requests}`
  const rows = sql`select asker, asked, cast(${at} as integer) from follow_request where ${requests}`
  return [
    outboxRows(db, 'follows', 'person-followed', payloads),
    followsChanged(db, sql`select asker as follower, asked as followee from follow_request where ${requests}`),
    moveCount(db, 'followsCount', sql`(${askers})`, sql`1`),
    moveCount(db, 'followersCount', sql`(${asked})`, sql`(select count(*) from follow_request where ${requests})`),
    db.insert(follow).select(rows),
    // Whoever was told once before is not in the queue any more, and one on its way is enough.
    db.insert(acceptance).select(rows).onConflictDoNothing(),
    db.delete(followRequest).where(requests),
  ]
}

/** Undone as a whole where there is no such request. */
export function acceptRequest(db: Db, one: Edge, at: Instant): Statement[] {
  const isAsked = mustHold(db, sql`exists (select 1 from follow_request where ${request(one)})`)
  return [isAsked, ...accept(db, one.followee, request(one), at)]
}

/** Goes with the change that opens a private account. */
export function acceptAllRequests(db: Db, asked: AccountId, at: Instant): Statement[] {
  return accept(db, asked, sql`(asked = ${asked})`, at)
}
