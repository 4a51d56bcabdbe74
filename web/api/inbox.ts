import { type Accessor, createEffect, createRoot, createSignal, onCleanup, untrack } from 'solid-js'
import type { NotificationsReadFact, NotifiedFact } from '../../worker/contract/inbox.ts'
import type { Unread } from '../../worker/contract/notifications.ts'
import { newKey } from './call.ts'
import { type InboxListener, openInbox, type OpenInbox } from './inbox/inbox.ts'
import { inboxRest } from './inbox/rest.ts'
import { nothingYet } from './inbox/state.ts'
import { session } from './session.ts'

export type { InboxListener } from './inbox/inbox.ts'
export type { Outgoing } from './inbox/outgoing.ts'
export type { InboxState } from './inbox/state.ts'

const nobodys = nothingYet()

/** The one live line of whoever is signed in. Outlives pages; opened by the first who uses it, in browsers only. */
export interface Inbox {
  /** Reactive: what is open now; null while nobody is signed in. A suspended account gets no socket, and writes by REST. */
  open: Accessor<OpenInbox | null>
  /** Reactive. */
  state: () => OpenInbox['state']
  /** Reactive: everything not read, the same everywhere; null until known. */
  unread: () => Unread | null
  /** Listens until the owner goes, to whoever's inbox is open; `onReset` also where another account signs in. */
  listen: (listener: InboxListener) => void
  onNotified: (run: (fact: NotifiedFact) => void) => void
  onNotificationsRead: (run: (fact: NotificationsReadFact) => void) => void
}

let inbox: Inbox | null = null

export function useInbox(): Inbox {
  inbox ??= createRoot(create)
  return inbox
}

function create(): Inbox {
  const [open, setOpen] = createSignal<OpenInbox | null>(null)

  createEffect(() => {
    const handle = session.state() === 'signed-in' ? session.account()?.handle : undefined
    if (handle === untrack(open)?.account) return
    untrack(open)?.close()
    setOpen(handle === undefined ? null : openFor(handle))
  })

  const listen = (listener: InboxListener) =>
    createEffect(() => {
      const opened = open()
      if (!opened) return
      onCleanup(opened.listen(listener))
      untrack(() => {
        if (opened.state.unread !== null) listener.onReset?.()
      })
    })

  return {
    open,
    state: () => open()?.state ?? nobodys,
    unread: () => open()?.state.unread ?? null,
    listen,
    onNotified: (run) => listen({ onFact: (fact) => fact.type === 'notified' && run(fact) }),
    onNotificationsRead: (run) => listen({ onFact: (fact) => fact.type === 'notifications-read' && run(fact) }),
  }
}

function openFor(account: string): OpenInbox {
  return openInbox({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`,
    account,
    rest: inboxRest(),
    onAccountChanged: () => void session.reloadAccount().catch(() => {}),
    store: () => localStorage,
    // Plain http on another computer than one's own has no locks: then each tab has its own line.
    locks: (navigator.locks as LockManager | undefined) ?? null,
    channel: (name) => new BroadcastChannel(name),
    newKey,
  })
}
