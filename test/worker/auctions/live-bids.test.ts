import { describe, expect, it } from 'vitest'
import type { SigningKeys } from '../../../worker/contract/auctions.ts'
import { checkpointBytes, entryBytes, receiptBytes, type Receipt } from '../../../worker/contract/ledger.ts'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, inMs, keyed, must, newKey } from '../../support/worker/auctions.ts'
import { MINUTE, SECOND, setRoomClock } from '../../support/worker/clock.ts'
import { attend, connect } from '../../support/worker/live.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { crash, evict, ledgerOf, stateOf } from '../../support/worker/rooms.ts'

describe.each([
  ['awake', async () => {}],
  ['that slept', evict],
])('a room %s', (_, rest: (auction: string) => Promise<void>) => {
  it('answers the bidder and tells everyone', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const watcher = await attend(lot.id)
    const bidder = await attend(lot.id, buyer)
    await rest(lot.id)
    const placed = await bidder.mustBid(10_000)
    expect(placed).toMatchObject({ mask: 1, leading: true, price: 10_000, minimumBid: 10_500 })
    const heard = await watcher.fact('bid-placed')
    expect(heard).toMatchObject({ price: 10_000, leader: 1, bidCount: 1, hash: placed.receipt.hash })
    expect(heard.bidder).toEqual({ number: 1, name: null })
  })

  it('tells only the beaten leader that they were outbid', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const [a, b, watcher] = [await attend(lot.id, first), await attend(lot.id, second), await attend(lot.id)]
    await a.mustBid(10_000, { kind: 'max', key: newKey() })
    await rest(lot.id)
    const outbid = a.next('outbid')
    const placed = await b.mustBid(12_000)
    expect(await outbid).toMatchObject({ bidSeq: placed.receipt.logSeq, price: 12_000, minimumBid: 12_500 })
    await watcher.fact('bid-placed', ({ leader }) => leader === 2)
    expect([...b.frames, ...watcher.frames].filter(({ type }) => type === 'outbid')).toEqual([])
  })

  it('lets only the bidder hear of a refused bid', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(10_000)
    await a.fact('bid-placed')
    await rest(lot.id)
    const before = await stateOf(lot)
    const refused = await b.refusedBid(10_400)
    expect(refused).toMatchObject({ code: 'bid-too-low', minimumBid: 10_500 })
    expect(refused.receipt).toMatchObject({ verdict: 'refused', code: 'bid-too-low', logSeq: null })
    expect(await stateOf(lot)).toMatchObject({ seq: before.seq, logSeq: before.logSeq, auction: before.auction })
    expect(a.facts).toHaveLength(1)
  })

  it('gives a repeated key the first answer, by socket and by REST, before and after a crash', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const key = newKey()
    const socket = await attend(lot.id, buyer)
    const { type: _, ref: __, ...placed } = await socket.bid(10_000, { key })
    await rest(lot.id)
    const body = { kind: 'exact', amount: 10_000 }
    expect(must(await buyer.post(`/api/auctions/${lot.id}/bids`, body, keyed(key)), 201)).toEqual(placed)
    await crash(lot.id)
    expect(must(await buyer.post(`/api/auctions/${lot.id}/bids`, body, keyed(key)), 201)).toEqual(placed)
    const other = await buyer.post(`/api/auctions/${lot.id}/bids`, { ...body, amount: 10_500 }, keyed(key))
    expectProblem(other, 'key-reused')
    expect((await stateOf(lot)).auction.bidCount).toBe(1)
  })
})

