import { runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closeCodes } from '../../../worker/contract/live.ts'
import { actor, logInAgain, suspend } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, draft, must, newKey } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE } from '../../support/worker/clock.ts'
import { attend, connect } from '../../support/worker/live.ts'
import { evict, eventually, hasTables, participant, ringAlarm, roomStub } from '../../support/worker/rooms.ts'

const unused = 'auc_0123456789abcdefghjk012345'

describe('opening', () => {
  it('refuses by a code after opening: an unknown auction, a draft, a foreign site, a spent ticket', async () => {
    const seller = await actor('seller')
    const lot = await auction(seller)
    const code = async (client: ReturnType<typeof connect>) => (await (await client).gone()).code
    expect(await code(connect(unused))).toBe(closeCodes.unknown)
    expect(await code(connect('nonsense'))).toBe(closeCodes.unknown)
    const { id } = await draft(seller)
    expect(await code(connect(id))).toBe(closeCodes.unknown)
    expect(await hasTables(id)).toBe(false)
    expect(await code(connect(lot.id, null, { headers: { origin: 'https://evil.example' } }))).toBe(4403)
    const ticket = await seller.ticket()
    await connect(lot.id, null, {}, ticket)
    expect(await code(connect(lot.id, null, {}, ticket))).toBe(closeCodes.authorityOver)
    expect(await code(connect(lot.id, null, {}, `${ticket}x`))).toBe(closeCodes.authorityOver)
  })

  it('is for upgrades only', async () => {
    const lot = await auction(await actor('seller'))
    expect((await ask('GET', `/api/auctions/${lot.id}/live`)).status).toBe(404)
  })

  it('takes the person from the ticket alone, whatever headers a client sends', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const ticket = await buyer.ticket()
    const forged = await connect(lot.id, null, { headers: { 'x-hallabong-ticket': ticket, 'x-hallabong-from': '' } })
    expect((await forged.hello()).welcome.you.signedIn).toBe(false)
  })

  it('closes the oldest socket of an account for the eleventh', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const clients = []
    for (let count = 0; count < 11; count += 1) clients.push(await attend(lot.id, buyer))
    expect((await clients[0]?.gone())?.code).toBe(closeCodes.tooManySockets)
    expect(clients.slice(1).map(({ ended }) => ended)).toEqual(Array.from({ length: 10 }))
  })

  it('turns away the hundred and first visitor of one address, and nobody of another', async () => {
    const lot = await auction(await actor('seller'))
    const ip = '203.0.113.77'
    const greet = async () => (await connect(lot.id, null, { ip })).send({ type: 'hello' })
    await Promise.all(Array.from({ length: 100 }, greet))
    expect((await (await connect(lot.id, null, { ip })).gone()).code).toBe(closeCodes.tooManySockets)
    expect((await (await connect(lot.id, null, { ip: '203.0.113.78' })).hello()).welcome.resumed).toBe(false)
  })
})

