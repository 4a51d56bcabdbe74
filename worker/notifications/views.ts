import type { AccountId } from '../contract/ids.ts'
import type { NotificationView } from '../contract/notifications.ts'
import type { PersonCard } from '../contract/profiles.ts'
import { iso } from '../contract/time.ts'
import type { Db } from '../kernel/db.ts'
import { personCards } from '../profiles/api.ts'
import type { KeptNotification } from './commands.ts'

/** Notifications as their owner sees them: people in one query for all of them. */
export async function notificationViews(db: Db, kept: readonly KeptNotification[]): Promise<NotificationView[]> {
  const cards = await personCards(
    db,
    kept.flatMap(({ actors }) => actors),
  )
  return kept.map((one) => notificationView(one, cards))
}

export function notificationView(
  { id, kind, count, target, data, read, actors, expiresAt, at }: KeptNotification,
  cards: ReadonlyMap<AccountId, PersonCard>,
): NotificationView {
  return {
    id,
    kind,
    actors: actors.flatMap((account) => cards.get(account) ?? []),
    count,
    target,
    data,
    read,
    expiresAt: expiresAt === null ? null : iso(expiresAt),
    at: iso(at),
  }
}
