import type { AuctionView } from '../../../worker/contract/auctions.ts'
import type { Person, Site } from './client.ts'
import { Refused } from './client.ts'
import type { Course, DemoBid, Lot } from './lots.ts'
import type { Memory } from './memory.ts'
import { photograph } from './pictures/render.ts'

const minute = 60_000

export interface Telling {
  site: Site
  memory: Memory
  /** Everybody by handle. */
  people: Map<string, Person>
}

/** Puts a lot under the hammer and lets happen to it what its course says, at the times it says. */
export async function tellLot({ site, memory, people }: Telling, lot: Lot): Promise<void> {
  // A start that was cut off may have left a story half told; it is not told twice.
  if (memory.lots[lot.key]) return
  const seller = people.get(lot.seller)!
  const { course } = lot
  const startedAt = Date.now() - ('startedAgo' in course ? course.startedAgo : 0) * minute
  const images = await sendPictures(seller, lot)
  const draft = await seller.ask<AuctionView>('POST', '/api/auctions', {
    body: termsOf(lot, images),
    at: startedAt - 5 * minute,
  })
  memory.lots[lot.key] = draft.id
  await memory.keep()
  if (course.is === 'scheduled') await publish(seller, draft.id, null)
  if (course.is === 'told' || course.is === 'cancelled') {
    await site.setRoomClock(draft.id, startedAt)
    const auction = await publish(seller, draft.id, startedAt)
    await live({ site, people, seller, auction, startedAt, course })
    await site.setRoomClock(draft.id, null)
    // Someone looks, so that what is over is over.
    await site.ask('GET', `/api/auctions/${draft.id}/state`)
  }
}

export async function sendPictures(seller: Person, { pictures }: Pick<Lot, 'pictures'>): Promise<string[]> {
  return Promise.all(
    pictures.map(async ({ draw, scenery, detail, alt }) =>
      seller.upload(await photograph(draw, scenery, { detail }), 'auction', alt),
    ),
  )
}

export function publish(seller: Person, auction: string, at: number | null): Promise<AuctionView> {
  return seller.ask<AuctionView>('POST', `/api/auctions/${auction}/publish`, { at })
}

export function termsOf(lot: Lot, images: string[]) {
  const { course } = lot
  const minutes = 'minutes' in course ? course.minutes : 20
  const usual = minutes > 60 ? { windowSeconds: 120, capMinutes: 30 } : { windowSeconds: 30, capMinutes: 10 }
  return {
    title: lot.title,
    content: lot.content,
    images,
    category: lot.category,
    condition: lot.condition,
    defects: lot.defects,
    startPrice: lot.startPrice,
    expectedPrice: lot.expectedPrice ?? null,
    reservePrice: lot.reservePrice ?? null,
    buyNowPrice: lot.buyNowPrice ?? null,
    startsAt: course.is === 'scheduled' ? new Date(Date.now() + course.inMinutes * minute).toISOString() : null,
    durationMinutes: minutes,
    softClose: lot.softClose ?? usual,
    handover: lot.handover,
    shippingFee: lot.shippingFee,
    region: lot.region,
  }
}

interface Living {
  site: Site
  people: Map<string, Person>
  seller: Person
  auction: AuctionView
  startedAt: number
  course: Extract<Course, { is: 'told' | 'cancelled' }>
}

/** Everything in the order of its time, with the room's clock at that time. */
async function live({ site, people, seller, auction, startedAt, course }: Living): Promise<void> {
  const { id } = auction
  type Event = [minute: number, act: (at: number) => Promise<unknown>]
  const events: Event[] =
    course.is === 'cancelled'
      ? [[25, (at) => seller.ask('POST', `/api/auctions/${id}/cancel`, { body: { reason: course.reason }, at })]]
      : [
          ...course.bids.map((bid): Event => [bid[0], (at) => offer(people.get(bid[1])!, auction, bid, at)]),
          ...(course.chat ?? []).map(([at, who, text]): Event => [at, (then) => people.get(who)!.say(id, text, then)]),
          ...(course.notes ?? []).map(([at, text]): Event => [
            at,
            (then) => seller.ask('POST', `/api/auctions/${id}/notes`, { body: { text }, at: then }),
          ]),
        ]
  for (const [after, act] of events.toSorted(([a], [b]) => a - b)) {
    const at = startedAt + after * minute
    if (at > Date.now()) continue
    await site.setRoomClock(id, at)
    await act(at)
  }
}

async function offer(bidder: Person, auction: AuctionView, bid: DemoBid, at: number): Promise<void> {
  const [, , amount, kind] = bid
  try {
    if (kind === 'buy-now') await bidder.buyNow(auction, amount, at)
    else await bidder.bid(auction, amount, kind ?? 'exact', at)
  } catch (error) {
    // A story whose bid comes too low tells less, but is no reason to tell nothing.
    if (!(error instanceof Refused) || error.status >= 500) throw error
    console.error(`demo: a bid on ${auction.terms.title} was refused: ${error.code}`)
  }
}
