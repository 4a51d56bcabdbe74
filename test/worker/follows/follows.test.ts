import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { rateNamed } from '../../../worker/kernel/rate-limit.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { keyed, must } from '../../support/worker/auctions.ts'
import { HOUR } from '../../support/worker/clock.ts'
import {
  block,
  follow,
  followersOf,
  followsOf,
  handlesOn,
  profileOf,
  removeFollower,
  setPublic,
  unfollow,
} from '../../support/worker/people.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'

const people = (...roles: string[]) => Promise.all(roles.map((role) => actor(role)))

async function countsOf(person: Actor): Promise<[follows: number, followers: number]> {
  const { followsCount, followersCount } = must(await profileOf(person, person), 200)
  return [followsCount, followersCount]
}

describe('following', () => {
  it('counts once at both ends, however often and however much at once', async () => {
    const [fan, star] = (await people('fan', 'star')) as [Actor, Actor]
    expect(await follow(fan, star)).toMatchObject({ status: 201, body: { state: 'following' } })
    expect(await follow(fan, star)).toMatchObject({ status: 200, body: { state: 'following' } })
    const [other] = (await people('other')) as [Actor]
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => follow(other, star)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 201])
    expect(await countsOf(star)).toEqual([0, 2])
    expect(await countsOf(fan)).toEqual([1, 0])
    await Promise.all([1, 2, 3].map(() => unfollow(other, star)))
    expect(await countsOf(star)).toEqual([0, 1])
    expect(await countsOf(other)).toEqual([0, 0])
  })

  it('is seen from both sides on profiles', async () => {
    const [fan, star] = (await people('fan', 'star')) as [Actor, Actor]
    await follow(fan, star)
    const flags = async (viewer: Actor, whom: Actor) => {
      const { isFollowing, isFollower, requested } = must(await profileOf(viewer, whom), 200)
      return { isFollowing, isFollower, requested }
    }
    expect(await flags(fan, star)).toEqual({ isFollowing: true, isFollower: false, requested: false })
    expect(await flags(star, fan)).toEqual({ isFollowing: false, isFollower: true, requested: false })
    expect(await flags(star, star)).toEqual({ isFollowing: false, isFollower: false, requested: false })
  })

  it('is not for oneself, for nobody, or without a handle', async () => {
    const [fan] = (await people('fan')) as [Actor]
    expect(faultsOf(await follow(fan, fan))).toEqual(['/handle: oneself'])
    expectProblem(await follow(fan, { handle: 'nobody.here' }), 'not-found')
    expect(faultsOf(await fan.post('/api/follows', {}))).toEqual(['/handle: required'])
    expectProblem(await fan.post('/api/follows', { handle: fan.handle, account: fan.account }), 'unknown-field')
    expectProblem(await ask('POST', '/api/follows', { body: { handle: fan.handle } }), 'not-signed-in')
  })

  it('can be undone by either end, also when there is nothing to undo', async () => {
    const [fan, star] = (await people('fan', 'star')) as [Actor, Actor]
    await follow(fan, star)
    expect((await removeFollower(star, fan)).status).toBe(204)
    expect((await removeFollower(star, fan)).status).toBe(204)
    expect((await unfollow(fan, star)).status).toBe(204)
    expect([await countsOf(fan), await countsOf(star)]).toEqual([
      [0, 0],
      [0, 0],
    ])
    expectProblem(await unfollow(fan, { handle: 'nobody.here' }), 'not-found')
  })

  it('has one effect for one key', async () => {
    const [fan, star] = (await people('fan', 'star')) as [Actor, Actor]
    const request = keyed()
    const again = () => fan.post('/api/follows', { handle: star.handle }, request)
    expect([(await again()).status, (await again()).status]).toEqual([201, 201])
    expect(await countsOf(star)).toEqual([0, 1])
  })

  it('stops at 200 a day; what was so already does not count', async () => {
    const [fan, star, other] = (await people('fan', 'star', 'other')) as [Actor, Actor, Actor]
    const limited = (whom: Actor) =>
      fan.post('/api/follows', { handle: whom.handle }, { limited: true, ip: '198.51.100.21' })
    const counter = env.LIMITER.get(env.LIMITER.idFromName(fan.account))
    await counter.take([rateNamed('follows')], 199, Date.now())
    must(await limited(star), 201)
    must(await limited(star), 200)
    expectProblem(await limited(other), 'too-many-requests')
    expect(await countsOf(other)).toEqual([0, 0])
  })

  it('is not for the suspended', async () => {
    const [fan, star] = (await people('fan', 'star')) as [Actor, Actor]
    await suspend(fan, Date.now() + HOUR)
    expectProblem(await follow(fan, star), 'account-suspended')
    expectProblem(await fan.get(`/api/follows/${star.handle}/followers`), 'account-suspended')
  })

  it('leaves as facts, in order; requests and blocks are nobody’s business', async () => {
    const [fan, star, other] = (await people('fan', 'star', 'other')) as [Actor, Actor, Actor]
    const relay = withRelay()
    await follow(fan, star)
    await unfollow(fan, star)
    await unfollow(fan, star)
    await follow(star, fan)
    await setPublic(other, false)
    await follow(fan, other)
    await block(fan, star)
    await expect
      .poll(() => relay.events.filter(({ stream }) => stream === 'follows').map(({ type, payload }) => [type, payload]))
      .toEqual([
        ['person-followed', { follower: fan.account, followee: star.account }],
        ['person-unfollowed', { follower: fan.account, followee: star.account }],
        ['person-followed', { follower: star.account, followee: fan.account }],
        ['person-unfollowed', { follower: star.account, followee: fan.account }],
      ])
  })
})

