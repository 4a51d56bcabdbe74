import { batch, createEffect, createRoot, on, untrack } from 'solid-js'
import { createStore, produce, reconcile } from 'solid-js/store'
import type { AuctionView, BidPlaced, BidRow, BuyNow, ChatMessage, PlaceBid } from '../../worker/contract/auctions.ts'
import type { AuctionId } from '../../worker/contract/ids.ts'
import { api, sockets as limits } from '../../worker/contract/limits.ts'
import type { ClientFrame, Fact, LedgerFact, ServerFrame, Snapshot } from '../../worker/contract/live.ts'
import { fromIso, iso } from '../../worker/contract/time.ts'
import { unpackFacts } from '../../worker/contract/wire.ts'
import { createAsking } from './live/asking.ts'
import { createChain } from './live/chain.ts'
import { createSeen } from './live/seen.ts'
import { openSocket, type Socket, type SocketTimes } from './live/socket.ts'
import { stateOf } from './live/first-state.ts'
import { applyFact, applySnapshot, type LiveState } from './live/state.ts'
import { type BidVerdict, refusalOf, verdictOf } from './live/verdict.ts'
import { type ApiProblem, asProblem } from './problem.ts'
import { doubtClock, hearServerTime, serverNow } from './server-clock.ts'
import { session } from './session.ts'

export type { LiveState } from './live/state.ts'
export type { BidVerdict, Refusal } from './live/verdict.ts'

/** The REST twins of the commands. Each rejects with an `ApiProblem`. */
export interface LiveApi {
  placeBid: (bid: PlaceBid, key: string) => Promise<BidPlaced>
  buyNow: (purchase: BuyNow, key: string) => Promise<BidPlaced>
  sendMessage: (text: string, key: string) => Promise<ChatMessage>
  state: () => Promise<Snapshot>
  /** Whose calls these are now; null while nobody is signed in. */
  who: () => string | null
  /** A ticket for one socket; null for a visitor. */
  ticket: () => Promise<string | null>
}

export interface LiveOptions {
  /** `wss://…/api/auctions/{id}/live` */
  url: string
  view: AuctionView
  bids?: BidRow[]
  messages?: ChatMessage[]
  api: LiveApi
  WebSocket?: typeof WebSocket
  times?: Partial<LiveTimes>
}

export interface LiveTimes {
  socket: SocketTimes | undefined
  answerWithinMs: number
  repeatMs: { min: number; max: number }
  seenEveryMs: number
  /** Without a socket the state is read this often. */
  pollMs: number
  /** How often the room is asked to look at its clock once a deadline has passed. */
  lookMs: number
}

const usualTimes: LiveTimes = {
  socket: undefined,
  answerWithinMs: limits.answerWithinMs,
  repeatMs: limits.reconnectMs,
  seenEveryMs: limits.seenEveryMs,
  pollMs: api.cardsPollMs,
  lookMs: 1_500,
}

/** Renewed this long before the authority ends. */
const renewMarginMs = 60_000

/** Suspended, unknown, or pushed out by one's own other windows: trying again by itself would be wrong. */
const finalCodes = [4403, 4404, 4409]

export type Live = ReturnType<typeof openLive>

/**
 * One auction, live: a store that follows the room by socket (gapless, or from a snapshot), and commands that are asked until
 * they are answered. In browsers only; call `close` when done.
 */
