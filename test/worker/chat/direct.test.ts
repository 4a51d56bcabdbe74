import { describe, expect, it } from 'vitest'
import { actor, suspend } from '../../support/worker/actors.ts'
import { must, newKey } from '../../support/worker/auctions.ts'
import {
  block,
  evictRoom,
  follow,
  friends,
  history,
  look,
  roomLater,
  roomOf,
  sending,
  spoken,
  write,
} from '../../support/worker/chat.ts'
import { DAY, MINUTE } from '../../support/worker/clock.ts'
import { inboxSocket } from '../../support/worker/inbox.ts'
import { eventually } from '../../support/worker/rooms.ts'

describe('a direct room', () => {
  it('is one for two, whoever opens it', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const first = await one.post('/api/chats/rooms', { handles: [other.handle] })
    expect([first.status, first.body.kind, first.body.members[0].handle]).toEqual([201, 'direct', other.handle])
    const again = await one.post('/api/chats/rooms', { handles: [other.handle] })
    const theirs = await other.post('/api/chats/rooms', { handles: [one.handle] })
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    expect([theirs.status, theirs.body.id]).toEqual([200, first.body.id])
  })

  it('is not there for the other before its first message', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await roomOf(one, other)
    expect((await look(other, room)).status).toBe(404)
    await write(one, room, 'hello')
    expect((await look(other, room)).status).toBe(200)
  })

  it('is nobody else’s', async () => {
    const [one, other, third] = await Promise.all([actor('one'), actor('other'), actor('third')])
    const room = await friends(one, other)
    const message = await write(one, room, 'between us')
    expect((await look(third, room)).status).toBe(404)
    expect((await sending(third, room, { text: 'me too' })).body.code).toBe('not-found')
    expect((await third.delete(`/api/chats/rooms/${room.id}/messages/${message.id}`)).status).toBe(404)
    expect(await spoken(one, room)).toEqual(['between us'])
  })

  it('never changes its members', async () => {
    const [one, other, third] = await Promise.all([actor('one'), actor('other'), actor('third')])
    const room = await friends(one, other)
    const path = `/api/chats/rooms/${room.id}`
    expect((await one.post(`${path}/members`, { handles: [third.handle] })).body.code).toBe('not-a-group')
    expect((await one.delete(`${path}/members/me`)).body.code).toBe('not-a-group')
    expect((await one.delete(path)).body.code).toBe('not-a-group')
    expect((await one.patch(path, { name: 'us' })).body.code).toBe('not-a-group')
  })

  it.each([
    ['nobody', 'nobody.at.all', 'unknown'],
    ['oneself', null, 'yourself'],
  ])('is not opened with %s', async (_, handle, code) => {
    const one = await actor('one')
    const { body } = await one.post('/api/chats/rooms', { handles: [handle ?? one.handle] })
    expect([body.code, body.errors]).toEqual(['invalid-fields', [{ pointer: '/handles/0', code }]])
  })
})

