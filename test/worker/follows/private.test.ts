import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { must } from '../../support/worker/auctions.ts'
import {
  acceptFollower,
  declineFollower,
  follow,
  followersOf,
  followsOf,
  profileOf,
  requestsTo,
  setPublic,
  unfollow,
} from '../../support/worker/people.ts'
import { expectProblem } from '../../support/worker/problems.ts'

/** Somebody whose account is private. */
async function recluse() {
  const person = await actor('recluse')
  await setPublic(person, false)
  return person
}

describe('a private account', () => {
  it('is asked, and lets in whom it accepts', async () => {
    const [owner, fan, other] = await Promise.all([recluse(), actor('fan'), actor('other')])
    expect(await follow(fan, owner)).toMatchObject({ status: 201, body: { state: 'requested' } })
    expect(await follow(fan, owner)).toMatchObject({ status: 200, body: { state: 'requested' } })
    await follow(other, owner)
    expect(await requestsTo(owner)).toEqual([other.handle, fan.handle])
    expect(must(await profileOf(fan, owner), 200)).toMatchObject({
      requested: true,
      isFollowing: false,
      followersCount: 0,
      bio: null,
      joinedAt: null,
    })
    expect((await acceptFollower(owner, fan)).status).toBe(204)
    expect((await acceptFollower(owner, fan)).status).toBe(204)
    expect(must(await profileOf(fan, owner), 200)).toMatchObject({
      requested: false,
      isFollowing: true,
      followersCount: 1,
      bio: '',
      joinedAt: expect.any(String),
    })
    expect(must(await profileOf(other, owner), 200)).toMatchObject({ requested: true, bio: null })
    expect(await requestsTo(owner)).toEqual([other.handle])
  })

  it('turns down without a word, and nobody is let in who does not ask', async () => {
    const [owner, fan, stranger] = await Promise.all([recluse(), actor('fan'), actor('stranger')])
    await follow(fan, owner)
    expect((await declineFollower(owner, fan)).status).toBe(204)
    expect((await declineFollower(owner, fan)).status).toBe(204)
    expectProblem(await acceptFollower(owner, fan), 'not-found')
    expectProblem(await acceptFollower(owner, stranger), 'not-found')
    expect(must(await profileOf(fan, owner), 200)).toMatchObject({ requested: false, isFollowing: false })
    expect(must(await profileOf(owner, owner), 200)).toMatchObject({ followersCount: 0 })
  })

  it('forgets a request that is withdrawn', async () => {
    const [owner, fan] = await Promise.all([recluse(), actor('fan')])
    await follow(fan, owner)
    await unfollow(fan, owner)
    expect(await requestsTo(owner)).toEqual([])
  })

  it('shows its lists to approved followers and itself alone, and counters and manner to all', async () => {
    const [owner, fan, friend, stranger] = await Promise.all([recluse(), actor('fan'), actor('friend'), actor('other')])
    await follow(owner, friend)
    await follow(fan, owner)
    await acceptFollower(owner, fan)
    for (const viewer of [owner, fan]) {
      expect(await followersOf(viewer, owner)).toEqual([fan.handle])
      expect(await followsOf(viewer, owner)).toEqual([friend.handle])
    }
    for (const viewer of [friend, stranger]) {
      expectProblem(await viewer.get(`/api/follows/${owner.handle}/followers`), 'not-found')
      expectProblem(await viewer.get(`/api/follows/${owner.handle}/follows`), 'not-found')
    }
    const seen = must(await ask('GET', `/api/accounts/users/${owner.handle}`), 200)
    expect(seen).toMatchObject({ followersCount: 1, followsCount: 1, manner: { score: 40 }, bio: null })
    // Those it follows see it on their own lists all the same.
    expect(await followersOf(stranger, friend)).toEqual([owner.handle])
  })

  it('keeps its followers when it closes, and accepts all who ask when it opens', async () => {
    const [owner, fan] = await Promise.all([actor('owner'), actor('fan')])
    await follow(fan, owner)
    await setPublic(owner, false)
    const askers = await Promise.all(Array.from({ length: 5 }, () => actor('asker')))
    for (const asker of askers) must(await follow(asker, owner), 201)
    expect(await requestsTo(owner)).toHaveLength(5)
    await setPublic(owner, true)
    expect(await requestsTo(owner)).toEqual([])
    expect(must(await profileOf(owner, owner), 200)).toMatchObject({ followersCount: 6, followsCount: 0 })
    expect(await followersOf(owner, owner)).toHaveLength(6)
    expect(must(await profileOf(askers[3] as typeof fan, owner), 200)).toMatchObject({ isFollowing: true })
    expect(must(await profileOf(askers[3] as typeof fan, askers[3] as typeof fan), 200)).toMatchObject({
      followsCount: 1,
    })
  })
})
