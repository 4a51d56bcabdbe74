import type { AuctionId } from '../contract/ids.ts'
import { describeError, log } from '../kernel/log.ts'
import type { AuctionRoomRpc } from './commands.ts'

/** The object of one auction. Asking a room that was never published makes nothing: it answers `not-found` or nothing at all. */
export function roomOf(env: Pick<Env, 'AUCTION_ROOM'>, auction: AuctionId): AuctionRoomRpc {
  const namespace = env.AUCTION_ROOM
  return namespace.get(namespace.idFromName(auction)) as unknown as AuctionRoomRpc
}

/** What a read shows beside D1's rows. A room that cannot answer must not take the page down with it: then it is null. */
export async function asked<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    log('warn', 'room-silent', describeError(error))
    return null
  }
}
