import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, goodTerms, inMs, keyed, must, newKey } from '../../support/worker/auctions.ts'
import { HOUR, setRoomClock } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { overOnLists } from '../../support/worker/rooms.ts'

describe('reading an auction', () => {
  it('says the terms, where it stands, who sells, and when it was so', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller, { expectedPrice: 50_000, region: '애월읍' })
    const { body, headers } = await ask('GET', `/api/auctions/${id}`)
    expect(body).toMatchObject({
      id,
      seller: { handle: seller.handle, name: 'seller', phoneVerified: true, deals: 0, noShows: 0, selling: 1 },
      terms: {
        ...goodTerms,
        expectedPrice: 50_000,
        buyNowPrice: null,
        region: '애월읍',
        softClose: { windowSeconds: 30, capMinutes: 10 },
        bidderRules: { minManner: null, minDeals: null, maxNoShows: null, followersOnly: false },
      },
      state: 'running',
      reserve: 'none',
      reserveCommitment: null,
      notes: [],
      cancelReason: null,
      likesCount: 0,
      isLiked: null,
      present: 0,
    })
    expect(Math.abs(Date.parse(body.serverAt) - Date.now())).toBeLessThan(10_000)
    for (const secret of ['mine', 'reservePrice', 'deal']) expect(body).not.toHaveProperty(secret)
    expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=5')
    expect(headers.get('vary')).toBe('authorization')
    expect(headers.get('cache-tag')?.split(',')[0]).toBe(id)
    expect(headers.get('etag')).toBe('"2"')
    expect((await seller.get(`/api/auctions/${id}`)).headers.get('cache-control')).toBe('private, no-store')
  })

  it('shows a bid to whoever has had its answer, and own standing to its bidder alone', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const [one, two] = [await actor('one'), await actor('two')]
    must(await one.post(`/api/auctions/${id}/bids`, { kind: 'max', amount: 30_000 }, keyed()), 201)
    expect((await one.get(`/api/auctions/${id}`)).body).toMatchObject({
      price: 10_000,
      minimumBid: 10_500,
      bidCount: 1,
      leader: 1,
      mine: { mask: 1, leading: true, max: 30_000 },
    })
    must(await two.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 20_000 }, keyed()), 201)
    expect((await two.get(`/api/auctions/${id}`)).body).toMatchObject({
      price: 20_500,
      leader: 1,
      mine: { mask: 2, leading: false },
    })
    for (const answer of [await ask('GET', `/api/auctions/${id}`), await seller.get(`/api/auctions/${id}`)])
      expect(JSON.stringify(answer.body)).not.toMatch(/30000|"mine"/)

    const mine = async () => (await one.get(`/api/auctions/${id}`)).body.mine
    must(await two.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 40_000 }, keyed()), 201)
    expect(await mine()).toEqual({ mask: 1, leading: false, max: 30_000 })
    must(await one.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 50_000 }, keyed()), 201)
    expect(await mine()).toEqual({ mask: 1, leading: true, max: null })
  })

  it('opens and closes with the stored times, whoever looks', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller, { startsAt: inMs(HOUR) })
    const state = async () => (await ask('GET', `/api/auctions/${id}`)).body.state
    expect(await state()).toBe('scheduled')
    await setRoomClock(id, HOUR)
    expect(await state()).toBe('running')
    await setRoomClock(id, 2 * HOUR)
    expect(await state()).toBe('unsold')
    expectProblem(await seller.post(`/api/auctions/${id}/notes`, { text: 'late' }), 'notes-closed')
    await overOnLists({ id })
    must(await seller.post(`/api/auctions/${id}/relist`), 201)
  })
})