describe('messages', () => {
  it('count from one without gap, in the same order for both, also after a sleep', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    await Promise.all(Array.from({ length: 6 }, (_, n) => write(n % 2 ? one : other, room, `message ${n}`)))
    await evictRoom(room)
    await write(one, room, 'last')
    const seen = await history(one, room)
    expect(seen.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(await history(other, room)).toEqual(seen)
    expect(seen[0]).toMatchObject({ author: { handle: one.handle, name: one.name }, text: 'last', deleted: false })
  })

  it('have one effect and one answer for each key, also after a sleep', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const key = newKey()
    const first = await sending(one, room, { text: 'once' }, key)
    await evictRoom(room)
    const again = await sending(one, room, { text: 'once' }, key)
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body])
    expect((await sending(one, room, { text: 'twice' }, key)).body.code).toBe('key-reused')
    expect((await sending(other, room, { text: 'once' }, key)).status).toBe(201)
    expect(await spoken(one, room)).toEqual(['once', 'once'])
  })

  it('need a key, a text of 1 to 1,000 characters, and nothing besides', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const path = `/api/chats/rooms/${room.id}/messages`
    expect((await one.post(path, { text: 'hello' })).body.code).toBe('bad-key')
    expect((await sending(one, room, { text: '' })).body.code).toBe('invalid-fields')
    expect((await sending(one, room, { text: '한'.repeat(1_001) })).body.code).toBe('invalid-fields')
    expect((await sending(one, room, { text: '👩‍👩‍👧'.repeat(200) })).status).toBe(201)
    expect((await sending(one, room, { text: 'a', images: [] })).status).toBe(422)
    expect((await sending(one, room, {})).status).toBe(422)
  })

  it('are read from any place, both ways, and say whether there is more', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    for (let n = 1; n <= 5; n += 1) await write(one, room, `${n}`)
    const page = async (query: string) => {
      const { body } = await other.get(`/api/chats/rooms/${room.id}/messages${query}`)
      return [body.items.map(({ text }: { text: string }) => text).join(''), body.more]
    }
    expect(await page('?limit=2')).toEqual(['54', true])
    expect(await page('?before=4&limit=2')).toEqual(['32', true])
    expect(await page('?before=2&limit=2')).toEqual(['1', false])
    expect(await page('?after=3')).toEqual(['45', false])
    expect(await page('?after=0&limit=2')).toEqual(['12', true])
    expect((await other.get(`/api/chats/rooms/${room.id}/messages?before=2&after=1`)).body.code).toBe('bad-query')
  })

  it('can be edited for 15 minutes by their author alone, and say so', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const { id } = await write(one, room, 'helo')
    const path = `/api/chats/rooms/${room.id}/messages/${id}`
    expect((await other.patch(path, { text: 'mine' })).body.code).toBe('forbidden')
    const edited = must(await one.patch(path, { text: 'hello' }), 200)
    expect([edited.text, edited.editedAt !== null, edited.seq]).toEqual(['hello', true, 1])
    await roomLater(room, 15 * MINUTE)
    expect((await one.patch(path, { text: 'hallo' })).body.code).toBe('too-late-to-edit')
    expect((await history(other, room))[0]?.text).toBe('hello')
  })

  it('can be deleted at any time by their author alone; the place stays, the text is nowhere', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const key = newKey()
    const sent = must(await sending(one, room, { text: 'regretted' }, key), 201)
    await write(one, room, 'next')
    const path = `/api/chats/rooms/${room.id}/messages/${sent.id}`
    expect((await other.delete(path)).body.code).toBe('forbidden')
    await roomLater(room, 20 * DAY)
    expect((await one.delete(path)).status).toBe(204)
    expect((await one.delete(path)).status).toBe(204)
    expect((await one.patch(path, { text: 'again' })).body.code).toBe('conflict')
    expect(await spoken(other, room)).toEqual(['deleted', 'next'])
    const repeated = await sending(one, room, { text: 'regretted' }, key)
    expect([repeated.status, repeated.body.text, repeated.body.deleted]).toEqual([201, null, true])
  })

  it('are 60 a minute for each account, over all its rooms', async () => {
    const [one, other, third] = await Promise.all([actor('one'), actor('other'), actor('third')])
    const rooms = [await friends(one, other), await friends(one, third)] as const
    const request = { limited: true, ip: '203.0.113.77' }
    const send = (n: number) =>
      one.post(
        `/api/chats/rooms/${rooms[n % 2 ? 0 : 1].id}/messages`,
        { text: `${n}` },
        { ...request, headers: { 'idempotency-key': newKey() } },
      )
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const beyond = await send(60)
    expect([beyond.body.code, Number(beyond.headers.get('retry-after')) > 0]).toEqual(['too-many-requests', true])
  })

  it('count again whenever they are edited, by route and by frame', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const { id } = await write(one, room, 'hello')
    const request = { limited: true, ip: '203.0.113.79' }
    const edit = (text: string) => one.patch(`/api/chats/rooms/${room.id}/messages/${id}`, { text }, request)
    const device = await inboxSocket(one)
    const frame = (text: string) => device.ask({ type: 'edit-message', room: room.id, message: id, text })
    expect(await frame('by frame')).toMatchObject({ type: 'done' })
    const answers = await Promise.all(Array.from({ length: 59 }, (_, n) => edit(`${n}`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const beyond = await edit('beyond')
    expect([beyond.body.code, Number(beyond.headers.get('retry-after')) > 0]).toEqual(['too-many-requests', true])
    expect(await frame('beyond')).toMatchObject({ type: 'problem', code: 'too-many-requests' })
    expect(await spoken(other, room)).not.toContain('beyond')
  })
})

