import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { protocol, type Fact } from '../../../../worker/contract/live.ts'
import { unpackFacts } from '../../../../worker/contract/wire.ts'
import type { BidReport, ComeReport, Door, Order, Report, SeenReport, Sent } from './frames.ts'
import { Sightings } from './sightings.ts'
import { Durations, preciseNow } from './spread.ts'

/**
 * People of one room, in a process of their own, as little as they may be: each knows the place up to which it has everything. What
 * the room sent to all of them alike is read once.
 */
interface Viewer {
  socket: WebSocket | null
  door: Door
  epoch: string | null
  seq: number
  /** The place that it last told the room it has. */
  said: number
  doubled: number
  /** The connection under the socket, and what came over those before it. */
  wire: Socket | null
  bytesBefore: number
}

interface Waiting {
  sentAt: number
  settle: (accepted: boolean) => void
}

function newViewer(door: Door): Viewer {
  return { socket: null, door, epoch: null, seq: 0, said: 0, doubled: 0, wire: null, bytesBefore: 0 }
}

const viewers: Viewer[] = []
const bidders: WebSocket[] = []
/** Up to which place bidders have everything. They look no closer at what they are told. */
const bidderHas = new WeakMap<WebSocket, { seq: number; said: number }>()
const asked = new Map<string, Waiting>()
/** When a bid of this amount left. */
const sentAt = new Map<number, number>()
let seenAfter = new Durations()
/** While another process bids: what was seen when. */
let sightings: Sightings | null = null
let firstState = new Durations()
let lastSeq = 0
/** Viewers whom the other side closed, by code. */
const closed = new Map<number, number>()

let read = { text: '', facts: [] as Fact[] }

/** The facts of a frame; the same text is read once, however many it came to. */
function factsOf(text: string): Fact[] {
  if (text !== read.text) {
    const frame = JSON.parse(text) as { type: string; frames?: unknown[] }
    read = { text, facts: frame.type === 'batch' ? unpackFacts(frame.frames ?? []) : [frame as unknown as Fact] }
  }
  return read.facts
}

function hear(viewer: Viewer, text: string): void {
  if (text.startsWith('{"type":"batch"') || text.startsWith('{"type":"bid-placed"')) return take(viewer, factsOf(text))
  if (!text.startsWith('{"type":"snapshot"')) return
  const { epoch, seq } = JSON.parse(text) as { epoch: string; seq: number }
  viewer.epoch = epoch
  viewer.seq = seq
}

function take(viewer: Viewer, facts: Fact[]): void {
  const now = preciseNow()
  for (const fact of facts) {
    if (fact.seq <= viewer.seq) viewer.doubled += 1
    else if (fact.seq === viewer.seq + 1) viewer.seq = fact.seq
    if (fact.type !== 'bid-placed') continue
    const amount = fact.entry.amount ?? fact.price
    sightings?.add(amount, now)
    const left = sentAt.get(amount)
    if (left !== undefined) seenAfter.add(now - left)
  }
  lastSeq = Math.max(lastSeq, viewer.seq)
}

/** Resolves when the first state is there: a snapshot, or what was missed. */
function open(viewer: Viewer): Promise<void> {
  const began = preciseNow()
  const { url, headers, deflates: perMessageDeflate = false } = viewer.door
  const socket = new WebSocket(url, [protocol], { perMessageDeflate, headers })
  viewer.socket = socket
  socket.on('upgrade', ({ socket: wire }) => {
    viewer.bytesBefore = bytesOf(viewer)
    viewer.wire = wire
  })
  return new Promise((resolve, reject) => {
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'hello', ...(viewer.epoch && { epoch: viewer.epoch, seq: viewer.seq }) })),
    )
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      hear(viewer, text)
      const isIn = text.startsWith('{"type":"snapshot"') || text.startsWith('{"type":"welcome"')
      if (!isIn || (text.startsWith('{"type":"welcome"') && !text.includes('"resumed":true'))) return
      firstState.add(preciseNow() - began)
      resolve()
    })
    socket.on('error', reject)
    socket.on('close', (code) => {
      if (viewer.socket === socket && code !== 1006) closed.set(code, (closed.get(code) ?? 0) + 1)
      reject(new Error(`closed ${code}`))
    })
  })
}

/** As clients do: whoever is closed comes again, half a second later at the earliest. */
async function openAtLast(viewer: Viewer, tries: number): Promise<void> {
  try {
    await open(viewer)
  } catch (error) {
    if (tries <= 1) throw error
    await pause(500 * (1 + Math.random()))
    await openAtLast(viewer, tries - 1)
  }
}

