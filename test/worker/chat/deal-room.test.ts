import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AuctionId, DealId } from '../../../worker/contract/ids.ts'
import { instant } from '../../../worker/contract/time.ts'
import { readConfig } from '../../../worker/env.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import { block, evictRoom, look, roomLater, roomObject, sending, spoken, write } from '../../support/worker/chat.ts'
import { DAY } from '../../support/worker/clock.ts'
import { inboxSocket } from '../../support/worker/inbox.ts'
import { readyPicture } from '../../support/worker/media.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'

interface DealRoom {
  id: string
  deal: DealId
}

/** The room of a deal as the Deal object opens it. */
async function dealRoom(seller: Actor, buyer: Actor): Promise<DealRoom> {
  const ids = createIds(readConfig(env).idSecret)
  const [room, deal, auction] = [ids.mint('room'), ids.mint('deal'), ids.mint('auction') as AuctionId]
  const person = ({ account, handle, name }: Actor) => ({ account, handle, name })
  const opening = {
    kind: 'deal',
    room,
    deal,
    auction,
    title: '필름 카메라',
    cover: null,
    seller: person(seller),
    buyer: person(buyer),
    at: instant(Date.now()),
  } as const
  await roomObject({ id: room }).open(opening)
  await roomObject({ id: room }).open(opening)
  return { id: room, deal }
}

/** The deal is done: from here on the room can be written in for 30 days. */
function end(room: DealRoom): Promise<void> {
  const closesAt = instant(Date.now() + 30 * DAY)
  return roomObject(room).dealMoved({ deal: room.deal, place: 1, state: 'completed', line: null, closesAt })
}

const parties = () => Promise.all([actor('seller'), actor('buyer')])

