import { describe, expect, it } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, endLater, must } from '../../support/worker/auctions.ts'
import { MINUTE } from '../../support/worker/clock.ts'
import {
  block,
  follow,
  followersOf,
  followsOf,
  handlesOn,
  mute,
  profileOf,
  requestsTo,
  setPublic,
  unblock,
  unfollow,
  unmute,
} from '../../support/worker/people.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

const blocksOf = (who: Actor) => handlesOn(who, '/api/blocks')
const mutesOf = (who: Actor) => handlesOn(who, '/api/mutes')
const pair = async () => (await Promise.all([actor('one'), actor('other')])) as [Actor, Actor]

describe('a block', () => {
  it('ends follows and requests both ways, for good', async () => {
    const [one, other] = await pair()
    await follow(one, other)
    await follow(other, one)
    expect((await block(one, other)).status).toBe(204)
    expect((await block(one, other)).status).toBe(204)
    for (const person of [one, other])
      expect(must(await profileOf(person, person), 200)).toMatchObject({ followsCount: 0, followersCount: 0 })
    await unblock(one, other)
    expect(await followsOf(one, one)).toEqual([])
    expect(await followersOf(one, one)).toEqual([])
    expect(must(await profileOf(one, other), 200)).toMatchObject({ isFollowing: false, isFollower: false })

    await setPublic(other, false)
    await follow(one, other)
    await block(other, one)
    await unblock(other, one)
    expect(await requestsTo(other)).toEqual([])
  })

  it('hides each from the other like one who never was, and from nobody else', async () => {
    const [one, other] = await pair()
    const third = await actor('third')
    await block(one, other)
    for (const [viewer, whom] of [
      [one, other],
      [other, one],
    ] as const) {
      const hidden = await profileOf(viewer, whom)
      const absent = await profileOf(viewer, { handle: 'nobody.here' })
      expectProblem(hidden, 'not-found')
      expect({ ...hidden.body, instance: '' }).toEqual({ ...absent.body, instance: '' })
      expectProblem(await follow(viewer, whom), 'not-found')
      expectProblem(await unfollow(viewer, whom), 'not-found')
      expectProblem(await viewer.get(`/api/follows/${whom.handle}/followers`), 'not-found')
      expect(await handlesOn(viewer, `/api/accounts/users?search=${whom.handle}`)).toEqual([])
      expect(must(await viewer.get(`/api/search?type=people&q=${whom.handle}`), 200).items).toEqual([])
      expect(must(await viewer.get(`/api/search/suggestions?q=${whom.handle}`), 200).items).toEqual([])
    }
    expect((await profileOf(third, one)).status).toBe(200)
    expect((await ask('GET', `/api/accounts/users/${one.handle}`)).status).toBe(200)
    await unblock(one, other)
    expect((await profileOf(other, one)).status).toBe(200)
  })

  it('hides a former handle, too', async () => {
    const [one, other] = await pair()
    const before = one.handle
    const handle = `name_${crypto.randomUUID().slice(0, 8)}`
    must(await one.patch(`/api/accounts/users/${before}`, { handle }, { headers: { 'if-match': '"1"' } }), 200)
    expect((await profileOf(other, { handle: before })).status).toBe(308)
    await block(one, { handle: other.handle })
    expectProblem(await profileOf(other, { handle: before }), 'not-found')
  })

  it('holds until both have taken theirs back', async () => {
    const [one, other] = await pair()
    await block(one, other)
    expect((await block(other, one)).status).toBe(204)
    await unblock(one, other)
    expectProblem(await profileOf(one, other), 'not-found')
    await unblock(other, one)
    expect((await profileOf(one, other)).status).toBe(200)
  })

  it('is on a list that only its owner reads, latest first', async () => {
    const [one, other] = await pair()
    const third = await actor('third')
    await block(one, other)
    await block(one, third)
    expect(await blocksOf(one)).toEqual([third.handle, other.handle])
    expect(await handlesOn(one, '/api/blocks', 1)).toEqual([third.handle, other.handle])
    expect(await blocksOf(other)).toEqual([])
    await unblock(one, third)
    await unblock(one, third)
    expect(await blocksOf(one)).toEqual([other.handle])
  })

  it('is not for oneself or for nobody', async () => {
    const one = await actor('one')
    expect(faultsOf(await block(one, one))).toEqual(['/handle: oneself'])
    expectProblem(await block(one, { handle: 'nobody.here' }), 'not-found')
    expectProblem(await unblock(one, { handle: 'nobody.here' }), 'not-found')
    expectProblem(await ask('GET', '/api/blocks'), 'not-signed-in')
  })

  it('leaves public auctions to be looked at as by a visitor, and recommends none', async () => {
    const [seller, reader] = await pair()
    const lot = await auction(seller)
    endLater(seller, lot)
    await block(seller, reader)
    expect(must(await reader.get(`/api/auctions/${lot.id}`), 200)).toMatchObject({
      id: lot.id,
      seller: { handle: seller.handle },
    })
    const mine = must(await reader.get(`/api/auctions/latest/${seller.handle}`), 200).items
    expect(mine.map(({ id }: { id: string }) => id)).toEqual([lot.id])
    const recommended = async () => {
      const { items } = must(await reader.get('/api/auctions/recommend?limit=50', { later: 2 * MINUTE }), 200)
      return items.some(({ id }: { id: string }) => id === lot.id)
    }
    expect(await recommended()).toBe(false)
    await unblock(seller, reader)
    expect(await recommended()).toBe(true)
  })
})

describe('a mute', () => {
  it('hides from recommendations and suggestions of whoever muted, and changes nothing else', async () => {
    const [reader, seller] = await pair()
    const lot = await auction(seller)
    endLater(seller, lot)
    await follow(reader, seller)
    expect((await mute(reader, seller)).status).toBe(204)
    expect((await mute(reader, seller)).status).toBe(204)
    const recommendedTo = async (who: Actor) => {
      // An order is fixed for a minute; another test may have had this one's.
      const { items } = must(await who.get('/api/auctions/recommend?limit=50', { later: 4 * MINUTE }), 200)
      return items.some(({ id }: { id: string }) => id === lot.id)
    }
    expect(await recommendedTo(reader)).toBe(false)
    const suggestions = () => reader.get(`/api/search/suggestions?q=${seller.handle}`)
    expect(must(await suggestions(), 200).items).toEqual([])
    // Who is looked for is found: to be muted is not to be blocked.
    expect(await handlesOn(reader, `/api/accounts/users?search=${seller.handle}`)).toEqual([seller.handle])
    expect(must(await profileOf(reader, seller), 200)).toMatchObject({ isMuted: true, isFollowing: true })
    expect(must(await profileOf(seller, reader), 200)).toMatchObject({ isMuted: false, isFollower: true })
    expect(await mutesOf(reader)).toEqual([seller.handle])
    expect(await mutesOf(seller)).toEqual([])
    await unmute(reader, seller)
    expect(await recommendedTo(reader)).toBe(true)
    expect(must(await suggestions(), 200).items).toHaveLength(1)
    expect(await mutesOf(reader)).toEqual([])
  })

  it('is not for oneself or for nobody', async () => {
    const one = await actor('one')
    expect(faultsOf(await mute(one, one))).toEqual(['/handle: oneself'])
    expectProblem(await mute(one, { handle: 'nobody.here' }), 'not-found')
    expectProblem(await ask('PUT', '/api/mutes/nobody.here'), 'not-signed-in')
  })
})
