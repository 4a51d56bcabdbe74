import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import type * as Sockets from 'ws'
import { onTestFinished, vi } from 'vitest'
import type { AuctionView, BidPlaced } from '../../../worker/contract/auctions.ts'
import { entryBytes, noHash, type Entry, type Hash } from '../../../worker/contract/ledger.ts'
import type {
  ClientFrame,
  LiveAuction,
  LiveBid,
  ServerFrame,
  Snapshot,
  Welcome,
} from '../../../worker/contract/live.ts'
import type { Won } from '../../../worker/contract/money.ts'
import { iso } from '../../../worker/contract/time.ts'
import { openLive, type LiveApi, type LiveTimes } from '../../../web/api/live.ts'
import { ApiProblem } from '../../../web/api/problem.ts'
import { auction, hash } from './played.ts'

// Tests of the browser's side resolve packages as a browser would, where `ws` refuses to work: so it is named by its file.
const ws = createRequire(import.meta.url)('../../../node_modules/ws/index.js') as typeof Sockets

/**
 * A room as seen from outside: a real WebSocket server that answers `hello` as the contract has it and otherwise does what a
 * test tells it. It keeps its facts, so that it can resume.
 */
export async function fakeRoom() {
  const server = new ws.WebSocketServer({ port: 0, handleProtocols: () => 'hallabong.v1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const heard: ClientFrame[] = []
  const protocols: string[][] = []
  const facts: (ServerFrame & { seq: number })[] = []
  let socket: Sockets.WebSocket | null = null
  let answers: (frame: ClientFrame) => ServerFrame | null = () => null
  let isListening = true
  let pings = 0
  let resumes = true
  let authorityMs: number | null = null
  let differs: Partial<LiveAuction> = {}
  let chain: { place: number; hash: Hash } = { place: 2, hash: noHash }
  const startChain = chain

  server.on('connection', (opened, request) => {
    socket = opened
    protocols.push((request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim()))
    opened.on('message', (data) => {
      const text = String(data)
      if (!isListening) return
      if (text === 'ping') {
        pings += 1
        return opened.send('pong')
      }
      const frame = JSON.parse(text) as ClientFrame
      heard.push(frame)
      if (frame.type === 'hello') greet(frame)
      else if (frame.type === 'clock')
        send({ type: 'clock', ref: frame.ref, sentAt: frame.sentAt, serverAt: iso(Date.now()) })
      const answer = answers(frame)
      if (answer) send(answer)
    })
  })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })

  function greet(frame: ClientFrame & { type: 'hello' }): void {
    const isResumed = resumes && frame.epoch === 'e1' && frame.seq !== undefined
    const welcome: Welcome = {
      type: 'welcome',
      protocol: 'hallabong.v1',
      epoch: 'e1',
      seq: facts.length,
      resumed: isResumed,
      serverAt: iso(Date.now()),
      heartbeatSeconds: 25,
      ...(authorityMs === null ? {} : { authUntil: iso(Date.now() + authorityMs) }),
      you: { signedIn: true, canBid: true, reasons: [], mask: 7 },
    }
    send(welcome)
    if (!isResumed) return send(snapshot())
    for (const fact of facts.slice(frame.seq)) send(fact)
  }

  function send(frame: ServerFrame): void {
    socket?.send(JSON.stringify(frame))
  }

  function snapshot(): Snapshot {
    const bids = facts.filter((fact) => fact.type === 'bid-placed')
    const last = bids.at(-1)
    return {
      type: 'snapshot',
      epoch: 'e1',
      seq: facts.length,
      logSeq: chain.place,
      hash: chain.hash,
      auction: {
        state: 'running',
        price: last?.price ?? (10_000 as Won),
        minimumBid: last?.minimumBid ?? (10_000 as Won),
        leader: last?.leader ?? null,
        winner: null,
        bidCount: bids.length,
        reserve: 'none',
        buyNowPrice: null,
        startsAt: iso(Date.now() - 60_000),
        endsAt: iso(Date.now() + 60_000),
        hardEndAt: iso(Date.now() + 120_000),
        endedAt: null,
        termsHash: noHash,
        ...differs,
      },
      bids: bids.map((fact) => ({
        bid: fact.bid,
        logSeq: fact.logSeq,
        bidder: fact.bidder.number,
        name: null,
        kind: fact.entry.kind,
        amount: fact.entry.amount,
        price: fact.price,
        leader: fact.leader,
        at: fact.at,
      })),
      messages: [],
      presence: { count: 1, named: [] },
      room: { slowModeSeconds: 0, chatPaused: false, chatFrom: 'all', chatOpen: true },
    }
  }

  /** The next bid of the room's life, chained; it is kept, and not yet sent. */
  function bid(price: number, bidder = 1): LiveBid & { hash: Hash } {
    const at = iso(Date.now())
    const own = { bidder, kind: 'exact', amount: price as Won, commitment: null, price: price as Won } as const
    const fields = { ...own, leader: bidder, reserve: 'none' as const, raises: [] }
    const place = chain.place + 1
    const entry: Entry = { type: 'bid', seq: place, at: Date.parse(at) as never, previous: chain.hash, ...fields }
    chain = { place, hash: hash(entryBytes(auction, entry)) }
    const fact: LiveBid & { hash: Hash } = {
      type: 'bid-placed',
      seq: facts.length + 1,
      logSeq: place,
      hash: chain.hash,
      at,
      raises: [],
      entry: fields,
      bid: `bid_${place}`,
      bidder: { number: bidder, name: null },
      price: price as Won,
      leader: bidder,
      minimumBid: (price + 500) as Won,
      bidCount: place - startChain.place,
      reserve: 'none',
      buyNowPrice: null,
    }
    facts.push(fact)
    return fact
  }

  return {
    url: `ws://127.0.0.1:${port}`,
    heard,
    protocols,
    facts,
    pings: () => pings,
    send,
    bid,
    snapshot,
    heardOf: <T extends ClientFrame['type']>(type: T) =>
      heard.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type),
    answer(with_: typeof answers) {
      answers = with_
    },
    stands(auction: Partial<LiveAuction>) {
      differs = auction
    },
    authority(ms: number) {
      authorityMs = ms
    },
    forgetFacts() {
      resumes = false
    },
    stopListening() {
      isListening = false
    },
    close(code: number) {
      socket?.close(code)
    },
    cut() {
      socket?.terminate()
    },
  }
}

