import { expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, keyed, must, pictureOf } from '../../support/worker/auctions.ts'
import { HOUR, setRoomClock } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'

it('an auction erased by the local door leaves nothing behind', async () => {
  const seller = await actor('seller')
  const bidder = await actor('bidder')
  const image = await pictureOf(seller)
  const { id } = await auction(seller, { title: '지워질 물건', images: [image] })
  must(await bidder.post('/api/likes/auction-likes', { auction: id }), 201)
  must(await bidder.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount: 10_000 }, keyed()), 201)
  await setRoomClock(id, 2 * HOUR)
  expect((await ask('GET', `/api/auctions/${id}/state`)).body.auction.state).toBe('sold')
  await expect.poll(async () => (await ask('GET', `/api/auctions/cards?ids=${id}`)).body.items[0]?.state).toBe('sold')

  expect((await ask('DELETE', `/dev/auctions/${id}`)).status).toBe(204)
  for (const path of ['', '/state', '/log', '/bids', '/messages'])
    expectProblem(await ask('GET', `/api/auctions/${id}${path}`), 'not-found')
  expect((await ask('GET', `/api/auctions?search=${encodeURIComponent('지워질')}`)).body.items).toEqual([])
  for (const role of ['won', 'liked', 'bidding'])
    expect((await bidder.get(`/api/auctions/mine?role=${role}`)).body.items).toEqual([])
  expect((await seller.delete(`/api/media/${image}`)).status).toBe(204)
  expect((await ask('DELETE', `/dev/auctions/${id}`)).status).toBe(204)
})
