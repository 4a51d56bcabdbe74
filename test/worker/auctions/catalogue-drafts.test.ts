import { describe, expect, it } from 'vitest'
import { actor, suspend } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { draft, goodTerms, keyed, must, pictureOf, type Terms } from '../../support/worker/auctions.ts'
import { HOUR } from '../../support/worker/clock.ts'
import { askForUpload, readyPicture } from '../../support/worker/media.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'

const etag = (version: number) => ({ headers: { 'if-match': `"${version}"` } })

describe('a draft', () => {
  it('keeps any subset of the terms and says what they are', async () => {
    const seller = await actor('seller')
    const empty = must(await seller.post('/api/auctions', {}), 201)
    expect(empty).toMatchObject({
      id: expect.stringMatching(/^auc_/),
      state: 'draft',
      badge: null,
      version: 1,
      reservePrice: null,
      termsHash: null,
      seller: { handle: seller.handle, name: 'seller', manner: { score: 40, band: 'warm' }, deals: 0, noShows: 0 },
      terms: { title: '', images: [], category: null, startsAt: null, durationMinutes: 20 },
    })
    const image = await pictureOf(seller)
    const full = await draft(seller, {
      images: [image],
      reservePrice: 20_000,
      expectedPrice: 30_000,
      region: '제주시 애월읍',
      softClose: { windowSeconds: 60, capMinutes: 5 },
    })
    expect(full).toMatchObject({
      reservePrice: 20_000,
      price: 10_000,
      total: 13_000,
      terms: { title: goodTerms.title, expectedPrice: 30_000, softClose: { windowSeconds: 60, capMinutes: 5 } },
    })
    expect(full.terms.images.map(({ media }) => media)).toEqual([image])
  })

  it('offers the usual soft close for its duration', async () => {
    const seller = await actor('seller')
    const usual = async (durationMinutes: number) =>
      must(await seller.post('/api/auctions', { durationMinutes }), 201).terms.softClose
    expect(await usual(20)).toEqual({ windowSeconds: 30, capMinutes: 10 })
    expect(await usual(60)).toEqual({ windowSeconds: 30, capMinutes: 10 })
    expect(await usual(61)).toEqual({ windowSeconds: 120, capMinutes: 30 })
    expect(await usual(1)).toEqual({ windowSeconds: 30, capMinutes: 10 })
  })

  it('exists for its seller only', async () => {
    const seller = await actor('seller')
    const { id } = must(await seller.post('/api/auctions', { title: 'mine alone' }), 201)
    const stranger = await actor('stranger')
    expect((await seller.get(`/api/auctions/${id}`)).status).toBe(200)
    for (const path of ['', '/state', '/bids', '/log', '/messages', '/participants'])
      expectProblem(await ask('GET', `/api/auctions/${id}${path}`), 'not-found')
    expectProblem(await stranger.get(`/api/auctions/${id}`), 'not-found')
    expectProblem(await stranger.patch(`/api/auctions/${id}`, { title: 'x' }, etag(1)), 'not-found')
    expectProblem(await stranger.delete(`/api/auctions/${id}`), 'not-found')
    expectProblem(await stranger.post(`/api/auctions/${id}/publish`), 'not-found')
    expectProblem(await stranger.get(`/api/likes/auction-likes/${id}`), 'not-found')
    expect((await ask('GET', `/api/auctions/cards?ids=${id}`)).body.items).toEqual([])
  })

  it('is for people with a verified phone who are not suspended', async () => {
    expectProblem(await ask('POST', '/api/auctions', { body: {} }), 'not-signed-in')
    const reader = await actor('reader', { by: 'email' })
    expectProblem(await reader.post('/api/auctions', {}), 'not-a-trader')
    const seller = await actor('seller')
    await suspend(seller, Date.now() + HOUR)
    expectProblem(await seller.post('/api/auctions', {}), 'account-suspended')
  })

  it('is made once for one key', async () => {
    const seller = await actor('seller')
    const request = keyed()
    const one = must(await seller.post('/api/auctions', { title: 'once' }, request), 201)
    expect(must(await seller.post('/api/auctions', { title: 'once' }, request), 201).id).toBe(one.id)
    expectProblem(await seller.post('/api/auctions', { title: 'twice' }, request), 'key-reused')
  })

  it.each<[Terms, string]>([
    [{ title: ' '.repeat(5) }, '/title: empty'],
    [{ title: 'x'.repeat(81) }, '/title: too-long'],
    [{ title: 'a\u202Eb' }, '/title: forbidden-characters'],
    [{ title: 'two\nlines' }, '/title: forbidden-characters'],
    [{ startPrice: 0 }, '/startPrice: too-small'],
    [{ startPrice: 150 }, '/startPrice: not-a-step'],
    [{ startPrice: 100_000_100 }, '/startPrice: too-big'],
    [{ startPrice: '10000' }, '/startPrice: wrong-type'],
    [{ category: 'weapons' }, '/category: not-an-option'],
    [{ durationMinutes: 0 }, '/durationMinutes: too-small'],
    [{ durationMinutes: 10_081 }, '/durationMinutes: too-big'],
    [{ softClose: { windowSeconds: 45, capMinutes: 5 } }, '/softClose/windowSeconds: not-an-option'],
    [{ shippingFee: 100_100 }, '/shippingFee: too-big'],
    [{ startsAt: 'tomorrow' }, '/startsAt: invalid'],
  ])('refuses %o', async (terms, fault) => {
    const seller = await actor('seller')
    const answer = await seller.post('/api/auctions', terms)
    expectProblem(answer, 'invalid-fields')
    expect(faultsOf(answer)).toEqual([fault])
  })

  it('takes no price, leader, state, seller or room', async () => {
    const seller = await actor('seller')
    for (const field of ['price', 'leader', 'state', 'seller', 'room', 'event', 'likesCount', 'version'])
      expectProblem(await seller.post('/api/auctions', { [field]: 1 }), 'unknown-field')
  })

  it('shows only own pictures that are ready and meant for auctions', async () => {
    withRelay()
    const seller = await actor('seller')
    const pending = must(await askForUpload(seller), 201).media
    const ofOther = await readyPicture(await actor('other'))
    const ofProfile = await readyPicture(seller, { purpose: 'profile' })
    for (const media of [pending, ofOther, ofProfile, 'med_invented']) {
      const answer = await seller.post('/api/auctions', { images: [media] })
      expectProblem(answer, 'media-not-ready')
      expect(faultsOf(answer)).toEqual(['/images/0: not-ready'])
    }
    const own = await readyPicture(seller)
    expect(faultsOf(await seller.post('/api/auctions', { images: [own, own] }))).toEqual(['/images: twice'])
  })
})