describe.each([
  ['awake', async () => {}],
  ['that slept', evict],
])('in a room %s', (_, rest: (auction: string) => Promise<void>) => {
  it('pings are answered, and the clock tells the server time', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await attend(lot.id)
    await rest(lot.id)
    socket.sendText('ping')
    await socket.until('pong', () => socket.texts.find((text) => text === 'pong'))
    const told = await socket.ask({ type: 'clock', sentAt: 12.5 })
    expect(told).toMatchObject({ type: 'clock', sentAt: 12.5, serverAt: expect.stringMatching(/Z$/) })
  })

  it('unknown frames get a problem and stay; the third malformed one closes', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await attend(lot.id)
    await rest(lot.id)
    for (const ref of ['a', 'b', 'c', 'd']) {
      socket.sendText(JSON.stringify({ type: 'juggle', ref }))
      await socket.until('problem', () =>
        socket.frames.find((one) => one.type === 'problem' && one.ref === ref && one.code === 'unknown-frame'),
      )
    }
    socket.sendText('{')
    await socket.next('problem')
    await rest(lot.id)
    socket.sendText(JSON.stringify({ type: 'clock', ref: 'x', sentAt: 'now' }))
    expect(await socket.next('problem')).toEqual({ type: 'problem', code: 'malformed-frame', ref: 'x' })
    socket.sendText('[]')
    expect((await socket.gone()).code).toBe(closeCodes.malformed)
  })

  it('a frame of more than 8 KiB closes', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await attend(lot.id)
    await rest(lot.id)
    socket.sendText(JSON.stringify({ type: 'clock', ref: 'x', sentAt: 1, padding: '한'.repeat(3_000) }))
    expect((await socket.gone()).code).toBe(closeCodes.frameTooLarge)
  })

  it('a flood of frames closes', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await attend(lot.id)
    await rest(lot.id)
    for (let count = 0; count < 201; count += 1) socket.send({ type: 'seen', seq: 0 })
    expect((await socket.gone()).code).toBe(closeCodes.tooFast)
  })

  it('does nothing more of what a socket had said that is closed for saying too much', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const [loud, quiet] = [await attend(lot.id, buyer), await attend(lot.id)]
    await rest(lot.id)
    for (let count = 0; count < 200; count += 1) loud.send({ type: 'seen', seq: 0 })
    loud.send({ type: 'send-message', ref: 'last', key: newKey(), text: 'the last word' })
    expect((await loud.gone()).code).toBe(closeCodes.tooFast)
    const { snapshot } = await quiet.hello()
    expect(snapshot?.messages).toEqual([])
  })

  it('ends with a sign-in, at once', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const [socket, visitor] = [await attend(lot.id, buyer), await attend(lot.id)]
    await rest(lot.id)
    await buyer.post('/api/accounts/logout')
    expect((await socket.gone()).code).toBe(closeCodes.authorityOver)
    expect(visitor.ended).toBeUndefined()
  })

  it('ends with a suspension, at once', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    await rest(lot.id)
    await suspend(buyer, Date.now() + 60 * MINUTE)
    expect((await socket.gone()).code).toBe(closeCodes.suspended)
  })

  it('a visitor becomes somebody by renewing, and moves the authority again later', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id)
    await rest(lot.id)
    const done = await socket.ask({ type: 'renew', ticket: await buyer.ticket() })
    expect(done).toMatchObject({ type: 'done', authUntil: expect.any(String), you: { signedIn: true, canBid: true } })
    await socket.mustBid(10_000)
    await rest(lot.id)
    expect(await socket.ask({ type: 'renew', ticket: await buyer.ticket() })).toMatchObject({
      you: { mask: 1, leading: true },
    })
    expect(await socket.ask({ type: 'renew', ticket: await seller.ticket() })).toMatchObject({ code: 'forbidden' })
    expect(await socket.ask({ type: 'renew', ticket: 'nonsense' })).toMatchObject({ code: 'sign-in-over' })
  })
})

describe('a socket that does not keep up', () => {
  it('is closed when its first frame is not hello', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await connect(lot.id)
    socket.send({ type: 'clock', ref: 'x', sentAt: 1 })
    expect((await socket.gone()).code).toBe(closeCodes.malformed)
  })

  it('is closed when it says nothing for five seconds', async () => {
    const lot = await auction(await actor('seller'))
    const socket = await connect(lot.id)
    // As much longer as the room itself is late.
    expect((await socket.until('close', () => socket.ended, 20_000)).code).toBe(closeCodes.malformed)
  })

  it('is closed when a fact stays unseen for ten seconds, and resumes; nobody else is', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const [slow, quick] = [await attend(lot.id), await attend(lot.id, buyer)]
    slow.saysSeen = false
    const { epoch, seq } = slow
    await quick.mustBid(10_000)
    await slow.until('close', () => slow.ended, 15_000)
    expect(slow.ended?.code).toBe(closeCodes.tooSlow)
    expect(quick.ended).toBeUndefined()
    const back = await connect(lot.id)
    expect((await back.hello({ epoch: epoch ?? '', seq })).welcome.resumed).toBe(true)
    expect(back.facts).toHaveLength(1)
  })

  it('is closed when it left a mebibyte of facts unseen', async () => {
    const seller = await actor('seller')
    const lot = await auction(seller)
    const [slow, quick] = [await attend(lot.id), await attend(lot.id)]
    slow.saysSeen = false
    for (let notes = 100; notes <= 1_000; notes += 100) {
      await runInDurableObject(roomStub(lot.id), async (room) => {
        for (let count = 0; count < 100; count += 1) await room.addNote(participant(seller), '흠'.repeat(500))
      })
      await quick.until(`${notes} notes`, () => (quick.facts.length === notes ? true : undefined))
    }
    expect((await slow.gone()).code).toBe(closeCodes.tooSlow)
    expect(quick.ended).toBeUndefined()
  }, 120_000)
})

