import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { AuctionView, BidPlaced, LedgerPage, MyBids } from '../../worker/contract/auctions.ts'
import type { Receipt } from '../../worker/contract/ledger.ts'
import { protocol, type Fact } from '../../worker/contract/live.ts'
import { Refused, type Person, type Site } from '../run/demo/client.ts'
import { join } from '../run/demo/joining.ts'
import { Memory } from '../run/demo/memory.ts'
import { LiveClient } from '../support/live.ts'

export function newcomer(site: Site, memory: Memory, handle: string): Promise<Person> {
  return join(site, memory, { handle, name: handle, bio: '', days: 0 })
}

/** Somebody who sells and two who bid, new to a house; `name` is what their handles begin with. */
export async function sellerAndBidders(
  { site, path }: { site: Site; path: string },
  name: string,
): Promise<{ seller: Person; bidders: [Person, Person] }> {
  const memory = Memory.of(path)
  const come = (who: string) => newcomer(site, memory, `${name}.${who}`)
  return { seller: await come('seller'), bidders: [await come('one'), await come('two')] }
}

/** An auction that runs for a week, with a picture of one colour. */
export async function openAuction(seller: Person): Promise<AuctionView> {
  const file = await sharp({ create: { width: 320, height: 320, channels: 3, background: '#f08020' } })
    .jpeg()
    .toBuffer()
  const terms = {
    title: 'A lamp',
    content: 'It shines.',
    images: [await seller.upload(file, 'auction', 'a lamp')],
    category: 'furniture',
    condition: 'good',
    defects: '',
    startPrice: 10_000,
    durationMinutes: 10_080,
    handover: 'either',
    shippingFee: 0,
  }
  const { id } = await seller.ask<AuctionView>('POST', '/api/auctions', { body: terms })
  return seller.ask<AuctionView>('POST', `/api/auctions/${id}/publish`)
}

export async function watch(site: Site, auction: string, person: Person): Promise<LiveClient> {
  const { ticket } = await person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
  const url = `${site.origin.replace('http', 'ws')}/api/auctions/${auction}/live`
  const client = new LiveClient(new WebSocket(url, [protocol, `ticket.${ticket}`]))
  await client.until('open', () => (client.socket.readyState === WebSocket.OPEN ? true : undefined))
  await client.hello()
  return client
}

/** One bid of one person: its key lives until it is answered, whatever happens to the room meanwhile. */
export interface Attempt {
  person: Person
  key: string
  amount: number
  /** What the socket answered before it died. */
  receipt: Receipt | null
}

/** Longer than any bid waits for its answer. */
const lifeMs = 20_000

/** Sends a bid and keeps the answer, if one comes before the room dies. */
export async function attempt(client: LiveClient, person: Person, amount: number): Promise<Attempt> {
  const made: Attempt = { person, key: randomUUID(), amount, receipt: null }
  const answer = client.bid(amount, { key: made.key, confirm: true })
  const death = client.until('close', () => client.ended, lifeMs)
  // Whichever comes second has nobody left to hear it.
  const first = await Promise.race([answer, death])
  for (const late of [answer, death]) late.catch(() => {})
  if ('type' in first) made.receipt = first.receipt
  return made
}

/** Asks again over REST, with the same key and body: the answer that there is, or the first one. */
export async function settle(auction: string, { person, key, amount }: Attempt): Promise<Receipt> {
  const body = { kind: 'exact', amount, confirm: true }
  const headers = { 'idempotency-key': key }
  try {
    const placed = await person.ask<BidPlaced>('POST', `/api/auctions/${auction}/bids`, { body, headers })
    return placed.receipt as Receipt
  } catch (error) {
    if (error instanceof Refused && error.extra['receipt']) return error.extra['receipt'] as Receipt
    throw error
  }
}

/** What facts say, without the hash, which a batch may leave out. */
export function saidBy(facts: readonly Fact[]): object[] {
  return facts.map((fact) => ({ ...fact, hash: undefined }))
}

export function ledger(site: Site, auction: string): Promise<LedgerPage> {
  return site.ask('GET', `/api/auctions/${auction}/log`)
}

export function ownBids(auction: string, person: Person): Promise<MyBids> {
  return person.ask('GET', `/api/auctions/${auction}/bids/mine`)
}
