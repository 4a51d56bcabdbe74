import type { AccountId, NotificationId } from '../../contract/ids.ts'
import type { NotificationsReadFact } from '../../contract/inbox.ts'
import type { ReadNotifications, Unread } from '../../contract/notifications.ts'
import type { PersonCard } from '../../contract/profiles.ts'
import { readConfig } from '../../env.ts'
import { machineTime } from '../../kernel/alarms.ts'
import { createIds } from '../../kernel/ids.ts'
import type { Notice } from '../commands.ts'
import { channelsOf, folds, isMailedByCause, isQuiet } from '../rules.ts'
import { notificationView } from '../views.ts'
import type { NewFact } from './fact-log.ts'
import type { LiveInbox, Say } from './live-inbox.ts'

type Cards = ReadonlyMap<AccountId, PersonCard>

/** Keeps, counts, folds and tells each notice once. */
export async function takeNotices(inbox: LiveInbox, account: AccountId, notices: Notice[]): Promise<void> {
  const fresh = notices.filter(({ id }) => inbox.notifications.isNew(id))
  if (fresh.length === 0) return
  if (fresh.some(({ actor }) => actor !== null)) await inbox.learnHidden(account)
  const cards = await cardsFor(inbox, fresh)
  inbox.change((say) => takeAll(inbox, { account, notices: fresh, cards }, say))
}

/** Those who caused these, and those who caused what they will be joined to. */
export async function cardsFor(inbox: LiveInbox, notices: Notice[]): Promise<Cards> {
  const { notifications, acquaintances, clock } = inbox
  const joined = new Map(notices.map(({ kind, target }) => [`${kind} ${target}`, { kind, target }]))
  const people = [
    ...[...joined.values()].flatMap(({ kind, target }) => notifications.actorsOf(kind, target)),
    ...notices.flatMap(({ actor }) => actor ?? []),
  ]
  return people.length === 0 ? new Map() : acquaintances.cards(people, machineTime(clock))
}

interface Taken {
  account: AccountId
  notices: Notice[]
  cards: Cards
}

/** Within a change: notices become notifications, facts for the devices, and errands. Each once, however often it comes. */
export function takeAll(inbox: LiveInbox, { account, notices, cards }: Taken, say: Say): void {
  for (const run of runsOf(notices)) take(inbox, { account, notices: run, cards }, say)
}

/** Those that follow each other and fold into one: it is shown, and told, as the last of them leaves it. */
function runsOf(notices: Notice[]): Notice[][] {
  const runs: Notice[][] = []
  for (const notice of notices) {
    const [before] = runs.at(-1) ?? []
    const isSame = before?.kind === notice.kind && before.target === notice.target
    if (isSame && folds(notice.kind)) runs.at(-1)?.push(notice)
    else runs.push([notice])
  }
  return runs
}

function take(inbox: LiveInbox, { account, notices, cards }: Taken, say: Say): void {
  const { notifications, errands, devices, preferences, clock, env } = inbox
  const now = clock.now()
  const fresh = notices.filter(({ id }) => notifications.isNew(id))
  for (const { id, at } of fresh) notifications.markTold(id, at)
  const gone = fresh.flatMap((notice) => notifications.overtake(notice))
  if (gone.length > 0) say(readFact({ ids: gone, removed: true }, inbox.count()))
  const shown = fresh.filter((notice) => {
    const isOver = notice.expiresAt !== null && notice.expiresAt <= now
    return !isOver && (notice.actor === null || !notifications.isHidden(notice))
  })
  const [first, notice] = [shown[0], shown.at(-1)]
  if (!first || !notice) return
  const channels = channelsOf(preferences, notice.kind)
  const id = createIds(readConfig(env).idSecret).derive('notification', account, first.id)
  const kept = notifications.keep([first, ...shown.slice(1)], id)
  if (channels.app) say({ type: 'notified', notification: notificationView(kept, cards), unread: inbox.count() })
  else notifications.remove(kept.id as NotificationId)
  const errand = { account, id: notice.id, notification: kept, except: notice.causedBy ?? null }
  const isPushed = channels.push && !isQuiet(preferences.quiet, now) && devices.all().length > 0
  if (isPushed) errands.add('push', errand, now)
  if (channels.mail && !isMailedByCause(notice.kind)) errands.add('mail', errand, now)
}

export function read(inbox: LiveInbox, which: ReadNotifications): void {
  const { notifications } = inbox
  expire(inbox)
  inbox.change((say) => {
    if ('upTo' in which) {
      const count = notifications.readUpTo(which.upTo)
      if (count > 0) say(readFact({ upTo: which.upTo, removed: false }, inbox.count()))
      return
    }
    const ids = notifications.read(which.ids)
    if (ids.length > 0) say(readFact({ ids, removed: false }, inbox.count()))
  })
}

export function remove(inbox: LiveInbox, id: NotificationId | 'all'): void {
  const { notifications } = inbox
  inbox.change((say) => {
    const gone = id === 'all' ? notifications.removeAll() : notifications.remove(id)
    const which = id === 'all' ? {} : { ids: gone }
    if (gone.length > 0) say(readFact({ ...which, removed: true }, inbox.count()))
  })
}

/** Takes away what may not be shown any more. The stored time decides; the timer only sees to it that somebody looks. */
export function expire(inbox: LiveInbox): void {
  const { notifications, clock } = inbox
  const next = notifications.nextExpiry()
  if (next === null || next > clock.now()) return
  inbox.change((say) => {
    const ids = notifications.expire(clock.now())
    if (ids.length > 0) say(readFact({ ids, removed: true }, inbox.count()))
  })
}

export function readFact(what: Pick<NotificationsReadFact, 'ids' | 'upTo' | 'removed'>, unread: Unread): NewFact {
  return { type: 'notifications-read', ...what, unread }
}
