import type { AuctionPage } from '../../../../worker/contract/auctions.ts'
import { answer, type Call } from '../../../api/call.ts'
import type { PageAt } from '../../../page.ts'
import { auctionsApi } from '../api.ts'

export const roles = ['bidding', 'won', 'lost', 'liked', 'selling', 'sold', 'draft'] as const
export type Role = (typeof roles)[number]

/** An address without a role, or with one that is none, shows what one bids on. */
export function roleOf({ query }: PageAt): Role {
  return roles.find((role) => role === query.role) ?? 'bidding'
}

export function loadMine(call: Call, role: Role, cursor?: string): Promise<AuctionPage> {
  return answer(auctionsApi(call).auctions.mine.$get({ query: { role, ...(cursor ? { cursor } : {}) } }))
}
