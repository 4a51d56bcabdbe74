import { randomUUID } from 'node:crypto'
import { auctions } from '../../worker/contract/limits.ts'
import { protocol, type ServerFrame, type Snapshot } from '../../worker/contract/live.ts'
import { raised, type Won } from '../../worker/contract/money.ts'
import type { Person, Site } from '../run/demo/client.ts'

const windowMs = 10_000
const bidsPerWindow = 10

/** What the answer to a bid says of the next one; null when the line broke before it came. */
type Answer = { accepted: boolean; next: number } | null

/**
 * One bidder's socket without any memory, for thousands of bids: it knows the one question that is open and says from time
 * to time what it has seen.
 */
class Line {
  private readonly socket: WebSocket
  private open: { ref: string; resolve(answer: Answer): void; amount: number } | null = null
  private refs = 0
  private seen = 0

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => this.take(String(data)))
    socket.addEventListener('close', () => this.answer(null))
  }

  static async to(site: Site, auction: string, person: Person): Promise<Line> {
    const { ticket } = await person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
    const url = `${site.origin.replace('http', 'ws')}/api/auctions/${auction}/live`
    const socket = new WebSocket(url, [protocol, `ticket.${ticket}`])
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('close', () => reject(new Error('the room let nobody in')))
    })
    const line = new Line(socket)
    line.say({ type: 'hello' })
    return line
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  bid(amount: number): Promise<Answer> {
    if (!this.isOpen) return Promise.resolve(null)
    const ref = `r${(this.refs += 1)}`
    return new Promise((resolve) => {
      this.open = { ref, resolve, amount }
      this.say({ type: 'place-bid', ref, key: randomUUID(), kind: 'exact', amount, confirm: true })
    })
  }

  close(): void {
    this.socket.close(1000)
  }

  private say(frame: object): void {
    this.socket.send(JSON.stringify(frame))
  }

  private take(text: string): void {
    if (text.startsWith('{"type":"batch"')) return this.see(Number(/"last":(\d+)/.exec(text)?.[1]))
    if (!text.startsWith('{')) return
    const frame = JSON.parse(text) as ServerFrame
    if (!('ref' in frame) || frame.ref !== this.open?.ref) return
    const { amount } = this.open
    if (frame.type === 'bid-accepted') this.answer({ accepted: true, next: raised(amount as Won) })
    else if (frame.type === 'bid-refused') this.answer({ accepted: false, next: frame.minimumBid ?? amount })
    else if (frame.type === 'problem') this.answer({ accepted: false, next: amount })
  }

  private see(last: number): void {
    if (last - this.seen < 50) return
    this.seen = last
    this.say({ type: 'seen', seq: last })
  }

  private answer(answer: Answer): void {
    this.open?.resolve(answer)
    this.open = null
  }
}

export interface Crowd {
  site: Site
  people: readonly Person[]
  /** Resolves when the house stands: at once, or after it was opened again. */
  houseStands(): Promise<unknown>
  /** Called after each accepted bid; false ends the bidding. */
  goesOn(): boolean
}

/**
 * Bids in one auction, one after the other, as fast as answers come, until told to stop or no higher bid is allowed. The room's
 * clock is moved on by a window of the bid limit each time everybody has used theirs.
 */
export async function bidIn(auction: string, crowd: Crowd): Promise<void> {
  const { site, people } = crowd
  for (let began = Date.now(); ;) {
    await crowd.houseStands()
    const lines = await Promise.all(people.map((person) => Line.to(site, auction, person))).catch(() => null)
    if (!lines) continue
    try {
      for (let next = await minimum(site, auction); lines.every(({ isOpen }) => isOpen);) {
        began += windowMs + 1_000
        await site.setRoomClock(auction, began)
        const after = await bidOnce(lines, next, crowd)
        if (after === 'enough') return
        if (after === 'cut') break
        next = after
      }
    } catch {
      // The house fell in between; what it did not answer is asked of the next one.
    } finally {
      for (const line of lines) line.close()
    }
  }
}

/** Everybody's bids of one window, in turn. Answers the least next bid. */
async function bidOnce(lines: readonly Line[], from: number, { goesOn }: Crowd): Promise<number | 'enough' | 'cut'> {
  let next = from
  for (let turn = 0; turn < bidsPerWindow; turn += 1)
    for (const line of lines) {
      if (next > auctions.bid.max) return 'enough'
      const answer = await line.bid(next)
      if (answer === null) return 'cut'
      next = answer.next
      if (answer.accepted && !goesOn()) return 'enough'
    }
  return next
}

const stateOf = (site: Site, auction: string) => site.ask<Snapshot>('GET', `/api/auctions/${auction}/state`)

async function minimum(site: Site, auction: string): Promise<number> {
  return (await stateOf(site, auction)).auction.minimumBid ?? auctions.price.min
}
