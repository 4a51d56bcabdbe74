import { z } from 'zod'
import { reserveStates, states } from './auctions.ts'

/**
 * How a person has D1 made again from the relay's archive: what the events of each auction lead to, a run of auctions at a time. The
 * request is signed as the relay's own are (`relay.ts`); to everybody else the path does not exist.
 */
export const rebuilding = {
  path: '/api/auctions/projections',
  /** One auction with very many bidders still fits. */
  bytes: 4 * 1024 * 1024,
  auctionsPerRequest: 20,
} as const

const id = z.string().min(1).max(64)
const Instant = z.int().nonnegative()
const Place = z.int().positive()
const Money = z.int().nonnegative()
const ChainHash = z.string().length(43)

/** Where one auction stands after `logSeq` entries of its ledger, the last of which was made at `lastAt`. */
export const ArchivedAuction = z.strictObject({
  auction: id,
  logSeq: Place,
  lastAt: Instant,
  state: z.enum(states).exclude(['draft']),
  termsHash: ChainHash,
  reserveCommitment: ChainHash.nullable(),
  price: Money,
  bidCount: z.int().nonnegative(),
  leader: id.nullable(),
  leaderNumber: Place.nullable(),
  winner: id.nullable(),
  winnerNumber: Place.nullable(),
  reserve: z.enum(reserveStates),
  buyNowPrice: Money.nullable(),
  publishedAt: Instant,
  startsAt: Instant,
  plannedEndAt: Instant,
  endsAt: Instant,
  hardEndAt: Instant,
  endedAt: Instant.nullable(),
  deal: id.nullable(),
  cancelReason: z.string().nullable(),
  newBidders: z.array(z.strictObject({ account: id, number: Place, at: Instant })),
  newNotes: z.array(z.strictObject({ logSeq: Place, text: z.string(), at: Instant })),
})
export type ArchivedAuction = z.infer<typeof ArchivedAuction>

export const RebuildRequest = z.strictObject({
  auctions: z.array(ArchivedAuction).min(1).max(rebuilding.auctionsPerRequest),
})
export type RebuildRequest = z.infer<typeof RebuildRequest>

/**
 * What became of each: `rebuilt`; `ahead`, since D1 knows more than the archive (yet), and nothing was taken back; `absent`, since D1
 * has no such auction: its terms are D1's own and not in the archive.
 */
export const rebuildFates = ['rebuilt', 'ahead', 'absent'] as const
export const RebuildResponse = z.object({
  fates: z.array(z.object({ auction: id, fate: z.enum(rebuildFates) })),
})
export type RebuildResponse = z.infer<typeof RebuildResponse>

/**
 * The same for deals, in another way: what a deal's events say is less than its row, and its object has it all. The archive tells which
 * deals there are; each is asked to tell D1 anew.
 */
export const retelling = { path: '/api/deals/projections', dealsPerRequest: 50 } as const

export const RetellRequest = z.strictObject({ deals: z.array(id).min(1).max(retelling.dealsPerRequest) })

/** `absent`: there is no such deal, whatever the archive says. */
export const RetellResponse = z.object({
  fates: z.array(z.object({ deal: id, fate: z.enum(['rebuilt', 'absent']) })),
})
export type RetellResponse = z.infer<typeof RetellResponse>
