import { batch } from 'solid-js'
import { createStore, produce, reconcile, unwrap } from 'solid-js/store'
import type { MessageView, RoomRow, SendMessage } from '../../../worker/contract/chat.ts'
import type {
  InboxClientFrame,
  InboxFact,
  InboxSnapshot,
  NotificationsReadFact,
  NotifiedFact,
  TypingFrame,
} from '../../../worker/contract/inbox.ts'
import { chat, sockets as limits } from '../../../worker/contract/limits.ts'
import type { MediaView } from '../../../worker/contract/media.ts'
import { createAsking } from '../live/asking.ts'
import type { SocketTimes } from '../live/socket.ts'
import { asProblem } from '../problem.ts'
import { createLead, type LeadTimes, type LeadWord } from './lead.ts'
import { type AnswerFrame, type Line, openLine } from './line.ts'
import { inOrder, keptOutgoing, type Outgoing, type OutgoingStore } from './outgoing.ts'
import { applyFact, applySnapshot, type InboxConnection, nothingYet } from './state.ts'

/** The REST twins of the commands. Each rejects with an `ApiProblem`. */
export interface InboxRest {
  send: (room: string, message: SendMessage, key: string) => Promise<MessageView>
  edit: (room: string, message: string, text: string) => Promise<unknown>
  remove: (room: string, message: string) => Promise<unknown>
  /** `isLast`: the page is going, and the call has to outlive it. */
  markRead: (room: string, seq: number, isLast?: boolean) => Promise<unknown>
  /** A ticket for one socket; null where this account gets none. */
  ticket: () => Promise<string | null>
}

export interface InboxTimes extends LeadTimes {
  socket: SocketTimes | undefined
  answerWithinMs: number
  repeatMs: { min: number; max: number }
  seenEveryMs: number
}

export interface InboxOptions {
  /** `wss://…/api/live` */
  url: string
  /** Whose it is: the same in all tabs. */
  account: string
  rest: InboxRest
  /** Told by the leading tab alone. */
  onAccountChanged?: (what: 'profile' | 'role' | 'limits') => void
  store: () => OutgoingStore
  locks: Pick<LockManager, 'request'> | null
  channel: (name: string) => Channel
  newKey: () => string
  WebSocket?: typeof WebSocket
  isVisible?: () => boolean
  /** What tells of the page's life. */
  page?: { window: EventTarget; document: EventTarget }
  times?: Partial<InboxTimes>
}

export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>

const usualTimes: InboxTimes = {
  socket: undefined,
  answerWithinMs: limits.answerWithinMs,
  repeatMs: limits.reconnectMs,
  seenEveryMs: limits.seenEveryMs,
  askEveryMs: 10_000,
  hiddenMs: 60_000,
}

export interface InboxListener {
  /** One after the other, each after the state has taken it, without gap until `onReset`. */
  onFact?: (fact: InboxFact) => void
  /** Facts may have been missed: what was built from them is to be asked for again. */
  onReset?: () => void
  /** An own message has its place; the fact about it may come before or after. */
  onSent?: (message: MessageView) => void
}

/** What tabs of one account say to each other; all of it about the same account. */
type Word =
  | LeadWord
  | { type: 'join' }
  | { type: 'base'; base: Base | null; connection: InboxConnection }
  | { type: 'snapshot'; snapshot: InboxSnapshot }
  | { type: 'facts'; epoch: string; facts: InboxFact[] }
  | { type: 'typing'; frame: TypingFrame }
  | { type: 'connection'; connection: InboxConnection }
  | { type: 'ask'; frame: InboxClientFrame }
  | { type: 'answer'; frame: AnswerFrame }
  | { type: 'outgoing'; item: Outgoing }
  | { type: 'settled'; key: string; message: MessageView | null }

type Base = Pick<InboxSnapshot, 'epoch' | 'seq' | 'unread'> & { rooms: RoomRow[] }

export type OpenInbox = ReturnType<typeof openInbox>

/**
 * One account's inbox in one tab. The leading tab holds the socket and passes on what it has taken; the others keep the same
 * state, epoch and place, so that whoever leads next resumes where they are. Own messages are sent by the leading tab, room by
 * room in the order in which they were written.
 */
