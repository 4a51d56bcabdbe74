import { randomUUID } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { protocol, type ServerFrame } from '../../worker/contract/live.ts'
import type { Person } from '../run/demo/client.ts'
import { LiveClient } from '../support/live.ts'
import { ledger, openAuction, saidBy, sellerAndBidders, settle, watch } from './bidding.ts'
import { BesiegedHouse } from './siege/house.ts'

/** Who is silent is gone within 60 s. */
const patienceMs = 100_000

let house: BesiegedHouse
let seller: Person
let bidders: [Person, Person]

beforeAll(async () => {
  house = await BesiegedHouse.open()
  ;({ seller, bidders } = await sellerAndBidders(house, 'half'))
})
afterAll(() => house.close())

/** A wire to the house that can be cut through without either end hearing of it: no FIN, no RST, nothing passes any more. */
class Wire {
  private readonly server: Server
  private readonly ends: Socket[] = []
  private passesIn = true
  private passesOut = true

  private constructor() {
    const { port } = new URL(house.site.origin)
    this.server = createServer((near) => {
      const far = connect(Number(port), '127.0.0.1')
      this.ends.push(near, far)
      near.on('data', (bytes) => this.passesIn && far.write(bytes))
      far.on('data', (bytes) => this.passesOut && near.write(bytes))
      for (const end of [near, far]) end.on('error', () => {})
    })
  }

  static async laid(): Promise<Wire> {
    const wire = new Wire()
    await new Promise<void>((resolve) => wire.server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  get origin(): string {
    const address = this.server.address()
    return `ws://localhost:${typeof address === 'object' && address ? address.port : 0}`
  }

  /** What the house says is lost from here on. */
  loseAnswers(): void {
    this.passesOut = false
  }

  cut(): void {
    this.passesIn = this.passesOut = false
  }

  remove(): void {
    for (const end of this.ends) end.destroy()
    this.server.close()
  }
}

async function watchBy(wire: Wire, auction: string, person: Person): Promise<LiveClient> {
  const { ticket } = await person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
  const url = `${wire.origin}/api/auctions/${auction}/live`
  const client = new LiveClient(new WebSocket(url, [protocol, `ticket.${ticket}`]))
  await client.until('open', () => (client.socket.readyState === WebSocket.OPEN ? true : undefined))
  await client.hello()
  return client
}

describe('a line that is half open', () => {
  it('costs nobody a bid: asked again under its key it has one answer, and a new line brings what was missed', async () => {
    const auction = (await openAuction(seller)).id
    const wire = await Wire.laid()
    const [cut, other] = [await watchBy(wire, auction, bidders[0]), await watch(house.site, auction, bidders[1])]
    const { epoch, seq } = cut
    const key = randomUUID()

    wire.loseAnswers()
    cut.send({ type: 'place-bid', ref: 'lost', key, kind: 'exact', amount: 10_000, confirm: true })
    // The room has judged it: others hear of it. Its bidder does not.
    await other.fact('bid-placed')
    wire.cut()
    expect([cut.frames.some((frame) => 'ref' in frame), cut.ended]).toEqual([false, undefined])
    const receipt = await settle(auction, { person: bidders[0], key, amount: 10_000, receipt: null })
    expect(receipt.verdict).toBe('accepted')
    await other.mustBid(10_500)

    const back = await watch(house.site, auction, bidders[0])
    await back.hello({ epoch: epoch ?? '', seq })
    expect(saidBy(back.facts)).toEqual(saidBy(other.facts))
    const { entries } = await ledger(house.site, auction)
    expect(entries.filter(({ entry }) => entry.type === 'bid')).toHaveLength(2)

    await Promise.all([back.close(), other.close()])
    wire.remove()
  })

  it('leaves the count of those who are present, though nothing happens in the room', async () => {
    const auction = (await openAuction(seller)).id
    const wire = await Wire.laid()
    const [, other] = [await watchBy(wire, auction, bidders[0]), await watch(house.site, auction, bidders[1])]
    await other.until('both', () => presentOf(other.frames) === 2 || undefined)
    // As a client does that is there: the other says nothing any more.
    const beating = setInterval(() => other.sendText('ping'), 10_000)
    wire.cut()
    await other.until('its going', () => presentOf(other.frames) === 1 || undefined, patienceMs)
    clearInterval(beating)
    expect(other.ended).toBeUndefined()
    await other.close()
    wire.remove()
    expect(house.complaints()).toEqual([])
  })
})

function presentOf(frames: ServerFrame[]): number | undefined {
  return frames.findLast((frame) => frame.type === 'presence')?.count
}