describe('the room of a deal', () => {
  it('has its two parties alone, no owner, and lies in its own folder with what it is about', async () => {
    const [seller, buyer] = await parties()
    const third = await actor('third')
    const room = await dealRoom(seller, buyer)
    const seen = must(await look(buyer, room), 200)
    expect(seen).toMatchObject({
      kind: 'deal',
      folder: 'deals',
      owner: null,
      membersCount: 2,
      deal: { id: room.deal, title: '필름 카메라', state: 'open' },
    })
    expect((await look(third, room)).status).toBe(404)
    expect((await buyer.delete(`/api/chats/rooms/${room.id}/members/me`)).body.code).toBe('not-a-group')
    await eventually(async () => {
      const { body } = await seller.get('/api/chats/rooms?folder=deals')
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual([room.id])
    })
    expect((await seller.get('/api/chats/rooms')).body.items).toEqual([])
  })

  it('shows how the deal moves, once and in order', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    const move = (place: number, state: string) =>
      roomObject(room).dealMoved({ deal: room.deal, place, state, line: state, closesAt: null })
    await move(1, 'arranged')
    await move(1, 'arranged')
    await move(3, 'completed')
    await move(2, 'handed-over')
    const seen = must(await look(seller, room), 200)
    expect([seen.deal.state, seen.lastSeq, seen.unread]).toEqual(['completed', 2, 0])
    expect(await spoken(buyer, room)).toEqual(['deal-moved', 'deal-moved'])
  })

  it('can be written in until its time is over, then read only', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    const { id } = await write(buyer, room, 'thanks')
    await end(room)
    await roomLater(room, 29 * DAY)
    await write(seller, room, 'anytime')
    await roomLater(room, 31 * DAY)
    expect((await sending(seller, room, { text: 'still there?' })).body.code).toBe('room-read-only')
    expect(must(await look(seller, room), 200)).toMatchObject({ canWrite: false, reason: 'room-read-only' })
    expect((await buyer.delete(`/api/chats/rooms/${room.id}/messages/${id}`)).status).toBe(204)
    expect(await spoken(seller, room)).toEqual(['deleted', 'anytime'])
  })

  it('stays open behind a block', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    await block(seller, buyer)
    await write(buyer, room, 'where do we meet?')
    await write(seller, room, 'at the station')
    expect(await spoken(buyer, room)).toEqual(['where do we meet?', 'at the station'])
    expect((await look(seller, room)).body).toMatchObject({ canWrite: true, isBlocking: false })
  })

  it.each([
    ['from before', true],
    ['from after it', false],
  ])('heeds a block %s once the deal has ended, for as long as the block stands', async (_, isEarly) => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    if (isEarly) await block(seller, buyer)
    const { id } = await write(buyer, room, 'thanks')
    await end(room)
    if (!isEarly) {
      await write(seller, room, 'thank you')
      await block(seller, buyer)
    }
    for (const who of [seller, buyer]) {
      expectProblem(await sending(who, room, { text: 'one more thing' }), 'cannot-message')
      await evictRoom(room)
    }
    expectProblem(await buyer.patch(`/api/chats/rooms/${room.id}/messages/${id}`, { text: 'no' }), 'cannot-message')
    const silent = { canWrite: false, reason: 'cannot-message' }
    expect((await look(seller, room)).body).toMatchObject({ ...silent, isBlocking: true })
    expect((await look(buyer, room)).body).toMatchObject({ ...silent, isBlocking: false })

    await seller.delete(`/api/blocks/${buyer.handle}`)
    expect((await look(seller, room)).body).toMatchObject({ canWrite: true, reason: null, isBlocking: false })
    await write(buyer, room, 'one more thing')
  })

  it('tells both that nobody can write any more when somebody tries to', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    await end(room)
    const [one, other] = [await inboxSocket(seller), await inboxSocket(buyer)]
    await block(buyer, seller)
    await sending(seller, room, { text: 'one more thing' })
    for (const device of [one, other])
      expect(await device.fact('room-changed', ({ cause }) => cause === 'writing')).toMatchObject({ room: room.id })
    expect(one.facts.filter(({ type }) => type === 'message-posted')).toEqual([])
  })

  it('is open behind a block again while the end is disputed', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    await block(seller, buyer)
    await end(room)
    expectProblem(await sending(buyer, room, { text: 'it is broken' }), 'cannot-message')
    await roomObject(room).dealMoved({ deal: room.deal, place: 2, state: 'disputed', line: null, closesAt: null })
    await write(buyer, room, 'it is broken')
  })

  it('is the one room of somebody suspended: by text alone', async () => {
    withRelay()
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    const picture = await readyPicture(seller, { purpose: 'chat' })
    await suspend(seller, Date.now() + DAY)
    await write(seller, room, 'I will still come')
    expect((await sending(seller, room, { images: [picture] })).body.code).toBe('text-only')
    expect((await look(seller, room)).body).toMatchObject({ textOnly: true, canWrite: true })
    await eventually(async () => {
      const { body } = await seller.get('/api/chats/rooms?folder=deals')
      expect(body.items).toHaveLength(1)
    })
    expect((await seller.put(`/api/chats/rooms/${room.id}/read`, { seq: 1 })).status).toBe(204)
  })

  it('hints where a text leads to an account or elsewhere, and lets it through', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    expect((await write(seller, room, '국민 123456-01-234567 로 보내 주세요')).hints).toEqual(['account-number'])
    const sent = await write(seller, room, '내일 세 시에 봐요')
    expect(sent.hints).toEqual([])
    const path = `/api/chats/rooms/${room.id}/messages/${sent.id}`
    expect(must(await seller.patch(path, { text: 'https://open.kakao.com/o/abc' }), 200).hints).toEqual([
      'outside-link',
    ])
  })

  it('tells when a party last wrote, and all that was said', async () => {
    const [seller, buyer] = await parties()
    const room = await dealRoom(seller, buyer)
    const { at } = await write(buyer, room, 'hello')
    expect(await roomObject(room).lastWordOf(buyer.account)).toBe(Date.parse(at))
    expect(await roomObject(room).lastWordOf(seller.account)).toBe(null)
    const said = await roomObject(room).transcript(0, 10)
    expect(said.map(({ text, author }) => [text, author])).toEqual([['hello', buyer.account]])
  })
})
