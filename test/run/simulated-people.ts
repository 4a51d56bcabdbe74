import { setTimeout as pause } from 'node:timers/promises'
import type { Snapshot } from '../../worker/contract/live.ts'
import type { AuctionView } from '../../worker/contract/auctions.ts'
import { Refused, type Person, type Site } from './demo/client.ts'
import { liveLots, type Lot } from './demo/lots.ts'
import type { Memory } from './demo/memory.ts'
import { Spectator } from './demo/spectator.ts'
import { publish, sendPictures, termsOf } from './demo/telling.ts'
import { afterwards, greetings, nearTheEnd, toVisitors, whileBidding } from './demo/words.ts'

/**
 * The people who are always there: ordinary API clients whose names say that they are simulated. They bid and chat in one
 * live auction after the other, slowly enough for a person to join in, and rest when nobody looks.
 */
export interface Company {
  site: Site
  memory: Memory
  host: Person
  guests: Person[]
  say: (line: string) => void
}

const restAfterMs = 30 * 60_000
const kept = 200
const second = 1_000

/** Opens the next live auction and gives its id. */
export async function openNext({ site, memory, host }: Pick<Company, 'site' | 'memory' | 'host'>): Promise<string> {
  const lot: Lot = liveLots[memory.live.next % liveLots.length]!
  const images = (memory.pictures[lot.key] ??= await sendPictures(host, lot))
  const draft = await host.ask<AuctionView>('POST', '/api/auctions', { body: termsOf(lot, images) })
  await publish(host, draft.id, null)
  memory.live.auctions.push(draft.id)
  memory.live.next += 1
  await memory.keep()
  await forgetOld(site, memory)
  return draft.id
}

/** Only the last ones are kept: a demo that runs for weeks shall not fill the disk. */
async function forgetOld(site: Site, memory: Memory): Promise<void> {
  const old = memory.live.auctions.slice(0, -kept)
  for (const auction of old) {
    await site.ask('DELETE', `/dev/auctions/${auction}`)
    memory.live.auctions.splice(memory.live.auctions.indexOf(auction), 1)
    await memory.keep()
  }
}

/** Never ends by itself. What fails is told once and tried again a little later. */
export async function keepCompany(company: Company): Promise<never> {
  for (;;) {
    try {
      if (await isAnyoneLooking(company.site)) await attend(company, await currentOrNext(company))
      else await pause(5 * second)
    } catch (error) {
      company.say(`the simulated people stumbled: ${error instanceof Error ? error.message : String(error)}`)
      await pause(10 * second)
    }
  }
}

async function isAnyoneLooking(site: Site): Promise<boolean> {
  const { lookedAt } = await site.ask<{ lookedAt: string }>('GET', '/dev/visits')
  return Date.now() - Date.parse(lookedAt) < restAfterMs
}

async function currentOrNext(company: Company): Promise<string> {
  const last = company.memory.live.auctions.at(-1)
  if (last && isOpen(await stateOf(company.site, last))) return last
  return openNext(company)
}

const isOpen = ({ auction }: Snapshot) => auction.state === 'running' || auction.state === 'scheduled'

function stateOf(site: Site, auction: string): Promise<Snapshot> {
  return site.ask<Snapshot>('GET', `/api/auctions/${auction}/state`)
}

/** One auction from now to its end. */
async function attend(company: Company, id: string): Promise<void> {
  const { site, guests } = company
  const auction = await site.ask<AuctionView>('GET', `/api/auctions/${id}`)
  // Everybody has a limit of one's own, so somebody gives up first and a visitor can win.
  const start = auction.terms.startPrice ?? 0
  const limits = new Map(guests.map((guest) => [guest, start * between(1.4, 3.2)]))
  const windows = guests.map((guest) => new Spectator(site, guest, id))
  await Promise.all(windows.map((window) => window.arrive()))
  const talk = new Talk(company, id)
  try {
    for (;;) {
      const state = await stateOf(site, id)
      if (!isOpen(state)) break
      const leftMs = Date.parse(state.auction.endsAt) - Date.now()
      await talk.perhaps(state, leftMs)
      await bidPerhaps({ auction, state, limits, leftMs })
      await pause(leftMs < 60 * second ? between(2, 6) * second : between(5, 14) * second)
      if (!(await isAnyoneLooking(site))) return
    }
    await talk.congratulate()
    await pause(20 * second)
  } finally {
    for (const window of windows) window.leave()
  }
}

interface Moment {
  auction: AuctionView
  state: Snapshot
  limits: Map<Person, number>
  leftMs: number
}

async function bidPerhaps({ auction, state, limits, leftMs }: Moment): Promise<void> {
  const { minimumBid, leader } = state.auction
  if (minimumBid === null || state.auction.state !== 'running') return
  // Calm at first, more eager towards the end.
  if (Math.random() > (leftMs < 60 * second ? 0.8 : 0.45)) return
  const willing = [...limits].filter(([, limit]) => limit >= minimumBid).map(([guest]) => guest)
  const guest = oneOf(willing)
  if (!guest) return
  const own = await guest.ask<AuctionView>('GET', `/api/auctions/${auction.id}`)
  if (leader !== null && own.mine?.leading) return
  const amount = Math.random() < 0.75 ? minimumBid : Math.round((minimumBid * between(1.02, 1.12)) / 1_000) * 1_000
  try {
    await guest.bid(auction, Math.max(minimumBid, amount), Math.random() < 0.15 ? 'max' : 'exact')
  } catch (error) {
    // Somebody was quicker, or it has just ended: that is what auctions are like.
    if (!(error instanceof Refused) || error.status >= 500) throw error
  }
}

/** A line now and then, never the same twice in a row, and a word for a visitor who writes. */
class Talk {
  private readonly company: Company
  private readonly auction: string
  private nextAt = Date.now() + 4 * second
  private spoken: string[] = []
  private answered = new Set<string>()

  constructor(company: Company, auction: string) {
    this.company = company
    this.auction = auction
  }

  async perhaps({ auction, messages }: Snapshot, leftMs: number): Promise<void> {
    const ours = new Set([this.company.host, ...this.company.guests].map(({ member }) => member.handle))
    const visitor = messages.findLast(({ author }) => !ours.has(author.handle))
    if (visitor && !this.answered.has(visitor.id)) {
      this.answered.add(visitor.id)
      await this.line(toVisitors, auction.price)
    } else if (Date.now() >= this.nextAt) {
      await this.line(
        leftMs < 60 * second ? nearTheEnd : auction.bidCount < 3 ? greetings : whileBidding,
        auction.price,
      )
      this.nextAt = Date.now() + between(20, 50) * second
    }
  }

  async congratulate(): Promise<void> {
    await this.line(afterwards, 0)
  }

  private async line(lines: string[], price: number): Promise<void> {
    const fresh = lines.filter((line) => !this.spoken.includes(line))
    const line = oneOf(fresh.length > 0 ? fresh : lines)!
    this.spoken = [...this.spoken, line].slice(-8)
    try {
      await oneOf(this.company.guests)!.say(this.auction, line.replace('{price}', `${price.toLocaleString('ko')}원`))
    } catch (error) {
      // The seller may have paused the chat; it is not for us to insist.
      if (!(error instanceof Refused) || error.status >= 500) throw error
    }
  }
}

const between = (low: number, high: number) => low + Math.random() * (high - low)

function oneOf<T>(items: readonly T[]): T | undefined {
  return items[Math.floor(Math.random() * items.length)]
}
