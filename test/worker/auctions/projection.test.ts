import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Fold } from '../../../worker/auctions/commands.ts'
import { projectAuction, projectPresence } from '../../../worker/auctions/projection.ts'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import type { Hash } from '../../../worker/contract/ledger.ts'
import { won } from '../../../worker/contract/money.ts'
import { fromIso, instant, type IsoTime } from '../../../worker/contract/time.ts'
import { createDb } from '../../../worker/kernel/db.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, draft, keyed, must, publish } from '../../support/worker/auctions.ts'
import { MINUTE } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'

const db = createDb(env.DB)
const cardOf = async (id: string) => (await ask('GET', `/api/auctions/cards?ids=${id}`)).body.items[0]

/** What the room of this auction might say at a place of its log. */
function foldOf(view: AuctionView, logSeq: number, more: Partial<Fold> = {}): Fold {
  const time = (text: string | null) => fromIso((text ?? '') as IsoTime)
  return {
    auction: view.id as AuctionId,
    logSeq,
    termsHash: view.termsHash as Hash,
    reserveCommitment: null,
    state: 'running',
    price: won(10_000),
    bidCount: 0,
    leader: null,
    leaderNumber: null,
    winner: null,
    winnerNumber: null,
    reserve: 'none',
    buyNowPrice: null,
    startsAt: time(view.terms.startsAt),
    endsAt: time(view.endsAt),
    hardEndAt: time(view.hardEndAt),
    endedAt: null,
    deal: null,
    cancelReason: null,
    newBidders: [],
    newNotes: [],
    ...more,
  }
}

describe('the projection', () => {
  it('moves only forward, whatever order folds arrive in', async () => {
    const one = await auction(await actor('seller'))
    const at = (logSeq: number, price: number) => foldOf(one, logSeq, { price: won(price), bidCount: logSeq - 2 })
    for (const [logSeq, price, shown] of [
      [5, 13_000, 13_000],
      [4, 12_000, 13_000],
      [5, 13_000, 13_000],
      [7, 15_000, 15_000],
      [3, 11_000, 15_000],
    ] as const) {
      await projectAuction(db, at(logSeq, price))
      expect((await cardOf(one.id)).price).toBe(shown)
    }
  })

  it('takes nothing back that has ended', async () => {
    const seller = await actor('seller')
    const one = await auction(seller)
    must(await seller.post(`/api/auctions/${one.id}/cancel`, { reason: 'over' }), 200)
    await projectAuction(db, foldOf(one, 99))
    expect((await cardOf(one.id)).state).toBe('cancelled')
  })

  it('keeps each bidder and each note once', async () => {
    const one = await auction(await actor('seller'))
    const people = await Promise.all([1, 2].map(() => actor('bidder')))
    const fold = foldOf(one, 9, {
      newBidders: people.map(({ account }, place) => ({ account, number: place + 1, at: instant(Date.now()) })),
      newNotes: [{ logSeq: 8, text: '한 번만', at: instant(Date.now()) }],
    })
    await projectAuction(db, fold)
    await projectAuction(db, fold)
    for (const person of people)
      expect(
        (await person.get('/api/auctions/mine?role=bidding')).body.items.map(({ id }: { id: string }) => id),
      ).toEqual([one.id])
    expect((await ask('GET', `/api/auctions/${one.id}`)).body.notes).toHaveLength(1)
  })

  it('takes any number of first bids at once', async () => {
    const one = await auction(await actor('seller'))
    const newBidders = Array.from({ length: 250 }, (_, place) => ({
      account: `acc_${one.id}_${place}` as never,
      number: place + 1,
      at: instant(Date.now()),
    }))
    await projectAuction(db, foldOf(one, 300, { newBidders }))
    const { results } = await env.DB.prepare('select count(*) as count from auction_bidder where auction = ?')
      .bind(one.id)
      .all()
    expect(results).toEqual([{ count: 250 }])
  })

  it('names the pages that change: with the state and notes, never with bids', async () => {
    const one = await auction(await actor('seller'))
    expect(await projectAuction(db, foldOf(one, 5, { price: won(20_000) }))).toEqual([])
    const note = { logSeq: 6, text: '메모', at: instant(Date.now()) }
    expect(await projectAuction(db, foldOf(one, 6, { newNotes: [note] }))).toEqual([one.id])
    expect(await projectAuction(db, foldOf(one, 7, { state: 'unsold' }))).toEqual([one.id, 'auctions'])
    expect(await projectAuction(db, foldOf(one, 7, { state: 'unsold' }))).toEqual([])
  })

  it('shows how many are present', async () => {
    const one = await auction(await actor('seller'))
    await projectPresence(db, one.id as AuctionId, 17)
    expect((await cardOf(one.id)).present).toBe(17)
  })
})

