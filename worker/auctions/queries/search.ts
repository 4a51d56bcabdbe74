import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuctionId } from '../../contract/ids.ts'
import type { Db, Statement } from '../../kernel/db.ts'
import { auction, listed, open } from '../schema.ts'

/**
 * What people type, as an FTS5 query: every word must stand in title or text, as a word or the beginning of one. `unicode61`
 * does not split Korean particles off, so `카메라` finds `카메라를` only as a prefix. Words are quoted and hold letters and digits
 * alone, so no query syntax comes through. Null when nothing is left to look for.
 */
function matchOf(typed: string): string | null {
  const words = typed.normalize('NFC').match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu)
  return words && words.map((word) => `"${word}"*`).join(' ')
}

/** A word in the title counts for as much as this many in the text. */
const titleWeight = 5
/** Titles looked through for suggestions, the best first. */
const titlesSeen = 50

/** Ids of listed auctions that these words are in, best match first. */
export async function idsByWords(db: Db, words: string, limit: number): Promise<AuctionId[]> {
  const match = matchOf(words)
  if (match === null) return []
  const found = sql`(select auction as found, bm25(auction_search, 0, ${titleWeight}, 1) as score
    from auction_search where auction_search match ${match})`
  const rows = await db
    .select({ id: auction.id })
    .from(found)
    .innerJoin(auction, sql`${auction.id} = found`)
    .where(inArray(sql`+${auction.shelf}`, listed))
    .orderBy(sql`score`, sql`${auction.publishedAt} desc`, auction.id)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Titles of open auctions that these words are in, best match first, each once. */
export async function titlesByWords(db: Db, words: string, limit: number): Promise<string[]> {
  const match = matchOf(words)
  if (match === null) return []
  const found = sql`(select auction as found, rank as score from auction_search
    where auction_search match ${`title : (${match})`} order by rank limit ${titlesSeen})`
  const rows = await db
    .select({ title: sql<string>`${auction.title}` })
    .from(found)
    .innerJoin(auction, sql`${auction.id} = found`)
    .where(inArray(sql`+${auction.shelf}`, open))
    .groupBy(auction.title)
    .orderBy(sql`min(score)`, auction.title)
    .limit(limit)
  return rows.map(({ title }) => title)
}

export function isFound(words: string): SQL {
  const match = matchOf(words)
  if (match === null) return sql`0`
  return inArray(auction.id, sql`(select auction from auction_search where auction_search match ${match})`)
}

/** Not in `schema.ts`: drizzle cannot express a virtual table, so a migration of its own makes it. */
export const auctionSearch = sqliteTable('auction_search', { auction: text(), title: text(), content: text() })

/** Makes a draft findable. Stands before the statement that publishes it, in the same batch, so that it happens once. */
export function makeFindable(db: Db, id: AuctionId): Statement {
  return db.insert(auctionSearch).select(
    db
      .select({ auction: auction.id, title: auction.title, content: auction.content })
      .from(auction)
      .where(and(eq(auction.id, id), eq(auction.state, 'draft'))),
  )
}
