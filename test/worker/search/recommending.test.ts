import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AuctionCard } from '../../../worker/contract/auctions.ts'
import type { SimilarRequest } from '../../../worker/contract/relay.ts'
import { actor, logInAgain, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, draft, keyed, must } from '../../support/worker/auctions.ts'
import { cronIn, DAY, HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually, stateOf } from '../../support/worker/rooms.ts'
import {
  dwelt,
  idsOf,
  manyAuctions,
  near,
  opened,
  ownMinute,
  tell,
  walk,
  walkedIds,
} from '../../support/worker/search.ts'

const path = '/api/auctions/recommend'
const feedback = (who: Actor, target: string, verdict: string) =>
  who.post('/api/recommendations/feedback', { target, verdict })
const forget = (who: Actor) => who.delete('/api/recommendations/history')
const personalised = (who: Actor, isOn: boolean) => who.patch('/api/accounts/preferences', { personalised: isOn })

/** Everything that is written down about somebody. */
async function keptAbout({ account }: Actor): Promise<number> {
  const tables = ['interest', 'less_mark', 'hidden_author', 'near_order']
  const counts = await Promise.all(
    tables.map((table) =>
      env.DB.prepare(`select count(*) as count from ${table} where account = ?`).bind(account).first<number>('count'),
    ),
  )
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

describe('recommended to somebody with interests', () => {
  it('comes first what is near to them, spread by the index, each with what it is near to', async () => {
    const [liked, one, two] = await manyAuctions(3, (place) => (place === 0 ? { title: '기타' } : {}))
    const reader = await actor('reader')
    const relay = withRelay()
    must(await tell(reader, [opened(liked?.id ?? '')]), 204)
    relay.resemble = () => near([two?.id ?? '', one?.id ?? ''], liked?.id ?? '')
    const answer = await reader.get(`${path}?limit=2`, ownMinute())
    expect(idsOf(answer)).toEqual([two?.id, one?.id])
    const why = { code: 'similar-to', target: liked?.id, title: '기타' }
    expect(answer.body.items.map((card: AuctionCard) => card.why)).toEqual([why, why])
    expect(answer.body.degraded).toBe(false)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(relay.asked).toEqual([
      {
        interests: [{ kind: 'auction', id: liked?.id, weight: 1 }],
        kinds: ['auction'],
        limit: 300,
        without: [],
        where: { states: ['scheduled', 'running'] },
        spread: true,
      },
    ])
  })

  it('is asked for by the last ten, newer ones weighing more, and without saying who asks', async () => {
    const made = await manyAuctions(11)
    const reader = await actor('reader')
    const relay = withRelay()
    for (const { id } of made) must(await tell(reader, [opened(id)]), 204)
    // Once more: it is the newest now.
    must(await tell(reader, [opened(made[5]?.id ?? '')]), 204)
    await reader.get(path, ownMinute())
    const { interests } = relay.asked[0] as SimilarRequest
    const newestFirst = [made[5], ...made.filter((_, place) => place !== 5).reverse()].slice(0, 10)
    expect(interests.map(({ id }) => id)).toEqual(newestFirst.map((one) => one?.id))
    const weights = interests.map(({ weight }) => weight)
    expect(weights).toEqual([...new Set(weights)].toSorted((a, b) => b - a))
    expect(JSON.stringify(relay.asked)).not.toContain(reader.account)
  }, 60_000)

  it('goes on with popular and new to the very end, in an order that stands, nothing twice', async () => {
    const made = (await manyAuctions(8)).map(({ id }) => id)
    const [liked = ''] = made
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(liked)])
    relay.resemble = () => near([made[6] ?? '', made[3] ?? '', made[4] ?? ''], liked)
    const pages = await walk(`${path}?limit=2`, {
      as: reader,
      at: ownMinute(),
      between: async () => {
        relay.resemble = () => near(made.toReversed(), liked)
        await tell(reader, [opened(made[7] ?? '')])
      },
    })
    const ids = walkedIds(pages)
    expect(ids.slice(0, 3)).toEqual([made[6], made[3], made[4]])
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of made) expect(ids).toContain(id)
    const whys = pages.flatMap(({ items }) => items.map(({ why }: AuctionCard) => why?.code))
    expect(whys.slice(0, 3)).toEqual(['similar-to', 'similar-to', 'similar-to'])
    expect(whys.slice(3).every((why) => why === 'popular' || why === 'new')).toBe(true)
    expect(relay.asked).toHaveLength(1)
  })

  it('has an order that is kept for 30 minutes, for its reader alone', async () => {
    const made = (await manyAuctions(4)).map(({ id }) => id)
    const [reader, other] = [await actor('reader'), await actor('other')]
    const relay = withRelay()
    await tell(reader, [opened(made[0] ?? '')])
    relay.resemble = () => near(made.slice(1), made[0] ?? '')
    const { later = 0 } = ownMinute()
    const { nextCursor } = must(await reader.get(`${path}?limit=1`, { later }), 200)
    const next = async (who: Actor, ms: number) => {
      const then = await logInAgain(who, { later: later + ms })
      return then.get(`${path}?limit=2&cursor=${nextCursor}`, { later: later + ms })
    }
    expect(idsOf(await next(reader, 28 * MINUTE))).toEqual(made.slice(2))
    expectProblem(await next(reader, 31 * MINUTE), 'bad-cursor')
    expectProblem(await next(other, 0), 'bad-cursor')
  })

  it('leaves out what is looked up again at each page: own, ended, suspended, marked, hidden, just seen', async () => {
    const [liked, less, ended, seen, fine] = await manyAuctions(5)
    const [loud, banned] = [await actor('loud'), await actor('banned')]
    const [hers, his] = [await auction(loud), await auction(banned)]
    const reader = await actor('reader')
    const own = await auction(reader)
    const all = [liked, fine, less, ended, seen, hers, his, own].map((one) => one?.id ?? '')
    const relay = withRelay()
    await tell(reader, [opened(liked?.id ?? '')])
    relay.resemble = () => near(all.slice(1), liked?.id ?? '')
    const at = ownMinute()
    const pages = await walk(`${path}?limit=1`, {
      as: reader,
      at,
      between: async () => {
        must(await feedback(reader, less?.id ?? '', 'less'), 204)
        must(await feedback(reader, hers.id, 'hide-author'), 204)
        must(await tell(reader, [dwelt(seen?.id ?? '')]), 204)
        await suspend(banned, Date.now() + HOUR)
        await setRoomClock(ended?.id ?? '', 10 * HOUR)
        await stateOf({ id: ended?.id ?? '' })
        await eventually(async () => {
          const { body } = await ask('GET', `/api/auctions/cards?ids=${ended?.id}`)
          expect(body.items[0].badge).toBe('ended')
        })
      },
    })
    const ids = walkedIds(pages)
    expect(ids[0]).toBe(fine?.id)
    for (const id of all.slice(2)) expect(ids).not.toContain(id)
    // Opened is not seen: it comes, though not as near to itself.
    expect(ids).toContain(liked?.id)
  })

  it('leaves out what was seen for 7 days, and asks the index to', async () => {
    const [liked, seen] = await manyAuctions(2)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(liked?.id ?? ''), dwelt(seen?.id ?? '')])
    expect(idsOf(await reader.get(`${path}?limit=50`, ownMinute()))).not.toContain(seen?.id)
    expect(relay.asked[0]).toMatchObject({ without: [seen?.id] })
    const later = 7 * DAY + HOUR
    const then = await logInAgain(reader, { later })
    expect(idsOf(await then.get(`${path}?limit=50`, { later }))).toContain(seen?.id)
  })

  it('takes seven queries for the first page and six for the others, once it is known who asks', async () => {
    const made = (await manyAuctions(5)).map(({ id }) => id)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(made[0] ?? '')])
    relay.resemble = () => near(made.slice(1), made[0] ?? '')
    const at = ownMinute()
    // Who asks is remembered from here.
    await reader.get('/api/accounts/me', at)
    const first = await reader.get(`${path}?limit=2`, at)
    const queries = ({ headers }: typeof first) =>
      Number(/"(\d+) queries/.exec(headers.get('server-timing') ?? '')?.[1])
    expect(queries(first)).toBe(7)
    const second = await reader.get(`${path}?limit=1&cursor=${first.body.nextCursor}`, at)
    expect(queries(second)).toBe(6)
  })
})

