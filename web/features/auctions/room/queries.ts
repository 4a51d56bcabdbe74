import { answer, type Call } from '../../../api/call.ts'
import type { PageAt } from '../../../page.ts'
import { auctionsApi } from '../api.ts'
import type { RoomData } from './room.tsx'

/** An auction as its page first shows it. The bids may be missing: the room brings them a moment later. */
export async function loadRoom(call: Call, at: PageAt): Promise<RoomData> {
  const auction = auctionsApi(call).auctions[':id']
  const param = { id: at.params.id ?? '' }
  const [view, bids] = await Promise.all([
    answer(auction.$get({ param })),
    answer(auction.bids.$get({ param, query: { limit: '20' } })).catch(() => null),
  ])
  return { view, bids: bids?.items ?? [] }
}