async function allIn(
  some: readonly Viewer[],
  { withinMs = 0, upTo = 0, tries = 1 }: { withinMs?: number; upTo?: number; tries?: number },
): Promise<ComeReport> {
  const cpu = process.cpuUsage()
  const began = preciseNow()
  firstState = new Durations()
  const results = await Promise.allSettled(
    some.map(async (viewer, place) => {
      if (withinMs > 0) await pause((withinMs * place) / some.length)
      await openAtLast(viewer, tries)
    }),
  )
  if (upTo > 0) await settled(upTo, 5)
  const seconds = (preciseNow() - began) / 1_000
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
  const failed = failures.length
  return {
    seconds,
    first: firstState.spread(),
    failed,
    why: [...new Set(failures)],
    lost: lacking(upTo),
    doubled: doubled(),
    ownCpu: cpuSince(cpu, seconds),
  }
}

/** Facts up to this place that viewers have not, over all of them. */
function lacking(upTo: number): number {
  return viewers.reduce((sum, { seq }) => sum + Math.max(0, upTo - seq), 0)
}

function doubled(): number {
  return viewers.reduce((sum, viewer) => sum + viewer.doubled, 0)
}

function closings(): string[] {
  return [...closed].map(([code, count]) => `${code} × ${count}`)
}

function bytesOf({ wire, bytesBefore }: Viewer): number {
  return bytesBefore + (wire?.bytesRead ?? 0)
}

function bytesSoFar(): number {
  return viewers.reduce((sum, viewer) => sum + bytesOf(viewer), 0)
}

function cpuSince(before: NodeJS.CpuUsage, seconds: number): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000 / seconds
}

async function enter({ url, headers }: Door, tickets: readonly (string | null)[]): Promise<void> {
  await Promise.all(
    tickets.map(
      (ticket) =>
        new Promise<void>((resolve, reject) => {
          const protocols = ticket === null ? [protocol] : [protocol, `ticket.${ticket}`]
          const socket = new WebSocket(url, protocols, { perMessageDeflate: false, headers })
          const has = { seq: 0, said: 0 }
          bidderHas.set(socket, has)
          socket.on('open', () => socket.send('{"type":"hello"}'))
          socket.on('message', (data: Buffer) => {
            const text = data.toString()
            if (text.startsWith('{"type":"snapshot"')) resolve()
            else if (text.startsWith('{"type":"bid-')) answer(text)
            else if (text.startsWith('{"type":"batch"')) has.seq = Number(/"last":(\d+)/.exec(text)?.[1])
          })
          socket.on('error', reject)
          socket.on('close', (code) => reject(new Error(`a bidder was closed: ${code}`)))
          bidders.push(socket)
        }),
    ),
  )
}

function answer(text: string): void {
  const ref = /"ref":"([^"]+)"/.exec(text)?.[1]
  const waiting = ref === undefined ? undefined : asked.get(ref)
  if (ref === undefined || !waiting) return
  asked.delete(ref)
  waiting.settle(text.startsWith('{"type":"bid-accepted"'))
}

let refs = 0

function bid(amount: number, kind: 'exact' | 'max'): Promise<boolean> {
  const ref = `r${(refs += 1)}`
  const socket = bidders[refs % bidders.length]
  return new Promise((settle) => {
    const now = preciseNow()
    asked.set(ref, { sentAt: now, settle })
    sentAt.set(amount, now)
    socket?.send(JSON.stringify({ type: 'place-bid', ref, key: randomUUID(), kind, amount, confirm: true }))
  })
}

async function bidAll({ amounts, pace, kind }: Extract<Order, { order: 'bid' }>): Promise<BidReport> {
  const ack = new Durations()
  seenAfter = new Durations()
  sentAt.clear()
  const counts = { accepted: 0, refused: 0 }
  const bytesBefore = bytesSoFar()
  const cpu = process.cpuUsage()
  const began = preciseNow()
  const one = async (amount: number) => {
    const left = preciseNow()
    const isAccepted = await bid(amount, kind)
    ack.add(preciseNow() - left)
    counts[isAccepted ? 'accepted' : 'refused'] += 1
  }
  if ('perSecond' in pace) {
    const answers: Promise<void>[] = []
    for (const [place, amount] of amounts.entries()) {
      const due = began + (place * 1_000) / pace.perSecond
      const wait = due - preciseNow()
      if (wait > 1) await pause(wait)
      answers.push(one(amount))
    }
    await Promise.all(answers)
  } else {
    let next = 0
    const hand = async () => {
      while (next < amounts.length) await one(amounts[next++] ?? 0)
    }
    await Promise.all(Array.from({ length: pace.atOnce }, hand))
  }
  const seconds = (preciseNow() - began) / 1_000
  const ownCpu = cpuSince(cpu, seconds)
  await settled(lastSeq, 300)
  return {
    ...counts,
    seconds,
    ack: ack.spread(),
    sent: [...sentAt],
    seen: seenAfter.spread(),
    lost: lacking(lastSeq),
    doubled: doubled(),
    closed: closings(),
    bytesPerViewer: viewers.length > 0 ? (bytesSoFar() - bytesBefore) / viewers.length : 0,
    ownCpu,
  }
}