describe('editing a draft', () => {
  it('writes what is named, takes out what is null, and counts versions', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller, { region: '서귀포시' })
    const edited = must(await seller.patch(`/api/auctions/${id}`, { title: '새 이름', region: null }, etag(1)), 200)
    expect(edited).toMatchObject({ version: 2, terms: { title: '새 이름', region: null, content: goodTerms.content } })
    const emptied = must(
      await seller.patch(`/api/auctions/${id}`, { title: null, images: [], startPrice: null }, etag(2)),
      200,
    )
    expect(emptied).toMatchObject({ version: 3, price: 0, terms: { title: '', images: [], startPrice: null } })
  })

  it('needs the version that is changed', async () => {
    const seller = await actor('seller')
    const { id } = must(await seller.post('/api/auctions', { title: 'first' }), 201)
    expectProblem(await seller.patch(`/api/auctions/${id}`, { title: 'second' }), 'version-needed')
    const [a, b] = await Promise.all([
      seller.patch(`/api/auctions/${id}`, { title: 'second' }, etag(1)),
      seller.patch(`/api/auctions/${id}`, { title: 'third' }, etag(1)),
    ])
    expect([a.status, b.status].toSorted()).toEqual([200, 412])
    const now = await seller.get(`/api/auctions/${id}`)
    expect(now.headers.get('etag')).toBe('"2"')
    expect(now.body.terms.title).toBe(a.status === 200 ? 'second' : 'third')
  })

  it('keeps pictures of a draft that waits, and lets go of those it shows no more', async () => {
    const seller = await actor('seller')
    const [kept, dropped] = [await pictureOf(seller), await pictureOf(seller)]
    const { id } = await draft(seller, { images: [kept, dropped] })
    must(await seller.patch(`/api/auctions/${id}`, { images: [kept] }, etag(1)), 200)
    expectProblem(await seller.delete(`/api/media/${kept}`), 'media-attached')
    expect((await seller.delete(`/api/media/${dropped}`)).status).toBe(204)
  })
})

describe('deleting a draft', () => {
  it('leaves nothing', async () => {
    const seller = await actor('seller')
    const image = await pictureOf(seller)
    const { id } = await draft(seller, { images: [image] })
    expect((await seller.delete(`/api/auctions/${id}`)).status).toBe(204)
    expectProblem(await seller.get(`/api/auctions/${id}`), 'not-found')
    expectProblem(await seller.delete(`/api/auctions/${id}`), 'not-found')
    expect((await seller.delete(`/api/media/${image}`)).status).toBe(204)
  })

  it('honours If-Match', async () => {
    const seller = await actor('seller')
    const { id } = must(await seller.post('/api/auctions', { title: 'first' }), 201)
    expectProblem(await seller.delete(`/api/auctions/${id}`, etag(7)), 'stale-version')
    expect((await seller.delete(`/api/auctions/${id}`, etag(1))).status).toBe(204)
  })
})

describe('ids', () => {
  it.each(['auc_1', 'nonsense', '%00', 'auc_00000000000000000000000000', 'med_00000000000000000000000000'])(
    'that we did not make are not found: %s',
    async (id) => {
      const seller = await actor('seller')
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/state'],
        ['GET', '/log'],
        ['GET', '/bids'],
        ['GET', '/bids/mine'],
        ['GET', '/eligibility'],
        ['GET', '/messages'],
        ['GET', '/participants'],
        ['GET', '/bans'],
        ['DELETE', ''],
        ['POST', '/publish'],
        ['POST', '/relist'],
      ] as const)
        expectProblem(await seller.ask(method, `/api/auctions/${id}${path}`), 'not-found')
    },
  )
})