describe('with time', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Moves the machine's time, which sockets are measured by. */
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

  it('the authority of a ticket runs out unless it is renewed', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller, { durationMinutes: 120 })
    const [renewed, lapsed, idle] = [
      await attend(lot.id, buyer),
      await attend(lot.id, buyer),
      await attend(lot.id, buyer),
    ]
    // For what the room has to deliver it would ring by itself, and find everybody silent.
    await runInDurableObject(roomStub(lot.id), (_, { storage }) => storage.setAlarm(Date.now() + HOUR))
    pass(29 * MINUTE)
    const ticket = await (await logInAgain(buyer)).ticket()
    expect(await renewed.ask({ type: 'renew', ticket })).toMatchObject({ type: 'done' })
    pass(2 * MINUTE)
    await renewed.mustBid(10_000)
    lapsed.send({ type: 'clock', ref: 'x', sentAt: 1 })
    expect((await lapsed.gone()).code).toBe(closeCodes.authorityOver)
    await ringAlarm(lot.id)
    expect((await idle.gone()).code).toBe(closeCodes.authorityOver)
  })

  it.each([
    ['awake', async () => {}],
    ['that slept', evict],
  ])('a socket that fell silent leaves the count of a room %s, one that speaks stays', async (_, disturb) => {
    const lot = await auction(await actor('seller'), { durationMinutes: 120 })
    const [alive, silent] = [await attend(lot.id), await attend(lot.id)]
    await disturb(lot.id)
    pass(30_000)
    await alive.ask({ type: 'clock', sentAt: 1 })
    pass(20_000)
    await ringAlarm(lot.id)
    await silent.gone()
    expect(must(await ask('GET', `/api/auctions/${lot.id}/participants`), 200).count).toBe(1)
    expect(alive.ended).toBeUndefined()
  })
})

describe('presence', () => {
  it('counts a person once and visitors by socket, and names who lets rooms name them', async () => {
    const [seller, open, hidden] = await Promise.all([actor('seller'), actor('open'), actor('hidden')])
    must(await hidden.patch('/api/accounts/preferences', { showInRooms: false }), 200)
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const tabs = [await attend(lot.id, open), await attend(lot.id, open)]
    await attend(lot.id, hidden)
    await attend(lot.id)
    const wanted = { count: 4, named: [{ handle: open.handle, name: 'open' }] }
    await watcher.until('four people', () =>
      watcher.frames.find((frame) => frame.type === 'presence' && frame.count === 4),
    )
    expect(must(await ask('GET', `/api/auctions/${lot.id}/participants`), 200)).toEqual(wanted)
    await tabs[0]?.close()
    await eventually(async () =>
      expect(must(await ask('GET', `/api/auctions/${lot.id}/participants`), 200)).toEqual(wanted),
    )
    await tabs[1]?.close()
    await watcher.until('three people', () =>
      watcher.frames.find((frame) => frame.type === 'presence' && frame.count === 3 && frame.named.length === 0),
    )
  })
})

describe('a write by frame', () => {
  it('has the effect of its REST twin once, whichever comes first', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const key = newKey()
    const sent = await socket.ask({ type: 'send-message', key, text: ' hello ' })
    const twin = await buyer.post(
      `/api/auctions/${lot.id}/messages`,
      { text: 'hello' },
      { headers: { 'idempotency-key': key } },
    )
    expect(sent).toMatchObject({ type: 'message-sent', message: must(twin, 201) })
    expect(must(await ask('GET', `/api/auctions/${lot.id}/messages`), 200).items).toHaveLength(1)
  })
})
