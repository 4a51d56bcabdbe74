import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { rateNamed } from '../../../worker/kernel/rate-limit.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, draft, keyed, must } from '../../support/worker/auctions.ts'
import { HOUR } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'

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
