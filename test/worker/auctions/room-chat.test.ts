import { describe, expect, it } from 'vitest'
import { actor, staff, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, keyed, must, newKey } from '../../support/worker/auctions.ts'
import { MINUTE, SECOND, setRoomClock } from '../../support/worker/clock.ts'
import { attend, connect, type LiveClient } from '../../support/worker/live.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { evict, stateOf } from '../../support/worker/rooms.ts'

const say = (socket: LiveClient, text: string, key = newKey()) => socket.ask({ type: 'send-message', key, text })

const write = (who: Actor, id: string, text: string) => who.post(`/api/auctions/${id}/messages`, { text }, keyed())

/** What stands in the way of writing, or `written`. */
async function tried(who: Actor, id: string): Promise<string> {
  const answer = await write(who, id, 'hi')
  return answer.status === 201 ? 'written' : answer.body.code
}

describe.each([
  ['awake', async () => {}],
  ['that slept', evict],
])('the chat of a room %s', (_, rest: (auction: string) => Promise<void>) => {
  it('reaches everyone, with the badges of its author', async () => {
    const [seller, buyer, moderator] = await Promise.all([actor('seller'), actor('buyer'), staff('moderator')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    await rest(lot.id)
    for (const who of [seller, buyer, moderator]) must(await write(who, lot.id, `from ${who.name}`), 201)
    await watcher.fact('message-posted', ({ message }) => message.badges.includes('moderator'))
    const heard = watcher.facts.map((fact) => fact.type === 'message-posted' && fact.message)
    expect(heard).toMatchObject([
      { text: 'from seller', badges: ['seller'], author: { handle: seller.handle, name: 'seller' } },
      { text: 'from buyer', badges: [] },
      { text: `from ${moderator.name}`, badges: ['moderator'] },
    ])
    expect((await stateOf(lot)).messages.map(({ text }) => text)).toEqual([
      `from ${moderator.name}`,
      'from buyer',
      'from seller',
    ])
  })

  it('holds everyone to the slow mode but the seller and moderators', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    must(await seller.patch(`/api/auctions/${lot.id}/room`, { slowModeSeconds: 60 }), 200)
    expect(await watcher.fact('room-changed')).toMatchObject({ slowModeSeconds: 60, chatOpen: true })
    expect(await tried(buyer, lot.id)).toBe('written')
    await rest(lot.id)
    await setRoomClock(lot.id, 50 * SECOND)
    expect(await tried(buyer, lot.id)).toBe('too-many-requests')
    expect(await tried(seller, lot.id)).toBe('written')
    expect(await tried(seller, lot.id)).toBe('too-many-requests')
    await setRoomClock(lot.id, 62 * SECOND)
    expect(await tried(buyer, lot.id)).toBe('written')
  })

  it('keeps a trace of what was removed, and says by whom', async () => {
    const [seller, buyer, stranger, moderator] = await Promise.all([
      actor('seller'),
      actor('buyer'),
      actor('stranger'),
      staff('moderator'),
    ])
    const lot = await auction(seller)
    const written: string[] = []
    for (const who of [buyer, seller, stranger]) written.push(must(await write(who, lot.id, 'text'), 201).id)
    const [own, sellers, strangers] = written
    await rest(lot.id)
    const remove = (who: Actor, message = '') => who.delete(`/api/auctions/${lot.id}/messages/${message}`)
    expectProblem(await remove(stranger, own), 'forbidden')
    expect((await remove(buyer, own)).status).toBe(204)
    expect((await remove(buyer, own)).status).toBe(204)
    const asStaff = { body: { reason: '욕설이에요' } }
    expect((await moderator.delete(`/api/auctions/${lot.id}/messages/${sellers}`, asStaff)).status).toBe(204)
    expect((await remove(seller, strangers)).status).toBe(204)
    const { items } = must(await ask('GET', `/api/auctions/${lot.id}/messages`), 200)
    expect(items.map(({ text, removedBy }: { text: string; removedBy: string }) => [text, removedBy])).toEqual([
      [null, 'seller'],
      [null, 'moderator'],
      [null, 'author'],
    ])
  })
})

describe('who may write', () => {
  it('is whom the seller lets: nobody while paused, then all, traders or followers, never the banned', async () => {
    const [seller, buyer, unverified] = await Promise.all([
      actor('seller'),
      actor('buyer'),
      actor('unverified', { by: 'email' }),
    ])
    const lot = await auction(seller)
    let at = 0
    const allow = async (settings: object) => {
      must(await seller.patch(`/api/auctions/${lot.id}/room`, settings), 200)
      at += 2 * SECOND
      await setRoomClock(lot.id, at)
      return [await tried(seller, lot.id), await tried(buyer, lot.id), await tried(unverified, lot.id)]
    }
    expect(await allow({ chatPaused: true })).toEqual(['written', 'chat-paused', 'chat-paused'])
    expect(await allow({ chatPaused: false })).toEqual(['written', 'written', 'written'])
    expect(await allow({ chatFrom: 'traders' })).toEqual(['written', 'written', 'chat-not-allowed'])
    expect(await allow({ chatFrom: 'followers' })).toEqual(['written', 'chat-not-allowed', 'chat-not-allowed'])
    const ban = `/api/auctions/${lot.id}/bans/${buyer.handle}`
    must(await seller.put(ban, { scope: 'chat', reason: 'rude' }), 204)
    expect(await allow({ chatFrom: 'all' })).toEqual(['written', 'chat-not-allowed', 'written'])
    expect(must(await seller.get(`/api/auctions/${lot.id}/bans`), 200).items).toMatchObject([
      { who: buyer.handle, scope: 'chat', reason: 'rude' },
    ])
    must(await seller.delete(ban), 204)
    expect(await allow({})).toEqual(['written', 'written', 'written'])
    expectProblem(await buyer.get(`/api/auctions/${lot.id}/bans`), 'forbidden')
    expectProblem(await buyer.patch(`/api/auctions/${lot.id}/room`, { chatPaused: true }), 'forbidden')
  })

  it('ends ten minutes after the auction, and everyone is told', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    await setRoomClock(lot.id, 29 * MINUTE)
    expect(await say(socket, 'congratulations')).toMatchObject({ type: 'message-sent' })
    await setRoomClock(lot.id, 30 * MINUTE + SECOND)
    expect(await socket.fact('room-changed')).toMatchObject({ chatOpen: false })
    expect(await say(socket, 'too late')).toMatchObject({ type: 'problem', code: 'chat-closed' })
    expect((await stateOf(lot)).room.chatOpen).toBe(false)
    expect((await stateOf(lot)).messages).toHaveLength(1)
  })

  it('is nobody without a sign-in, and nobody suspended', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    expect(await say(await attend(lot.id), 'hi')).toMatchObject({ code: 'not-signed-in' })
    const ticket = await buyer.ticket()
    await suspend(buyer, Date.now() + 60 * MINUTE)
    expect(await tried(buyer, lot.id)).toBe('account-suspended')
    expect((await (await connect(lot.id, null, {}, ticket)).gone()).code).toBe(4403)
  })
})

