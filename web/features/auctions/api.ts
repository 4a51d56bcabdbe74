import type { auctionRoutes } from '../../../worker/auctions/routes.ts'
import type { searchRoutes } from '../../../worker/search/routes.ts'
import type { Call } from '../../api/call.ts'
import { client } from '../../api/client.ts'

/** The typed client of everything about auctions. */
export function auctionsApi(call: Call) {
  const { auctions, likes } = client<typeof auctionRoutes>(call)
  const { recommend } = client<typeof searchRoutes>(call).auctions
  return { auctions, likes: likes['auction-likes'], recommend }
}

export type AuctionsApi = ReturnType<typeof auctionsApi>
