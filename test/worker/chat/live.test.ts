import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { must, newKey } from '../../support/worker/auctions.ts'
import {
  block,
  evictRoom,
  follow,
  friends,
  groupOf,
  history,
  roomObject,
  roomOf,
  sending,
  write,
} from '../../support/worker/chat.ts'
import { crashInbox, evictInbox, inboxSocket } from '../../support/worker/inbox.ts'
import { eventually } from '../../support/worker/rooms.ts'

const pair = () => Promise.all([actor('one'), actor('other')])

describe('over one socket', () => {
  it('a room is there from its making, and a message reaches every device of both, as it stands in the history', async () => {
    const [one, other] = await pair()
    await follow(other, one)
    const [a, b, again] = [await inboxSocket(one), await inboxSocket(other), await inboxSocket(one)]
    const room = await roomOf(one, other)
    expect((await a.fact('room-added')).row).toMatchObject({ id: room.id, kind: 'direct' })
    const sent = await a.ask({ type: 'send-message', key: newKey(), room: room.id, text: ' hello ' })
    expect(sent).toMatchObject({ type: 'message-sent', roomSeq: 1, message: { text: 'hello' } })
    expect((await b.fact('room-added')).row.folder).toBe('inbox')
    const [message] = await history(other, room)
    for (const device of [a, b, again]) expect((await device.fact('message-posted')).message).toEqual(message)
    expect(await b.fact('message-posted')).toMatchObject({
      roomUnread: 1,
      unread: { rooms: 1, messages: 1, requests: 0 },
    })
    expect(await again.fact('message-posted')).toMatchObject({ roomUnread: 0, unread: { messages: 0 } })
  })

  it('the same message by frame and by route has one effect and one answer', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const a = await inboxSocket(one)
    const key = newKey()
    const sent = await a.ask({ type: 'send-message', key, room: room.id, text: 'once' })
    const again = must(await sending(one, room, { text: 'once' }, key), 201)
    expect(sent).toMatchObject({ message: again })
    expect(await a.ask({ type: 'send-message', key, room: room.id, text: 'else' })).toMatchObject({
      code: 'key-reused',
    })
    expect(await history(one, room)).toHaveLength(1)
  })

  it('edits, deletions and read marks reach both; nobody but the author changes a message', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const [a, b] = [await inboxSocket(one), await inboxSocket(other)]
    const { id } = await write(one, room, 'helo')
    await b.fact('message-posted')
    const edit = { type: 'edit-message', room: room.id, message: id, text: 'hello' } as const
    expect(await b.ask(edit)).toMatchObject({ type: 'problem', code: 'forbidden' })
    expect(await a.ask(edit)).toMatchObject({ type: 'done' })
    expect(await b.fact('message-changed')).toMatchObject({ message: id, text: 'hello', deleted: false })
    expect(await b.ask({ type: 'mark-read', room: room.id, roomSeq: 1 })).toMatchObject({ type: 'done' })
    expect(await a.fact('read-moved')).toMatchObject({ who: other.handle, roomSeq: 1 })
    expect(await b.fact('read-moved')).toMatchObject({ who: null, roomUnread: 0, unread: { rooms: 0, messages: 0 } })
    await a.ask({ type: 'delete-message', room: room.id, message: id })
    expect(await b.fact('message-changed', ({ deleted }) => deleted)).toMatchObject({ message: id, text: null })
  })

  it('read marks in a group are for one’s own devices alone', async () => {
    const [owner, first, second] = await Promise.all([actor('owner'), actor('first'), actor('second')])
    const room = await groupOf(owner, first, second)
    const [mine, theirs] = [await inboxSocket(first), await inboxSocket(owner)]
    await first.put(`/api/chats/rooms/${room.id}/read`, { seq: 1 })
    await mine.fact('read-moved')
    await write(first, room, 'and now')
    await theirs.fact('message-posted')
    expect(theirs.facts.map(({ type }) => type)).not.toContain('read-moved')
  })

  it('typing is passed on at most every three seconds, to the others alone', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const [a, b] = [await inboxSocket(one), await inboxSocket(other)]
    for (let n = 0; n < 3; n += 1) a.send({ type: 'typing', room: room.id })
    expect(await b.next('typing')).toMatchObject({ room: room.id, who: { handle: one.handle } })
    await a.ask({ type: 'send-message', key: newKey(), room: room.id, text: 'done' })
    await b.fact('message-posted')
    const heard = (frames: { type: string }[]) => frames.filter(({ type }) => type === 'typing').length
    expect([heard(a.frames), heard(b.frames)]).toEqual([0, 1])
  })

  it('whoever is taken out is told that, and nothing more', async () => {
    const [owner, first, second] = await Promise.all([actor('owner'), actor('first'), actor('second')])
    const room = await groupOf(owner, first, second)
    const [a, b] = [await inboxSocket(first), await inboxSocket(second)]
    await owner.delete(`/api/chats/rooms/${room.id}/members/${first.handle}`)
    expect(await a.fact('room-removed')).toMatchObject({ room: room.id, cause: 'removed' })
    await write(owner, room, 'without them')
    await b.fact('message-posted', ({ message }) => message.text === 'without them')
    expect(a.facts.flatMap((fact) => (fact.type === 'message-posted' ? [fact.message.text] : []))).toEqual([])
    expect(await a.ask({ type: 'send-message', key: newKey(), room: room.id, text: 'hey' })).toMatchObject({
      code: 'not-found',
    })
    expect((await b.fact('room-changed', ({ cause }) => cause === 'members')).row.membersCount).toBe(2)
  })

  it('a request is counted apart, makes no noise, and its decline is seen by nobody else', async () => {
    const [one, other] = await pair()
    const [a, b] = [await inboxSocket(one), await inboxSocket(other)]
    const room = await roomOf(one, other)
    await write(one, room, 'may I?')
    expect(await b.fact('room-added')).toMatchObject({ cause: 'invited', row: { folder: 'requests' } })
    expect(await b.fact('message-posted')).toMatchObject({ unread: { rooms: 0, messages: 0, requests: 1 } })
    await a.fact('message-posted')
    const before = a.facts.length
    await other.post(`/api/chats/rooms/${room.id}/decline`)
    expect(await b.fact('room-removed')).toMatchObject({ cause: 'declined', unread: { requests: 0 } })
    expect(a.facts).toHaveLength(before)
  })

  it('what was deleted does not come back to whoever missed it', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const b = await inboxSocket(other)
    const from = { epoch: String(b.epoch), seq: b.seq }
    const { id } = await write(one, room, 'a secret slip')
    await b.fact('message-posted')
    b.close()
    await one.delete(`/api/chats/rooms/${room.id}/messages/${id}`)
    await eventually(async () => {
      const { body } = await other.get('/api/chats/rooms')
      expect(body.items[0].last.deleted).toBe(true)
    })
    const back = await inboxSocket(other, from)
    expect(back.facts.length).toBeGreaterThan(0)
    expect(JSON.stringify(back.frames)).not.toContain('secret slip')
    expect((await back.fact('message-posted')).message).toMatchObject({ id, deleted: true, text: null })
  })
})

