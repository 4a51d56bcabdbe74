import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket as Socket } from 'ws'
import type { AuctionView } from '../../worker/contract/auctions.ts'
import { closeCodes, protocol, type Fact, type ServerFrame } from '../../worker/contract/live.ts'
import { unpackFacts } from '../../worker/contract/wire.ts'
import type { Person } from '../run/demo/client.ts'
import { openAuction, saidBy, sellerAndBidders, watch } from './bidding.ts'
import { BesiegedHouse } from './siege/house.ts'

const notes = 120
const note = '흠'.repeat(500)
const deafPeople = 8
/** Far more than the ten seconds after which who has not seen a fact is closed. */
const patienceMs = 60_000

let house: BesiegedHouse
let seller: Person
let bidders: [Person, Person]

beforeAll(async () => {
  house = await BesiegedHouse.open()
  ;({ seller, bidders } = await sellerAndBidders(house, 'slow'))
})
afterAll(() => house.close())

/** A socket that takes nothing from its line while it is deaf; what was sent meanwhile waits in the computer's buffers, and beyond. */
class Deaf {
  readonly facts: Fact[] = []
  readonly socket: Socket
  readonly closed: Promise<number>
  epoch = ''
  seq = 0
  frames = 0
  private settled = () => {}

  constructor(auction: string) {
    this.socket = new Socket(`${house.site.origin.replace('http', 'ws')}/api/auctions/${auction}/live`, protocol)
    this.closed = new Promise((resolve) => this.socket.once('close', resolve))
    this.socket.on('message', (data: Buffer) => {
      if (!data.toString().startsWith('{')) return
      this.frames += 1
      const frame = JSON.parse(data.toString()) as ServerFrame
      if (frame.type === 'welcome') this.epoch = frame.epoch
      if (frame.type === 'snapshot') this.seq = frame.seq
      if (frame.type === 'batch') {
        this.facts.push(...unpackFacts(frame.frames))
        this.seq = frame.last
      }
      // What is missed comes before it, a snapshot too.
      if (frame.type === 'presence' || frame.type === 'snapshot') this.settled()
    })
  }

  /** Says hello, with where it was, and hears what there is. */
  async greet(from: { epoch?: string; seq?: number } = {}): Promise<void> {
    const settled = new Promise<void>((resolve) => (this.settled = resolve))
    await new Promise((resolve) => this.socket.once('open', resolve))
    this.socket.send(JSON.stringify({ type: 'hello', ...from }))
    await settled
  }
}

describe('whoever does not read', () => {
  it('is closed for what is unseen and resumes without a gap, and nobody waits for it', async () => {
    const auction = (await openAuction(seller)).id
    const [one, two] = [await watch(house.site, auction, bidders[0]), await watch(house.site, auction, bidders[1])]
    const deaf = Array.from({ length: deafPeople }, () => new Deaf(auction))
    await Promise.all(deaf.map((each) => each.greet()))
    const heardBefore = deaf.map(({ frames }) => frames)
    for (const { socket } of deaf) socket.pause()

    await one.mustBid(10_000)
    await writeNotes(auction)
    await two.mustBid(10_500)
    const all = await factsUpTo(one, notes + 2)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, place) => all[0]!.seq + place))
    expect(saidBy(await factsUpTo(two, notes + 2))).toEqual(saidBy(all))
    // Their places among those who are present are free before they have read a word.
    await one.until('their going', () => presentOf(one.frames) === 2 || undefined, patienceMs)
    await one.mustBid(11_000)
    await factsUpTo(two, notes + 3)
    expect(deaf.map(({ frames }) => frames)).toEqual(heardBefore)

    for (const { socket } of deaf) socket.resume()
    expect(await Promise.all(deaf.map(({ closed }) => closed))).toEqual(deaf.map(() => closeCodes.tooSlow))
    for (const { epoch, seq, facts } of deaf) {
      const back = new Deaf(auction)
      await back.greet({ epoch, seq })
      expect(saidBy([...facts, ...back.facts])).toEqual(saidBy(one.facts))
      back.socket.close()
    }
    expect([one.ended, two.ended]).toEqual([undefined, undefined])
    await Promise.all([one.close(), two.close()])
    expect(house.complaints()).toEqual([])
  })
})

async function writeNotes(auction: string): Promise<void> {
  const write = async (count: number) => {
    for (let at = 0; at < count; at += 1)
      await seller.ask<AuctionView>('POST', `/api/auctions/${auction}/notes`, { body: { text: note } })
  }
  const writers = 6
  await Promise.all(Array.from({ length: writers }, () => write(notes / writers)))
}

async function factsUpTo(client: Awaited<ReturnType<typeof watch>>, count: number): Promise<Fact[]> {
  await client.until(`${count} facts`, () => (client.facts.length >= count ? true : undefined), patienceMs)
  return client.facts
}

function presentOf(frames: ServerFrame[]): number | undefined {
  return frames.findLast((frame) => frame.type === 'presence')?.count
}