describe('bidding by REST', () => {
  it('answers with a receipt, and a refusal with one too', async () => {
    const seller = await actor('seller')
    const { id, termsHash, endsAt } = await auction(seller)
    const bidder = await actor('bidder')
    const bids = `/api/auctions/${id}/bids`
    const placed = must(await bidder.post(bids, { kind: 'exact', amount: 10_000, termsHash }, keyed()), 201)
    expect(placed).toMatchObject({
      mask: 1,
      leading: true,
      price: 10_000,
      minimumBid: 10_500,
      endsAt,
      receipt: { auction: id, bid: expect.stringMatching(/^bid_/), verdict: 'accepted', termsHash, logSeq: 3 },
    })
    const low = await (await actor('other')).post(bids, { kind: 'exact', amount: 10_100 }, keyed())
    expect(expectProblem(low, 'bid-too-low')).toMatchObject({
      minimumBid: 10_500,
      receipt: { verdict: 'refused', code: 'bid-too-low', signature: expect.any(String) },
    })
    expectProblem(await seller.post(bids, { kind: 'exact', amount: 20_000 }, keyed()), 'seller-may-not-bid')
    const reader = await actor('reader', { by: 'email' })
    expectProblem(await reader.post(bids, { kind: 'exact', amount: 20_000 }, keyed()), 'not-a-trader')
    expectProblem(await ask('POST', bids, { body: { kind: 'exact', amount: 20_000 }, ...keyed() }), 'not-signed-in')
    const changed = { kind: 'exact', amount: 20_000, termsHash: 'A'.repeat(43) }
    expectProblem(await bidder.post(bids, changed, keyed()), 'terms-changed')
    expectProblem(await bidder.post(bids, { kind: 'exact', amount: 20_050 }, keyed()), 'amount-invalid')
    expectProblem(await bidder.post(bids, { kind: 'max', amount: 20_000, bidder: 2 }, keyed()), 'unknown-field')

    const mine = (await bidder.get(`${bids}/mine`)).body
    expect(mine).toMatchObject({ mask: 1, leading: true })
    expect(
      mine.bids.map(({ verdict, code }: { verdict: string; code: string | null }) => [verdict, code]),
    ).toContainEqual(['accepted', null])
    const receipt = await bidder.get(`${bids}/${placed.receipt.bid}/receipt`)
    expect(receipt.body).toMatchObject({ receipt: placed.receipt, checkpoint: { logSeq: expect.any(Number) } })
    expectProblem(await reader.get(`${bids}/${placed.receipt.bid}/receipt`), 'not-found')
  })

  it('needs a key, gives one answer for it and takes it for one bid only', async () => {
    const { id } = await auction(await actor('seller'))
    const bidder = await actor('bidder')
    const bids = `/api/auctions/${id}/bids`
    expectProblem(await bidder.post(bids, { kind: 'exact', amount: 10_000 }), 'bad-key')
    expectProblem(await bidder.post(bids, { kind: 'exact', amount: 10_000 }, keyed('too short')), 'bad-key')
    const request = keyed(newKey())
    const one = must(await bidder.post(bids, { kind: 'exact', amount: 10_000 }, request), 201)
    expect(must(await bidder.post(bids, { kind: 'exact', amount: 10_000 }, request), 201)).toEqual(one)
    expectProblem(await bidder.post(bids, { kind: 'exact', amount: 12_000 }, request), 'key-reused')
    expect((await ask('GET', bids)).body.items).toHaveLength(1)
  })

  it('tells who may, and why not', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const may = async (who: { get: (path: string) => Promise<{ body: unknown }> }) =>
      (await who.get(`/api/auctions/${id}/eligibility`)).body
    expect(await may(await actor('bidder'))).toEqual({ canBid: true, reasons: [] })
    expect(await may(seller)).toEqual({ canBid: false, reasons: ['seller-may-not-bid'] })
    expect(await may(await actor('reader', { by: 'email' }))).toEqual({ canBid: false, reasons: ['not-a-trader'] })
    expectProblem(await ask('GET', `/api/auctions/${id}/eligibility`), 'not-signed-in')
  })

  it('lists accepted bids newest first, page by page', async () => {
    const { id } = await auction(await actor('seller'))
    const bidders = [await actor('one'), await actor('two')]
    for (const [place, amount] of [10_000, 11_000, 12_000, 13_000, 14_000].entries())
      must(
        (await bidders[place % 2]?.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount }, keyed())) as never,
        201,
      )
    const first = (await ask('GET', `/api/auctions/${id}/bids?limit=3`)).body
    expect(first.items.map(({ price }: { price: number }) => price)).toEqual([14_000, 13_000, 12_000])
    const second = (await ask('GET', `/api/auctions/${id}/bids?limit=3&cursor=${first.nextCursor}`)).body
    expect(second).toMatchObject({
      items: [{ price: 11_000, bidder: 2, name: null }, { price: 10_000 }],
      nextCursor: null,
    })
    expectProblem(await ask('GET', `/api/auctions/${id}/bids?cursor=${first.nextCursor}x`), 'bad-cursor')
  })

  it('buys at once, ends the auction and names the deal', async () => {
    const { id, termsHash } = await auction(await actor('seller'), { buyNowPrice: 50_000 })
    const [buyer, late] = [await actor('buyer'), await actor('late')]
    const buy = (who: typeof buyer) => who.post(`/api/auctions/${id}/buy-now`, { price: 50_000, termsHash }, keyed())
    expect(must(await buy(buyer), 201)).toMatchObject({
      leading: true,
      price: 50_000,
      deal: expect.stringMatching(/^deal_/),
    })
    expectProblem(await buy(late), 'auction-not-running')
    expect((await ask('GET', `/api/auctions/${id}`)).body).toMatchObject({ state: 'sold', price: 50_000, winner: 1 })
  })

  it('offers buying at once until the first bid', async () => {
    const { id, termsHash } = await auction(await actor('seller'), { buyNowPrice: 50_000 })
    const bidder = await actor('bidder')
    must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    const answer = await bidder.post(`/api/auctions/${id}/buy-now`, { price: 50_000, termsHash }, keyed())
    expectProblem(answer, 'buy-now-gone')
  })
})

