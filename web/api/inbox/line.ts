import type { InboxClientFrame, InboxFact, InboxServerFrame, InboxSnapshot } from '../../../worker/contract/inbox.ts'
import { fromIso } from '../../../worker/contract/time.ts'
import { createSeen } from '../live/seen.ts'
import { openSocket, type Socket, type SocketTimes } from '../live/socket.ts'
import { doubtClock, hearServerTime, serverNow } from '../server-clock.ts'
import type { InboxConnection } from './state.ts'

export type AnswerFrame = Extract<InboxServerFrame, { type: 'message-sent' | 'done' | 'problem' }>

export interface LineOptions {
  url: string
  /** Rejects where none can be had now; null where this account gets none. */
  ticket: () => Promise<string | null>
  /** What is already known here: facts go on from there. */
  base: () => { epoch: string; seq: number } | null
  onConnection: (connection: InboxConnection) => void
  onSnapshot: (snapshot: InboxSnapshot) => void
  /** In order, as they came; false where one is missing before them. */
  onFacts: (facts: InboxFact[]) => boolean
  onTyping: (frame: Extract<InboxServerFrame, { type: 'typing' }>) => void
  onAnswer: (frame: AnswerFrame) => void
  /** Asks for a longer authority over the socket. */
  renew: (ticket: string) => Promise<{ authUntil?: string }>
  WebSocket?: typeof WebSocket
  times: { socket?: SocketTimes | undefined; seenEveryMs: number }
}

/** Renewed this long before the authority ends. */
const renewMarginMs = 60_000

const suspended = 4403
const tooMany = 4409
const finalCodes = [suspended, 4404, tooMany]

/** The account's socket, held by the leading tab alone: opened, resumed and kept, and its frames told apart. */
export function openLine(options: LineOptions) {
  let connection: InboxConnection = 'connecting'
  let stoppedBy: number | null = null
  /** Between a hello and its welcome facts may be of an older stream: they come again. */
  let isGreeting = true
  let greetedAt = 0
  let renewTimer: Timer
  let isClosed = false
  const seen = createSeen({
    everyMs: options.times.seenEveryMs,
    reached: () => options.base()?.seq ?? 0,
    send,
  })

  const socket: Socket = openSocket({
    url: options.url,
    async protocols() {
      const ticket = await options.ticket()
      if (ticket === null) {
        stop(suspended)
        throw new Error('no ticket for this account')
      }
      return ['hallabong.v1', `ticket.${ticket}`]
    },
    onOpen: greet,
    onAlive: () => {
      if (!isGreeting && connection !== 'live') become('live')
    },
    onFrame: (frame) => take(frame as InboxServerFrame),
    onDown(code, willReturn) {
      if (!willReturn) stoppedBy = code
      become(willReturn ? interrupted() : 'stopped')
    },
    finalCodes,
    ...(options.WebSocket && { WebSocket: options.WebSocket }),
    ...(options.times.socket && { times: options.times.socket }),
  })

  function become(next: InboxConnection): void {
    connection = next
    options.onConnection(next)
  }

  function stop(code: number): void {
    if (isClosed) return
    stoppedBy = code
    socket.close()
    become('stopped')
  }

  function interrupted(): InboxConnection {
    if (globalThis.navigator?.onLine === false) return 'offline'
    return options.base() === null ? 'connecting' : 'reconnecting'
  }

  function greet(): void {
    isGreeting = true
    greetedAt = Date.now()
    socket.send({ type: 'hello', ...options.base() } satisfies InboxClientFrame)
  }

  function take(frame: InboxServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        hearServerTime(frame.serverAt, greetedAt)
        keepAuthority(frame.authUntil)
        // Where nothing is resumed, a snapshot follows, and only then is anything a fact.
        isGreeting = !frame.resumed
        if (frame.resumed) become('live')
        return
      case 'snapshot':
        isGreeting = false
        seen.known(frame.seq)
        options.onSnapshot(frame)
        return become('live')
      case 'batch':
        return takeFacts(frame.frames)
      case 'typing':
        return options.onTyping(frame)
      case 'clock':
        return hearServerTime(frame.serverAt, frame.sentAt)
      case 'goodbye':
        return socket.expectReturnIn(frame.retryAfterMs)
      case 'message-sent':
      case 'done':
      case 'problem':
        return options.onAnswer(frame)
      default:
        takeFacts([frame])
    }
  }

  function takeFacts(facts: InboxFact[]): void {
    if (isGreeting) return
    if (!options.onFacts(facts)) return greet()
    seen.soon()
  }

  function keepAuthority(until: string): void {
    clearTimeout(renewTimer)
    renewTimer = setTimeout(() => void renew(), Math.max(0, fromIso(until) - serverNow() - renewMarginMs))
  }

  async function renew(): Promise<void> {
    try {
      const ticket = await options.ticket()
      if (ticket === null) return stop(suspended)
      // Another tab leads by now: it renews its own.
      if (isClosed) return
      const { authUntil } = await options.renew(ticket)
      if (authUntil !== undefined && !isClosed) keepAuthority(authUntil)
    } catch {
      socket.reconnect()
    }
  }

  /** False when nothing was sent: whoever asks goes another way. */
  function send(frame: InboxClientFrame): boolean {
    return connection === 'live' && socket.send(frame)
  }

  return {
    send,
    /** The network is gone: the line will say so by itself, only later. */
    goOffline(): void {
      if (connection !== 'stopped') become('offline')
      socket.probe()
    },
    /** Back from the background or from sleep: is the line alive, and what time is it? */
    lookAgain(): void {
      doubtClock()
      // Pushed out by one's other devices; here is where one looks now.
      if (stoppedBy === tooMany) {
        stoppedBy = null
        become('reconnecting')
        return socket.reconnect()
      }
      if (connection === 'stopped') return
      socket.probe()
      send({ type: 'clock', ref: 'clock', sentAt: Date.now() })
    },
    close(): void {
      isClosed = true
      seen.close()
      clearTimeout(renewTimer)
      socket.close()
    },
  }
}

export type Line = ReturnType<typeof openLine>

type Timer = ReturnType<typeof setTimeout> | undefined