export function openInbox(options: InboxOptions) {
  const times = { ...usualTimes, ...options.times }
  const { rest } = options
  const isVisible = options.isVisible ?? (() => globalThis.document?.visibilityState !== 'hidden')
  const [state, setState] = createStore({ ...nothingYet(), connection: 'connecting' as InboxConnection })
  const kept = keptOutgoing(options.store, options.account)
  const listeners = new Set<InboxListener>()
  const name = `inbox.${options.account}`
  const channel = options.channel(name)
  const tab = options.newKey().slice(0, 8)
  const asking = createAsking<InboxClientFrame, AnswerFrame>({
    send,
    // A closed one asks for nobody: it closes as its account signs out, and calls go as whoever comes next.
    who: () => (isClosed ? '' : options.account),
    name: `${tab}.`,
    answerWithinMs: times.answerWithinMs,
    repeatMs: times.repeatMs,
  })
  const sending = new Set<string>()
  const fading = new Map<string, ReturnType<typeof setTimeout>>()
  /** How far each room is read, as it was asked for last; and where the asking is under way. */
  const reading = new Map<string, number>()
  const telling = new Set<string>()
  const touched = new Map<string, number>()
  const typedAt = new Map<string, number>()
  let epoch: string | null = null
  let seq = 0
  let line: Line | null = null
  let isClosed = false
  /** Counts what was taken here; `learn` compares by it which word of a room is newer. */
  let taken = 0

  channel.addEventListener('message', (event) => hear((event as MessageEvent<Word>).data))
  const lead = createLead({
    name,
    locks: options.locks,
    say,
    isVisible,
    onLead: beginToLead,
    onStepDown: stopLeading,
    times,
  })
  setState('outgoing', kept.all(Date.now()))
  if (!lead.isLeading()) say({ type: 'join' })

  function say(word: Word): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    if (!isClosed) channel.postMessage(word)
  }

  // ------------------------------------------------------------------------------------------- leading

  function beginToLead(): void {
    line = openLine({
      url: options.url,
      ticket: rest.ticket,
      base: () => (epoch === null ? null : { epoch, seq }),
      onConnection(connection) {
        connected(connection)
        say({ type: 'connection', connection })
      },
      onSnapshot(snapshot) {
        takeSnapshot(snapshot)
        say({ type: 'snapshot', snapshot })
      },
      onFacts(facts) {
        const before = seq
        const isWhole = takeFacts(facts)
        const fresh = facts.filter((fact) => fact.seq > before && fact.seq <= seq)
        if (fresh.length > 0 && epoch !== null) say({ type: 'facts', epoch, facts: fresh })
        return isWhole
      },
      onTyping(frame) {
        showTyping(frame)
        say({ type: 'typing', frame })
      },
      onAnswer(frame) {
        if (!asking.hear(frame)) say({ type: 'answer', frame })
      },
      renew: (ticket) =>
        asking.ask({
          frame: (ref) => ({ type: 'renew', ref, ticket }),
          post: null,
          read: (frame) => (frame.type === 'done' ? frame : null),
        }),
      times,
      ...(options.WebSocket && { WebSocket: options.WebSocket }),
    })
    queueMicrotask(sendKept)
  }

  function stopLeading(): void {
    line?.close()
    line = null
  }

  function send(frame: InboxClientFrame): boolean {
    if (line) return line.send(frame)
    if (state.connection !== 'live') return false
    say({ type: 'ask', frame })
    return true
  }

  function connected(connection: InboxConnection): void {
    if (isClosed || state.connection === connection) return
    setState('connection', connection)
    asking.nudge()
  }

  // ------------------------------------------------------------------------------------------- following

  function hear(word: Word): void {
    if (isClosed) return
    switch (word.type) {
      case 'who-leads':
      case 'i-lead':
        return lead.hear(word)
      case 'join':
        if (line) say({ type: 'base', base: base(), connection: state.connection })
        return
      case 'ask':
        line?.send(word.frame)
        return
      case 'answer':
        asking.hear(word.frame)
        return
      case 'outgoing':
        put(word.item)
        if (line) void sendKept()
        return
      case 'settled':
        return settle(word.key, word.message)
      default:
        // What a leader says that has just been replaced is known here, or comes by the own line.
        if (!line) follow(word)
    }
  }

  function follow(word: Extract<Word, { type: 'base' | 'snapshot' | 'facts' | 'typing' | 'connection' }>): void {
    switch (word.type) {
      case 'base':
        if (word.base && (word.base.epoch !== epoch || word.base.seq > seq)) takeSnapshot(word.base)
        return connected(word.connection)
      case 'snapshot':
        return takeSnapshot(word.snapshot)
      case 'facts':
        if (word.epoch !== epoch || !takeFacts(word.facts)) say({ type: 'join' })
        return
      case 'typing':
        return showTyping(word.frame)
      case 'connection':
        return connected(word.connection)
    }
  }

  function base(): Base | null {
    const { unread, rooms } = unwrap(state)
    return epoch === null || unread === null ? null : { epoch, seq, unread, rooms: Object.values(rooms) }
  }

  function takeSnapshot(snapshot: Pick<InboxSnapshot, 'epoch' | 'seq' | 'rooms' | 'unread'>): void {
    epoch = snapshot.epoch
    seq = snapshot.seq
    taken += 1
    for (const { id } of snapshot.rooms) touched.set(id, taken)
    setState(produce((draft) => applySnapshot(draft, structuredClone(snapshot))))
    for (const { onReset } of listeners) onReset?.()
  }

  /** Takes those that follow on what is known; false where one is missing before them. */
  function takeFacts(facts: InboxFact[]): boolean {
    if (epoch === null) return false
    let isWhole = true
    batch(() => {
      for (const fact of facts) {
        if (fact.seq <= seq) continue
        if (fact.seq !== seq + 1) {
          isWhole = false
          return
        }
        seq = fact.seq
        taken += 1
        if ('room' in fact) touched.set(fact.room, taken)
        setState(produce((draft) => applyFact(draft, structuredClone(fact))))
        if (fact.type === 'account-changed' && line) options.onAccountChanged?.(fact.what)
        for (const { onFact } of listeners) onFact?.(fact)
      }
    })
    return isWhole
  }

  function showTyping({ room, who }: TypingFrame): void {
    const id = `${room} ${who.handle}`
    const others = (state.typing[room] ?? []).filter(({ handle }) => handle !== who.handle)
    setState('typing', room, [...others, who])
    clearTimeout(fading.get(id))
    fading.set(
      id,
      setTimeout(() => {
        fading.delete(id)
        setState('typing', room, (now = []) => now.filter(({ handle }) => handle !== who.handle))
      }, chat.typingFadesMs),
    )
  }

  // ------------------------------------------------------------------------------------------- own messages

  function put(item: Outgoing): void {
    setState('outgoing', (all) => [...all.filter(({ key }) => key !== item.key), item].sort(inOrder))
  }

  function tellOutgoing(item: Outgoing): void {
    kept.keep(item)
    put(item)
    say({ type: 'outgoing', item })
    if (line) sendKept()
    else lead.ask()
  }

  function settle(key: string, message: MessageView | null): void {
    kept.forget(key)
    batch(() => {
      if (message) for (const { onSent } of listeners) onSent?.(message)
      setState('outgoing', (all) => all.filter((item) => item.key !== key))
    })
  }

  function settleEverywhere(key: string, message: MessageView | null): void {
    settle(key, message)
    say({ type: 'settled', key, message })
  }

  /** Every room's own messages, one after the other. */
  function sendKept(): void {
    const rooms = new Set(state.outgoing.filter(({ failed }) => failed === null).map(({ room }) => room))
    for (const room of rooms) if (!sending.has(room)) void sendAll(room)
  }

  async function sendAll(room: string): Promise<void> {
    sending.add(room)
    try {
      for (;;) {
        const next = state.outgoing.find((item) => item.room === room && item.failed === null)
        if (!next || !line || isClosed) return
        await sendOne(unwrap(next))
      }
    } finally {
      sending.delete(room)
    }
  }

  async function sendOne(item: Outgoing): Promise<void> {
    const { key, room, text } = item
    const images = item.images.map(({ media }) => media)
    const content: SendMessage = text === null ? { images } : { text }
    try {
      const message = await asking.ask<MessageView>({
        frame: (ref) => ({ type: 'send-message', ref, key, room, ...content }),
        post: () => rest.send(room, content, key),
        read: (frame) => (frame.type === 'message-sent' ? frame.message : null),
      })
      settleEverywhere(key, message)
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (isClosed) return
      // Too fast is no refusal: the same again, a little later.
      if (problem.code === 'too-many-requests') return pause(problem.retryAfterMs ?? times.repeatMs.max)
      const isKnown = state.outgoing.some((one) => one.key === key)
      // Signed out meanwhile: it waits for its author.
      if (problem.status === 401) return pause(times.repeatMs.max)
      if (isKnown) tellOutgoing({ ...item, failed: problem.code })
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms))
  }

  // ------------------------------------------------------------------------------------------- reading

  async function tellRead(room: string): Promise<void> {
    if (telling.has(room)) return
    telling.add(room)
    for (let told = 0; ;) {
      const wanted = reading.get(room) ?? 0
      if (wanted <= told || isClosed) break
      told = wanted
      try {
        await asking.ask({
          frame: (ref) => ({ type: 'mark-read', ref, room, roomSeq: wanted }),
          post: () => rest.markRead(room, wanted),
          read: (frame) => (frame.type === 'done' ? frame : null),
        })
      } catch {
        // Refused: the room is theirs no more, or does not go so far.
      }
    }
    telling.delete(room)
  }

  /** What was read and is not known yet must not go with the page. */
  function tellReadAtLast(): void {
    for (const room of telling) rest.markRead(room, reading.get(room) ?? 0, true).catch(() => {})
  }

  // ------------------------------------------------------------------------------------------- the page's life

  const onOffline = () => line?.goOffline()
  const onOnline = () => {
    asking.nudge()
    lead.ask()
  }
  const onVisibility = () => {
    lead.visibilityChanged()
    if (isVisible()) onReturn()
  }
  const onReturn = () => {
    lead.wake()
    line?.lookAgain()
    asking.nudge()
  }
  const onPutAway = () => {
    tellReadAtLast()
    lead.rest()
  }
  const page = options.page ?? { window: globalThis.window, document: globalThis.document }
  const ears: [EventTarget, string, () => void][] = [
    [page.window, 'offline', onOffline],
    [page.window, 'online', onOnline],
    [page.window, 'pageshow', onReturn],
    [page.window, 'pagehide', onPutAway],
    [page.document, 'resume', onReturn],
    [page.document, 'freeze', onPutAway],
    [page.document, 'visibilitychange', onVisibility],
  ]
  for (const [target, event, run] of ears) target.addEventListener(event, run)

  return {
    /** A store: reactive. */
    state,
    account: options.account,
    listen(listener: InboxListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onNotified(run: (fact: NotifiedFact) => void): () => void {
      return this.listen({ onFact: (fact) => fact.type === 'notified' && run(fact) })
    },
    onNotificationsRead(run: (fact: NotificationsReadFact) => void): () => void {
      return this.listen({ onFact: (fact) => fact.type === 'notifications-read' && run(fact) })
    },
    /** To be taken before a list of rooms is asked for, and handed to `learn` with what came. */
    mark: () => taken,
    /** Rooms as REST has told them; what was told live since then is newer and stays. */
    learn(rows: readonly RoomRow[], since: number): void {
      batch(() => {
        for (const row of rows)
          if ((touched.get(row.id) ?? 0) <= since) setState('rooms', row.id, reconcile(structuredClone(row)))
      })
    },
    /** Shown at once, kept until the room has answered; returns its key. */
    send(room: string, content: { text: string } | { images: MediaView[] }): string {
      const key = options.newKey()
      tellOutgoing({
        key,
        room,
        text: 'text' in content ? content.text : null,
        images: 'images' in content ? content.images : [],
        after: state.rooms[room]?.lastSeq ?? 0,
        writtenAt: Math.max(Date.now(), (state.outgoing.at(-1)?.writtenAt ?? 0) + 1),
        failed: null,
      })
      return key
    },
    /** A refused message once more, as a new one: the room has said that it does not have it. */
    retry(key: string): void {
      const item = state.outgoing.find((one) => one.key === key)
      if (!item || item.failed === null) return
      const { text, images, room } = unwrap(item)
      settleEverywhere(key, null)
      this.send(room, text === null ? { images } : { text })
    },
    /** Gives a refused message up. */
    discard(key: string): void {
      settleEverywhere(key, null)
    },
    /** Rejects with the problem. */
    async edit(room: string, message: string, text: string): Promise<void> {
      await asking.ask<unknown>({
        frame: (ref) => ({ type: 'edit-message', ref, room, message, text }),
        post: () => rest.edit(room, message, text),
        read: (frame) => (frame.type === 'done' ? frame : null),
      })
    },
    /** Rejects with the problem. */
    async remove(room: string, message: string): Promise<void> {
      await asking.ask<unknown>({
        frame: (ref) => ({ type: 'delete-message', ref, room, message }),
        post: () => rest.remove(room, message),
        read: (frame) => (frame.type === 'done' ? frame : null),
      })
    },
    /** Asked until it is known; only the furthest counts. */
    markRead(room: string, seq: number): void {
      if (seq <= (state.rooms[room]?.readSeq ?? 0) || seq <= (reading.get(room) ?? 0)) return
      reading.set(room, seq)
      void tellRead(room)
    },
    /** Says that one writes, as often as the others need to hear it. */
    typing(room: string): void {
      const now = Date.now()
      // A little slower than the room takes it: one that comes too soon is dropped, and the sign would fade.
      if (now - (typedAt.get(room) ?? 0) < chat.typingEveryMs + 500) return
      if (send({ type: 'typing', room })) typedAt.set(room, now)
    },
    isLeading: lead.isLeading,
    close(): void {
      lead.close()
      stopLeading()
      isClosed = true
      channel.close()
      for (const timer of fading.values()) clearTimeout(timer)
      for (const [target, event, run] of ears) target.removeEventListener(event, run)
    },
  }
}