describe('lists', () => {
  it('show the other people, latest first, with how the viewer stands to them, in pages that hold still', async () => {
    const star = await actor('star')
    const fans = await Promise.all(Array.from({ length: 7 }, () => actor('fan')))
    for (const fan of fans) must(await follow(fan, star), 201)
    const viewer = fans[0] as Actor
    const latestFirst = fans.map(({ handle }) => handle).toReversed()
    expect(await followersOf(viewer, star)).toEqual(latestFirst)
    const path = `/api/follows/${star.handle}/followers`
    expect(await handlesOn(viewer, path, 3)).toEqual(latestFirst)
    const { items, nextCursor } = must(await viewer.get(`${path}?limit=3`), 200)
    const late = await actor('late')
    await follow(late, star)
    await unfollow(fans[6] as Actor, star)
    const next = must(await viewer.get(`${path}?limit=3&cursor=${encodeURIComponent(nextCursor)}`), 200)
    expect([...items, ...next.items].map(({ handle }) => handle)).toEqual(latestFirst.slice(0, 6))
    expect(items[0]).toMatchObject({ isFollowing: false, isFollower: false, requested: false, name: 'fan' })

    await follow(fans[5] as Actor, viewer)
    await follow(viewer, fans[4] as Actor)
    const rows = must(await viewer.get(path), 200).items
    const rowOf = (handle: string) => rows.find((row: { handle: string }) => row.handle === handle)
    expect(rowOf((fans[5] as Actor).handle)).toMatchObject({ isFollower: true, isFollowing: false })
    expect(rowOf((fans[4] as Actor).handle)).toMatchObject({ isFollower: false, isFollowing: true })
    expect(await followsOf(star, viewer)).toEqual([(fans[4] as Actor).handle, star.handle])
  })

  it('are for people signed in, take no other list’s cursor, and are private', async () => {
    const [fan, star, other] = (await people('fan', 'star', 'other')) as [Actor, Actor, Actor]
    await follow(fan, star)
    await follow(other, star)
    const path = `/api/follows/${star.handle}/followers`
    expectProblem(await ask('GET', path), 'not-signed-in')
    const first = await fan.get(`${path}?limit=1`)
    expect(first.headers.get('cache-control')).toBe('private, no-store')
    const cursor = encodeURIComponent(first.body.nextCursor)
    expectProblem(await other.get(`${path}?cursor=${cursor}`), 'bad-cursor')
    expectProblem(await fan.get(`/api/follows/${star.handle}/follows?cursor=${cursor}`), 'bad-cursor')
    expectProblem(await fan.get(`/api/follows/${other.handle}/followers?cursor=${cursor}`), 'bad-cursor')
    expectProblem(await fan.get('/api/follows/nobody.here/followers'), 'not-found')
    expectProblem(await fan.get(`${path}?limit=51`), 'bad-query')
  })

  it('leave out whom the viewer blocked, or who blocked them', async () => {
    const [star, one, two, viewer] = (await people('star', 'one', 'two', 'viewer')) as [Actor, Actor, Actor, Actor]
    for (const fan of [one, two, viewer]) await follow(fan, star)
    await block(viewer, one)
    await block(two, viewer)
    expect(await followersOf(viewer, star)).toEqual([viewer.handle])
    expect(await followersOf(star, star)).toEqual([viewer.handle, two.handle, one.handle])
  })
})

describe('finding people', () => {
  it('gives the very handle, then handles, then names, in pages, with how one stands to them', async () => {
    const word = `q${crypto.randomUUID().slice(0, 6)}`
    const viewer = await actor(`${word} me`)
    const [exact, longer, named] = await Promise.all([
      actor('some body', { handle: word }),
      actor('some body', { handle: `${word}_zz` }),
      actor(`${word.toUpperCase()} by name`),
    ])
    await follow(viewer, named)
    await setPublic(longer, false)
    await follow(viewer, longer)
    const path = `/api/accounts/users?search=${word}`
    expect(await handlesOn(viewer, path, 1)).toEqual([exact.handle, longer.handle, named.handle])
    const { items } = must(await viewer.get(`/api/accounts/users?search=@${word}`), 200)
    expect(items.map(({ requested, isFollowing }: Record<string, boolean>) => [requested, isFollowing])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ])
    await block(exact, viewer)
    await block(viewer, named)
    expect(await handlesOn(viewer, path)).toEqual([longer.handle])
    expectProblem(await ask('GET', path), 'not-signed-in')
    expectProblem(await viewer.get('/api/accounts/users'), 'bad-query')
  })
})
