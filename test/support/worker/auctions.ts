import { onTestFinished } from 'vitest'
import type { AuctionView, DraftTerms } from '../../../worker/contract/auctions.ts'
import type { Actor } from './actors.ts'
import type { Answer, Request } from './app.ts'
import { readyPicture } from './media.ts'
import { withRelay } from './relay.ts'

/** Terms that may be published as they are once they have a picture. */
export const goodTerms = {
  title: '필름 카메라',
  content: '아버지가 쓰시던 카메라를 정리해요. 셔터가 잘 눌려요.',
  category: 'digital',
  condition: 'good',
  defects: '',
  startPrice: 10_000,
  handover: 'either',
  shippingFee: 3_000,
  durationMinutes: 20,
} as const

export type Terms = { [K in keyof DraftTerms]?: unknown }

let keys = 0

/** An `Idempotency-Key` that nobody used before. */
export function newKey(): string {
  keys += 1
  return `key-of-a-test-${String(keys).padStart(6, '0')}`
}

export function keyed(key = newKey()): Request {
  return { headers: { 'idempotency-key': key } }
}

/** A ready picture, by a relay that stands in for the length of this test. */
export async function pictureOf(seller: Actor, alt?: string): Promise<string> {
  withRelay()
  return readyPicture(seller, alt === undefined ? {} : { alt })
}

export async function draft(seller: Actor, terms: Terms = {}): Promise<AuctionView> {
  const images = terms.images ?? [await pictureOf(seller)]
  return must(await seller.post('/api/auctions', { ...goodTerms, ...terms, images }), 201)
}

export async function publish(seller: Actor, { id }: Pick<AuctionView, 'id'>): Promise<AuctionView> {
  return must(await seller.post(`/api/auctions/${id}/publish`), 200)
}

/** A published auction: running unless `startsAt` lies ahead. */
export async function auction(seller: Actor, terms: Terms = {}): Promise<AuctionView> {
  return publish(seller, await draft(seller, terms))
}

/** `startsAt` so many milliseconds from now. */
export function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString()
}

export function must(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Calls off what is still open when the test ends, so that nobody holds three auctions for ever. */
export function endLater(seller: Actor, { id }: Pick<AuctionView, 'id'>): void {
  onTestFinished(async () => {
    await seller.post(`/api/auctions/${id}/cancel`, { reason: 'over' })
  })
}
