import { eq, sql } from 'drizzle-orm'
import { roomOf } from '../auctions/room-client.ts'
import { auction, auctionBidder, auctionLike, auctionNote } from '../auctions/schema.ts'
import type { AuctionId } from '../contract/ids.ts'
import { runBatch, type Db } from '../kernel/db.ts'
import { detachMedia } from '../media/api.ts'

/** Every trace of an auction but what left for the relay. A demo that runs for weeks shall not fill the disk. */
export async function eraseAuction(env: Env, db: Db, id: AuctionId): Promise<void> {
  await (roomOf(env, id) as unknown as { erase(): Promise<void> }).erase()
  await runBatch(db, [
    ...detachMedia(db, id),
    db.delete(auctionBidder).where(eq(auctionBidder.auction, id)),
    db.delete(auctionLike).where(eq(auctionLike.auction, id)),
    db.delete(auctionNote).where(eq(auctionNote.auction, id)),
    db.delete(auction).where(eq(auction.id, id)),
  ])
  await db.run(sql`delete from auction_search where auction = ${id}`)
}
