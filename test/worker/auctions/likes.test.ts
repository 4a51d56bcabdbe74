import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { rateNamed } from '../../../worker/kernel/rate-limit.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, draft, inMs, keyed, must } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { block, mute, unblock } from '../../support/worker/people.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually, ringAlarm, stateOf } from '../../support/worker/rooms.ts'

const like = (who: Actor, id: string) => who.post('/api/likes/auction-likes', { auction: id })
const unlike = (who: Actor, id: string) => who.delete(`/api/likes/auction-likes/${id}`)
const likesOf = async (id: string, who?: Actor) =>
  (who ? await who.get(`/api/likes/auction-likes/${id}`) : await ask('GET', `/api/likes/auction-likes/${id}`)).body

describe('liking', () => {
  it('counts each person once, however often and however much at once', async () => {
    const { id } = await auction(await actor('seller'))
    const [one, two] = [await actor('one'), await actor('two')]
    expect(await like(one, id)).toMatchObject({ status: 201, body: { liked: true, likesCount: 1 } })
    expect(await like(one, id)).toMatchObject({ status: 200, body: { liked: true, likesCount: 1 } })
    await Promise.all([1, 2, 3, 4, 5].map(() => like(two, id)))
    expect(await likesOf(id, one)).toEqual({ liked: true, likesCount: 2 })
    expect(await likesOf(id)).toEqual({ liked: false, likesCount: 2 })
    await Promise.all([1, 2, 3].map(() => unlike(two, id)))
    expect(await unlike(two, id)).toMatchObject({ status: 200, body: { liked: false, likesCount: 1 } })
    expect((await ask('GET', `/api/auctions/${id}`)).body.likesCount).toBe(1)
    expect((await one.get(`/api/auctions/${id}`)).body).toMatchObject({ likesCount: 1, isLiked: true })
    expect((await two.get(`/api/auctions/${id}`)).body.isLiked).toBe(false)
    expect((await ask('GET', `/api/auctions/${id}`)).body.isLiked).toBeNull()
  })

  it('is for people signed in, not for one’s own, not for what is not there', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const hidden = await draft(seller)
    const fan = await actor('fan', { by: 'email' })
    expectProblem(await ask('POST', '/api/likes/auction-likes', { body: { auction: id } }), 'not-signed-in')
    expectProblem(await like(seller, id), 'own-auction')
    for (const absent of [hidden.id, 'nonsense', id.replace(/^auc_.{5}/, 'auc_00000')]) {
      expectProblem(await like(fan, absent), 'not-found')
      expectProblem(await unlike(fan, absent), 'not-found')
      expectProblem(await fan.get(`/api/likes/auction-likes/${absent}`), 'not-found')
    }
    expectProblem(await fan.post('/api/likes/auction-likes', { auction: id, account: 'acc_1' }), 'unknown-field')
    expect((await like(fan, id)).status).toBe(201)
    await suspend(fan, Date.now() + HOUR)
    expectProblem(await unlike(fan, id), 'account-suspended')
  })

  it.each(['the seller', 'the fan'])(
    'is not for whom a block by %s keeps apart, like what is not there',
    async (by) => {
      const [seller, fan, other] = await Promise.all([actor('seller'), actor('fan'), actor('other')])
      const [lot, liked] = [await auction(seller), await auction(seller)]
      must(await like(fan, liked.id), 201)
      const shutOut = by === 'the seller' ? ([seller, fan] as const) : ([fan, seller] as const)
      must(await block(...shutOut), 204)
      const refused = await like(fan, lot.id)
      expectProblem(refused, 'not-found')
      expect(JSON.stringify(refused.body)).not.toMatch(/block/i)
      expectProblem(await like(fan, liked.id), 'not-found')
      expect(await likesOf(lot.id)).toEqual({ liked: false, likesCount: 0 })
      expect((await like(other, lot.id)).status).toBe(201)
      // What was liked before may be taken back.
      expect(await unlike(fan, liked.id)).toMatchObject({ status: 200, body: { liked: false, likesCount: 0 } })
      must(await unblock(...shutOut), 204)
      expect((await like(fan, lot.id)).status).toBe(201)
    },
  )

  it('tells which of many cards one likes', async () => {
    const seller = await actor('seller')
    const [liked, other] = [await auction(seller), await auction(seller)]
    const fan = await actor('fan')
    await like(fan, liked.id)
    const which = (query: string) => fan.get(`/api/likes/auction-likes?ids=${query}`)
    expect((await which(`${other.id},${liked.id},nonsense`)).body).toEqual({ liked: [liked.id] })
    expect((await which('nonsense')).body).toEqual({ liked: [] })
    expectProblem(await which(''), 'bad-query')
    expectProblem(await ask('GET', `/api/likes/auction-likes?ids=${liked.id}`), 'not-signed-in')
  })

  it('has one effect for one key', async () => {
    const { id } = await auction(await actor('seller'))
    const fan = await actor('fan')
    const request = keyed()
    const again = () => fan.post('/api/likes/auction-likes', { auction: id }, request)
    expect([(await again()).status, (await again()).status]).toEqual([201, 201])
    expect((await likesOf(id)).likesCount).toBe(1)
  })

  it('stops at 300 an hour', async () => {
    const seller = await actor('seller')
    const [one, two] = [await auction(seller), await auction(seller)]
    const fan = await actor('fan')
    const request = { limited: true, ip: '198.51.100.7' }
    const limited = (id: string) => fan.post('/api/likes/auction-likes', { auction: id }, request)
    // The other 299 of this hour, where likes are counted.
    const counter = env.LIMITER.get(env.LIMITER.idFromName(fan.account))
    await counter.take([rateNamed('likes')], 299, Date.now())
    must(await limited(one.id), 201)
    must(await limited(one.id), 200)
    const answer = await limited(two.id)
    expectProblem(answer, 'too-many-requests')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect(await likesOf(two.id)).toEqual({ liked: false, likesCount: 0 })
  })

  it('leaves as facts, in order', async () => {
    const { id } = await auction(await actor('seller'))
    const fan = await actor('fan')
    const relay = withRelay()
    await like(fan, id)
    await unlike(fan, id)
    await unlike(fan, id)
    await expect
      .poll(() => relay.events.filter(({ stream }) => stream === 'likes').map(({ type, payload }) => [type, payload]))
      .toEqual([
        ['auction-liked', { auction: id, account: fan.account }],
        ['auction-unliked', { auction: id, account: fan.account }],
      ])
  })
})