let listened = { cpu: process.cpuUsage(), began: 0, bytes: 0 }

function listen(): void {
  sightings = new Sightings()
  listened = { cpu: process.cpuUsage(), began: preciseNow(), bytes: bytesSoFar() }
}

async function account(sent: Sent[], upTo: number): Promise<SeenReport> {
  const ownCpu = cpuSince(listened.cpu, (preciseNow() - listened.began) / 1_000)
  await settled(upTo, 300)
  const seen = sightings?.since(new Map(sent)) ?? new Durations()
  sightings = null
  const bytesPerViewer = (bytesSoFar() - listened.bytes) / viewers.length
  return { seen: seen.spread(), lost: lacking(upTo), doubled: doubled(), closed: closings(), bytesPerViewer, ownCpu }
}

/** Until everybody has all up to that place; what does not come in a while is lost, and told. */
async function settled(upTo: number, lookEveryMs: number): Promise<void> {
  const until = preciseNow() + 20_000
  do await pause(lookEveryMs)
  while (viewers.some(({ seq }) => seq < upTo) && preciseNow() < until)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function obey(order: Order): Promise<Report> {
  switch (order.order) {
    case 'watch': {
      const { door, count, withinMs } = order
      const come = Array.from({ length: count }, () => newViewer(door))
      viewers.push(...come)
      return { report: await allIn(come, { withinMs }) }
    }
    case 'enter':
      await enter(order.door, order.tickets)
      return { report: null }
    case 'bid':
      return { report: await bidAll(order) }
    case 'listen':
      listen()
      return { report: null }
    case 'account':
      return { report: await account(order.sent, order.upTo) }
    case 'rest':
      isResting = true
      return { report: null }
    case 'drop':
      for (const { socket } of viewers) socket?.terminate()
      return { report: null }
    case 'return':
      return { report: await allIn(viewers, { upTo: order.upTo, tries: 5 }) }
    case 'close':
      for (const { socket } of viewers.splice(0)) socket?.terminate()
      for (const socket of bidders.splice(0)) socket.terminate()
      return { report: null }
  }
}

let isResting = false

const seenEveryMs = 2_000
const seenParts = 100
let seenPart = 0

/** A slow client is one that says nothing of what it has seen. Clients say it at moments of their own, so some do in each part of the time. */
setInterval(() => {
  if (isResting) return
  seenPart = (seenPart + 1) % seenParts
  for (const viewer of inTurn(viewers)) saySeen(viewer.socket, viewer)
  for (const socket of inTurn(bidders)) saySeen(socket, bidderHas.get(socket))
}, seenEveryMs / seenParts).unref()

function inTurn<T>(all: readonly T[]): T[] {
  return all.filter((_, place) => place % seenParts === seenPart)
}

function saySeen(socket: WebSocket | null, has: { seq: number; said: number } | undefined): void {
  if (socket?.readyState !== WebSocket.OPEN || !has || has.seq === has.said) return
  has.said = has.seq
  socket.send(`{"type":"seen","seq":${has.seq}}`)
}

/** Who says nothing at all is taken for gone. The platform answers without waking the room. */
setInterval(() => {
  for (const socket of [...viewers.map(({ socket }) => socket), ...bidders])
    if (socket?.readyState === WebSocket.OPEN) socket.send('ping')
}, 25_000).unref()

/** Whoever asked may have given up meanwhile. */
function noOneListens(): void {}

process.on('message', (order: Order) => {
  obey(order).then(
    (report) => process.send?.(report, noOneListens),
    (error: unknown) => process.send?.({ failed: String(error) } satisfies Report, noOneListens),
  )
})
process.on('disconnect', () => process.exit(0))