describe('judging', () => {
  it('gives every bid of a burst one answer and one place', async () => {
    const [seller, ...buyers] = await Promise.all([actor('seller'), actor('aa'), actor('bb'), actor('cc')])
    const lot = await auction(seller)
    const sockets = await Promise.all(buyers.map((buyer) => attend(lot.id, buyer)))
    const answers = await Promise.all(
      sockets.flatMap((socket, who) =>
        Array.from({ length: 8 }, (_, turn) => socket.bid(10_000 + (turn * 3 + who) * 500)),
      ),
    )
    const accepted = answers.filter(({ type }) => type === 'bid-accepted')
    const places = accepted.map(({ receipt }) => (receipt as Receipt).logSeq)
    expect(new Set(places).size).toBe(accepted.length)
    const { entries } = await ledgerOf(lot)
    expect(entries.map(({ entry }) => entry.seq)).toEqual(entries.map((_, index) => index + 1))
    expect(entries.filter(({ entry }) => entry.type === 'bid')).toHaveLength(accepted.length)
    const last = (await stateOf(lot)).seq
    for (const socket of sockets) {
      await socket.until('all facts', () => (socket.seq >= last ? true : undefined))
      expect(socket.facts.map(({ seq }) => seq)).toEqual(socket.facts.map((_, index) => index + 2))
    }
  })

  it('limits a bidder to ten bids in ten seconds, repeated keys aside', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const key = newKey()
    await socket.mustBid(10_000, { key })
    for (let turn = 0; turn < 9; turn += 1) expect((await socket.refusedBid(100)).code).toBe('already-leading')
    const limited = await socket.refusedBid(20_000)
    expect(limited).toMatchObject({ code: 'too-many-requests', receipt: null })
    expect(limited.retryAfterMs).toBeGreaterThan(0)
    await socket.mustBid(10_000, { key })
    const byRest = await buyer.post(`/api/auctions/${lot.id}/bids`, { kind: 'exact', amount: 20_000 }, keyed())
    expectProblem(byRest, 'too-many-requests')
    expect(byRest.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  it('limits a bidder exactly, also when the clock was set back in between', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const tryAt = async (seconds: number) => {
      await setRoomClock(lot.id, seconds * SECOND)
      return (await socket.refusedBid(100)).code
    }
    for (let turn = 0; turn < 9; turn += 1) expect(await tryAt(20)).toBe('bid-too-low')
    expect(await tryAt(5)).toBe('bid-too-low')
    expect(await tryAt(21)).toBe('bid-too-low')
    expect(await tryAt(21)).toBe('too-many-requests')
  })

  it('refuses the seller, strangers without a phone, and whoever was banned', async () => {
    const [seller, unverified, buyer] = await Promise.all([
      actor('seller'),
      actor('unverified', { by: 'email' }),
      actor('buyer'),
    ])
    const lot = await auction(seller)
    const code = async (socket: Awaited<ReturnType<typeof attend>>, amount: number) =>
      (await socket.refusedBid(amount)).code
    expect(await code(await attend(lot.id, seller), 10_000)).toBe('seller-may-not-bid')
    expect(await code(await attend(lot.id, unverified), 10_000)).toBe('not-a-trader')
    const visitor = await attend(lot.id)
    expect(await visitor.bid(10_000)).toMatchObject({ type: 'problem', code: 'not-signed-in' })
    const banned = await attend(lot.id, buyer)
    const { mask } = await banned.mustBid(10_000)
    must(await seller.put(`/api/auctions/${lot.id}/bans/${mask}`, { scope: 'bids', reason: 'rude' }), 204)
    expect(await code(banned, 20_000)).toBe('not-eligible')
    expect((await stateOf(lot)).auction.leader).toBe(mask)
  })

  it('refuses a bid before the start and after the end, and says by how much it was late', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller, { startsAt: inMs(10 * MINUTE) })
    const socket = await attend(lot.id, buyer)
    const early = await socket.refusedBid(10_000)
    expect(early.code).toBe('auction-not-running')
    expect(early.lateByMs).toBeUndefined()
    await setRoomClock(lot.id, 11 * MINUTE)
    await socket.mustBid(10_000)
    await setRoomClock(lot.id, 31 * MINUTE)
    const late = await socket.refusedBid(20_000)
    expect(late.code).toBe('auction-not-running')
    expect(late.lateByMs).toBeGreaterThan(0)
    expect((await stateOf(lot)).auction).toMatchObject({ state: 'sold', winner: 1, price: 10_000 })
  })

  it('ends at once for the first who buys, and answers with the deal', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller, { buyNowPrice: 50_000 })
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    const purchase = { type: 'buy-now', price: 50_000, termsHash: lot.termsHash ?? '' } as const
    const [won, lost] = await Promise.all([
      a.ask({ ...purchase, key: newKey() }),
      b.ask({ ...purchase, key: newKey() }),
    ])
    expect(won).toMatchObject({ type: 'bid-accepted', leading: true, price: 50_000, minimumBid: null })
    expect(won).toHaveProperty('deal', expect.stringMatching(/^deal_/))
    expect(lost).toMatchObject({ type: 'bid-refused', code: 'auction-not-running' })
    const ended = await b.fact('auction-ended')
    expect(ended).toMatchObject({ result: 'sold', reason: 'bought', price: 50_000, winner: { number: 1 } })
  })

  it('shows a name for good once its owner wants that, and marks them in the chat only then', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    await socket.mustBid(10_000)
    const say = (text: string) => socket.ask({ type: 'send-message', key: newKey(), text })
    expect(await say('hidden')).toMatchObject({ type: 'message-sent', message: { badges: [] } })
    await socket.mustBid(30_000, { kind: 'max', showName: true })
    const { bids } = await stateOf(lot)
    expect(bids.map(({ name }) => name)).toEqual([{ handle: buyer.handle, name: 'buyer' }])
    await setRoomClock(lot.id, 2_000)
    expect(await say('shown')).toMatchObject({ type: 'message-sent', message: { badges: ['leader'] } })
  })

  it('takes the rule of its bidder where a bid says nothing of the name, and nowhere else', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    must(await buyer.patch('/api/accounts/preferences', { showBidName: true }), 200)
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const shown = async () => (await stateOf(lot)).bids.map(({ name }) => name?.name ?? null)
    await socket.mustBid(10_000, { showName: false })
    expect(await shown()).toEqual([null])
    await socket.mustBid(30_000, { kind: 'max' })
    expect(await shown()).toEqual(['buyer'])
  })
})