/** What somebody was told of an auction, as their list has it. */
async function toldOf(who: Actor, id: string): Promise<string[]> {
  const { items } = must(await who.get('/api/notifications'), 200)
  return items.filter(({ target }: { target: string }) => target === id).map(({ kind }: { kind: string }) => kind)
}

describe('what likers are told', () => {
  it('passes over whom a block keeps from the seller, and who muted them, unless they have bid', async () => {
    const names = ['seller', 'fan', 'blocking', 'blocked', 'muting', 'bidding']
    const [seller, fan, blocking, blocked, muting, bidding] = (await Promise.all(names.map((name) => actor(name)))) as [
      Actor,
      Actor,
      Actor,
      Actor,
      Actor,
      Actor,
    ]
    const { id } = await auction(seller, { startsAt: inMs(HOUR), durationMinutes: 120 })
    for (const who of [fan, blocking, blocked, muting, bidding]) must(await like(who, id), 201)
    must(await block(blocking, seller), 204)
    must(await block(seller, blocked), 204)
    must(await mute(muting, seller), 204)
    // Who is muted hears on.
    must(await mute(seller, fan), 204)

    await setRoomClock(id, HOUR + MINUTE)
    await stateOf({ id })
    await eventually(async () => expect(await toldOf(fan, id)).toEqual(['auction-started']))
    must(await bidding.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    must(await block(seller, bidding), 204)

    await setRoomClock(id, 2 * HOUR + 55 * MINUTE)
    await eventually(async () => {
      await ringAlarm(id)
      for (const who of [fan, bidding]) expect(await toldOf(who, id)).toEqual(['ending-soon', 'auction-started'])
    })
    await eventually(async () =>
      expect(await env.DB.prepare('select count(*) as count from notice_queue').first('count')).toBe(0),
    )
    for (const who of [blocking, blocked, muting]) expect([who.name, await toldOf(who, id)]).toEqual([who.name, []])
  })
})
