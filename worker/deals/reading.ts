import type { AccountId } from '../contract/ids.ts'
import type { DealView, DisputeEntry } from '../contract/deals.ts'
import type { DealId } from '../contract/ids.ts'
import type { AppContext } from '../kernel/context.ts'
import type { Db } from '../kernel/db.ts'
import { settled } from '../kernel/outcome.ts'
import { mediaViews, privateMediaViews } from '../media/api.ts'
import { personCards } from '../profiles/api.ts'
import { reviewedAmong } from '../reviews/api.ts'
import type { DealReading, Reader } from './commands.ts'
import { dealOf } from './deal-client.ts'
import { sideOf } from './queries.ts'
import { dealViewOf, entryViewOf } from './views.ts'

/** One deal as a party or a moderator may see it; to everybody else there is none. */
export async function readDeal(c: AppContext, id: DealId, reader: Exclude<Reader, 'house'>): Promise<DealView> {
  return viewFor(c.var.db, settled(await dealOf(c.env, id).read(reader)), reader.account)
}

export async function viewFor(db: Db, reading: DealReading, account: AccountId): Promise<DealView> {
  const { opening, report, dispute } = reading
  const evidenceIds = [...(report?.media ?? []), ...(report?.answer?.media ?? []), ...(dispute?.media ?? [])]
  const [people, images, evidence, reviewed] = await Promise.all([
    personCards(db, [opening.seller, opening.buyer]),
    mediaViews(
      db,
      opening.terms.images.map(({ media }) => media),
    ),
    privateMediaViews(db, evidenceIds),
    reviewedAmong(db, account, [opening.deal]),
  ])
  const reader = { role: sideOf(opening, account), hasReviewed: reviewed.has(opening.deal) }
  return dealViewOf(reading, reader, { people, images, evidence })
}

export async function readEntries(c: AppContext, id: DealId, reader: Reader): Promise<DisputeEntry[]> {
  const entries = settled(await dealOf(c.env, id).entries(reader))
  const evidence = await privateMediaViews(
    c.var.db,
    entries.flatMap(({ media }) => media),
  )
  return entries.map((entry) => entryViewOf(entry, evidence))
}
