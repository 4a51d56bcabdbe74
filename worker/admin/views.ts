import { standingsOf } from '../accounts/api.ts'
import type { AccountId } from '../contract/ids.ts'
import type { StaffAccountRow } from '../contract/moderation.ts'
import { iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { Db } from '../kernel/db.ts'
import { personCards } from '../profiles/api.ts'

/** In the given order; accounts without a profile are left out. */
export async function accountRows(db: Db, ids: readonly AccountId[]): Promise<StaffAccountRow[]> {
  const [cards, standings] = await Promise.all([personCards(db, ids), standingsOf(db, ids)])
  return ids.flatMap((id) => {
    const card = cards.get(id)
    const standing = standings.get(id)
    if (!card || !standing) return []
    const { role, suspendedUntil, openedAt } = standing
    const isSuspended = suspendedUntil !== null && suspendedUntil > now()
    return [{ ...card, id, role, suspendedUntil: isSuspended ? iso(suspendedUntil) : null, joinedAt: iso(openedAt) }]
  })
}