describe('the ledger', () => {
  it('is public from the first entry, in pages, with the keys to check it', async () => {
    const { id } = await auction(await actor('seller'))
    const bidder = await actor('bidder')
    must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    const whole = (await ask('GET', `/api/auctions/${id}/log`)).body
    expect(whole.entries.map(({ entry }: { entry: { type: string } }) => entry.type)).toEqual([
      'published',
      'started',
      'bid',
    ])
    expect(whole).toMatchObject({ auction: id, next: null, openings: [], checkpoint: { logSeq: 3 } })
    const page = (await ask('GET', `/api/auctions/${id}/log?from=2&limit=1`)).body
    expect(page).toMatchObject({ entries: [{ entry: { seq: 2 } }], next: 3 })
    const { keys } = (await ask('GET', '/api/auctions/keys')).body
    expect(keys[0]).toEqual({
      kid: whole.checkpoint.kid,
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.stringMatching(/^[\w-]{43}$/),
      retired: false,
    })
    for (const query of ['from=0', 'limit=501', 'from=x'])
      expectProblem(await ask('GET', `/api/auctions/${id}/log?${query}`), 'bad-query')
  })
})

describe('the room', () => {
  it('takes and shows chat, and leaves a trace of what was removed', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const [guest, other] = [await actor('guest', { by: 'email' }), await actor('other')]
    const messages = `/api/auctions/${id}/messages`
    expectProblem(await ask('POST', messages, { body: { text: 'x' }, ...keyed() }), 'not-signed-in')
    expectProblem(await guest.post(messages, { text: '안녕하세요' }), 'bad-key')
    expectProblem(await guest.post(messages, { text: 'x'.repeat(101) }, keyed()), 'invalid-fields')
    const said = must(await guest.post(messages, { text: '안녕하세요' }, keyed()), 201)
    expect(said).toMatchObject({ author: { handle: guest.handle }, badges: [], text: '안녕하세요', removedBy: null })
    must(await seller.post(messages, { text: '어서 오세요' }, keyed()), 201)
    expect((await ask('GET', messages)).body.items.map(({ text }: { text: string }) => text)).toEqual([
      '어서 오세요',
      '안녕하세요',
    ])
    expectProblem(await other.delete(`${messages}/${said.id}`), 'forbidden')
    expectProblem(await other.delete(`${messages}/msg_nonsense`), 'not-found')
    expect((await seller.delete(`${messages}/${said.id}`)).status).toBe(204)
    expect((await ask('GET', messages)).body.items[1]).toMatchObject({ text: null, removedBy: 'seller' })
  })

  it('lets only the seller set it and shut people out', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const [guest, bidder] = [await actor('guest'), await actor('bidder')]
    must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
    expectProblem(await guest.patch(`/api/auctions/${id}/room`, { chatPaused: true }), 'forbidden')
    expectProblem(await guest.get(`/api/auctions/${id}/bans`), 'forbidden')
    expectProblem(await guest.put(`/api/auctions/${id}/bans/1`, { scope: 'bids', reason: 'x' }), 'forbidden')
    expectProblem(await seller.patch(`/api/auctions/${id}/room`, { slowModeSeconds: 121 }), 'invalid-fields')
    expect(must(await seller.patch(`/api/auctions/${id}/room`, { slowModeSeconds: 5 }), 200)).toEqual({
      slowModeSeconds: 5,
      chatPaused: false,
      chatFrom: 'all',
    })
    const ban = (who: string, scope: string) => seller.put(`/api/auctions/${id}/bans/${who}`, { scope, reason: '도배' })
    expect((await ban(guest.handle, 'chat')).status).toBe(204)
    expect((await ban('1', 'bids')).status).toBe(204)
    expectProblem(await ban('nobody.here', 'chat'), 'not-found')
    expectProblem(await ban('0', 'bids'), 'not-found')
    const bans = (await seller.get(`/api/auctions/${id}/bans`)).body.items
    expect(bans.map(({ who, scope, reason }: Record<string, string>) => [who, scope, reason]).toSorted()).toEqual(
      [
        ['1', 'bids', '도배'],
        [guest.handle, 'chat', '도배'],
      ].toSorted(),
    )
    expectProblem(await guest.post(`/api/auctions/${id}/messages`, { text: 'x' }, keyed()), 'chat-not-allowed')
    const bid = { kind: 'exact', amount: 20_000 }
    expectProblem(await bidder.post(`/api/auctions/${id}/bids`, bid, keyed()), 'not-eligible')
    expect((await seller.delete(`/api/auctions/${id}/bans/1`)).status).toBe(204)
    expect((await seller.delete(`/api/auctions/${id}/bans/${guest.handle}?scope=chat`)).status).toBe(204)
    must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'max', amount: 20_000 }, keyed()), 201)
  })

  it('says how many are present to anyone', async () => {
    const { id } = await auction(await actor('seller'))
    expect((await ask('GET', `/api/auctions/${id}/participants`)).body).toEqual({ count: 0, named: [] })
    expect((await ask('GET', `/api/auctions/${id}/participants`)).headers.get('cache-control')).toBe('no-cache')
  })
})

it('is described with the headers it needs', async () => {
  const { paths } = (await ask('GET', '/api/openapi.json')).body
  const headersOf = (path: string, method: string) =>
    (paths[path][method].parameters as { in: string; name: string; required: boolean }[])
      .filter((parameter) => parameter.in === 'header')
      .map(({ name, required }) => [name, required])
  expect(headersOf('/api/auctions/{id}/bids', 'post')).toEqual([['Idempotency-Key', true]])
  expect(headersOf('/api/auctions/{id}/publish', 'post')).toEqual([['Idempotency-Key', false]])
  expect(headersOf('/api/auctions/{id}', 'patch')).toEqual([['If-Match', true]])
})
