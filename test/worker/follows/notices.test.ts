import { describe, expect, it } from 'vitest'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import { notice, tell } from '../../support/worker/inbox.ts'
import { acceptFollower, block, follow, mute, setPublic, unblock, unfollow } from '../../support/worker/people.ts'
import { eventually } from '../../support/worker/rooms.ts'

/** What somebody was told about people, latest first: kind, who, how many. */
async function toldTo(who: Actor): Promise<[kind: string, actors: string[], count: number][]> {
  const { items } = must(await who.get('/api/notifications'), 200) as { items: NotificationView[] }
  return items
    .filter(({ kind }) => kind.startsWith('follow'))
    .map(({ kind, actors, count }) => [kind, actors.map(({ handle }) => handle), count])
}

/** Something told after it has arrived, so that what was told before would be here too. */
async function isUpToDate(who: Actor, by: Actor): Promise<void> {
  await follow(by, who)
  await eventually(async () => expect((await toldTo(who))[0]?.[1]).toContain(by.handle))
}

describe('a follow', () => {
  it('is told to whom it is about, many as one, and the same person once', async () => {
    const [star, one, two, last] = await Promise.all([actor('star'), actor('one'), actor('two'), actor('last')])
    await follow(one, star)
    await unfollow(one, star)
    await follow(one, star)
    await follow(two, star)
    await isUpToDate(star, last)
    expect(await toldTo(star)).toEqual([['follow', [last.handle, two.handle, one.handle], 3]])
    expect(await toldTo(one)).toEqual([])
  })

  it('of a private account is told as a request, and its acceptance to whoever asked', async () => {
    const [owner, one, two] = await Promise.all([actor('owner'), actor('one'), actor('two')])
    await setPublic(owner, false)
    await follow(one, owner)
    await eventually(async () => expect(await toldTo(owner)).toEqual([['follow-request', [one.handle], 1]]))
    await acceptFollower(owner, one)
    await eventually(async () => expect(await toldTo(one)).toEqual([['follow-accepted', [owner.handle], 1]]))
    await follow(two, owner)
    await setPublic(owner, true)
    await eventually(async () => expect(await toldTo(two)).toEqual([['follow-accepted', [owner.handle], 1]]))
  })
})

describe('nothing is told', () => {
  it('of whom one has muted, whatever they do', async () => {
    const [reader, noisy, friend] = await Promise.all([actor('reader'), actor('noisy'), actor('friend')])
    await mute(reader, noisy)
    await follow(noisy, reader)
    await isUpToDate(reader, friend)
    expect(await toldTo(reader)).toEqual([['follow', [friend.handle], 1]])
  })

  it('of whom one has blocked, also what was on its way, and what was told before is hidden', async () => {
    const [reader, other, friend] = await Promise.all([actor('reader'), actor('other'), actor('friend')])
    await follow(other, reader)
    await eventually(async () => expect(await toldTo(reader)).toHaveLength(1))
    await block(reader, other)
    await eventually(async () => expect(await toldTo(reader)).toEqual([]))
    await tell(reader, notice({ kind: 'follow', target: reader.account, actor: other.account }))
    await isUpToDate(reader, friend)
    expect((await toldTo(reader)).flatMap(([, actors]) => actors)).toEqual([friend.handle])
    await unblock(reader, other)
    await follow(other, friend)
    await eventually(async () => expect((await toldTo(friend))[0]?.[1]).toContain(other.handle))
  })
})
