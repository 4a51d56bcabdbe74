import type { AuctionView, LedgerPage } from '../../../../worker/contract/auctions.ts'
import { answer, type Call } from '../../../api/call.ts'
import type { PageAt } from '../../../page.ts'
import { auctionsApi } from '../api.ts'

export interface LedgerData {
  view: AuctionView
  /** The first entries; the rest come when asked for. */
  page: LedgerPage
}

export async function loadLedger(call: Call, at: PageAt): Promise<LedgerData> {
  const auction = auctionsApi(call).auctions[':id']
  const param = { id: at.params.id ?? '' }
  const [view, page] = await Promise.all([
    answer(auction.$get({ param })),
    answer(auction.log.$get({ param, query: { limit: '200' } })),
  ])
  return { view, page }
}
