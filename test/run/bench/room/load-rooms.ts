import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { protocol, type Fact } from '../../../../worker/contract/live.ts'
import { unpackFacts } from '../../../../worker/contract/wire.ts'
import type { Door, Spread } from './frames.ts'
import { amounts } from './ladder.ts'
import { Durations, preciseNow } from './spread.ts'

/** An auction, with the tickets of two who bid in turn. */
export interface RoomToOpen {
  door: Door
  tickets: string[]
}

/** Some more rooms to sit in (tickets do not last while a thousand are opened), or so long to bid in all of them. */
export type RoomOrder = { open: RoomToOpen[] } | { seconds: number }

export interface RoomsReport {
  seen: Spread
  lost: number
  doubled: number
  /** Bids that were refused and sockets that the other side closed, each with its code, and how many. */
  mishaps: Record<string, number>
  ownCpu: number
}

const viewersEach = 5
const seenEveryMs = 2_000
/** Whoever has not heard of a bid by then after the last was due never will. */
const patienceSeconds = 60
const ladder = amounts(2_400)
const seen = new Durations()
const counts = { doubled: 0, mishaps: {} as Record<string, number> }

function count(mishap: string): void {
  counts.mishaps[mishap] = (counts.mishaps[mishap] ?? 0) + 1
}

/** One auction with its few viewers. */
class Room {
  private readonly sockets: WebSocket[] = []
  private readonly seqs: number[] = []
  private readonly sentAt = new Map<number, number>()
  private bids = 0
  /** Places of the last fact before the first bid, and of the last that anybody here has heard. */
  private first = 0
  private last = 0
  private saidSeen = 0
  private onHeard: (() => void) | null = null

  async open({ url, headers }: Door, tickets: readonly string[]): Promise<void> {
    for (let place = 0; place < viewersEach; place += 1) {
      const ticket = tickets[place]
      const protocols = ticket === undefined ? [protocol] : [protocol, `ticket.${ticket}`]
      const socket = new WebSocket(url, protocols, { perMessageDeflate: false, headers })
      this.sockets.push(socket)
      await new Promise<void>((resolve, reject) => {
        socket.on('open', () => socket.send('{"type":"hello"}'))
        socket.on('message', (data: Buffer) => this.hear(place, data.toString(), resolve))
        socket.on('error', reject)
        socket.on('close', (code) => {
          count(`closed (${code})`)
          reject(new Error(`closed ${code}`))
        })
      })
    }
    setInterval(() => this.saySeen(), seenEveryMs).unref()
  }

  private hear(place: number, text: string, isIn: () => void): void {
    if (text.startsWith('{"type":"snapshot"')) {
      this.first = (JSON.parse(text) as { seq: number }).seq
      this.last = this.first
      this.seqs[place] = this.first
      isIn()
    } else if (text.startsWith('{"type":"bid-refused"')) {
      const { code } = JSON.parse(text) as { code: string }
      count(`refused (${code})`)
    } else if (text.startsWith('{"type":"batch"')) this.take(place, (JSON.parse(text) as { frames: unknown[] }).frames)
  }

  private take(place: number, frames: unknown[]): void {
    const now = preciseNow()
    for (const fact of unpackFacts(frames) as Fact[]) {
      const seq = this.seqs[place] ?? 0
      if (fact.seq <= seq) counts.doubled += 1
      else if (fact.seq === seq + 1) this.seqs[place] = fact.seq
      const left = fact.type === 'bid-placed' ? this.sentAt.get(fact.price) : undefined
      if (left !== undefined) seen.add(now - left)
      this.last = Math.max(this.last, fact.seq)
    }
    if (this.isAllKnown) this.onHeard?.()
  }

  /** People bid on what they see. A bid that waited for the one before it counts from when it was due. */
  async bid(dueAt: number): Promise<void> {
    await until(dueAt)
    if (!this.isAllKnown) await new Promise<void>((resolve) => (this.onHeard = resolve))
    this.onHeard = null
    const amount = ladder[this.bids] ?? 0
    const socket = this.sockets[this.bids % 2]
    this.bids += 1
    this.sentAt.set(amount, dueAt)
    const key = randomUUID()
    socket?.send(JSON.stringify({ type: 'place-bid', ref: `r${this.bids}`, key, kind: 'exact', amount, confirm: true }))
  }

  private saySeen(): void {
    if (this.last === this.saidSeen) return
    this.saidSeen = this.last
    this.sockets.forEach((socket, place) => socket.send(`{"type":"seen","seq":${this.seqs[place]}}`))
  }

  ping(): void {
    for (const socket of this.sockets) socket.send('ping')
  }

  get lacking(): number {
    return this.seqs.reduce((sum, seq) => sum + this.last - seq, 0)
  }

  /** Whether somebody has heard of all that was bid here. */
  get isAllKnown(): boolean {
    return this.last >= this.first + this.bids
  }
}

const rooms: Room[] = []

async function open(some: readonly RoomToOpen[]): Promise<null> {
  await Promise.all(
    some.map(async ({ door, tickets }) => {
      const room = new Room()
      await room.open(door, tickets)
      rooms.push(room)
    }),
  )
  return null
}

async function run(seconds: number): Promise<RoomsReport> {
  const cpu = process.cpuUsage()
  const began = preciseNow()
  const timers = rooms.map(async (room, place) => {
    for (let second = 0; second < seconds; second += 1) {
      await room.bid(began + second * 1_000 + (place * 1_000) / rooms.length)
    }
  })
  await Promise.race([Promise.all(timers), until(began + (seconds + patienceSeconds) * 1_000)])
  const { user, system } = process.cpuUsage(cpu)
  const ownCpu = (user + system) / 1_000 / (preciseNow() - began)
  const patience = preciseNow() + 10_000
  while (rooms.some((room) => room.lacking > 0 || !room.isAllKnown) && preciseNow() < patience)
    await until(preciseNow() + 100)
  const unheard = rooms.filter((room) => !room.isAllKnown).length
  const lost = rooms.reduce((sum, { lacking }) => sum + lacking, unheard)
  return { seen: seen.spread(), lost, ...counts, ownCpu }
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - preciseNow())))
}

/** Who says nothing at all is taken for gone, and opening a thousand rooms takes longer than that. */
setInterval(() => {
  for (const room of rooms) room.ping()
}, 25_000).unref()

process.on('message', (order: RoomOrder) => {
  const work: Promise<RoomsReport | null> = 'open' in order ? open(order.open) : run(order.seconds)
  work.then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
