import type { Page } from 'playwright-core'
import { deskFan } from '../run/demo/pictures/objects/home.ts'
import { palette } from '../run/demo/pictures/paint.ts'
import { photograph } from '../run/demo/pictures/render.ts'
import { room } from '../run/demo/pictures/rooms.ts'
import type { Person } from '../run/demo/client.ts'

/** What the journeys need of an auction's view. */
export interface Auction {
  id: string
  termsHash: string | null
}

const terms = {
  title: '하늘색 선풍기',
  content: '조용하고 시원해요.',
  category: 'appliance',
  condition: 'good',
  defects: '',
  startPrice: 10_000,
  durationMinutes: 20,
  softClose: { windowSeconds: 30, capMinutes: 10 },
  handover: 'parcel',
  shippingFee: 3_000,
  region: '서울 마포구',
}

const pictures = new Map<Person, Promise<string>>()

/** A picture of this person's, sent once. */
export function pictureOf(person: Person): Promise<string> {
  const sent =
    pictures.get(person) ??
    photograph((b) => deskFan(b, palette.sky), room('peach', 'blinds'), { side: 480 }).then((file) =>
      person.upload(file, 'auction', '하늘색 날개의 선풍기'),
    )
  pictures.set(person, sent)
  return sent
}

export async function draftAuction(seller: Person, changes: Record<string, unknown> = {}): Promise<Auction> {
  const images = [await pictureOf(seller)]
  return seller.ask<Auction>('POST', '/api/auctions', { body: { ...terms, images, ...changes } })
}

/** A published auction, made through the API. */
export async function openAuction(seller: Person, changes: Record<string, unknown> = {}): Promise<Auction> {
  const { id } = await draftAuction(seller, changes)
  return seller.ask<Auction>('POST', `/api/auctions/${id}/publish`)
}

export async function bid(person: Person, { id, termsHash }: Auction, amount: number, kind = 'exact'): Promise<void> {
  await person.ask('POST', `/api/auctions/${id}/bids`, { body: { kind, amount, confirm: true, termsHash } })
}

/** Name, password and consent of the sign-up form. */
export async function fillIn(page: Page, name: string, password = 'window-3-maple!'): Promise<void> {
  await page.getByLabel('이름').fill(name)
  await page.getByLabel('비밀번호', { exact: true }).fill(password)
  await page.getByLabel('이용약관과 개인정보처리방침에 동의해요').check()
  await page.getByLabel('만 14세 이상이에요').check()
}

export const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
