import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { signRequest } from '../../../relay/signing.ts'
import { archivedLot, type ArchivedLot } from '../../../worker/auctions/rules/archived.ts'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import { readEvent, type Envelope } from '../../../worker/contract/events.ts'
import { rebuilding } from '../../../worker/contract/rebuilding.ts'
import { actor } from '../../support/worker/actors.ts'
import { ask, origin } from '../../support/worker/app.ts'
import { auction, draft, keyed, must, pictureOf, publish } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { attend } from '../../support/worker/live.ts'
import { relaySecret, withRelay, type TestRelay } from '../../support/worker/relay.ts'
import { eventually, ledgerOf, ringAlarm, stateOf } from '../../support/worker/rooms.ts'

type Lot = Pick<AuctionView, 'id'>

/** What the relay was told of one auction, up to so many ledger entries. */
function archived(relay: TestRelay, { id }: Lot, entries = Infinity): ArchivedLot {
  const events: Envelope[] = []
  let seen = 0
  for (const event of relay.events.filter(({ stream }) => stream === `auction:${id}`)) {
    if ('entry' in (event.payload as object)) seen += 1
    if (seen > entries) break
    events.push(event)
  }
  const facts = events.map((event) => {
    const read = readEvent(event)
    if (!read.ok) throw new Error(read.reason)
    return read.event
  })
  const lot = archivedLot(facts)
  if (!lot) throw new Error('nothing was published')
  return lot
}

async function rebuild(
  lots: object[],
  { secret = relaySecret, body }: { secret?: Uint8Array<ArrayBuffer>; body?: string } = {},
) {
  const bytes = new TextEncoder().encode(body ?? JSON.stringify({ auctions: lots }))
  const token = await signRequest(secret, { method: 'PUT', path: rebuilding.path, body: bytes })
  return exports.default.fetch(origin + rebuilding.path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: bytes,
  })
}

const fatesOf = async (answer: Response) =>
  ((await answer.json()) as { fates: { fate: string }[] }).fates.map(({ fate }) => fate)

/** All that D1 has of an auction. */
async function kept({ id }: Lot) {
  const all = async (sql: string) => (await env.DB.prepare(sql).bind(id).all()).results
  return {
    row: await all('select * from auction where id = ?'),
    bidders: await all('select * from auction_bidder where auction = ? order by number'),
    notes: await all('select * from auction_note where auction = ? order by log_seq'),
    words: await all('select auction, title, content from auction_search where auction = ?'),
  }
}

/** Everything that follows from the ledger is set to nonsense. */
async function destroy({ id }: Lot, logSeq = 0): Promise<void> {
  const nonsense = `log_seq = ${logSeq}, state = 'void', price = 7, bid_count = 99, leader = 'acc_x', leader_number = 9,
    winner = 'acc_x', winner_number = 9, reserve = 'met', open_buy_now = 1, starts_at = 1, planned_end_at = 2, ends_at = 3,
    hard_end_at = 4, ended_at = 5, deal = 'deal_x', cancel_reason = 'nonsense', terms_hash = 'x', reserve_commitment = 'x',
    likes_count = 77`
  await env.DB.batch([
    env.DB.prepare(`update auction set ${nonsense} where id = ?`).bind(id),
    env.DB.prepare('delete from auction_bidder where auction = ? and number = 1').bind(id),
    env.DB.prepare('update auction_bidder set number = 5, at = 1 where auction = ?').bind(id),
    env.DB.prepare("insert into auction_bidder (account, auction, number, at) values ('acc_x', ?, 3, 1)").bind(id),
    env.DB.prepare("update auction_note set text = 'nonsense' where auction = ?").bind(id),
    env.DB.prepare('delete from auction_search where auction = ?').bind(id),
    env.DB.prepare("insert into auction_search (auction, title, content) values (?, 'non', 'sense')").bind(id),
  ])
}

/** Waits until D1 and the relay have everything. */
async function settled(relay: TestRelay, lot: Lot): Promise<void> {
  await eventually(async () => {
    await ringAlarm(lot.id)
    const { entries } = await ledgerOf(lot)
    expect(archived(relay, lot).logSeq).toBe(entries.length)
    expect((await kept(lot)).row).toMatchObject([{ log_seq: entries.length }])
  })
}

