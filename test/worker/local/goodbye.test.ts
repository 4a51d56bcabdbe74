import { afterAll, describe, expect, it } from 'vitest'
import { sockets } from '../../../worker/contract/limits.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import { actor } from '../../support/worker/actors.ts'
import { door } from '../../support/worker/app.ts'
import { auction, must, newKey } from '../../support/worker/auctions.ts'
import { evictShard, smallAudience, socketsIn, usualAudience } from '../../support/worker/audience.ts'
import { evictInbox, inboxSocket, notice, tell, type InboxClient } from '../../support/worker/inbox.ts'
import { attend, type LiveClient } from '../../support/worker/live.ts'
import { evict } from '../../support/worker/rooms.ts'

const goodbye = () => door('/goodbye', {})

/** It was told when to come back, last of all, and then closed. */
async function expectParted(client: LiveClient | InboxClient): Promise<void> {
  expect((await client.gone()).code).toBe(closeCodes.restart)
  const last = client.frames.at(-1)
  expect(last).toMatchObject({ type: 'goodbye', retryAfterMs: expect.any(Number) })
  expect(last?.type === 'goodbye' && last.retryAfterMs).toBeLessThanOrEqual(sockets.backWithinMs)
}

describe.each([
  ['awake', async () => {}, async () => {}, async () => {}],
  ['asleep', evict, evictShard, evictInbox],
])('a house that stops while objects are %s says goodbye', (_, restRoom, restShard, restInbox) => {
  afterAll(usualAudience)

  it('in rooms and in the shards of their audience, to visitors and to people, who resume later', async () => {
    const [seller, buyer] = await Promise.all([actor('seller'), actor('buyer')])
    const { id } = await auction(seller)
    await smallAudience({ room: 2, shard: 3, most: 8 })
    const clients = [await attend(id), await attend(id, buyer), await attend(id), await attend(id, seller)]
    expect(await socketsIn(id, 1)).toBe(2)
    await restRoom(id)
    await restShard(id)
    await goodbye()
    for (const client of clients) await expectParted(client)
    const { epoch, seq } = clients[1]!
    const back = await attend(id, buyer)
    expect((await back.hello({ epoch: String(epoch), seq })).welcome.resumed).toBe(true)
  })

  it('in Inboxes', async () => {
    const person = await actor('person')
    const devices = [await inboxSocket(person), await inboxSocket(person)]
    await tell(person, notice())
    for (const device of devices) await device.fact('notified')
    await restInbox(person)
    await goodbye()
    for (const device of devices) await expectParted(device)
    const back = await inboxSocket(person, { epoch: String(devices[0]?.epoch), seq: 1 })
    expect(back.facts).toEqual([])
  })
})

describe('a house that stops', () => {
  it('answers first what it was asked, and tells what was decided', async () => {
    const [seller, buyer, rival] = await Promise.all([actor('seller'), actor('buyer'), actor('rival')])
    const { id } = await auction(seller)
    const [watcher, bidder, other] = [await attend(id), await attend(id, buyer), await attend(id, rival)]
    const answers = Promise.all([
      bidder.mustBid(10_000),
      other.mustBid(20_000),
      bidder.ask({ type: 'send-message', key: newKey(), text: '안녕하세요' }),
    ])
    // Their answers say that what was sent before has come.
    await Promise.all([bidder, other].map((client) => client.ask({ type: 'clock', sentAt: 1 })))
    await goodbye()
    await answers
    await expectParted(bidder)
    await expectParted(other)
    await expectParted(watcher)
    expect(watcher.facts.map(({ type }) => type).toSorted()).toEqual(['bid-placed', 'bid-placed', 'message-posted'])
    expect(must(await seller.get(`/api/auctions/${id}`), 200)).toMatchObject({ price: 20_000, bidCount: 2 })
  })

  it('leaves those alone who went before, and is open to whoever comes', async () => {
    const { id } = await auction(await actor('seller'))
    await (await attend(id)).close()
    await goodbye()
    const late = await attend(id)
    await goodbye()
    await expectParted(late)
  })
})
