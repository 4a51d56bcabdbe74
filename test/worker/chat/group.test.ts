import { describe, expect, it } from 'vitest'
import type { RoomView } from '../../../worker/contract/chat.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import {
  block,
  evictRoom,
  follow,
  groupOf,
  hasChatTables,
  history,
  look,
  ringRoom,
  roomLater,
  roomOf,
  sending,
  spoken,
  write,
} from '../../support/worker/chat.ts'
import { DAY } from '../../support/worker/clock.ts'
import { eventually } from '../../support/worker/rooms.ts'

const team = async () => Promise.all([actor('owner'), actor('first'), actor('second')])
const path = ({ id }: Pick<RoomView, 'id'>) => `/api/chats/rooms/${id}`
const handlesIn = async (who: Actor, room: RoomView) =>
  (await look(who, room)).body.people.map(({ handle }: { handle: string }) => handle)

describe('a group', () => {
  it('has its name, its owner and its members, longest there first', async () => {
    const [owner, first, second] = await team()
    await Promise.all([follow(first, owner), follow(second, owner)])
    const answer = await owner.post('/api/chats/rooms', { handles: [first.handle, second.handle], name: ' 감귤 모임 ' })
    const room = must(answer, 201)
    expect(room).toMatchObject({ kind: 'group', name: '감귤 모임', isOwner: true, membersCount: 3, folder: 'inbox' })
    expect(await handlesIn(second, room)).toEqual([owner.handle, first.handle, second.handle])
    expect((await look(second, room)).body).toMatchObject({ isOwner: false, owner: owner.handle })
    expect(await spoken(first, room)).toEqual(['created'])
  })

  it('is a new one each time', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    expect((await roomOf(owner, first, second)).id).not.toBe(room.id)
  })

  it('takes nobody twice, nobody unknown and nobody behind a block', async () => {
    const [owner, first, second] = await team()
    await block(second, owner)
    const { body } = await owner.post('/api/chats/rooms', {
      handles: [first.handle, first.handle, 'nobody.at.all', second.handle],
    })
    expect(body.errors).toEqual([
      { pointer: '/handles/1', code: 'duplicate' },
      { pointer: '/handles/2', code: 'unknown' },
      { pointer: '/handles/3', code: 'unknown' },
    ])
  })

  it('shows the messages of people behind a block folded', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    await block(first, second)
    const foldedFor = async (who: Actor) =>
      (await look(who, room)).body.people.flatMap((one: { handle: string; isFolded: boolean }) =>
        one.isFolded ? [one.handle] : [],
      )
    expect(await foldedFor(first)).toEqual([second.handle])
    expect(await foldedFor(second)).toEqual([first.handle])
    expect(await foldedFor(owner)).toEqual([])
    await write(second, room, 'still here')
  })
})

describe('an invitation by somebody one does not follow', () => {
  it('waits, shows who is there and nothing of what they say', async () => {
    const [owner, first, second] = await team()
    await follow(first, owner)
    const room = await roomOf(owner, first, second)
    await write(owner, room, 'before')
    const asked = (await look(second, room)).body
    expect(asked).toMatchObject({
      invited: true,
      folder: 'requests',
      last: null,
      unread: 0,
      lastSeq: 0,
      reason: 'answer-first',
    })
    expect(asked.people.map(({ handle }: { handle: string }) => handle)).toEqual([owner.handle, first.handle])
    expect(await history(second, room)).toEqual([])
    expect((await look(owner, room)).body.asked).toHaveLength(1)
    expect((await look(first, room)).body.asked).toEqual([])

    must(await second.post(`${path(room)}/accept`), 200)
    expect(await spoken(second, room)).toEqual(['member-added'])
    expect(await spoken(first, room)).toEqual(['created', 'before', 'member-added'])
    await write(second, room, 'hi all')
  })

  it('is declined without a sound', async () => {
    const [owner, first, second] = await team()
    await follow(first, owner)
    const room = await roomOf(owner, first, second)
    const before = (await look(owner, room)).body
    expect((await second.post(`${path(room)}/decline`)).status).toBe(204)
    expect((await look(second, room)).status).toBe(404)
    expect((await look(owner, room)).body).toEqual(before)
    // Asked once more they are not asked again.
    must(await owner.post(`${path(room)}/members`, { handles: [second.handle] }), 200)
    expect((await look(second, room)).status).toBe(404)
    expect((await second.post(`${path(room)}/accept`)).status).toBe(404)
  })

  it('is taken back', async () => {
    const [owner, first, second] = await team()
    await follow(first, owner)
    const room = await roomOf(owner, first, second)
    expect((await owner.delete(`${path(room)}/members/${second.handle}`)).status).toBe(204)
    expect((await look(second, room)).status).toBe(404)
    expect(await spoken(owner, room)).toEqual(['created'])
  })
})

