import type { AuctionView, LedgerPage, MyBids, MyReceipt, SigningKeys } from '../../../../worker/contract/auctions.ts'
import type { AuctionId } from '../../../../worker/contract/ids.ts'
import type { Receipt } from '../../../../worker/contract/ledger.ts'
import { type Evidence, joinPages, type OwnReceipt, termsOf } from './evidence.ts'

/** Reads one address of the API as JSON; rejects when it does not answer. */
export type Get = (path: string) => Promise<unknown>

/** More receipts than anybody can get within the limits of bidding for minutes on end. */
const mostReceipts = 100
const atOnce = 4

/**
 * Gathers everything a verification rests on from public addresses. `kept` are receipts that one has kept oneself; with
 * `isBidder` the rest of one's own comes from the API, with what opens one's maxima.
 */
export async function gather(
  get: Get,
  auction: string,
  own: { isBidder: boolean; kept: readonly Receipt[] } = { isBidder: false, kept: [] },
): Promise<Evidence> {
  const base = `/api/auctions/${auction}`
  const [pages, { keys }, view, told] = await Promise.all([
    pagesOf(get, base),
    get('/api/auctions/keys') as Promise<SigningKeys>,
    get(base) as Promise<AuctionView>,
    own.isBidder ? receiptsFrom(get, base) : [],
  ])
  const known = new Set(told.map(({ receipt }) => receipt.bid))
  const kept = own.kept.filter(({ bid }) => !known.has(bid))
  return {
    auction: auction as AuctionId,
    ...joinPages(pages),
    keys,
    terms: termsOf(view),
    receipts: [...told, ...kept.map((receipt) => ({ receipt, opening: null, checkpoint: null }))],
  }
}

/** All pages of the public ledger under `base`, in order. */
export async function pagesOf(get: Get, base: string): Promise<LedgerPage[]> {
  const pages: LedgerPage[] = []
  for (let from: number | null = 1; from !== null;) {
    const page = (await get(`${base}/log?from=${from}`)) as LedgerPage
    pages.push(page)
    from = page.next
  }
  return pages
}

async function receiptsFrom(get: Get, base: string): Promise<OwnReceipt[]> {
  const { bids } = (await get(`${base}/bids/mine`)) as MyBids
  const queue = bids.slice(0, mostReceipts).map(({ bid }) => bid)
  const receipts: OwnReceipt[] = []
  const work = async () => {
    for (let bid = queue.shift(); bid !== undefined; bid = queue.shift())
      receipts.push((await get(`${base}/bids/${bid}/receipt`)) as MyReceipt as OwnReceipt)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return receipts
}