describe('delivery', () => {
  it('goes on where it was after room and inbox have slept or died', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const b = await inboxSocket(other)
    await write(one, room, 'first')
    await b.fact('message-posted')
    await evictRoom(room)
    await evictInbox(other)
    await write(one, room, 'second')
    await b.fact('message-posted', ({ message }) => message.text === 'second')
    await crashInbox(other)
    const back = await inboxSocket(other, { epoch: String(b.epoch), seq: b.seq })
    await write(one, room, 'third')
    await back.fact('message-posted', ({ message }) => message.text === 'third')
    const heard = [...b.facts, ...back.facts].flatMap((fact) => (fact.type === 'message-posted' ? [fact.roomSeq] : []))
    expect(heard).toEqual([1, 2, 3])
  })

  it('waits for an inbox that fails, tells everybody else at once, and makes no message wait', async () => {
    const [owner, first, second] = await Promise.all([actor('owner'), actor('first'), actor('second')])
    const room = await groupOf(owner, first, second)
    const b = await inboxSocket(second)
    const a = await inboxSocket(first)
    for (let n = 0; n < 5; n += 1) {
      await crashInbox(first)
      await write(owner, room, `${n}`)
    }
    await b.fact('message-posted', ({ message }) => message.text === '4')
    const back = await inboxSocket(first, { epoch: String(a.epoch), seq: a.seq })
    await back.fact('message-posted', ({ message }) => message.text === '4')
    const said = [...a.facts, ...back.facts].flatMap((fact) =>
      fact.type === 'message-posted' ? [fact.message.text] : [],
    )
    expect(said.filter((text) => text !== null)).toEqual(['0', '1', '2', '3', '4'])
  })
})