describe('without a history', () => {
  it('somebody gets the common order, and the index is not asked', async () => {
    await manyAuctions(1)
    const reader = await actor('reader')
    const relay = withRelay()
    const at = ownMinute()
    const { body } = await reader.get(`${path}?limit=50`, at)
    expect(body).toMatchObject({ degraded: false })
    expect(body.items.every(({ why }: AuctionCard) => why?.code === 'popular' || why?.code === 'new')).toBe(true)
    expect(idsOf({ ...(await ask('GET', `${path}?limit=50`, at)) })).toEqual(idsOf({ body } as never))
    expect(relay.asked).toEqual([])
  })
})

describe('feedback', () => {
  it('is taken back by undo, both kinds', async () => {
    const seller = await actor('seller')
    const [one, two] = [await auction(seller), await auction(seller)]
    const reader = await actor('reader')
    const shown = async () => idsOf(await reader.get(`${path}?limit=50`, ownMinute()))
    must(await feedback(reader, one.id, 'less'), 204)
    must(await feedback(reader, one.id, 'less'), 204)
    expect(await shown()).toContain(two.id)
    expect(await shown()).not.toContain(one.id)
    must(await feedback(reader, two.id, 'hide-author'), 204)
    expect(await shown()).not.toContain(two.id)
    must(await feedback(reader, two.id, 'undo'), 204)
    expect(await shown()).toContain(two.id)
    expect(await shown()).not.toContain(one.id)
    must(await feedback(reader, one.id, 'undo'), 204)
    expect(await shown()).toContain(one.id)
  })

  it('has one effect and one answer for each key', async () => {
    const [seller, reader] = await Promise.all([actor('seller'), actor('reader')])
    const { id } = await auction(seller)
    const give = (verdict: string) =>
      reader.post('/api/recommendations/feedback', { target: id, verdict }, keyed('feedback-0123456789'))
    must(await give('less'), 204)
    must(await feedback(reader, id, 'undo'), 204)
    const again = await give('less')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([204, 'true'])
    expect(idsOf(await reader.get(`${path}?limit=50`, ownMinute()))).toContain(id)
    expectProblem(await give('hide-author'), 'key-reused')
  })

  it('is about what is there, and in known words', async () => {
    const reader = await actor('reader')
    const sketch = await draft(await actor('seller'))
    for (const target of [sketch.id, 'nonsense', reader.account])
      expectProblem(await feedback(reader, target, 'less'), 'not-found')
    expectProblem(await feedback(reader, sketch.id, 'more'), 'invalid-fields')
  })
})

