import type { AuctionCard } from '../contract/auctions.ts'
import type { AccountId } from '../contract/ids.ts'
import type { Db } from '../kernel/db.ts'
import { mediaViews } from '../media/api.ts'
import { personNames, type PersonName } from '../profiles/api.ts'
import { cardOf, type CardRow } from './views.ts'

/**
 * Rows as cards: their covers and sellers come in one query each, unless the sellers are `known`. A row whose seller is gone is left
 * out, and where auctions are `promoted` one whose seller is suspended, too.
 */
export async function cardsOf(
  db: Db,
  rows: CardRow[],
  { promoted = false, known }: { promoted?: boolean; known?: Map<AccountId, PersonName> } = {},
): Promise<AuctionCard[]> {
  const [covers, sellers] = await Promise.all([
    mediaViews(
      db,
      rows.flatMap(({ cover }) => cover ?? []),
    ),
    known ??
      personNames(
        db,
        rows.map(({ seller }) => seller),
      ),
  ])
  return rows.flatMap((row) => {
    const seller = sellers.get(row.seller)
    if (!seller || (promoted && seller.isSuspended)) return []
    return [cardOf(row, { cover: (row.cover && covers.get(row.cover)) || null, seller })]
  })
}
