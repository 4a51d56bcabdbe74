import { batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { MessageView, RoomView } from '../../../../worker/contract/chat.ts'
import type { InboxFact } from '../../../../worker/contract/inbox.ts'
import { answer } from '../../../api/call.ts'
import { useInbox } from '../../../api/inbox.ts'
import { changed } from '../../../api/inbox/state.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { chatApi } from '../api.ts'
import { messagesAfter, messagesBefore, type RoomData } from '../queries.ts'
import { othersOf } from '../words.ts'
import { lineUp } from './timeline.ts'

/** Without a live line new messages are asked for this often. */
const pollMs = 10_000

export type Conversation = ReturnType<typeof createConversation>

/** One room on the screen: its history as far as it was read, and everything that comes. */
export function createConversation(data: RoomData) {
  const inbox = useInbox()
  const { id } = data.view
  const [view, setView] = createSignal<RoomView>(data.view)
  const [messages, setMessages] = createSignal<readonly MessageView[]>(data.messages)
  const [hasOlder, setHasOlder] = createSignal(data.hasOlder)
  const [isLoadingOlder, setLoadingOlder] = createSignal(false)
  const [olderProblem, setOlderProblem] = createSignal<ApiProblem | null>(null)
  const [isGone, setGone] = createSignal(false)
  const [confirmed, setConfirmed] = createSignal<ReadonlySet<string>>(new Set())
  const arrivals = new Set<(message: MessageView) => void>()
  const me = () => session.account()?.handle
  const { readSeq, unread, fromSeq } = data.view
  const unreadAfter = unread > 0 && readSeq >= fromSeq ? readSeq : null
  let isFilling = false
  /** Once this filling is over, from where to fill again; null for not at all. */
  let wantedFrom: number | null = null
  let viewsAsked = 0
  let viewsChanged = 0

  const outgoing = createMemo(() => inbox.state().outgoing.filter((item) => item.room === id))
  /** Of the other side, where it is told and there is just one. */
  const readByOther = createMemo(() => {
    const [other, ...more] = othersOf(view(), me())
    return view().kind === 'group' || !other || more.length > 0 ? null : other.readSeq
  })
  const lines = createMemo(() =>
    lineUp({
      messages: messages(),
      outgoing: outgoing(),
      confirmed: confirmed(),
      me: me(),
      unreadAfter,
      readByOther: readByOther(),
    }),
  )

  const lastSeq = () => messages().at(-1)?.seq ?? view().fromSeq - 1

  /** Each at its place, once; a later word about the same message wins. */
  function merge(more: readonly MessageView[]): void {
    if (more.length === 0) return
    const known = new Map(messages().map((message) => [message.seq, message]))
    for (const message of more) known.set(message.seq, message)
    setMessages([...known.values()].sort((one, other) => one.seq - other.seq))
  }

  function arrive(message: MessageView): void {
    if (message.seq <= lastSeq()) return
    if (message.seq > lastSeq() + 1) return void fill()
    merge([message])
    for (const tell of arrivals) tell(message)
  }

  /** Asks for what is missing at the end, or for everything after an earlier place. */
  async function fill(from = Infinity): Promise<void> {
    if (isFilling) return void (wantedFrom = Math.min(wantedFrom ?? from, from))
    isFilling = true
    try {
      const before = lastSeq()
      const missed = await messagesAfter(session.call, id, Math.min(from, before))
      merge(missed)
      for (const message of missed) if (message.seq > before) for (const tell of arrivals) tell(message)
    } catch (thrown) {
      leaveIfGone(thrown)
    } finally {
      isFilling = false
    }
    if (wantedFrom === null) return
    const next = wantedFrom
    wantedFrom = null
    await fill(next)
  }

  async function loadView(): Promise<void> {
    const [asked, changed] = [++viewsAsked, viewsChanged]
    try {
      const next = await answer(chatApi(session.call).rooms[':id'].$get({ param: { id } }))
      if (asked !== viewsAsked) return
      // What was chosen here meanwhile that answer may not know.
      if (changed === viewsChanged) setView(next)
      else await loadView()
    } catch (thrown) {
      leaveIfGone(thrown)
    }
  }

  function leaveIfGone(thrown: unknown): void {
    if (asProblem(thrown).status === 404) setGone(true)
  }

  function take(fact: InboxFact): void {
    if (!('room' in fact) || fact.room !== id) return
    switch (fact.type) {
      case 'message-posted':
        return arrive(fact.message)
      case 'message-changed':
        setMessages((all) => all.map((one) => (one.id === fact.message ? changed(one, fact) : one)))
        return
      case 'read-moved':
        if (fact.who !== null)
          setView((now) => ({
            ...now,
            people: now.people.map((one) =>
              one.handle === fact.who ? { ...one, readSeq: Math.max(one.readSeq ?? 0, fact.roomSeq) } : one,
            ),
          }))
        return
      case 'room-removed':
        setGone(true)
        return
      default:
        void loadView()
    }
  }

  inbox.listen({
    onFact: take,
    onReset() {
      void loadView()
      // What was edited or deleted meanwhile is told by its present state alone.
      void fill((messages()[0]?.seq ?? view().fromSeq) - 1)
    },
    onSent(message) {
      if (message.room !== id) return
      batch(() => {
        setConfirmed((all) => new Set(all).add(message.id))
        arrive(message)
      })
    },
  })

  const timer = setInterval(() => {
    if (inbox.state().connection !== 'live' && document.visibilityState === 'visible' && !isGone()) void fill()
  }, pollMs)
  onCleanup(() => clearInterval(timer))

  // The page brought what was true when it was asked for.
  createEffect(on(inbox.open, (open) => open && void fill()))

  return {
    id,
    view,
    /** For what is chosen here. */
    setView(next: RoomView | ((now: RoomView) => RoomView)): void {
      viewsChanged += 1
      setView(next)
    },
    messages,
    lines,
    outgoing,
    me,
    isGone,
    hasOlder,
    isLoadingOlder,
    olderProblem,
    /** Everything that was unread when the room was opened comes after this place; null for nothing. */
    unreadAfter,
    typists: () => inbox.state().typing[id] ?? [],
    isFolded: (handle: string | undefined) =>
      view().kind === 'group' && view().people.some((one) => one.handle === handle && one.isFolded),
    onArrival(run: (message: MessageView) => void): void {
      arrivals.add(run)
      onCleanup(() => arrivals.delete(run))
    },
    async loadOlder(): Promise<void> {
      const first = messages()[0]
      if (!hasOlder() || isLoadingOlder() || !first) return
      setLoadingOlder(true)
      setOlderProblem(null)
      try {
        const part = await messagesBefore(session.call, id, first.seq)
        batch(() => {
          merge(part.items)
          setHasOlder(part.more)
        })
      } catch (thrown) {
        setOlderProblem(asProblem(thrown))
      } finally {
        setLoadingOlder(false)
      }
    },
    /** Everything here has been seen. */
    markRead(): void {
      const seq = lastSeq()
      if (view().invited || seq <= 0) return
      inbox.open()?.markRead(id, seq)
    },
    send: (content: Parameters<NonNullable<ReturnType<typeof inbox.open>>['send']>[1]) =>
      inbox.open()?.send(id, content),
    retry: (key: string) => inbox.open()?.retry(key),
    discard: (key: string) => inbox.open()?.discard(key),
    typing: () => inbox.open()?.typing(id),
    async edit(message: MessageView, text: string): Promise<void> {
      await inbox.open()?.edit(id, message.id, text)
      const editedAt = new Date().toISOString()
      setMessages((all) => all.map((one) => (one.id === message.id ? { ...one, text, editedAt } : one)))
    },
    async remove(message: MessageView): Promise<void> {
      await inbox.open()?.remove(id, message.id)
      setMessages((all) =>
        all.map((one) => (one.id === message.id ? { ...one, text: null, images: [], deleted: true } : one)),
      )
    },
    reloadView: loadView,
  }
}