describe('an account in many rooms', () => {
  it('finds them by name or by who is in them, pinned ones first', async () => {
    const [owner, first, second] = await Promise.all([actor('owner'), actor('tangerine'), actor('second')])
    const group = await groupOf(owner, first, second)
    must(await owner.patch(`/api/chats/rooms/${group.id}`, { name: '한라봉 모임' }), 200)
    const direct = await friends(owner, second)
    await write(owner, direct, 'latest')
    const rooms = async (query = '') => {
      const { body } = await owner.get(`/api/chats/rooms${query}`)
      return body.items.map(({ id }: { id: string }) => id)
    }
    await eventually(async () => expect(await rooms()).toEqual([direct.id, group.id]))
    await eventually(async () => expect(await rooms(`?search=${encodeURIComponent('라봉')}`)).toEqual([group.id]))
    expect(await rooms(`?search=${first.handle}`)).toEqual([group.id])
    expect(await rooms('?search=tangerine')).toEqual([group.id])
    expect(await rooms(`?search=${second.handle}`)).toEqual([direct.id, group.id])
    expect(await rooms('?search=nothing')).toEqual([])
    await owner.put(`/api/chats/rooms/${group.id}/settings`, { muted: false, archived: false, pinned: true })
    await eventually(async () => expect(await rooms()).toEqual([group.id, direct.id]))
    await owner.put(`/api/chats/rooms/${direct.id}/settings`, { muted: false, archived: true, pinned: false })
    await eventually(async () => expect(await rooms('?folder=archived')).toEqual([direct.id]))
    expect(await rooms()).toEqual([group.id])
  })

  it('has one count of what is unread, everywhere', async () => {
    const [one, other] = await pair()
    const [room, third] = [await friends(one, other), await actor('third')]
    for (let n = 0; n < 3; n += 1) await write(one, room, `${n}`)
    await write(third, await roomOf(third, other), 'may I?')
    await eventually(async () => {
      const counted = { rooms: 1, messages: 3, requests: 1 }
      expect((await other.get('/api/chats/unread')).body).toMatchObject(counted)
      const { body } = await other.get('/api/chats/rooms')
      expect(body.items.map(({ unread }: { unread: number }) => unread)).toEqual([3])
    })
    const device = await inboxSocket(other)
    const { snapshot } = await device.hello()
    expect(snapshot?.unread).toMatchObject({ rooms: 1, messages: 3, requests: 1 })
  })
})

describe('a block', () => {
  it('is told to both as a room that has changed, and so is its end', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const devices = [await inboxSocket(one), await inboxSocket(other)]
    const told = () =>
      devices.map(
        ({ facts }) => facts.filter((fact) => fact.type === 'room-changed' && fact.cause === 'writing').length,
      )
    await block(other, one)
    await eventually(async () => expect(told()).toEqual([1, 1]))
    await other.delete(`/api/blocks/${one.handle}`)
    await eventually(async () => expect(told()).toEqual([2, 2]))
    // Nothing else that happens between the two says so.
    await follow(one, other)
    await write(one, room, 'again')
    for (const device of devices) await device.fact('message-posted', ({ message }) => message.text === 'again')
    expect(told()).toEqual([2, 2])
  })

  it('also ends typing', async () => {
    const [one, other] = await pair()
    const room = await friends(one, other)
    const b = await inboxSocket(other)
    await block(other, one)
    await eventually(async () => expect((await sending(one, room, { text: 'x' })).status).toBe(403))
    await roomObject(room).typing({ account: one.account, handle: one.handle, name: one.name, suspended: false })
    await b.ask({ type: 'clock', sentAt: 0 })
    expect(b.frames.map(({ type }) => type)).not.toContain('typing')
  })
})
