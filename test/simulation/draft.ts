import type { AuctionId } from '../../worker/contract/ids.ts'
import { words } from '../model/publication.ts'
import { addRows } from './house/database.ts'
import { participant } from './house/people.ts'

/** The draft as the catalogue has it before the room is asked. */
export function writeDraft(auction: AuctionId, at: number): void {
  const { account: seller } = participant('hallabong')
  addRows('auction', [{ id: auction, seller, created_at: at, updated_at: at, ...words }])
}