describe('a message', () => {
  it('is plain text of 1 to 100 characters, kept as it was meant', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    for (const text of ['', '   ', 'x'.repeat(101), 'a\u202Eb', 'two\nlines'])
      expect(await say(socket, text)).toMatchObject({ type: 'problem', code: 'invalid-fields' })
    const hostile = '<img src=x onerror=alert(1)>'
    expect(await say(socket, `  ${hostile} `)).toMatchObject({ type: 'message-sent', message: { text: hostile } })
  })

  it('is written once per key', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const key = newKey()
    const first = await say(socket, 'once', key)
    const again = await say(socket, 'once', key)
    expect({ ...again, ref: null }).toEqual({ ...first, ref: null })
    expect(await say(socket, 'other', key)).toMatchObject({ code: 'key-reused' })
    expect((await stateOf(lot)).messages).toHaveLength(1)
  })
})

describe('what staff removes of others', () => {
  const remove = (who: Actor, id: string, message: string, body?: object) =>
    who.delete(`/api/auctions/${id}/messages/${message}`, body === undefined ? {} : { body })
  const audited = async (admin: Actor, message: string) => {
    const { items } = must(await admin.get('/api/admin/audit'), 200)
    return items.filter(({ target }: { target: string }) => target.includes(message))
  }

  it('needs a reason, which is audited before it is gone', async () => {
    const [seller, buyer, moderator, admin] = await Promise.all([
      actor('seller'),
      actor('buyer'),
      staff('moderator'),
      staff('admin'),
    ])
    const lot = await auction(seller)
    const { id } = must(await write(buyer, lot.id, 'something rude'), 201)
    for (const body of [undefined, {}, { reason: ' ' }]) {
      const refused = await remove(moderator, lot.id, id, body)
      expectProblem(refused, 'invalid-fields')
      expect(faultsOf(refused)).toEqual([expect.stringMatching(/^\/reason: (required|empty)$/)])
    }
    expectProblem(await remove(moderator, lot.id, id, { reason: '욕설', by: 'author' }), 'unknown-field')
    // A frame has no room for a reason.
    const socket = await attend(lot.id, moderator)
    expect(await socket.ask({ type: 'delete-message', message: id })).toMatchObject({
      type: 'problem',
      code: 'invalid-fields',
    })
    expect((await stateOf(lot)).messages).toMatchObject([{ text: 'something rude' }])
    expect(await audited(admin, id)).toEqual([])

    must(await remove(moderator, lot.id, id, { reason: '욕설이에요' }), 204)
    // Again it is done already, and nothing new to write down.
    must(await remove(moderator, lot.id, id), 204)
    expect((await stateOf(lot)).messages).toMatchObject([{ text: null, removedBy: 'moderator' }])
    expect(await audited(admin, id)).toMatchObject([
      {
        staff: { handle: moderator.handle },
        action: 'remove-message',
        target: `${lot.id}/${id}`,
        reason: '욕설이에요',
      },
    ])
  })

  it('is none of it where they wrote it, or sell', async () => {
    const [buyer, moderator, admin] = await Promise.all([actor('buyer'), staff('moderator'), staff('admin')])
    const lot = await auction(moderator)
    const own = must(await write(admin, lot.id, 'mine'), 201)
    const other = must(await write(buyer, lot.id, 'of a buyer'), 201)
    must(await remove(admin, lot.id, own.id), 204)
    must(await remove(moderator, lot.id, other.id), 204)
    expect((await stateOf(lot)).messages.map(({ removedBy }) => removedBy)).toEqual(['seller', 'author'])
    expect([...(await audited(admin, own.id)), ...(await audited(admin, other.id))]).toEqual([])
  })

  it('is refused to everybody else whatever reason they give', async () => {
    const [seller, buyer, stranger, admin] = await Promise.all([
      actor('seller'),
      actor('buyer'),
      actor('stranger'),
      staff('admin'),
    ])
    const lot = await auction(seller)
    const { id } = must(await write(buyer, lot.id, 'text'), 201)
    expectProblem(await remove(stranger, lot.id, id, { reason: '욕설' }), 'forbidden')
    expect(await audited(admin, id)).toEqual([])
  })
})
