import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { DealView } from '../../../worker/contract/deals.ts'
import { setClockOffsetOf } from '../../../worker/local/clock-of-object.ts'
import type { Actor } from './actors.ts'
import type { Answer } from './app.ts'
import { auction, keyed, must, type Terms } from './auctions.ts'
import { door } from './app.ts'
import { eventually } from './rooms.ts'

const buyNowPrice = 90_000

/** A deal whose seller and buyer are these, by buying at once. */
export async function dealBetween(seller: Actor, buyer: Actor, terms: Terms = {}): Promise<string> {
  const { id, termsHash } = await auction(seller, { buyNowPrice, ...terms })
  const purchase = { price: buyNowPrice, termsHash }
  const { deal } = must(await buyer.post(`/api/auctions/${id}/buy-now`, purchase, keyed()), 201)
  return opened(buyer, deal)
}

/** Waits until a deal that was promised is there, and on the lists. */
export async function opened(party: Actor, deal: string): Promise<string> {
  await eventually(async () => must(await party.get(`/api/deals/${deal}`), 200))
  await eventually(async () => {
    const { items } = must(await party.get('/api/deals'), 200)
    if (!items.some(({ id }: DealView) => id === deal)) throw new Error('not on the list yet')
  })
  return deal
}

export async function see(party: Actor, deal: string): Promise<DealView> {
  return must(await party.get(`/api/deals/${deal}`), 200)
}

/** Tries a step; `path` is what follows the deal's own. */
export function tryStep(party: Actor, deal: string, path: string, body?: unknown, key?: string): Promise<Answer> {
  const [method, rest] = path.includes(' ') ? (path.split(' ') as [string, string]) : ['POST', path]
  const request = { ...keyed(key), ...(body === undefined ? {} : { body }) }
  return party.ask(method, `/api/deals/${deal}/${rest}`, request)
}

export async function step(party: Actor, deal: string, path: string, body?: unknown): Promise<DealView> {
  return must(await tryStep(party, deal, path, body), 200)
}

/** Agrees on a meeting that lies so far ahead of the machine's time. */
export async function arrange(proposer: Actor, other: Actor, deal: string, aheadMs: number): Promise<DealView> {
  const at = new Date(Date.now() + aheadMs).toISOString()
  await step(proposer, deal, 'PUT appointment', { at, place: '제주시청 앞', method: 'meet' })
  return step(other, deal, 'appointment/accept')
}

/** The case that a moderator finds for it. */
export async function caseOf(moderator: Actor, deal: string): Promise<string> {
  return eventually(async () => {
    const { items } = must(await moderator.get('/api/moderation/cases?limit=50'), 200)
    return items.find((one: { deal: string }) => one.deal === deal).id as string
  })
}

/** Waits until an offer is on the list of whom it is for. */
export async function offerArrived(bidder: Actor, offer: string): Promise<void> {
  await eventually(async () => {
    const { items } = must(await bidder.get('/api/auctions/offers?role=received'), 200)
    if (!items.some(({ id }: { id: string }) => id === offer)) throw new Error('not on the list yet')
  })
}

export function dealStub(deal: string) {
  return env.DEAL.get(env.DEAL.idFromName(deal))
}

export function evictDeal(deal: string): Promise<void> {
  return evictDurableObject(dealStub(deal))
}

/** Kills the object as a crash would: stored data stays, everything else is gone. */
export async function crashDeal(deal: string): Promise<void> {
  await runInDurableObject(dealStub(deal), (_, state) => state.abort('crash')).catch(() => {})
}

export function ringDeal(deal: string): Promise<boolean> {
  return runDurableObjectAlarm(dealStub(deal))
}

/** Sets the deal's clock off by `ms`; what that makes due happens at once. */
export async function setDealClock(deal: string, ms: number): Promise<void> {
  await door('/clock', { deal, offsetMs: ms })
}

/** Moves the deal's clock without its noticing, as time does. */
export function letDealTimePass(deal: string, ms: number): Promise<void> {
  return runInDurableObject(dealStub(deal), (_, state) => setClockOffsetOf(state, ms))
}