describe('forgetting', () => {
  it('deletes at once everything that was written down, and acts on the next page', async () => {
    const made = (await manyAuctions(4)).map(({ id }) => id)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(made[0] ?? ''), dwelt(made[1] ?? '')])
    await feedback(reader, made[2] ?? '', 'less')
    relay.resemble = () => near([made[3] ?? ''], made[0] ?? '')
    const at = ownMinute()
    const { nextCursor } = (await reader.get(`${path}?limit=1`, at)).body
    expect(await keptAbout(reader)).toBe(4)
    must(await forget(reader), 204)
    expect(await keptAbout(reader)).toBe(0)
    must(await forget(reader), 204)
    expectProblem(await reader.get(`${path}?limit=1&cursor=${nextCursor}`, at), 'bad-cursor')
    const again = await reader.get(`${path}?limit=50`, ownMinute())
    for (const id of made) expect(idsOf(again)).toContain(id)
    expect(relay.asked).toHaveLength(1)
  })

  it('comes by itself after 90 days', async () => {
    const [one] = await manyAuctions(1)
    const reader = await actor('reader')
    await tell(reader, [opened(one?.id ?? '')])
    await cronIn(89 * DAY)
    expect(await keptAbout(reader)).toBe(1)
    await cronIn(91 * DAY)
    expect(await keptAbout(reader)).toBe(0)
  })
})

