import { describe, expect, it } from 'vitest'
import { actor, suspend } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import {
  auction,
  draft,
  endLater,
  goodTerms,
  inMs,
  keyed,
  must,
  pictureOf,
  publish,
  type Terms,
} from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, SECOND } from '../../support/worker/clock.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

describe('publishing', () => {
  it('starts at once without a wish, and freezes the terms', async () => {
    const seller = await actor('seller')
    const before = await draft(seller, { reservePrice: 50_000, buyNowPrice: 80_000 })
    const published = await publish(seller, before)
    expect(published).toMatchObject({
      id: before.id,
      state: 'running',
      badge: 'running',
      version: 2,
      price: 10_000,
      minimumBid: 10_000,
      total: 13_000,
      bidCount: 0,
      leader: null,
      reserve: 'not-met',
      termsHash: expect.stringMatching(/^[\w-]{43}$/),
      reserveCommitment: expect.stringMatching(/^[\w-]{43}$/),
      reservePrice: 50_000,
    })
    expect(Date.parse(published.endsAt ?? '') - Date.parse(published.terms.startsAt ?? '')).toBe(20 * MINUTE)
    expect(Date.parse(published.hardEndAt ?? '') - Date.parse(published.endsAt ?? '')).toBe(10 * MINUTE)
    expectProblem(
      await seller.patch(`/api/auctions/${before.id}`, { title: 'x' }, { headers: { 'if-match': '"2"' } }),
      'not-a-draft',
    )
  })

  it('tells the reserve price to nobody but the seller', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller, { reservePrice: 54_300 })
    const stranger = await actor('stranger')
    for (const path of ['', '/state', '/log', '/bids', '/messages', '/participants'])
      for (const answer of [
        await ask('GET', `/api/auctions/${id}${path}`),
        await stranger.get(`/api/auctions/${id}${path}`),
      ])
        expect(JSON.stringify(answer.body)).not.toMatch(/(?<!\d)54300(?!\d)/)
    const cards = await ask('GET', `/api/auctions/latest/${seller.handle}`)
    expect(JSON.stringify(cards.body)).not.toMatch(/(?<!\d)54300(?!\d)/)
    expect((await seller.get(`/api/auctions/${id}`)).body.reservePrice).toBe(54_300)
  })

  it('waits for a start that lies ahead', async () => {
    const seller = await actor('seller')
    const startsAt = inMs(HOUR)
    const published = await auction(seller, { startsAt })
    expect(published).toMatchObject({ state: 'scheduled', badge: 'scheduled', minimumBid: 10_000, terms: { startsAt } })
  })

  it('has one effect for the same key, and none for a second try', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller)
    const request = keyed()
    const one = must(await seller.post(`/api/auctions/${id}/publish`, undefined, request), 200)
    expect(must(await seller.post(`/api/auctions/${id}/publish`, undefined, request), 200)).toEqual(one)
    expectProblem(await seller.post(`/api/auctions/${id}/publish`), 'not-a-draft')
  })

  it('happens once when asked twice at the same moment', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller)
    const answers = await Promise.all([1, 2, 3].map(() => seller.post(`/api/auctions/${id}/publish`)))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1)
    const { body } = await ask('GET', `/api/auctions/${id}/log`)
    expect(body.entries.filter(({ entry }: { entry: { type: string } }) => entry.type === 'published')).toHaveLength(1)
    expect((await seller.get(`/api/auctions/${id}`)).body.state).toBe('running')
  })

  it('names everything that is missing', async () => {
    const seller = await actor('seller')
    const { id } = must(await seller.post('/api/auctions', {}), 201)
    const answer = await seller.post(`/api/auctions/${id}/publish`)
    expectProblem(answer, 'invalid-fields')
    expect(faultsOf(answer).toSorted()).toEqual(
      [
        '/title: required',
        '/content: required',
        '/images: too-few',
        '/category: required',
        '/condition: required',
        '/defects: required',
        '/startPrice: required',
        '/handover: required',
        '/shippingFee: required',
      ].toSorted(),
    )
    expect((await seller.get(`/api/auctions/${id}`)).body.state).toBe('draft')
  })

  it.each<[Terms, string]>([
    [{ reservePrice: 10_000 }, '/reservePrice: not-above-start'],
    [{ buyNowPrice: 10_500 }, '/buyNowPrice: not-above-first-step'],
    [{ reservePrice: 50_000, buyNowPrice: 49_900 }, '/buyNowPrice: below-reserve'],
    [{ startsAt: '2026-01-01T00:00:00.000Z' }, '/startsAt: in-the-past'],
    [{ startsAt: '2126-01-01T00:00:00.000Z' }, '/startsAt: too-late'],
    [
      { durationMinutes: 1, softClose: { windowSeconds: 60, capMinutes: 1 } },
      '/softClose/windowSeconds: window-too-long',
    ],
  ])('refuses terms that do not fit together: %o', async (terms, fault) => {
    const seller = await actor('seller')
    const { id } = await draft(seller, terms)
    const answer = await seller.post(`/api/auctions/${id}/publish`)
    expectProblem(answer, 'invalid-fields')
    expect(faultsOf(answer)).toEqual([fault])
    expect((await seller.patch(`/api/auctions/${id}`, {}, { headers: { 'if-match': '"1"' } })).status).toBe(200)
  })

  it('honours If-Match', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller)
    expectProblem(
      await seller.post(`/api/auctions/${id}/publish`, undefined, { headers: { 'if-match': '"9"' } }),
      'stale-version',
    )
  })

  it('freezes what was said of the pictures', async () => {
    const seller = await actor('seller')
    const image = await pictureOf(seller, '앞면')
    const { id } = await auction(seller, { images: [image] })
    expectProblem(await seller.patch(`/api/media/${image}`, { alt: '뒷면' }), 'media-attached')
    expect((await ask('GET', `/api/auctions/${id}`)).body.terms.images[0].alt).toBe('앞면')
  })

  it('is for the seller alone', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller)
    expectProblem(await ask('POST', `/api/auctions/${id}/publish`), 'not-signed-in')
    await suspend(seller, Date.now() + HOUR)
    expectProblem(await seller.post(`/api/auctions/${id}/publish`), 'account-suspended')
  })
})

