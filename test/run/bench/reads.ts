import { beside, percentile, type Bench, type Measured } from './bench.ts'
import { openMarket, words, type Market } from './reads/market.ts'

/** One kind of read: its address at the n-th time of asking. */
interface Read {
  name: string
  address(market: Market, index: number): string
  /** Reads from so many pages on. */
  pagesDeep?: number
  /** A page that is made of several reads; the others aim at three queries at most. */
  isOfMany?: true
}

const one = <T>(list: readonly T[], index: number): T => list[index % list.length]!
const categories = ['digital', 'furniture', 'kitchen', 'sport', 'pet'] as const
const states = ['running', 'scheduled', 'ended'] as const

const reads: Read[] = [
  { name: 'newest', address: () => '/api/auctions' },
  { name: 'newest, 20 pages on', address: () => '/api/auctions', pagesDeep: 20 },
  { name: 'ending', address: () => '/api/auctions?sort=ending' },
  { name: 'ending, 20 pages on', address: () => '/api/auctions?sort=ending', pagesDeep: 20 },
  { name: 'popular', address: () => '/api/auctions?sort=popular' },
  { name: 'popular, 20 pages on', address: () => '/api/auctions?sort=popular', pagesDeep: 20 },
  { name: 'of a category', address: (_, index) => `/api/auctions?category=${one(categories, index)}` },
  { name: 'with a label that nothing has', address: () => '/api/auctions?category=event&sort=ending' },
  { name: 'of a state', address: (_, index) => `/api/auctions?status=${one(states, index)}` },
  {
    name: 'of a category and state, ending',
    address: (_, index) => `/api/auctions?sort=ending&status=${one(states, index)}&category=${one(categories, index)}`,
  },
  { name: 'with a word of one in a thousand', address: (_, index) => `/api/auctions?search=${words.rare(index)}` },
  { name: 'with a word of one in twenty', address: (_, index) => `/api/auctions?search=${words.common(index)}` },
  { name: 'of a seller of one in a hundred', address: ({ busySeller }) => `/api/auctions/latest/${busySeller}` },
  { name: 'popular now', address: () => '/api/auctions/popular' },
  { name: 'recommended to visitors', address: () => '/api/auctions/recommend' },
  { name: 'page of a list', address: () => '/auctions' },
  { name: 'page of an auction', address: ({ auctions }, index) => `/auctions/${one(auctions, index)}` },
  { name: 'page of a person', address: ({ busySeller }) => `/users/${busySeller}`, isOfMany: true },
  { name: 'home page, of four lists', address: () => '/', isOfMany: true },
]

export const readBenches: Bench[] = [
  {
    name: 'reads',
    method:
      'lists through the API and pages, each read alone and past the cache, turn about from a house with 100,000 auctions and people as rows in D1 and from one with 1,000, which is the baseline; as many queries as D1 was asked by half of the reads (whoever comes first in a minute fixes an order for all, by three more)',
    figures: reads.flatMap(({ name, isOfMany }) => [
      { name: `${name}: p50`, unit: 'ms' },
      { name: `${name}: p99`, unit: 'ms' },
      { name: `${name}: D1`, unit: 'queries', ...(isOfMany ? {} : { aim: { atMost: 3 } }) },
    ]),
    async open({ quick }) {
      const markets = [await openMarket(quick ? 300 : 100_000), await openMarket(quick ? 100 : 1_000)]
      return {
        async measure() {
          const figures: Measured[] = []
          for (const read of reads) figures.push(...(await compared(markets, read, quick ? 3 : 200)))
          return figures
        },
        async close() {
          for (const market of markets) await market.close()
        },
      }
    },
  },
]

async function compared(markets: Market[], read: Read, times: number): Promise<Measured[]> {
  const sides = await Promise.all(
    markets.map(async (market) => ({
      market,
      begin: await cursorOf(market, read),
      ms: [] as number[],
      queries: [] as number[],
    })),
  )
  const warmUps = Math.ceil(times / 20)
  for (let index = -warmUps; index < times; index += 1)
    for (const { market, begin, ms, queries } of sides) {
      const asked = performance.now()
      const answer = await ask(market, read.address(market, index + warmUps) + begin)
      if (index < 0) continue
      ms.push(performance.now() - asked)
      queries.push(answer.queries)
    }
  const [value, baseline] = sides.map(({ ms, queries }) => [
    percentile(ms, 0.5),
    percentile(ms, 0.99),
    percentile(queries, 0.5),
  ])
  return beside(value!, baseline!)
}

/** What an address needs behind it to begin so many pages on. */
async function cursorOf(market: Market, { address, pagesDeep = 0 }: Read): Promise<string> {
  const path = address(market, 0)
  let cursor = ''
  for (let page = 0; page < pagesDeep; page += 1) {
    const { text } = await ask(market, path + cursor)
    const { nextCursor } = JSON.parse(text) as { nextCursor: string | null }
    if (nextCursor === null) break
    cursor = `${path.includes('?') ? '&' : '?'}cursor=${nextCursor}`
  }
  return cursor
}

async function ask({ house, site }: Market, path: string): Promise<{ text: string; queries: number }> {
  const response = await fetch(house.origin + path, { headers: site.keyHeaders })
  const text = await response.text()
  const queries = Number(/"(\d+) queries"/.exec(response.headers.get('server-timing') ?? '')?.[1])
  if (!response.ok || Number.isNaN(queries)) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`)
  return { text, queries }
}
