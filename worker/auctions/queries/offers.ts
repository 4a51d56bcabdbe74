import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import { after, type Key, type Position } from '../../kernel/cursor.ts'
import type { Db } from '../../kernel/db.ts'
import type { OfferRow } from '../room/offer-table.ts'
import { auction, auctionOffer } from '../schema.ts'

/** Any number of times and in any order: it only moves forward. */
export async function projectOffer(db: Db, offer: OfferRow & { auction: AuctionId; seller: AccountId }): Promise<void> {
  const { id, auction, seller, to: bidder, amount, at, expiresAt, state, version } = offer
  const moving = { state, version, deal: state === 'accepted' ? offer.deal : null }
  await db
    .insert(auctionOffer)
    .values({ id, auction, seller, bidder, amount, at, expiresAt, ...moving })
    .onConflictDoUpdate({ target: auctionOffer.id, set: moving, setWhere: lt(auctionOffer.version, version) })
}

export interface FoundOffer {
  offer: typeof auctionOffer.$inferSelect
  title: string | null
  images: string[]
  shippingFee: number | null
}

const newest: Key[] = [
  { column: auctionOffer.at, order: 'desc' },
  { column: auctionOffer.id, order: 'desc' },
]

export function offersOf(
  db: Db,
  account: AccountId,
  { role, limit, position }: { role?: 'made' | 'received' | undefined; limit: number; position: Position | null },
): Promise<FoundOffer[]> {
  const made = eq(auctionOffer.seller, account)
  const received = eq(auctionOffer.bidder, account)
  const mine = role === 'made' ? made : role === 'received' ? received : or(made, received)
  return db
    .select({
      offer: auctionOffer,
      title: auction.title,
      images: auction.images,
      shippingFee: auction.shippingFee,
    })
    .from(auctionOffer)
    .innerJoin(auction, eq(auction.id, auctionOffer.auction))
    .where(and(mine, after(newest, position)))
    .orderBy(desc(auctionOffer.at), desc(auctionOffer.id))
    .limit(limit + 1)
}

export async function auctionOfOffer(db: Db, id: string): Promise<{ auction: AuctionId; seller: AccountId } | null> {
  const [row] = await db
    .select({ auction: auctionOffer.auction, seller: auctionOffer.seller })
    .from(auctionOffer)
    .where(eq(auctionOffer.id, id as typeof auctionOffer.$inferSelect.id))
  return row ?? null
}
