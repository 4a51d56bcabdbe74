import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../worker/contract/ids.ts'
import type { ListQuery } from '../../../worker/contract/auctions.ts'
import { auctionsOf, listAuctions, popularAuctions, walkedPage } from '../../../worker/auctions/queries/lists.ts'
import { createDb } from '../../../worker/kernel/db.ts'

const db = createDb(env.DB)

/** How SQLite means to find it, in its own words. */
async function planOf(query: { toSQL(): { sql: string; params: unknown[] } }): Promise<string> {
  const { sql, params } = query.toSQL()
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).join('\n')
}

/** What in it is no walk along an index in the order of the list, from where the last page ended. */
function gatheredIn(plan: string): string[] {
  const found = plan.match(/.*(TEMP B-TREE|MULTI-INDEX|SCAN auction(?! USING INDEX)).*/g) ?? []
  return plan.includes('USING INDEX') ? found : [plan]
}

const categories = [undefined, 'pet'] as const
const statuses = [undefined, 'running', 'scheduled', 'ended'] as const
const sorts = ['newest', 'ending', 'popular'] as const
const lists = categories.flatMap((category) =>
  statuses.flatMap((status) => sorts.map((sort): ListQuery => ({ category, status, sort, limit: 12 }) as ListQuery)),
)

describe('however many auctions there are, a page is found without sorting them', () => {
  // What is popular and open is walked along an order that was fixed.
  const keysets = lists.filter(({ sort, status }) => sort !== 'popular' || status === 'ended')

  it.each(keysets.map((query) => [JSON.stringify(query), query] as const))('of %s', async (_, query) => {
    expect(gatheredIn(await planOf(listAuctions(db, query, null)))).toEqual([])
    const plan = await planOf(listAuctions(db, query, [1_000, 'auc_1']))
    expect(gatheredIn(plan)).toEqual([])
    expect(plan).toMatch(/\(\w+,id\)[<>]/)
  })

  it.each(statuses)("of a seller's, %s", async (status) => {
    const seller = 'acc_1' as AccountId
    expect(gatheredIn(await planOf(auctionsOf(db, seller, { status, limit: 12, position: null })))).toEqual([])
    expect(gatheredIn(await planOf(auctionsOf(db, seller, { status, limit: 12, position: [1_000, 'auc_1'] })))).toEqual(
      [],
    )
  })

  it('of what is popular now', async () => expect(gatheredIn(await planOf(popularAuctions(db)))).toEqual([]))

  it('of a fixed order, of which it sorts no more than a part', async () => {
    const walk = { slot: 1, place: 700 }
    const plan = await planOf(walkedPage(db, { kind: 'popular', walk, limit: 12, category: 'pet' }))
    expect(plan).toMatch(/^SEARCH part USING INDEX .*part>\?/)
    expect(plan).toMatch(/SEARCH auction USING INDEX sqlite_autoindex_auction_1 \(id=\?\)/)
    expect(plan).toContain('TEMP B-TREE FOR LAST TERM OF ORDER BY')
  })

  it('of staff labels, by their own index', async () => {
    for (const sort of ['newest', 'ending'] as const)
      for (const status of statuses)
        expect(
          await planOf(listAuctions(db, { category: 'event', sort, status, limit: 12 } as ListQuery, null)),
        ).toContain('auction_event_newest')
  })
})
