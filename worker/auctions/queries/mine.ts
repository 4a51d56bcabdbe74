import { and, eq, inArray, isNull, ne, or, type SQL } from 'drizzle-orm'
import type { mineRoles } from '../../contract/auctions.ts'
import type { AccountId } from '../../contract/ids.ts'
import { after, type Key, type Position } from '../../kernel/cursor.ts'
import type { Db } from '../../kernel/db.ts'
import { auction, auctionBidder, auctionLike } from '../schema.ts'
import { cardColumns, orderBy } from './lists.ts'

export type MineRole = (typeof mineRoles)[number]

/** What puts an auction on the list, and the moment it came there, which never moves. */
const roles: Record<MineRole, { since: Key['column']; where: (me: AccountId) => SQL | undefined }> = {
  selling: {
    since: auction.publishedAt,
    where: (me) => and(eq(auction.seller, me), inArray(auction.shelf, ['scheduled', 'running'])),
  },
  // Everything of mine that is over, also what found no buyer: from here it is listed again.
  sold: {
    since: auction.publishedAt,
    where: (me) => and(eq(auction.seller, me), inArray(auction.shelf, ['ended', 'withdrawn'])),
  },
  draft: { since: auction.createdAt, where: (me) => and(eq(auction.seller, me), eq(auction.shelf, 'draft')) },
  bidding: {
    since: auctionBidder.at,
    where: (me) => and(eq(auctionBidder.account, me), eq(auction.shelf, 'running')),
  },
  won: { since: auction.endedAt, where: (me) => eq(auction.winner, me) },
  lost: {
    since: auctionBidder.at,
    where: (me) =>
      and(
        eq(auctionBidder.account, me),
        inArray(auction.state, ['sold', 'unsold', 'void']),
        or(isNull(auction.winner), ne(auction.winner, me)),
      ),
  },
  liked: {
    since: auctionLike.at,
    where: (me) => and(eq(auctionLike.account, me), ne(auction.shelf, 'draft')),
  },
}

export function myAuctions(
  db: Db,
  me: AccountId,
  { role, limit, position }: { role: MineRole; limit: number; position: Position | null },
) {
  const { since, where } = roles[role]
  const keys: Key[] = [
    { column: since, order: 'desc' },
    { column: auction.id, order: 'desc' },
  ]
  const all = db
    .select({ ...cardColumns, since: since as typeof auction.createdAt })
    .from(auction)
    .$dynamic()
  const joined =
    role === 'bidding' || role === 'lost'
      ? all.innerJoin(auctionBidder, eq(auctionBidder.auction, auction.id))
      : role === 'liked'
        ? all.innerJoin(auctionLike, eq(auctionLike.auction, auction.id))
        : all
  return joined
    .where(and(where(me), after(keys, position)))
    .orderBy(...orderBy(keys))
    .limit(limit + 1)
}
