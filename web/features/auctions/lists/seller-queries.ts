import type { AuctionPage } from '../../../../worker/contract/auctions.ts'
import { answer, type Call } from '../../../api/call.ts'
import { auctionsApi } from '../api.ts'

export function loadSeller(call: Call, handle: string, cursor?: string): Promise<AuctionPage> {
  const query = cursor === undefined ? {} : { cursor }
  return answer(auctionsApi(call).auctions.latest[':handle'].$get({ param: { handle }, query }))
}