describe('members', () => {
  it('see what is said from their joining on, and nothing after they were taken out', async () => {
    const [owner, first, second] = await team()
    const late = await actor('late')
    await follow(late, owner)
    const room = await groupOf(owner, first, second)
    await write(owner, room, 'early')
    must(await owner.post(`${path(room)}/members`, { handles: [late.handle] }), 200)
    await write(first, room, 'welcome')
    expect(await spoken(late, room)).toEqual(['member-added', 'welcome'])
    expect((await look(late, room)).body).toMatchObject({ fromSeq: 3, unread: 1 })
    expect(await history(late, room, '?before=3')).toEqual([])
    expect(await history(late, room, '?after=0')).toHaveLength(2)

    expect((await owner.delete(`${path(room)}/members/${late.handle}`)).status).toBe(204)
    expect((await look(late, room)).status).toBe(404)
    expect((await sending(late, room, { text: 'hey' })).status).toBe(404)
    expect((await late.get(`${path(room)}/messages`)).status).toBe(404)
    expect(await spoken(owner, room)).toEqual(['created', 'early', 'member-added', 'welcome', 'member-removed'])
    must(await owner.post(`${path(room)}/members`, { handles: [late.handle] }), 200)
    expect(await spoken(late, room)).toEqual(['member-added'])
  })

  it('are brought in, taken out and renamed for by the owner alone', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    const other = await actor('other')
    for (const [asker, code] of [
      [first, 'forbidden'],
      [other, 'not-found'],
    ] as const) {
      expect((await asker.post(`${path(room)}/members`, { handles: [other.handle] })).body.code).toBe(code)
      expect((await asker.delete(`${path(room)}/members/${second.handle}`)).body.code).toBe(code)
      expect((await asker.patch(path(room), { name: 'mine' })).body.code).toBe(code)
      expect((await asker.delete(path(room))).body.code).toBe(code)
    }
    expect(await handlesIn(owner, room)).toHaveLength(3)
  })

  it('are 50 at most', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    const { limits } = { limits: Array.from({ length: 49 }, (_, n) => `nobody${n}`) }
    expect((await owner.post(`${path(room)}/members`, { handles: [...limits, 'nobody49'] })).body.code).toBe(
      'invalid-fields',
    )
  })

  it('leave, and their messages stay', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    await write(first, room, 'I was here')
    expect((await first.delete(`${path(room)}/members/me`)).status).toBe(204)
    expect((await look(first, room)).status).toBe(404)
    expect(await spoken(second, room)).toEqual(['created', 'I was here', 'member-left'])
    expect(await handlesIn(second, room)).toEqual([owner.handle, second.handle])
  })
})

describe('the owner', () => {
  it('names the group and passes it on', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    expect(must(await owner.patch(path(room), { name: 'new name' }), 200).name).toBe('new name')
    const stranger = await actor('stranger')
    expect((await owner.patch(path(room), { owner: stranger.handle })).body.errors).toEqual([
      { pointer: '/owner', code: 'not-a-member' },
    ])
    must(await owner.patch(path(room), { owner: second.handle }), 200)
    await evictRoom(room)
    expect((await look(first, room)).body).toMatchObject({ owner: second.handle, name: 'new name' })
    expect((await owner.patch(path(room), { name: 'mine' })).body.code).toBe('forbidden')
    expect(await spoken(first, room)).toEqual(['created', 'renamed', 'owner-changed'])
  })

  it('who leaves is followed by the longest member', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    await owner.delete(`${path(room)}/members/me`)
    expect((await look(second, room)).body.owner).toBe(first.handle)
    await first.delete(`${path(room)}/members/me`)
    expect((await look(second, room)).body.isOwner).toBe(true)
  })

  it('who leaves last closes the group', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    for (const who of [first, second, owner]) expect((await who.delete(`${path(room)}/members/me`)).status).toBe(204)
    expect((await look(owner, room)).status).toBe(404)
  })

  it('deletes the group for all; after 30 days nothing of it is left', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    await write(first, room, 'something')
    expect((await owner.delete(path(room))).status).toBe(204)
    for (const who of [owner, first, second]) expect((await look(who, room)).status).toBe(404)
    expect((await sending(first, room, { text: 'still?' })).status).toBe(404)
    await roomLater(room, 29 * DAY)
    await ringRoom(room)
    expect(await hasChatTables(room)).toBe(true)
    await roomLater(room, 31 * DAY)
    await eventually(async () => {
      await ringRoom(room)
      expect(await hasChatTables(room)).toBe(false)
    })
  })
})

describe('settings', () => {
  it('are one’s own; a new message takes the room out of the archive', async () => {
    const [owner, first, second] = await team()
    const room = await groupOf(owner, first, second)
    const settings = { muted: true, archived: true, pinned: false }
    expect(must(await first.put(`${path(room)}/settings`, settings), 200)).toEqual(settings)
    expect((await look(first, room)).body).toMatchObject({ settings, folder: 'archived' })
    expect((await look(second, room)).body.settings).toEqual({ muted: false, archived: false, pinned: false })
    await write(second, room, 'news')
    expect((await look(first, room)).body).toMatchObject({
      settings: { ...settings, archived: false },
      folder: 'inbox',
    })
  })
})