describe('rebuilding from the archive', () => {
  it.each([0, 1_000])(
    'brings back what was destroyed, in every state, with the log at %i',
    async (logSeq) => {
      const seller = await actor('seller')
      const [one, two] = [await actor('one'), await actor('two')]
      const images = [await pictureOf(seller)]
      const relay = withRelay()
      const sold = await auction(seller, { images, reservePrice: 11_000, buyNowPrice: 90_000, title: '팔린 카메라' })
      const [a, b] = [await attend(sold.id, one), await attend(sold.id, two)]
      await a.mustBid(10_000)
      await b.mustBid(30_000, { kind: 'max' })
      must(await one.post('/api/likes/auction-likes', { auction: sold.id }), 201)
      must(await seller.post(`/api/auctions/${sold.id}/notes`, { text: '끈도 드려요.' }, keyed()), 201)
      // In the last seconds, so that the end moves.
      await setRoomClock(sold.id, 20 * MINUTE - 10_000)
      await a.mustBid(20_000)
      await setRoomClock(sold.id, 2 * HOUR)
      await settled(relay, sold)
      const cancelled = await auction(seller, { images })
      must(await seller.post(`/api/auctions/${cancelled.id}/cancel`, { reason: '깨졌어요.' }), 200)
      const running = await auction(seller, { images, buyNowPrice: 50_000 })
      const scheduled = await auction(seller, { images, startsAt: new Date(Date.now() + HOUR).toISOString() })
      const lots = [sold, cancelled, running, scheduled]
      for (const lot of lots) await settled(relay, lot)

      const before = await Promise.all(lots.map(kept))
      expect(before.map(({ row }) => row[0]?.['state'])).toEqual(['sold', 'cancelled', 'running', 'scheduled'])
      expect(before[0]).toMatchObject({ bidders: [{ number: 1 }, { number: 2 }], notes: [{ text: '끈도 드려요.' }] })
      for (const lot of lots) await destroy(lot, logSeq)
      const answer = await rebuild(lots.map((lot) => archived(relay, lot)))
      expect(await fatesOf(answer)).toEqual(['rebuilt', 'rebuilt', 'rebuilt', 'rebuilt'])
      expect(await Promise.all(lots.map(kept))).toEqual(before)
      // Once more changes nothing.
      must({ status: (await rebuild(lots.map((lot) => archived(relay, lot)))).status } as never, 200)
      expect(await Promise.all(lots.map(kept))).toEqual(before)
      const found = (await ask('GET', `/api/auctions?search=${encodeURIComponent('팔린')}`)).body.items
      expect(found.filter(({ id }: AuctionView) => id === sold.id)).toHaveLength(1)
    },
    60_000,
  )

  it('takes nothing back that D1 knows and the archive does not yet', async () => {
    const [seller, one, two] = [await actor('seller'), await actor('one'), await actor('two')]
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images })
    const [a, b] = [await attend(lot.id, one), await attend(lot.id, two)]
    await a.mustBid(10_000)
    await b.mustBid(12_000)
    await settled(relay, lot)
    const before = await kept(lot)
    // As of the first bid.
    expect(await fatesOf(await rebuild([archived(relay, lot, 3)]))).toEqual(['ahead'])
    expect(await kept(lot)).toEqual(before)
  })

  it('does not raise an auction that was just called off', async () => {
    const seller = await actor('seller')
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images })
    await settled(relay, lot)
    relay.act = 'is-away'
    must(await seller.post(`/api/auctions/${lot.id}/cancel`, { reason: '깨졌어요.' }), 200)
    expect(await fatesOf(await rebuild([archived(relay, lot)]))).toEqual(['ahead'])
    expect((await kept(lot)).row).toMatchObject([{ state: 'cancelled' }])
  })

  it('goes on while people bid, and ends where the room is', async () => {
    const [seller, one, two] = [await actor('seller'), await actor('one'), await actor('two')]
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images })
    const clients = [await attend(lot.id, one), await attend(lot.id, two)]
    for (let turn = 0; turn < 8; turn += 1) {
      await clients[turn % 2]!.mustBid(10_000 + turn * 1_000)
      await rebuild([archived(relay, lot)])
    }
    await settled(relay, lot)
    const { auction: now } = await stateOf(lot)
    expect((await kept(lot)).row).toMatchObject([{ price: now.price, bid_count: 8, leader_number: now.leader }])
    expect((await kept(lot)).bidders).toMatchObject([{ number: 1 }, { number: 2 }])
  })

  it('mends a publication that D1 never heard the answer of', async () => {
    const seller = await actor('seller')
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await publish(seller, await draft(seller, { images }))
    await settled(relay, lot)
    const before = await kept(lot)
    await env.DB.prepare(
      "update auction set state = 'draft', log_seq = 0, publishing_at = published_at, published_at = null where id = ?",
    )
      .bind(lot.id)
      .run()
    expect(await fatesOf(await rebuild([archived(relay, lot)]))).toEqual(['rebuilt'])
    expect(await kept(lot)).toEqual(before)
  })

  it('knows no auction that D1 has no terms of', async () => {
    const seller = await actor('seller')
    const images = [await pictureOf(seller)]
    const relay = withRelay()
    const lot = await auction(seller, { images })
    await settled(relay, lot)
    const elsewhere = { ...archived(relay, lot), auction: 'auc_of_another_house' }
    expect(await fatesOf(await rebuild([elsewhere]))).toEqual(['absent'])
  })
})

describe('the door of rebuilding', () => {
  it('is there for the relay’s secret alone', async () => {
    withRelay()
    const other = crypto.getRandomValues(new Uint8Array(32))
    expect((await rebuild([{}], { secret: other })).status).toBe(404)
    expect((await ask('PUT', rebuilding.path, { body: { auctions: [] } })).status).toBe(404)
    expect(JSON.stringify((await ask('GET', '/api/openapi.json')).body)).not.toContain('projections')
  })

  it('takes what an archive can lead to, and nothing else', async () => {
    withRelay()
    expect((await rebuild([])).status).toBe(422)
    expect((await rebuild([{ auction: 'auc_x' }])).status).toBe(422)
    expect((await rebuild([], { body: '{' })).status).toBe(400)
  })
})