export function openLive(options: LiveOptions) {
  const times = { ...usualTimes, ...options.times }
  const { view, api: rest } = options
  const [state, setState] = createStore<LiveState>(stateOf(view, options.bids, options.messages))
  const chain = createChain(view.id as AuctionId, (next) => setState('chain', next))
  const seen = createSeen({ everyMs: times.seenEveryMs, reached: () => seq, send })
  const asking = createAsking({
    send: (frame) => (frame.type === 'renew' || holder === rest.who()) && send(frame),
    who: rest.who,
    answerWithinMs: times.answerWithinMs,
    repeatMs: times.repeatMs,
  })
  let epoch: string | null = null
  let seq = 0
  /** Between a hello and its welcome facts may be of an older stream: they come again. */
  let isGreeting = false
  let greetedAt = 0
  let authUntil: number | null = null
  /** Somebody signed in or out, or changed, after this socket's ticket was asked for. */
  let isSomebodyElse = false
  /** Whose ticket the socket has. Until it is the reader's own, commands go by REST. */
  let holder: string | null = null
  let isClosed = false
  const timers = {
    renew: undefined as Timer,
    look: undefined as Timer,
    poll: undefined as Timer,
  }

  const socket: Socket = openSocket({
    url: options.url,
    protocols: async () => {
      isSomebodyElse = false
      holder = rest.who()
      const ticket = await rest.ticket()
      return ticket === null ? ['hallabong.v1'] : ['hallabong.v1', `ticket.${ticket}`]
    },
    onOpen: greet,
    onAlive: () => {
      if (!isGreeting && epoch !== null && state.connection !== 'live') arrive()
    },
    onFrame: (frame) => take(frame as ServerFrame),
    onDown: (code, willReturn) => {
      setState({ connection: willReturn ? interrupted() : 'stopped', stoppedBy: willReturn ? null : code })
      asking.nudge()
      poll()
    },
    finalCodes,
    ...(options.WebSocket && { WebSocket: options.WebSocket }),
    ...(times.socket && { times: times.socket }),
  })

  function send(frame: ClientFrame): boolean {
    return state.connection === 'live' && socket.send(frame)
  }

  function greet(): void {
    isGreeting = true
    greetedAt = Date.now()
    socket.send({ type: 'hello', ...(epoch === null ? {} : { epoch, seq }) } satisfies ClientFrame)
  }

  function arrive(): void {
    setState({ connection: 'live', stoppedBy: null })
    clearTimeout(timers.poll)
    askClock()
    asking.nudge()
    if (isSomebodyElse) void renew()
  }

  function interrupted(): LiveState['connection'] {
    if (globalThis.navigator?.onLine === false) return 'offline'
    return epoch === null ? 'connecting' : 'reconnecting'
  }

  function take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        isGreeting = false
        hearServerTime(frame.serverAt, greetedAt)
        setState('you', reconcile(frame.you))
        keepAuthority(frame.authUntil)
        if (frame.resumed) arrive()
        else epoch = null
        break
      case 'snapshot':
        begin(frame)
        arrive()
        break
      case 'batch':
        takeFacts(unpackFacts(frame.frames))
        if (frame.checkpoint && seq === frame.last) chain.compare(frame.checkpoint)
        break
      case 'presence':
        setState('presence', reconcile({ count: frame.count, named: frame.named }))
        break
      case 'clock':
        hearServerTime(frame.serverAt, frame.sentAt)
        break
      case 'goodbye':
        socket.expectReturnIn(frame.retryAfterMs)
        break
      case 'outbid':
        // The fact that follows for everyone says the same.
        break
      case 'bid-accepted':
      case 'bid-refused':
      case 'message-sent':
      case 'done':
      case 'problem':
        asking.hear(frame)
        break
      default:
        takeFacts([frame])
    }
  }

  function takeFacts(facts: Fact[]): void {
    if (isGreeting || epoch === null) return
    const fresh = facts.filter((fact) => fact.seq > seq)
    batch(() => {
      for (const fact of fresh) {
        if (fact.seq !== seq + 1) return greet()
        seq = fact.seq
        setState(produce((draft) => applyFact(draft, fact)))
        if ('logSeq' in fact) chain.take(fact as LedgerFact)
      }
    })
    if (fresh.length === 0) return
    seen.soon()
    watchDeadline()
  }

  /** Whichever way it came, facts go on from it; one that facts have overtaken on its way is dropped. */
  function begin(snapshot: Snapshot): void {
    if (snapshot.epoch === epoch && snapshot.seq < seq) return
    epoch = snapshot.epoch
    seq = snapshot.seq
    seen.known(seq)
    chain.begin(snapshot.logSeq, snapshot.hash)
    batch(() => {
      setState(produce((draft) => applySnapshot(draft, structuredClone(snapshot))))
      setState('asOf', iso(serverNow()))
    })
    watchDeadline()
  }

  /** A deadline that has passed makes the room look at its clock: it closes lazily, and nobody here guesses that it did. */
  function watchDeadline(): void {
    clearTimeout(timers.look)
    const { state: stands, startsAt, endsAt } = state.auction
    const due = stands === 'scheduled' ? startsAt : stands === 'running' ? endsAt : null
    if (due === null) return
    const left = fromIso(due) - serverNow()
    if (left <= 0) askClock()
    // Timers cannot run longer than 24 days; this one only looks again.
    timers.look = setTimeout(watchDeadline, left > 0 ? Math.min(left + 20, 86_400_000) : times.lookMs)
  }

  function askClock(): void {
    send({ type: 'clock', ref: 'clock', sentAt: Date.now() })
  }

  /** While there is no socket the state comes by REST, so that prices on the screen are never long untrue. */
  function poll(): void {
    clearTimeout(timers.poll)
    if (isClosed || state.stoppedBy === 4404) return
    timers.poll = setTimeout(async () => {
      if (state.connection === 'live') return
      try {
        const snapshot = await rest.state()
        // Meanwhile the socket may be back, and ahead; or the page was left.
        if (!isClosed && (state.connection as LiveState['connection']) !== 'live') begin(snapshot)
      } catch {
        // The next turn asks again.
      }
      if ((state.connection as LiveState['connection']) !== 'live') poll()
    }, times.pollMs)
  }

  function keepAuthority(until: string | undefined): void {
    clearTimeout(timers.renew)
    authUntil = until === undefined ? null : fromIso(until)
    if (authUntil === null) return
    timers.renew = setTimeout(() => void renew(), Math.max(0, authUntil - serverNow() - renewMarginMs))
  }

  /** Moves the authority of this socket on, or gives a visitor's socket one. */
  async function renew(): Promise<void> {
    isSomebodyElse = false
    const who = rest.who()
    try {
      const ticket = await rest.ticket()
      if (ticket === null) return socket.reconnect()
      const done = await asking.ask({
        frame: (ref) => ({ type: 'renew', ref, ticket }),
        post: null,
        read: (frame) => (frame.type === 'done' ? frame : null),
      })
      holder = who
      keepAuthority(done.authUntil)
      if (done.you) setState('you', reconcile(done.you))
    } catch {
      socket.reconnect()
    }
  }

  async function judge(
    frame: (ref: string) => ClientFrame,
    post: () => Promise<BidPlaced>,
    onDoubt: (problem: ApiProblem | null) => void,
  ): Promise<BidVerdict> {
    try {
      const verdict = await asking.ask<BidVerdict>({
        frame,
        post: async () => ({ ok: true, placed: await post() }),
        read: verdictOf,
        onDoubt,
      })
      if (verdict.ok) stand(verdict.placed)
      return verdict
    } catch (thrown) {
      return refusalOf(asProblem(thrown))
    }
  }

  /** The answer to an own bid is the first to know how it stands; a price that moved on meanwhile stays. */
  function stand({ mask, leading, price, minimumBid, endsAt, deal }: BidPlaced): void {
    batch(() => {
      setState('you', (you) => (you ? { ...you, mask } : you))
      if (deal !== undefined) setState('deal', deal)
      if (price < state.auction.price || state.auction.endedAt !== null) return
      setState('auction', (auction) => ({
        price: price as typeof auction.price,
        minimumBid: (minimumBid ?? auction.minimumBid) as typeof auction.minimumBid,
        leader: leading ? mask : auction.leader,
        endsAt: fromIso(endsAt) > fromIso(auction.endsAt) ? (endsAt as typeof auction.endsAt) : auction.endsAt,
      }))
    })
  }

  /** What the room knows of its reader came with the ticket. A window that was sent away stays away. */
  function bringAnew(): void {
    if (state.connection === 'live') void renew()
    else isSomebodyElse = true
  }

  const forgetReader = createRoot((end) => {
    createEffect(
      on(session.account, (now, before) => {
        // Another account is told by `signInChanged`; here the same one has been told anew, on whichever device it was changed.
        if (before && now && now.handle === before.handle) bringAnew()
      }),
    )
    return end
  })
  const onOffline = () => {
    setState('connection', (before) => (before === 'stopped' ? before : 'offline'))
    socket.probe()
  }
  const onOnline = () => asking.nudge()
  /** Back from the background or from sleep: is the line alive, and what time is it? */
  const onVisible = () => {
    if (document.visibilityState !== 'visible') return
    doubtClock()
    socket.probe()
    askClock()
    asking.nudge()
    watchDeadline()
  }
  globalThis.addEventListener?.('offline', onOffline)
  globalThis.addEventListener?.('online', onOnline)
  globalThis.addEventListener?.('pageshow', onVisible)
  globalThis.document?.addEventListener('visibilitychange', onVisible)
  untrack(() => {
    watchDeadline()
    poll()
  })

  return {
    state,
    /** Resolves with the room's verdict, however often it has to be asked; `onDoubt` hears of each time. */
    placeBid: (bid: PlaceBid, key: string, onDoubt: (problem: ApiProblem | null) => void = () => {}) =>
      judge(
        (ref) => ({ type: 'place-bid', ref, key, ...bid }),
        () => rest.placeBid(bid, key),
        onDoubt,
      ),
    buyNow: (purchase: BuyNow, key: string, onDoubt: (problem: ApiProblem | null) => void = () => {}) =>
      judge(
        (ref) => ({ type: 'buy-now', ref, key, ...purchase }),
        () => rest.buyNow(purchase, key),
        onDoubt,
      ),
    /** Rejects with the problem. */
    async sendMessage(text: string, key: string): Promise<void> {
      const message = await asking.ask({
        frame: (ref) => ({ type: 'send-message', ref, key, text }),
        post: () => rest.sendMessage(text, key),
        read: (frame) => (frame.type === 'message-sent' ? frame.message : null),
      })
      setState(produce((draft) => applyFact(draft, { type: 'message-posted', seq, message })))
    },
    /**
     * Somebody has signed in or out on this page, or stands otherwise to the seller: the socket becomes theirs, as soon as there is one.
     */
    async signInChanged(): Promise<void> {
      if (state.connection === 'live') await renew()
      else if (state.connection === 'stopped') socket.reconnect()
      else isSomebodyElse = true
    },
    reconnect: socket.reconnect,
    /** Resolves when the chain of everything that has arrived is recomputed. */
    chainSettled: chain.settled,
    close(): void {
      isClosed = true
      forgetReader()
      socket.close()
      for (const timer of Object.values(timers)) clearTimeout(timer)
      seen.close()
      globalThis.removeEventListener?.('offline', onOffline)
      globalThis.removeEventListener?.('online', onOnline)
      globalThis.removeEventListener?.('pageshow', onVisible)
      globalThis.document?.removeEventListener('visibilitychange', onVisible)
    },
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined
