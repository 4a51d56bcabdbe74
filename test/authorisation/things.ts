import { actor, type Actor, logInAgain, suspend } from '../support/worker/actors.ts'
import { ask, origin, type Answer } from '../support/worker/app.ts'
import { draft, goodTerms, inMs, keyed, must, publish, type Terms } from '../support/worker/auctions.ts'
import { HOUR, setRoomClock } from '../support/worker/clock.ts'
import { friends, roomOf, sending, write as writeIn } from '../support/worker/chat.ts'
import { arrange, caseOf, dealBetween, offerArrived, opened, setDealClock, step } from '../support/worker/deals.ts'
import { notice, tell } from '../support/worker/inbox.ts'
import { askForUpload, readyPicture } from '../support/worker/media.ts'
import { block, follow, setPublic } from '../support/worker/people.ts'
import { endedDeal, warn, writes } from '../support/worker/reviews.ts'
import { withRelay } from '../support/worker/relay.ts'
import type { Cast } from './cast.ts'

/** What a path can name, by the word between its braces, and what else a request needs to know of it. */
export interface Thing {
  auction?: string
  bid?: string
  message?: string
  room?: string
  notification?: string
  media?: string
  login?: string
  device?: string
  account?: string
  deal?: string
  /** Of a deal, for a moderator. */
  case?: string
  offer?: string
  review?: string
  decision?: string
  handle?: string
  /** A handle or a mask. */
  who?: string
  /** Of a picture's file. */
  name?: string
  challenge?: string
  /** The path of its page. */
  page?: string
  /** Of another sign-in of the seller's. */
  token?: string
  /** The query of a signed address. */
  seal?: string
  version?: number
  termsHash?: string
}

/** What only its owner may ever read: it stands in no answer and no frame to anybody else. */
export const secrets = {
  draftTitle: '아직 아무도 모르는 카메라',
  reservePrice: 7_654_300,
  maximum: 432_100,
} as const

export const buyNowPrice = 9_000_000

export const aSubscription = {
  endpoint: 'https://push.example.com/somebody',
  keys: { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) },
  language: 'ko',
}

/** The least that the room takes now, far below the leader's secret maximum. */
export async function nextBid({ auction }: Thing) {
  const { body } = await ask('GET', `/api/auctions/${auction}/state`)
  return { kind: 'exact', amount: (body.auction?.minimumBid ?? 20_000) as number }
}

/** Each makes one thing; all are the seller's, but for the bid and the message, which are the bidder's. */
const makers = {
  /** A browser that the seller lets us push to. */
  async device({ seller }: Cast): Promise<Thing> {
    return { device: must(await seller.post('/api/notifications/devices', aSubscription), 201).id }
  },

  /** Incomplete in nothing, published nowhere: it exists for its seller alone. */
  async draft(cast: Cast): Promise<Thing> {
    const { id, version } = await lotOf(cast.seller, { title: secrets.draftTitle })
    return { auction: id, version, who: cast.stranger.handle, page: `auctions/${id}` }
  },

  async scheduled({ seller, stranger }: Cast): Promise<Thing> {
    const { id, version, termsHash } = await openLot(seller, { startsAt: inMs(HOUR) })
    return { auction: id, version, termsHash, who: stranger.handle }
  },

  /** With a leader, a chat, and one whom the seller shut out of both. */
  async running(cast: Cast): Promise<Thing> {
    const { seller, bidder, banned } = cast
    const { id, version, termsHash } = await openLot(seller, { reservePrice: secrets.reservePrice })
    const bids = `/api/auctions/${id}/bids`
    const theirs = must(await banned.post(bids, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    const maximum = { kind: 'max', amount: secrets.maximum, confirm: true }
    const { receipt } = must(await bidder.post(bids, maximum, keyed()), 201)
    await shutOut(cast, id, theirs.mask)
    return { auction: id, version, termsHash, bid: receipt.bid, page: `auctions/${id}` }
  },

  /** A message in the chat of a running auction. */
  async message(cast: Cast): Promise<Thing> {
    const room = await makers.running(cast)
    return { ...room, message: await write(cast, room) }
  },

  /** Running, nobody has bid, and it can be bought at once. */
  async buyable({ seller }: Cast): Promise<Thing> {
    const { id, version, termsHash } = await openLot(seller, { buyNowPrice })
    return { auction: id, version, termsHash }
  },

  /** Bought by the bidder, who had written in its chat. */
  async sold(cast: Cast): Promise<Thing> {
    const lot = await makers.buyable(cast)
    const message = await write(cast, lot)
    const purchase = { price: buyNowPrice, termsHash: lot.termsHash }
    const { receipt } = must(await cast.bidder.post(`/api/auctions/${lot.auction}/buy-now`, purchase, keyed()), 201)
    return { ...lot, message, bid: receipt.bid, who: cast.stranger.handle }
  },

  async cancelled({ seller }: Cast): Promise<Thing> {
    const { id, version } = await openLot(seller)
    must(await seller.post(`/api/auctions/${id}/cancel`, { reason: 'fell off the shelf' }), 200)
    return { auction: id, version }
  },

  /** An auction, with a bid and a message that are of another one. */
  async mixture(cast: Cast): Promise<Thing> {
    const { bid, message } = (await makers.sold(cast)) as Required<Thing>
    return { ...(await makers.cancelled(cast)), bid, message }
  },

  /** Ready and shown nowhere. */
  async picture({ seller }: Cast): Promise<Thing> {
    withRelay()
    return { media: await readyPicture(seller), name: '160.avif' }
  },

  /** Ready, and of a purpose that no public address serves. */
  async evidence({ seller }: Cast): Promise<Thing> {
    withRelay()
    return { media: await readyPicture(seller, { purpose: 'evidence' }), name: '160.avif' }
  },

  /** A picture that has not come yet, and the seal of the address it may come to. */
  async upload({ seller }: Cast): Promise<Thing> {
    const { media, seal } = await uploadOf(seller)
    return { media, seal, name: '160.avif' }
  },

  /** The same, but the seal is that of a picture of the stranger's. */
  async borrowedSeal({ seller, stranger }: Cast): Promise<Thing> {
    const [{ media }, { seal }] = await Promise.all([uploadOf(seller), uploadOf(stranger)])
    return { media, seal, name: '160.avif' }
  },

  /** A group of the seller's with the bidder. */
  async group(cast: Cast): Promise<Thing> {
    const group = await makers.request(cast)
    must(await cast.bidder.post(`/api/chats/rooms/${group.room}/accept`), 200)
    return group
  },

  /** The same while the bidder has not answered. A group takes two others; the banned one was asked by mistake. */
  async request({ seller, bidder, banned }: Cast): Promise<Thing> {
    const { id } = await roomOf(seller, bidder, banned)
    must(await seller.delete(`/api/chats/rooms/${id}/members/${banned.handle}`), 204)
    return { room: id, who: bidder.handle }
  },

  /** Of seller and bidder, with a message of the seller's. */
  async directRoom({ seller, bidder }: Cast): Promise<Thing> {
    const room = await friends(seller, bidder)
    const { id } = await writeIn(seller, room, '안녕하세요')
    return { room: room.id, message: id }
  },

  /** A picture that the seller sent to the bidder. */
  async shownPicture({ seller, bidder }: Cast): Promise<Thing> {
    withRelay()
    const room = await friends(seller, bidder)
    const media = await readyPicture(seller, { purpose: 'chat' })
    must(await sending(seller, room, { images: [media] }), 201)
    return { media }
  },

  /** Something that the seller was told. */
  async notification({ seller }: Cast): Promise<Thing> {
    await tell(seller, notice({ kind: 'won' }))
    const { items } = must(await seller.get('/api/notifications?unread=true'), 200)
    return { notification: items[0].id }
  },

  /** Another sign-in of the seller's. */
  async login({ seller }: Cast): Promise<Thing> {
    const { login, token } = await logInAgain(seller)
    return { login, token }
  },

  async profile({ seller }: Cast): Promise<Thing> {
    const { handle, version } = must(await seller.get('/api/accounts/me'), 200)
    return { handle, version, page: `users/${handle}` }
  },

  /** Somebody whom nobody knows yet. */
  async acquaintance(): Promise<Thing> {
    const { handle } = await actor('acquaintance')
    return { handle }
  },

  /** Somebody who has blocked the stranger. */
  async shunner({ stranger }: Cast): Promise<Thing> {
    const shunner = await actor('shunner')
    must(await block(shunner, stranger), 204)
    return { handle: shunner.handle }
  },

  /** The seller, to follow whom one has to ask. */
  async recluse({ seller }: Cast): Promise<Thing> {
    await setPublic(seller, false)
    return { handle: seller.handle }
  },

  /** Somebody who asks to follow the seller. */
  async petition(cast: Cast): Promise<Thing> {
    const { handle } = await makers.recluse(cast)
    const petitioner = await actor('petitioner')
    must(await follow(petitioner, { handle: handle as string }), 201)
    return { handle: petitioner.handle }
  },

  /** A deal of the seller and the bidder that was completed, and that nobody has reviewed. */
  async overDeal({ seller, bidder }: Cast): Promise<Thing> {
    return { deal: await endedDeal(seller, bidder) }
  },

  /** What the seller wrote about the bidder, and waits for its release. */
  async review({ seller, bidder }: Cast): Promise<Thing> {
    const deal = await endedDeal(seller, bidder)
    return { deal, review: must(await writes(seller, deal, 3), 201).id }
  },

  /** A warning of the seller, by somebody else of the staff. */
  async decision({ seller }: Cast): Promise<Thing> {
    return { decision: await warn(seller) }
  },

  /** The same, and the seller has appealed. */
  async appealed({ seller }: Cast): Promise<Thing> {
    const decision = await warn(seller)
    must(await seller.post(`/api/decisions/${decision}/appeal`, { text: '아니에요' }), 201)
    return { decision }
  },

  /** An account of somebody else again, to be acted on. */
  async member(): Promise<Thing> {
    return { account: (await actor('member')).account }
  },

  async suspendedMember(): Promise<Thing> {
    const person = await actor('member')
    await suspend(person, Date.now() + HOUR)
    return { account: person.account }
  },

  /** Bought by the bidder, and nothing has happened since. */
  async deal({ seller, bidder }: Cast): Promise<Thing> {
    await season(seller)
    return { deal: await dealBetween(seller, bidder) }
  },

  /** The seller has proposed where to meet. */
  async proposedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.deal(cast)
    await step(cast.seller, deal, 'PUT appointment', { at: inMs(HOUR), place: '광장', method: 'meet' })
    return { deal }
  },

  /** The seller has proposed to cancel it. */
  async unwantedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.deal(cast)
    await step(cast.seller, deal, 'cancel', { reason: '깨졌어요.' })
    return { deal }
  },

  /** The meeting was an hour ago. */
  async missedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.deal(cast)
    await arrange(cast.seller, cast.bidder, deal, HOUR)
    await setDealClock(deal, 2 * HOUR)
    return { deal }
  },

  /** The bidder says that the seller did not come. */
  async reportedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.missedDeal(cast)
    await step(cast.bidder, deal, 'no-shows', { note: '안 오셨어요.' })
    return { deal }
  },

  /** The seller says otherwise, and a moderator has to rule. */
  async contestedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.reportedDeal(cast)
    await step(cast.seller, deal, 'no-shows/answer', { answer: 'contest' })
    return { deal, case: await caseOf(cast.moderator, deal) }
  },

  async disputedDeal(cast: Cast): Promise<Thing> {
    const { deal = '' } = await makers.deal(cast)
    await step(cast.bidder, deal, 'disputes', { type: 'damaged', text: '렌즈가 깨졌어요.' })
    return { deal }
  },

  /** An auction that somebody won and let fail; the bidder had bid less. Faults add up, so it is somebody new each time. */
  async failedSale({ seller, bidder }: Cast): Promise<Thing> {
    await season(seller)
    const { id } = await openLot(seller)
    const bid = (who: Actor, amount: number) => who.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount }, keyed())
    must(await bid(bidder, 20_000), 201)
    const winner = await actor('winner')
    must(await bid(winner, 30_000), 201)
    await setRoomClock(id, HOUR)
    must(await seller.get(`/api/auctions/${id}/state`), 200)
    const { deal } = must(await winner.get(`/api/auctions/${id}`), 200)
    await step(winner, await opened(winner, deal), 'refuse', { reason: '생각이 바뀌었어요.' })
    return { auction: id }
  },

  /** The bidder is offered it. */
  async offer(cast: Cast): Promise<Thing> {
    const { auction = '' } = await makers.failedSale(cast)
    const { offer } = must(await cast.seller.post(`/api/auctions/${auction}/offers`, undefined, keyed()), 201)
    await offerArrived(cast.bidder, offer)
    return { auction, offer }
  },

  /** Well-formed, and never given to anyone. */
  async nothing(): Promise<Thing> {
    const zeros = '0'.repeat(26)
    return {
      auction: `auc_${zeros}`,
      media: `med_${zeros}`,
      challenge: 'c'.repeat(43),
      handle: 'nobody.here',
      page: 'no-such-page',
    }
  },
}
export type ThingName = keyof typeof makers

/** Makes things when they are first asked for. What a row uses up is its own, and closed when the row is done. */
export function createThings(cast: Cast) {
  const shared = new Map<ThingName, Promise<Thing>>()
  return {
    shared(name: ThingName): Promise<Thing> {
      const made = shared.get(name) ?? makers[name](cast)
      shared.set(name, made)
      return made
    },
    own: (name: ThingName): Promise<Thing> => makers[name](cast),
    /** Nobody may hold more than three open auctions. */
    async close({ auction }: Thing): Promise<void> {
      if (auction !== undefined) await ask('POST', `/dev/auctions/${auction}/void`, { body: {} })
    },
  }
}

/** What its owner sees of a thing, but for the time and who is present. It stays the same while others are refused. */
export async function sightOf(
  { seller }: Cast,
  { auction, media, login, device, handle, room, review, decision, notification, deal }: Thing,
): Promise<unknown> {
  const seen = await Promise.all([
    auction && seller.get(`/api/auctions/${auction}`),
    auction && seller.get(`/api/auctions/${auction}/state`),
    auction && seller.get(`/api/auctions/${auction}/bans`),
    media && seller.get(`/api/media/${media}`),
    login && seller.get('/api/accounts/logins'),
    device && seller.get('/api/notifications/devices'),
    notification && seller.get('/api/notifications'),
    notification && seller.get('/api/notifications/preferences'),
    handle && seller.get(`/api/accounts/users/${handle}`),
    room && seller.get(`/api/chats/rooms/${room}`),
    deal && seller.get(`/api/deals/${deal}`),
    review && seller.get('/api/reviews/mine'),
    decision && seller.get(`/api/decisions/${decision}`),
    room && seller.get(`/api/chats/rooms/${room}/messages`),
  ])
  return seen.map((answer) => (answer ? timeless(answer) : null))
}

function timeless({ status, body }: Answer): unknown {
  const { serverAt: _at, instance: _request, present: _count, presence: _who, ...rest } = body
  return { status, ...rest }
}

let seasoned: Promise<unknown> | undefined

/** Three deals behind them: from then on a seller may hold ten auctions, and what is bought at once needs a place for a moment. */
function season(seller: Actor): Promise<unknown> {
  seasoned ??= completeThree(seller)
  return seasoned
}

async function completeThree(seller: Actor): Promise<void> {
  const buyer = await actor('regular')
  for (let count = 0; count < 3; count += 1) await endedDeal(seller, buyer)
}

let pictureOfAll: Promise<string> | undefined

async function lotOf(seller: Actor, terms: Terms) {
  pictureOfAll ??= makePicture(seller)
  return draft(seller, { ...goodTerms, ...terms, images: [await pictureOfAll] })
}

function makePicture(seller: Actor): Promise<string> {
  withRelay()
  return readyPicture(seller)
}

async function uploadOf(person: Actor): Promise<{ media: string; seal: string }> {
  const { media, upload } = must(await askForUpload(person), 201)
  return { media, seal: new URL(upload.url, origin).search }
}

async function openLot(seller: Actor, terms: Terms = {}) {
  const { id, version, termsHash } = await publish(seller, await lotOf(seller, terms))
  return { id, version, termsHash: termsHash ?? '' }
}

async function shutOut({ seller, banned }: Cast, auction: string, mask: number): Promise<void> {
  const bans = `/api/auctions/${auction}/bans`
  must(await seller.put(`${bans}/${mask}`, { scope: 'bids', reason: 'never came' }), 204)
  must(await seller.put(`${bans}/${banned.handle}`, { scope: 'chat', reason: 'rude' }), 204)
}

async function write({ bidder }: Cast, { auction }: Thing): Promise<string> {
  return must(await bidder.post(`/api/auctions/${auction}/messages`, { text: '잘 되나요?' }, keyed()), 201).id
}