describe('secrets', () => {
  it('keeps reserve and maximums out of every frame and public answer', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller, { reservePrice: 77_700 })
    const [a, b, watcher] = [await attend(lot.id, first), await attend(lot.id, second), await attend(lot.id)]
    await a.mustBid(61_300, { kind: 'max' })
    await a.mustBid(64_600, { kind: 'max' })
    await b.mustBid(20_000)
    await watcher.fact('bid-placed', ({ bidCount }) => bidCount === 2)
    const again = await connect(lot.id, first)
    await again.hello()
    const texts = [a, b, watcher, again].flatMap(({ frames }) => frames.map((frame) => JSON.stringify(frame)))
    for (const path of ['state', 'log', 'bids', 'messages', ''])
      texts.push(JSON.stringify((await ask('GET', `/api/auctions/${lot.id}/${path}`)).body))
    // Times and ids hold longer rows of digits.
    expect(texts.filter((text) => /(?<!\d)(77700|61300|64600)(?!\d)/.test(text))).toEqual([])
    const mine = must(await first.get(`/api/auctions/${lot.id}/bids/mine`), 200)
    expect(mine).toMatchObject({ mask: 1, leading: true, max: 64_600 })
    expect(must(await second.get(`/api/auctions/${lot.id}/bids/mine`), 200)).toMatchObject({ mask: 2, max: null })
  })

  it('opens beaten maximums after the end, never the one that won', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const [a, b] = [await attend(lot.id, first), await attend(lot.id, second)]
    await a.mustBid(20_000, { kind: 'max' })
    await a.mustBid(30_000, { kind: 'max' })
    await b.mustBid(60_000, { kind: 'max' })
    await b.mustBid(70_000, { kind: 'max' })
    expect((await ledgerOf(lot)).openings).toEqual([])
    await setRoomClock(lot.id, 30 * MINUTE)
    const { openings } = await ledgerOf(lot)
    expect(openings.map(({ bidder, amount }) => [bidder, amount])).toEqual([
      [1, 20_000],
      [1, 30_000],
    ])
  })
})

/** Bytes of base64url. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

describe('proof', () => {
  const verify = async (bytes: Uint8Array, signature: string, kid: string) => {
    const { keys } = must(await ask('GET', '/api/auctions/keys'), 200) as SigningKeys
    const jwk = keys.find((key) => key.kid === kid)
    const key = await crypto.subtle.importKey(
      'jwk',
      { kty: 'OKP', crv: 'Ed25519', x: jwk?.x ?? '' },
      'Ed25519',
      false,
      ['verify'],
    )
    return crypto.subtle.verify('Ed25519', key, bytesOf(signature), bytes)
  }

  it('signs refusals and silent raises by themselves, and checkpoints with every frame of the ledger', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const socket = await attend(lot.id, buyer)
    const first = await socket.mustBid(20_000, { kind: 'max' })
    expect(first.receipt).toMatchObject({ verdict: 'accepted', signature: null, kid: null })
    const raise = await socket.mustBid(40_000, { kind: 'max' })
    const refused = await socket.refusedBid(100)
    for (const receipt of [raise.receipt, refused.receipt] as Receipt[]) {
      expect(receipt.logSeq).toBeNull()
      expect(await verify(receiptBytes(receipt), receipt.signature ?? '', receipt.kid ?? '')).toBe(true)
    }
    const batch = socket.frames.find((frame) => frame.type === 'batch')
    const { checkpoint } = batch ?? {}
    expect(checkpoint).toMatchObject({ logSeq: first.receipt.logSeq, hash: first.receipt.hash })
    if (!checkpoint) return
    const { logSeq, hash, kid, signature } = checkpoint
    expect(await verify(checkpointBytes(lot.id as AuctionId, logSeq, hash), signature, kid)).toBe(true)
  })

  it('chains every entry to the one before it', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    await (await attend(lot.id, buyer)).mustBid(20_000, { kind: 'max' })
    must(await seller.post(`/api/auctions/${lot.id}/notes`, { text: 'A scratch' }, keyed()), 201)
    const { entries, checkpoint } = await ledgerOf(lot)
    expect(entries.map(({ entry }) => entry.type)).toEqual(['published', 'started', 'bid', 'noted'])
    let previous = 'A'.repeat(43)
    for (const { entry, hash } of entries) {
      expect(entry.previous).toBe(previous)
      const bytes = new Uint8Array(entryBytes(lot.id as AuctionId, entry))
      expect(bytesOf(hash)).toEqual(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
      previous = hash
    }
    expect(checkpoint).toMatchObject({ logSeq: 4, hash: previous })
  })

  it('gives a bidder the receipt and what opens it, and nobody else', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const lot = await auction(seller)
    const { receipt } = await (await attend(lot.id, buyer)).mustBid(20_000, { kind: 'max' })
    const path = `/api/auctions/${lot.id}/bids/${receipt.bid}/receipt`
    const own = must(await buyer.get(path), 200)
    expect(own).toMatchObject({ receipt, opening: { bidder: 1, amount: 20_000 } })
    expect(own.checkpoint.logSeq).toBeGreaterThanOrEqual(receipt.logSeq ?? 0)
    expectProblem(await seller.get(path), 'not-found')
  })
})
