import type { AuctionView } from '../contract/auctions.ts'
import type { AccountId, AuctionId } from '../contract/ids.ts'
import type { Snapshot } from '../contract/live.ts'
import { dealOfAuction } from '../deals/api.ts'
import { now } from '../kernel/clock.ts'
import type { Db } from '../kernel/db.ts'
import { Problem } from '../kernel/problem.ts'
import { tradersBeside } from '../profiles/api.ts'
import { readAuction, type AuctionRow } from './queries/auction.ts'
import { asked, roomOf } from './room-client.ts'
import { standingNow, standingOf, viewOf } from './views.ts'

export interface Reader {
  env: Pick<Env, 'AUCTION_ROOM'>
  db: Db
  viewer: AccountId | null
}

export interface Reading {
  view: AuctionView
  /** What the room said; null for a draft, after the end, and where the room is silent. */
  live: Snapshot | null
  seller: AccountId
}

/**
 * One auction as `viewer` may see it. While it is scheduled or running the room is asked, so that whoever has just had a bid
 * answered reads it here too; D1 lags behind by up to a second. A draft is there for its seller only.
 */
export async function readForViewer({ env, db, viewer }: Reader, id: AuctionId): Promise<Reading> {
  const read = await readAuction(db, id, viewer)
  if (!read || (read.row.state === 'draft' && read.row.seller !== viewer)) throw new Problem('not-found')
  const { row } = read
  const isOpen = row.state === 'scheduled' || row.state === 'running'
  const isSeller = row.seller === viewer
  const room = roomOf(env, id)

  const [live, mine, { traders, views }, deal] = await Promise.all([
    isOpen ? asked(room.state()) : null,
    viewer && !isSeller && (isOpen || read.hasBid) ? asked(room.standing(viewer)) : null,
    tradersBeside(db, [row.seller], row.images),
    viewer && row.endedAt !== null ? dealFor(db, row, viewer) : null,
  ])
  const person = traders.get(row.seller)
  if (!person) throw new Problem('not-found')
  const snapshot = live?.ok ? live.value : null

  const view = viewOf({
    row,
    standing: snapshot ? standingNow(snapshot.auction, snapshot.presence.count) : standingOf(row),
    images: row.images.flatMap((id) => views.get(id) ?? []),
    seller: { ...person, selling: read.selling },
    notes: read.notes,
    isLiked: viewer ? read.isLiked : null,
    mine,
    isSeller,
    deal,
    serverAt: now(),
  })
  return { view, live: snapshot, seller: row.seller }
}

/** The latest deal to which the viewer is a party; that of the end itself may not have reached D1 yet. */
async function dealFor(db: Db, row: AuctionRow, viewer: AccountId): Promise<string | null> {
  const isOfTheEnd = viewer === row.seller || viewer === row.winner
  return (await dealOfAuction(db, row.id, viewer)) ?? (isOfTheEnd ? row.deal : null)
}