describe('read marks', () => {
  it('move forward only, and the other side sees them', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    for (const text of ['a', 'b', 'c']) await write(one, room, text)
    const read = (seq: number) => other.put(`/api/chats/rooms/${room.id}/read`, { seq })
    const standing = async () => {
      const [mine, theirs] = [(await look(other, room)).body, (await look(one, room)).body]
      const shown = theirs.people.find(({ handle }: { handle: string }) => handle === other.handle)
      return [mine.unread, mine.readSeq, shown.readSeq]
    }
    expect(await standing()).toEqual([3, 0, 0])
    expect((await read(2)).status).toBe(204)
    expect(await standing()).toEqual([1, 2, 2])
    await read(1)
    expect(await standing()).toEqual([1, 2, 2])
    await read(99)
    expect(await standing()).toEqual([0, 3, 3])
  })

  it('leave unread what others wrote after them and did not delete', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const messages = []
    for (const text of ['a', 'b', 'c', 'd']) messages.push(await write(one, room, text))
    await write(other, room, 'mine')
    await other.put(`/api/chats/rooms/${room.id}/read`, { seq: 1 })
    expect((await look(other, room)).body.unread).toBe(3)
    await one.delete(`/api/chats/rooms/${room.id}/messages/${messages[2]?.id}`)
    expect((await look(other, room)).body.unread).toBe(2)
    await one.delete(`/api/chats/rooms/${room.id}/messages/${messages[0]?.id}`)
    expect((await look(other, room)).body.unread).toBe(2)
    expect((await look(one, room)).body.unread).toBe(1)
  })
})