describe('with personalisation switched off', () => {
  it('what was collected is deleted, nothing is collected, and nothing is used', async () => {
    const [one, two] = await manyAuctions(2)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(one?.id ?? ''), dwelt(two?.id ?? '')])
    await feedback(reader, two?.id ?? '', 'less')
    must(await personalised(reader, false), 200)
    expect(await keptAbout(reader)).toBe(0)
    must(await tell(reader, [opened(one?.id ?? ''), dwelt(two?.id ?? '')]), 204)
    for (const verdict of ['less', 'hide-author', 'undo'])
      expectProblem(await feedback(reader, two?.id ?? '', verdict), 'personalisation-off')
    expect(await keptAbout(reader)).toBe(0)
    expect(idsOf(await reader.get(`${path}?limit=50`, ownMinute()))).toContain(two?.id)
    expect(relay.asked).toEqual([])
  })

  it('views still count, and switched on again it begins anew', async () => {
    const [one, two] = await manyAuctions(2)
    const reader = await actor('reader')
    must(await personalised(reader, false), 200)
    const relay = withRelay()
    await tell(reader, [opened(one?.id ?? '')])
    await eventually(() => expect(relay.toldOf(one?.id ?? '')).toContain('view-counted'))
    must(await personalised(reader, true), 200)
    await tell(reader, [opened(two?.id ?? '')])
    await reader.get(path, ownMinute())
    expect(relay.asked).toMatchObject([{ interests: [{ id: two?.id }] }])
  })
})

describe('related', () => {
  const related = (target: string, who?: Actor) =>
    (who?.get ?? ((address: string) => ask('GET', address)))(`/api/recommendations/related?target=${target}`)
  const relatedIds = ({ body }: Awaited<ReturnType<typeof related>>) =>
    body.items.map((item: { auction: AuctionCard }) => item.auction.id)

  it('is what is near to one thing, at most twelve, open ones alone, without itself', async () => {
    const made = (await manyAuctions(14)).map(({ id }) => id)
    const gone = await actor('seller')
    const cancelled = await auction(gone)
    must(await gone.post(`/api/auctions/${cancelled.id}/cancel`, { reason: 'x' }), 200)
    const relay = withRelay()
    const [target = ''] = made
    relay.resemble = () => near([target, cancelled.id, ...made.slice(1)], target)
    const answer = await related(target)
    expect(answer.body.degraded).toBe(false)
    expect(answer.body.items[0].kind).toBe('auction')
    expect(relatedIds(answer)).toEqual(made.slice(1, 13))
    expect(relay.asked).toMatchObject([{ interests: [{ kind: 'auction', id: target, weight: 1 }], spread: true }])
    expect(answer.headers.get('cache-control')).toContain('s-maxage=30')
  }, 60_000)

  it('leaves out for its reader what they do not want', async () => {
    const made = (await manyAuctions(3)).map(({ id }) => id)
    const [target = '', less = '', fine] = made
    const reader = await actor('reader')
    const relay = withRelay()
    await feedback(reader, less, 'less')
    relay.resemble = () => near(made, target)
    expect(relatedIds(await related(target, reader))).toEqual([fine])
    expect((await related(target, reader)).headers.get('cache-control')).toBe('private, no-store')
  })

  it('is of what everyone may see', async () => {
    const seller = await actor('seller')
    const sketch = await draft(seller)
    for (const target of [sketch.id, seller.account, 'nonsense']) {
      expectProblem(await related(target), 'not-found')
      expectProblem(await related(target, seller), 'not-found')
    }
    expectProblem(await ask('GET', '/api/recommendations/related'), 'bad-query')
  })
})
