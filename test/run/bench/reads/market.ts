import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { categories } from '../../../../worker/contract/auctions.ts'
import type { AuctionId } from '../../../../worker/contract/ids.ts'
import { createIds } from '../../../../worker/kernel/ids.ts'
import { databaseIn } from '../../../support/house-database.ts'
import { openPeopled, type Peopled } from '../people.ts'

/** A house with as many auctions as people, all of them rows: no room has ever heard of one. */
export interface Market extends Peopled {
  /** Ids of some that run and some that have ended. */
  auctions: AuctionId[]
  /** Sells one auction in a hundred. */
  busySeller: string
}

const day = 86_400_000
const things = 1_000
const adjectives = 20

/** Three of ten are open, one of ten was called off, the rest has ended. Words, sellers and moments are spread evenly. */
export async function openMarket(size: number): Promise<Market> {
  const house = await openPeopled(size)
  const ids = createIds(house.config.idSecret)
  const db = new DatabaseSync(databaseIn(house.path), { timeout: 10_000 })
  const add = adderOf(db)
  const portray = db.prepare('update profile set picture = ? where account = ?')
  const auctions: AuctionId[] = []
  db.exec('begin')
  for (const [place, { account }] of house.people.entries()) {
    const portrait = ids.mint('media')
    add('media', { ...picture, id: portrait, owner: account, purpose: 'profile' })
    portray.run(portrait, account)
    const seller = house.people[place % 100 === 0 ? 0 : place]!.account
    const id = ids.mint('auction')
    const cover = ids.mint('media')
    const row = auctionOf(place, size)
    add('media', { ...picture, id: cover, owner: seller, purpose: 'auction' })
    add('auction', { ...row, id, seller, images: JSON.stringify([cover]) })
    add('auction_search', { auction: id, title: row.title, content: row.content })
    const other = house.people[(place * 7 + 1) % size]!.account
    add('auction_like', { account: other, auction: id, at: row.published_at })
    add('auction_bidder', { account: other, auction: id, number: 1, at: row.published_at })
    if (row.state !== 'cancelled' && auctions.length < 50) auctions.push(id)
  }
  db.exec('commit')
  // Else every read would go through a log as long as the database.
  db.exec('pragma wal_checkpoint(truncate)')
  db.close()
  return { ...house, auctions, busySeller: 'bench.0' }
}

/** Words of the title: of the first there are twenty, of the second a thousand. */
export const words = {
  common: (index: number) => `colour${index % adjectives}`,
  rare: (index: number) => `thing${(index * 31) % things}`,
}

function auctionOf(place: number, size: number) {
  const now = Date.now()
  const state = (['running', 'running', 'scheduled', 'cancelled', 'unsold'] as const)[place % 10] ?? 'sold'
  const isOpen = state === 'running' || state === 'scheduled'
  const share = ((place * 7_919) % size) / size
  const publishedAt = Math.round(now - (isOpen ? share * 6 * day : day + share * 180 * day))
  const startsAt = state === 'scheduled' ? Math.round(now + (0.1 + share) * 7 * day) : publishedAt
  const endsAt = Math.round(isOpen ? Math.max(now, startsAt) + (0.1 + share) * 7 * day : publishedAt + day / 2)
  const price = 1_000 * (1 + (place % 500))
  return {
    title: `${words.common(Math.floor(place / 10))} ${words.rare(place)} no ${place}`,
    content: 'It lay in a drawer for years and works as on its first day. Collected by the buyer or sent.',
    state,
    version: 2,
    created_at: publishedAt,
    updated_at: publishedAt,
    category: categories[Math.floor(place / 10) % categories.length] ?? null,
    condition: 'good',
    defects: '',
    start_price: 1_000,
    starts_at: startsAt,
    duration_minutes: 10_080,
    soft_close: JSON.stringify({ windowSeconds: 60, capMinutes: 30 }),
    handover: 'either',
    shipping_fee: 0,
    bidder_rules: JSON.stringify({ minManner: null, minDeals: null, maxNoShows: null, followersOnly: false }),
    published_at: publishedAt,
    terms_hash: '0'.repeat(64),
    planned_end_at: endsAt,
    log_seq: 1,
    price,
    bid_count: place % 50,
    ends_at: endsAt,
    hard_end_at: endsAt + day / 24,
    ended_at: isOpen ? null : endsAt,
    likes_count: place % 40,
    present: state === 'running' ? (place * 13) % 97 : 0,
  }
}

const picture = {
  content_type: 'image/jpeg',
  bytes: 200_000,
  alt: '',
  original: '',
  state: 'ready',
  width: 1_600,
  height: 1_200,
  thumbhash: 'G/gFDYJoh3eAd3iHiHd4d4iIB4CHeHAH',
  sizes: JSON.stringify([{ nominal: 320, width: 320, height: 240 }]),
  expires_at: 0,
  created_at: 0,
  unattached_since: 0,
}

/** Inserts a row into a table; the statement of each is made once. */
function adderOf(db: DatabaseSync) {
  const known = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  return (table: string, row: Record<string, SQLInputValue>) => {
    const columns = Object.keys(row)
    const statement =
      known.get(table) ??
      db.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
    known.set(table, statement)
    statement.run(...Object.values(row))
  }
}
