import { describe, expect, it } from 'vitest'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import { follow, friends, groupOf, roomOf, write } from '../../support/worker/chat.ts'
import { inboxSocket, openInboxSocket } from '../../support/worker/inbox.ts'
import { pushTo } from '../../support/worker/push.ts'
import { eventually } from '../../support/worker/rooms.ts'

async function listOf(who: Actor): Promise<NotificationView[]> {
  return must(await who.get('/api/notifications'), 200).items
}

/** Waits until that is what somebody was told of messages: kind, target, how many, what it says, and whether it was read. */
async function expectTold(who: Actor, ...told: unknown[][]): Promise<void> {
  await eventually(async () => {
    const list = (await listOf(who)).filter(({ kind }) => kind.startsWith('message'))
    expect(list.map(({ kind, target, count, data, read }) => [kind, target, count, data['text'], read])).toEqual(told)
  })
}

describe('a message', () => {
  it('is told to the others once, folded by room, and is read with it', async () => {
    const [one, other] = [await actor('one'), await actor('other')]
    const room = await friends(one, other)
    const device = await inboxSocket(other)
    await write(one, room, 'hello')
    await write(one, room, 'are you there?')
    await expectTold(other, ['message', room.id, 2, 'are you there?', false])
    const [told] = await listOf(other)
    expect(told).toMatchObject({ actors: [{ handle: one.handle }], data: { name: one.name, room: null } })
    await expectTold(one)
    must(await other.put(`/api/chats/rooms/${room.id}/read`, { seq: 2 }), 204)
    await expectTold(other, ['message', room.id, 2, 'are you there?', true])
    expect(await device.fact('notifications-read')).toMatchObject({
      ids: [told?.id],
      removed: false,
      unread: { messages: 0, notifications: 0 },
    })
    await write(one, room, 'fine')
    await expectTold(other, ['message', room.id, 1, 'fine', false], ['message', room.id, 2, 'are you there?', true])
  })

  it('is not told in a muted room, and counts there all the same', async () => {
    const [one, other] = [await actor('one'), await actor('other')]
    const room = await friends(one, other)
    const muted = { muted: true, archived: false, pinned: false }
    must(await other.put(`/api/chats/rooms/${room.id}/settings`, muted), 200)
    await write(one, room, 'psst')
    await eventually(async () => {
      expect((await other.get('/api/chats/unread')).body).toMatchObject({ messages: 1, notifications: 0 })
    })
    await expectTold(other)
  })

  it('of a stranger is a request, which nobody’s phone rings for', async () => {
    const [one, other] = [await actor('one'), await actor('other')]
    const phone = await pushTo(other, 'ko')
    const room = await roomOf(one, other)
    await write(one, room, 'may I?')
    await expectTold(other, ['message-request', room.id, 1, 'may I?', false])
    // One who is followed may ring.
    const friend = await actor('friend')
    await follow(other, friend)
    const theirs = await roomOf(friend, other)
    await write(friend, theirs, 'hello')
    await eventually(async () => {
      const rung = (await phone.received()).map(({ payload }) => [payload.kind, payload.target])
      expect(rung).toEqual([['message', theirs.id]])
    })
  })

  it('of one who is blocked is left out of a group that both are in, of one who is muted it is not', async () => {
    const [owner, loud, quiet, reader] = await Promise.all(
      ['owner', 'loud', 'quiet', 'reader'].map((name) => actor(name)),
    )
    const group = await groupOf(owner!, loud!, quiet!, reader!)
    must(await reader!.put(`/api/blocks/${loud!.handle}`), 204)
    must(await reader!.put(`/api/mutes/${quiet!.handle}`), 204)
    await write(loud!, group, 'LOOK AT ME')
    await write(quiet!, group, 'good morning')
    await expectTold(reader!, ['message', group.id, 1, 'good morning', false])
  })

  it('that was deleted is shown nowhere any more, not even by a resume', async () => {
    const [one, other] = [await actor('one'), await actor('other')]
    const room = await friends(one, other)
    const device = await inboxSocket(other)
    const base = device.seq
    const { id } = await write(one, room, 'a slip of the tongue')
    await device.fact('notified')
    must(await one.delete(`/api/chats/rooms/${room.id}/messages/${id}`), 204)
    await device.fact('message-changed', ({ deleted }) => deleted)
    await expectTold(other, ['message', room.id, 1, null, true])
    const again = await openInboxSocket(other)
    const { welcome } = await again.hello({ epoch: String(device.epoch), seq: base })
    expect(welcome.resumed).toBe(true)
    expect(JSON.stringify(again.frames)).not.toContain('slip of the tongue')
  })
})