describe('a stranger', () => {
  it('has one text, and waits for an answer', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await roomOf(one, other)
    await write(one, room, 'may I?')
    expect((await sending(one, room, { text: 'hello?' })).body.code).toBe('answer-first')
    expect((await look(one, room)).body).toMatchObject({ canWrite: false, reason: 'answer-first', textOnly: true })
    const asked = (await look(other, room)).body
    expect(asked).toMatchObject({ folder: 'requests', invited: true, canWrite: false, unread: 1 })
    expect((await sending(other, room, { text: 'yes' })).body.code).toBe('answer-first')

    const accepted = must(await other.post(`/api/chats/rooms/${room.id}/accept`), 200)
    expect(accepted).toMatchObject({ folder: 'inbox', invited: false, canWrite: true })
    await write(other, room, 'yes')
    await write(one, room, 'thanks')
    expect(await spoken(other, room)).toEqual(['may I?', 'yes', 'thanks'])
  })

  it('may mend that text once before the answer', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await roomOf(one, other)
    const { id } = await write(one, room, 'may i?')
    const edit = (text: string) => one.patch(`/api/chats/rooms/${room.id}/messages/${id}`, { text })
    must(await edit('may I?'), 200)
    // The same again, as after a lost answer, changes nothing.
    must(await edit('may I?'), 200)
    expect((await edit('hello?')).body.code).toBe('answer-first')
    expect(await spoken(other, room)).toEqual(['may I?'])
    must(await other.post(`/api/chats/rooms/${room.id}/accept`), 200)
    must(await edit('hello'), 200)
  })

  it('does not learn that they were declined, nor that they were read', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await roomOf(one, other)
    await write(one, room, 'may I?')
    const before = (await look(one, room)).body
    await other.put(`/api/chats/rooms/${room.id}/read`, { seq: 1 })
    expect((await other.post(`/api/chats/rooms/${room.id}/decline`)).status).toBe(204)
    expect((await look(other, room)).status).toBe(404)
    expect((await look(one, room)).body).toEqual(before)
    expect((await sending(one, room, { text: 'hello?' })).body.code).toBe('answer-first')
    // Whoever declined may still begin by themselves.
    await roomOf(other, one)
    await write(other, room, 'changed my mind')
    expect(await spoken(one, room)).toEqual(['may I?', 'changed my mind'])
  })

  it('whom the other follows is none', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    await follow(other, one)
    const room = await roomOf(one, other)
    await write(one, room, 'hi')
    await write(one, room, 'it is me')
    expect((await look(other, room)).body).toMatchObject({ folder: 'inbox', invited: false, unread: 2 })
  })

  it.each([
    ['followed', true, 201],
    ['followed', false, 'cannot-message'],
    ['nobody', true, 'cannot-message'],
  ] as const)('meets somebody who takes messages from %s (whom they follow: %s): %s', async (from, follows, told) => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    must(await other.patch('/api/accounts/preferences', { messagesFrom: from }), 200)
    if (follows) await follow(other, one)
    const opened = await one.post('/api/chats/rooms', { handles: [other.handle] })
    expect(opened.body.code ?? opened.status).toBe(told)
  })

  it('is judged again when the first message comes', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await roomOf(one, other)
    must(await other.patch('/api/accounts/preferences', { messagesFrom: 'nobody' }), 200)
    expect((await sending(one, room, { text: 'hello' })).body.code).toBe('cannot-message')
    expect((await look(other, room)).status).toBe(404)
  })

  it('can write to 20 people a day', async () => {
    const one = await actor('one')
    const others = []
    for (let n = 0; n < 21; n += 1) others.push(await actor(`other ${n}`))
    const request = { limited: true, ip: '203.0.113.78' }
    const told = []
    for (const other of others) {
      const room = await roomOf(one, other)
      const headers = { 'idempotency-key': newKey() }
      const { status, body } = await one.post(
        `/api/chats/rooms/${room.id}/messages`,
        { text: 'hi' },
        { ...request, headers },
      )
      told.push(body.code ?? status)
    }
    expect(told).toEqual([...Array.from({ length: 20 }, () => 201), 'too-many-requests'])
  }, 120_000)
})

describe('a block', () => {
  it('ends what two can write to each other, and lifts again', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    const message = await write(one, room, 'before')
    await block(other, one)
    await eventually(async () => {
      expect((await sending(one, room, { text: 'still there?' })).body.code).toBe('cannot-message')
    })
    expect((await sending(other, room, { text: 'no' })).body.code).toBe('cannot-message')
    // Who has blocked may read so; to the other it is nothing but a room where nothing can be written.
    const silent = { canWrite: false, reason: 'cannot-message' }
    expect((await look(other, room)).body).toMatchObject({ ...silent, isBlocking: true })
    expect((await look(one, room)).body).toMatchObject({ ...silent, isBlocking: false })
    const path = `/api/chats/rooms/${room.id}/messages/${message.id}`
    expect((await one.patch(path, { text: 'smuggled' })).body.code).toBe('cannot-message')
    expect((await one.post('/api/chats/rooms', { handles: [other.handle] })).body.code).toBe('invalid-fields')
    await other.delete(`/api/blocks/${one.handle}`)
    await eventually(async () => {
      expect((await sending(one, room, { text: 'again' })).status).toBe(201)
    })
    expect((await one.delete(path)).status).toBe(204)
  })
})

describe('somebody who is suspended', () => {
  it('has no direct room, and gets it back', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    const room = await friends(one, other)
    await suspend(one, Date.now() + DAY)
    expect((await look(one, room)).body.code).toBe('account-suspended')
    expect((await sending(one, room, { text: 'hello' })).body.code).toBe('account-suspended')
    expect((await one.get('/api/chats/rooms')).body.code).toBe('account-suspended')
    await suspend(one, null)
    await write(one, room, 'back')
  })
})