/** As if the Worker had died after asking the room, `ms` ago: D1 has not learned the answer. */
async function forgetAnswer({ id }: AuctionView, ms = 0): Promise<void> {
  await env.DB.batch([
    env.DB.prepare('delete from auction_search where auction = ?').bind(id),
    env.DB.prepare(
      `update auction set state = 'draft', log_seq = 0, publishing_at = starts_at, starts_at = null, published_at = null,
         terms_hash = null, ends_at = null, planned_end_at = null, price = 0, version = version - 1 where id = ?`,
    ).bind(id),
    env.DB.prepare('update auction set publishing_at = publishing_at - ? where id = ?').bind(ms, id),
  ])
}

describe('a publication that broke off', () => {
  it('after the room had it ends with the next try, on the same terms', async () => {
    const seller = await actor('seller')
    const one = await auction(seller, { title: '끊긴 출품' })
    await forgetAnswer(one)
    expectProblem(
      await seller.patch(`/api/auctions/${one.id}`, { title: 'other' }, { headers: { 'if-match': '"1"' } }),
      'not-a-draft',
    )
    const again = await publish(seller, one)
    expect(again).toMatchObject({ state: 'running', termsHash: one.termsHash, endsAt: one.endsAt, version: 2 })
    expect((await ask('GET', `/api/auctions?search=${encodeURIComponent('끊긴')}`)).body.items).toHaveLength(1)
  })

  it('after the room had it is mended by the room itself', async () => {
    const one = await auction(await actor('seller'), { title: '스스로 낫는 출품' })
    await forgetAnswer(one)
    const bidder = await actor('bidder')
    // The bid's route asks D1 and finds a draft, so it is the room that has to speak first.
    expectProblem(
      await bidder.post(`/api/auctions/${one.id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()),
      'not-found',
    )
    await projectAuction(db, foldOf(one, 2))
    expect((await ask('GET', `/api/auctions/${one.id}`)).body).toMatchObject({
      state: 'running',
      termsHash: one.termsHash,
      endsAt: one.endsAt,
    })
    expect((await ask('GET', `/api/auctions?search=${encodeURIComponent('낫는')}`)).body.items).toHaveLength(1)
  })

  it('before the room had it leaves a draft, once it is sure', async () => {
    const seller = await actor('seller')
    const { id } = await draft(seller)
    const begin = (ms: number) =>
      env.DB.prepare('update auction set publishing_at = ? where id = ?')
        .bind(Date.now() - ms, id)
        .run()
    await begin(1_000)
    const answer = await seller.patch(`/api/auctions/${id}`, { title: 'x' }, { headers: { 'if-match': '"1"' } })
    expectProblem(answer, 'conflict')
    expect(answer.headers.get('retry-after')).toBe('30')
    await begin(MINUTE)
    must(await seller.patch(`/api/auctions/${id}`, { title: '고친 이름' }, { headers: { 'if-match': '"1"' } }), 200)
    await begin(MINUTE)
    expect((await publish(seller, { id })).terms.title).toBe('고친 이름')
  })
})
