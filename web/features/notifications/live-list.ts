import { createSignal } from 'solid-js'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { useInbox } from '../../api/inbox.ts'

/**
 * A list of notifications that follows what is told live: new ones come to its top (a folded one moves there), and what was read or
 * removed on any device is so here. `items` is what the page and its growing brought.
 */
export function createLiveList(items: () => readonly NotificationView[], onReset: () => void) {
  const inbox = useInbox()
  const [come, setCome] = createSignal<readonly NotificationView[]>([])
  const [gone, setGone] = createSignal<ReadonlySet<string>>(new Set())
  const [read, setRead] = createSignal<ReadonlySet<string>>(new Set())

  const all = () => {
    const newest = come()
    const ids = new Set(newest.map(({ id }) => id))
    return [...newest, ...items().filter(({ id }) => !ids.has(id))]
  }
  const shown = () =>
    all()
      .filter(({ id }) => !gone().has(id))
      .map((one) => (read().has(one.id) && !one.read ? { ...one, read: true } : one))

  /** Those that a fact or a wish names: some, all from one on, or all. */
  function named({ ids, upTo }: { ids?: string[]; upTo?: string }): string[] {
    if (ids) return ids
    const known = all().map(({ id }) => id)
    return upTo === undefined ? known : known.slice(Math.max(0, known.indexOf(upTo)))
  }

  const markRead = (which: { ids?: string[]; upTo?: string }) => setRead(new Set([...read(), ...named(which)]))
  const remove = (which: { ids?: string[]; upTo?: string }) => setGone(new Set([...gone(), ...named(which)]))

  inbox.listen({
    onFact(fact) {
      if (fact.type === 'notified') {
        const { notification } = fact
        setCome([notification, ...come().filter(({ id }) => id !== notification.id)])
        // What was read and removed before is new again.
        for (const [set, put] of [[gone(), setGone] as const, [read(), setRead] as const])
          if (set.has(notification.id)) put(new Set([...set].filter((id) => id !== notification.id)))
      } else if (fact.type === 'notifications-read') {
        if (fact.removed) remove(fact)
        else markRead(fact)
      }
    },
    onReset,
  })

  return {
    shown,
    markRead,
    remove,
    /** After the server refused. */
    bringBack: (id: string) => setGone(new Set([...gone()].filter((one) => one !== id))),
    /** What came live is part of the page that was loaded anew. */
    forget: () => setCome([]),
  }
}
