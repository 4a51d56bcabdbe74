import { expect, test } from 'vitest'
import { actor, logInAgain, type Actor } from '../../support/worker/actors.ts'
import { auction, inMs, keyed, must } from '../../support/worker/auctions.ts'
import { friends, write } from '../../support/worker/chat.ts'
import { HOUR, setRoomClock } from '../../support/worker/clock.ts'
import { dealBetween } from '../../support/worker/deals.ts'
import { pushTo, type Opened, type TestDevice } from '../../support/worker/push.ts'

/** What reaches a device of these kinds; the first waits until it has come. */
async function pushed(device: TestDevice, kind: string): Promise<Opened['payload']> {
  const find = async () => (await device.received()).find(({ payload }) => payload.kind === kind)?.payload
  await expect.poll(find).toBeDefined()
  return (await find())!
}

const kindsAt = async (device: TestDevice) => (await device.received()).map(({ payload }) => payload.kind)

async function bid(bidder: Actor, lot: { id: string; termsHash: string | null }, amount: number): Promise<void> {
  const body = { kind: 'exact', amount, confirm: true, termsHash: lot.termsHash }
  must(await bidder.post(`/api/auctions/${lot.id}/bids`, body, keyed()), 201)
}

async function prefer(person: Actor, change: object): Promise<void> {
  const now = must(await person.get('/api/notifications/preferences'), 200)
  must(await person.put('/api/notifications/preferences', { ...now, ...change }), 200)
}

test('a message reaches the closed site of its reader, and no device of its author', async () => {
  const [minji, june] = [await actor('minji'), await actor('june')]
  const room = await friends(minji, june)
  const [hers, his] = [await pushTo(minji), await pushTo(june)]
  await write(june, room, '내일 몇 시가 좋으세요?')
  expect(await pushed(hers, 'message')).toMatchObject({
    actors: [{ handle: june.handle, name: june.name }],
    target: room.id,
    data: { text: '내일 몇 시가 좋으세요?' },
  })
  expect(await kindsAt(his)).toEqual([])
})

test('the bidder who was outbid hears of it, until the auction is over', async () => {
  const [seller, first, second] = [await actor('seller'), await actor('first'), await actor('second')]
  const lot = await auction(seller)
  const device = await pushTo(first)
  await bid(first, lot, 10_000)
  await bid(second, lot, 12_000)
  expect(await pushed(device, 'outbid')).toMatchObject({
    target: lot.id,
    data: { title: lot.terms.title, price: 12_000, minimumBid: 12_500 },
  })
  const [{ ttl, urgency }] = (await device.received()) as [Opened]
  expect(urgency).toBe('high')
  expect(ttl).toBeGreaterThan(0)
  expect(ttl).toBeLessThanOrEqual(20 * 60 + 600)
})

test('whoever likes an auction hears that it has started', async () => {
  const [seller, fan] = [await actor('seller'), await actor('fan')]
  const lot = await auction(seller, { startsAt: inMs(HOUR) })
  must(await fan.post('/api/likes/auction-likes', { auction: lot.id }), 201)
  const device = await pushTo(fan, 'en')
  await setRoomClock(lot.id, HOUR + 1_000)
  expect(await pushed(device, 'auction-started')).toMatchObject({ target: lot.id, language: 'en' })
})

test('the winner hears of the win, with the deal that follows', async () => {
  const [seller, buyer] = [await actor('seller'), await actor('buyer')]
  const device = await pushTo(buyer)
  const deal = await dealBetween(seller, buyer)
  expect(await pushed(device, 'won')).toMatchObject({ data: { price: 90_000, deal } })
})

test('in quiet hours, and where push is switched off, the list alone is told', async () => {
  const [reader, author] = [await actor('reader'), await actor('author')]
  const room = await friends(reader, author)
  const device = await pushTo(reader)
  const listed = async () => must(await reader.get('/api/notifications'), 200).items
  const isToldOf = async (text: string) =>
    expect.poll(async () => (await listed()).map(({ data }: { data: { text: string } }) => data.text)).toContain(text)

  await prefer(reader, { quiet: aroundNow() })
  await write(author, room, '조용한 시간')
  await isToldOf('조용한 시간')
  await prefer(reader, { quiet: null, kinds: { message: { app: true, push: false, mail: false } } })
  await write(author, room, '푸시 없이')
  await isToldOf('푸시 없이')
  await prefer(reader, { kinds: { message: { app: true, push: true, mail: false } } })
  await write(author, room, '이제는 와요')
  await expect
    .poll(async () => (await device.received()).map(({ payload }) => payload.data['text']))
    .toEqual(['이제는 와요'])
})

test('a sign-in that has ended is told nothing more', async () => {
  const [here, author] = [await actor('here'), await actor('author')]
  const there = await logInAgain(here)
  const room = await friends(here, author)
  const [gone, stays] = [await pushTo(there), await pushTo(here)]
  await there.post('/api/accounts/logout', undefined, { cookies: there.cookies })
  await write(author, room, '아직 계세요?')
  await pushed(stays, 'message')
  expect(await kindsAt(gone)).toEqual([])
})

test('a device is told again when its push service was away', async () => {
  const [reader, author] = [await actor('reader'), await actor('author')]
  const room = await friends(reader, author)
  const device = await pushTo(reader)
  await device.answerWith(503)
  await write(author, room, '들리세요?')
  await expect.poll(async () => (await device.received()).length).toBeGreaterThan(0)
  const before = (await device.received()).length
  await device.answerWith(201)
  await expect.poll(async () => (await device.received()).length).toBe(before + 1)
})

/** Hours of Seoul's day around the present one. */
function aroundNow(): { from: string; to: string } {
  const hour = new Date(Date.now() + 9 * HOUR).getUTCHours()
  const text = (hours: number) => `${String((hours + 24) % 24).padStart(2, '0')}:00`
  return { from: text(hour - 1), to: text(hour + 2) }
}