describe('three at once', () => {
  it('and a place comes free when one is over', async () => {
    const seller = await actor('seller')
    const [first] = [await auction(seller), await auction(seller, { startsAt: inMs(HOUR) }), await auction(seller)]
    const { id } = await draft(seller)
    const refused = await seller.post(`/api/auctions/${id}/publish`)
    expect(expectProblem(refused, 'too-many-auctions').most).toBe(3)
    // Those that run do so for twenty minutes, the announced one for an hour longer.
    const wait = Number(refused.headers.get('retry-after')) * SECOND
    expect(wait).toBeGreaterThan(19 * MINUTE)
    expect(wait).toBeLessThanOrEqual(20 * MINUTE)
    must(await seller.post(`/api/auctions/${first.id}/cancel`, { reason: '마음이 바뀌었어요' }), 200)
    expect((await publish(seller, { id })).state).toBe('running')
  })

  it('also when several are published at one moment', async () => {
    const seller = await actor('seller')
    const image = await pictureOf(seller)
    const drafts = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => must(await seller.post('/api/auctions', { ...goodTerms, images: [image] }), 201)),
    )
    const answers = await Promise.all(drafts.map(({ id }) => seller.post(`/api/auctions/${id}/publish`)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429])
  })
})

describe('calling it off', () => {
  it('works freely before the start, by DELETE or with a reason', async () => {
    const seller = await actor('seller')
    const one = await auction(seller, { startsAt: inMs(HOUR) })
    expect((await seller.delete(`/api/auctions/${one.id}`)).status).toBe(204)
    expect((await ask('GET', `/api/auctions/${one.id}`)).body).toMatchObject({ state: 'cancelled', cancelReason: null })
    const two = await auction(seller, { startsAt: inMs(HOUR) })
    const cancelled = must(await seller.post(`/api/auctions/${two.id}/cancel`, { reason: '선물하기로 했어요' }), 200)
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      badge: 'ended',
      cancelReason: '선물하기로 했어요',
      minimumBid: null,
    })
  })

  it('needs a reason once it runs, and is refused with a bid', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    expectProblem(await seller.delete(`/api/auctions/${id}`), 'not-cancellable')
    expectProblem(await seller.post(`/api/auctions/${id}/cancel`, {}), 'invalid-fields')
    const bidder = await actor('bidder')
    must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    expectProblem(await seller.post(`/api/auctions/${id}/cancel`, { reason: 'no' }), 'has-bids')
    expect((await ask('GET', `/api/auctions/${id}`)).body.state).toBe('running')
  })

  it('is not for drafts, nor twice, nor for others', async () => {
    const seller = await actor('seller')
    const stranger = await actor('stranger')
    const mine = await draft(seller)
    expectProblem(await seller.post(`/api/auctions/${mine.id}/cancel`, { reason: 'no' }), 'not-cancellable')
    const { id } = await publish(seller, mine)
    expectProblem(await stranger.post(`/api/auctions/${id}/cancel`, { reason: 'no' }), 'forbidden')
    expectProblem(await stranger.delete(`/api/auctions/${id}`), 'forbidden')
    must(await seller.post(`/api/auctions/${id}/cancel`, { reason: 'yes' }), 200)
    expectProblem(await seller.post(`/api/auctions/${id}/cancel`, { reason: 'again' }), 'not-cancellable')
  })

  it('happens to what a suspended seller had announced; what runs goes on', async () => {
    const seller = await actor('seller')
    const announced = await auction(seller, { startsAt: inMs(HOUR) })
    const running = await auction(seller)
    await suspend(seller, Date.now() + HOUR)
    expect((await ask('GET', `/api/auctions/${announced.id}`)).body.state).toBe('cancelled')
    expect((await ask('GET', `/api/auctions/${running.id}`)).body.state).toBe('running')
    const bidder = await actor('bidder')
    must(await bidder.post(`/api/auctions/${running.id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
  })
})

describe('a note', () => {
  it('is added while scheduled or running, and stays', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    endLater(seller, { id })
    const note = must(await seller.post(`/api/auctions/${id}/notes`, { text: '케이스도 드려요' }), 201)
    expect(note).toEqual({ text: '케이스도 드려요', at: expect.stringMatching(/Z$/) })
    must(await seller.post(`/api/auctions/${id}/notes`, { text: '줄도 있어요' }), 201)
    const { notes } = (await ask('GET', `/api/auctions/${id}`)).body
    expect(notes.map(({ text }: { text: string }) => text)).toEqual(['케이스도 드려요', '줄도 있어요'])
  })

  it('is the seller’s alone, and not for drafts or what is over', async () => {
    const seller = await actor('seller')
    const mine = await draft(seller)
    expectProblem(await seller.post(`/api/auctions/${mine.id}/notes`, { text: 'x' }), 'notes-closed')
    await publish(seller, mine)
    const stranger = await actor('stranger')
    expectProblem(await stranger.post(`/api/auctions/${mine.id}/notes`, { text: 'x' }), 'forbidden')
    expectProblem(await seller.post(`/api/auctions/${mine.id}/notes`, { text: '' }), 'invalid-fields')
    must(await seller.post(`/api/auctions/${mine.id}/cancel`, { reason: 'over' }), 200)
    expectProblem(await seller.post(`/api/auctions/${mine.id}/notes`, { text: 'x' }), 'notes-closed')
  })
})

describe('listing again', () => {
  it('makes a new draft with the same terms and pictures', async () => {
    const seller = await actor('seller')
    const image = await pictureOf(seller)
    const old = await auction(seller, { images: [image], reservePrice: 30_000, startsAt: inMs(HOUR), region: '제주시' })
    expectProblem(await seller.post(`/api/auctions/${old.id}/relist`), 'not-relistable')
    must(await seller.post(`/api/auctions/${old.id}/cancel`, { reason: '다시 올릴게요' }), 200)
    const stranger = await actor('stranger')
    expectProblem(await stranger.post(`/api/auctions/${old.id}/relist`), 'forbidden')

    const fresh = must(await seller.post(`/api/auctions/${old.id}/relist`), 201)
    expect(fresh).toMatchObject({
      state: 'draft',
      reservePrice: 30_000,
      notes: [],
      bidCount: 0,
      terms: { ...old.terms, startsAt: null },
    })
    expect(fresh.id).not.toBe(old.id)
    expect((await seller.delete(`/api/auctions/${fresh.id}`)).status).toBe(204)
    expect((await ask('GET', `/api/auctions/${old.id}`)).body.terms.images[0].media).toBe(image)
    expectProblem(await seller.delete(`/api/media/${image}`), 'media-attached')
  })
})