export const view = {
  id: auction,
  state: 'running',
  price: 10_000,
  minimumBid: 10_000,
  leader: null,
  winner: null,
  bidCount: 0,
  reserve: 'none',
  terms: { buyNowPrice: null, startsAt: iso(Date.now() - 60_000) },
  endsAt: iso(Date.now() + 60_000),
  hardEndAt: iso(Date.now() + 120_000),
  endedAt: null,
  notes: [],
  cancelReason: null,
  present: 3,
  serverAt: iso(Date.now()),
  termsHash: noHash,
} as unknown as AuctionView

export const placed: BidPlaced = {
  receipt: {} as never,
  mask: 7,
  leading: true,
  price: 10_500 as Won,
  minimumBid: 11_000 as Won,
  endsAt: iso(Date.now() + 60_000) as never,
}

const reconnectMs = { min: 5, max: 20 }

/** Takes a line for dead as soon as it is silent. A busy computer is silent, too: only for tests that wait for just that. */
export const wary = { heartbeatMs: 40, pongWithinMs: 40, probeWithinMs: 40, reconnectMs } as const

const impatient: Partial<LiveTimes> = {
  socket: { heartbeatMs: 10_000, pongWithinMs: 10_000, probeWithinMs: 10_000, reconnectMs },
  answerWithinMs: 60,
  repeatMs: { min: 5, max: 20 },
  seenEveryMs: 5,
  pollMs: 10_000,
  lookMs: 10,
}

/** In Node an error nobody listens to is a crash; in browsers it is not, and `close` follows it anyway. */
class QuietSocket extends ws.WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols)
    this.on('error', () => {})
  }
}

/** A viewer of that room, with the REST side played by `rest`. */
export function watch(
  url: string,
  rest: Partial<LiveApi> = {},
  more: { times?: Partial<LiveTimes>; view?: Partial<AuctionView> } = {},
) {
  const away = () => Promise.reject(new ApiProblem('unavailable', { status: 503 }))
  const live = openLive({
    url,
    view: { ...view, ...more.view },
    api: {
      placeBid: away,
      buyNow: away,
      sendMessage: away,
      state: away,
      who: () => 'bom',
      ticket: () => Promise.resolve(null),
      ...rest,
    },
    WebSocket: QuietSocket as unknown as typeof WebSocket,
    times: { ...impatient, ...more.times },
  })
  onTestFinished(() => live.close())
  return live
}

/** Waits until it holds; a test that waits in vain fails by this. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 20_000, interval: 2 })
}
