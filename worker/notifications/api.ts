import type { AccountId, AuctionId, LoginId } from '../contract/ids.ts'
import type { Recipients } from '../contract/notifications.ts'
import { now } from '../kernel/clock.ts'
import type { Db, Statement } from '../kernel/db.ts'
import { describeError, log } from '../kernel/log.ts'
import { nudgeDrain, type Background } from '../kernel/outbox.ts'
import type { InboxRpc, Notice } from './commands.ts'
import { noticeQueue } from './schema.ts'

export type {
  AddressedNotice,
  InboxRpc,
  Notice,
  PlacedRoomFact,
  RoomDelivery,
  RoomPosition,
  RoomsQuestion,
} from './commands.ts'

/** The drain that works off what D1 has queued for people. */
export const noticesDrain = 'notices'

/** The object of one account: its live sockets, its notifications, how its rooms stand. */
export function inboxOf(env: Pick<Env, 'INBOX'>, account: AccountId): InboxRpc {
  return env.INBOX.get(env.INBOX.idFromName(account)) as unknown as InboxRpc
}

/**
 * Tells one account, by its Inbox: done when it is kept there. For owners that have an outbox of their own and repeat it until it
 * was taken; what D1 owns takes `noticeRow`.
 */
export async function tellInbox(env: Pick<Env, 'INBOX'>, account: AccountId, notices: Notice[]): Promise<void> {
  if (notices.length > 0) await inboxOf(env, account).notify(account, notices)
}

/**
 * The row of a notice that follows from what D1 owns, or that is for a whole audience: put it into the batch that makes the cause
 * true, then `nudgeNotices`. The same id again, to the same people, changes nothing while the first is on its way; the Inbox
 * drops what it had.
 */
export function noticeRow(db: Db, to: Recipients, notice: Notice): Statement {
  const key = `${notice.id} ${to.kind === 'account' ? to.account : to.kind}`
  return db.insert(noticeQueue).values({ key, to, notice }).onConflictDoNothing()
}

/** Has queued notices told, in the background. Cron does the same every minute. */
export function nudgeNotices(env: Env, ctx: Background): void {
  nudgeDrain(env, ctx, noticesDrain)
}

/** Tells the open devices of an account, in the background, that something of it has changed: they ask anew. */
export function tellDevices(
  env: Pick<Env, 'INBOX'>,
  ctx: Background,
  account: AccountId,
  what: 'profile' | 'role' | 'limits',
): void {
  // Whoever misses it asks at the next page.
  ctx.waitUntil(
    inboxOf(env, account)
      .accountChanged(account, what)
      .catch(() => {}),
  )
}

/** For those who change how two people stand to each other: their Inboxes learn what is not to be shown any more. */
export async function tellInboxesOfPair(env: Env, { low, high }: { low: AccountId; high: AccountId }): Promise<void> {
  await Promise.all([low, high].map((account) => inboxOf(env, account).hiddenChanged(account)))
}

/** Whether this is the first use of the ticket with that nonce; then the room is registered as holding sockets of the account. */
export async function redeemNonce(
  env: Pick<Env, 'INBOX'>,
  account: AccountId,
  ticket: { nonce: string; login: LoginId; room: AuctionId },
): Promise<boolean> {
  return inboxOf(env, account).redeem(ticket.nonce, ticket.login, ticket.room, now())
}

/** Closes an account's sockets everywhere: those of the given sign-ins, or all. Done when it returns. */
export async function closeSockets(
  env: Pick<Env, 'INBOX'>,
  account: AccountId,
  logins: LoginId[] | 'all',
  code: number,
): Promise<void> {
  if (logins.length === 0) return
  for (const attempt of [1, 2]) {
    try {
      return await inboxOf(env, account).closeSockets(account, logins, code, now())
    } catch (error) {
      // The sign-in has ended whatever happens here; an open socket then lasts until its authority runs out.
      log('error', 'inbox-silent', { account, attempt, ...describeError(error) })
    }
  }
}
