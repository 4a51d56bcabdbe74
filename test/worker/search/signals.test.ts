import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { auction, draft, must } from '../../support/worker/auctions.ts'
import { cronIn, DAY, HOUR, MINUTE } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay, type TestRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'
import { dwelt, manyAuctions, opened, tell } from '../../support/worker/search.ts'

const interestsOf = async ({ account }: Actor) =>
  (
    await env.DB.prepare('select target, seen_at as seenAt from interest where account = ? order by at desc')
      .bind(account)
      .all<{ target: string; seenAt: number | null }>()
  ).results

/** How many views were counted of each of these, once all that was told has left. */
async function viewsOf(relay: TestRelay, ids: string[]): Promise<number[]> {
  const drain = env.DRAIN.get(env.DRAIN.idFromName('d1'))
  await eventually(async () => {
    await drain.nudge('d1')
    expect(await env.DB.prepare('select count(*) as count from outbox').first('count')).toBe(0)
  })
  return ids.map((id) => relay.toldOf(id).filter((type) => type === 'view-counted').length)
}

const one = async () => (await manyAuctions(1))[0]?.id ?? ''

describe('a view', () => {
  it.each([
    ['an opened page', opened, 1],
    ['10 s of looking', dwelt, 1],
    ['less than that', (id: string) => dwelt(id, 9_999), 0],
    ['a glance', (id: string) => dwelt(id, 1_000), 0],
  ])('is made by %s', async (_, signal, views) => {
    const id = await one()
    const relay = withRelay()
    must(await tell(null, [signal(id)]), 204)
    expect(await viewsOf(relay, [id])).toEqual([views])
  })

  it('counts once per viewer and target in 24 hours, over midnight too, and again after that', async () => {
    const id = await one()
    const [reader, other] = [await actor('reader'), await actor('other')]
    const relay = withRelay()
    await tell(reader, [opened(id), dwelt(id)])
    await Promise.all([1, 2, 3].map(() => tell(reader, [opened(id)])))
    expect(await viewsOf(relay, [id])).toEqual([1])
    await tell(other, [opened(id)])
    expect(await viewsOf(relay, [id])).toEqual([2])
    const visit = async (later: number) => must(await tell(null, [opened(id)], { ip: '198.51.100.9', later }), 204)
    for (const hours of [0, 1, 8, 16, 23]) await visit(hours * HOUR)
    expect(await viewsOf(relay, [id])).toEqual([3])
    await visit(24 * HOUR + MINUTE)
    expect(await viewsOf(relay, [id])).toEqual([4])
  })

  it('of a visitor counts once per address, of an IPv6 one per /64', async () => {
    const id = await one()
    const relay = withRelay()
    const from = (ip: string, agent = 'a browser') => tell(null, [opened(id)], { ip, headers: { 'user-agent': agent } })
    await from('198.51.100.1')
    await from('198.51.100.1', 'another browser')
    await from('198.51.100.2')
    await from('2001:db8:1:2:3:4:5:6')
    await from('2001:db8:1:2:ffff::1')
    expect(await viewsOf(relay, [id])).toEqual([3])
  })

  it('is never of one’s own, of a draft, or of what is not there; the rest of a telling counts', async () => {
    const seller = await actor('seller')
    const [own, sketch] = [await auction(seller), await draft(await actor('other'))]
    const id = await one()
    const relay = withRelay()
    must(
      await tell(seller, [
        opened(own.id),
        opened(sketch.id),
        opened('auc_nonsense'),
        opened(seller.account),
        opened(id),
      ]),
      204,
    )
    expect(await viewsOf(relay, [own.id, sketch.id, 'auc_nonsense', id])).toEqual([0, 0, 0, 1])
    expect(await interestsOf(seller)).toMatchObject([{ target: id }])
  })

  it('leaves without any word of who looked, and its mark is forgotten after a day', async () => {
    const id = await one()
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(id)])
    await viewsOf(relay, [id])
    const told = relay.events.filter(({ stream }) => stream === 'signals')
    expect(told).toMatchObject([{ type: 'view-counted', version: 1, payload: { target: id, kind: 'auction' } }])
    expect(JSON.stringify(told)).not.toContain(reader.account)
    const marks = await env.DB.prepare('select * from view_mark').all()
    expect(marks.results.length).toBeGreaterThan(0)
    for (const secret of [reader.account, id, '203.0.113.1'])
      expect(JSON.stringify(marks.results)).not.toContain(secret)
    await cronIn(3 * DAY)
    expect((await env.DB.prepare('select * from view_mark').all()).results).toEqual([])
  })

  it('takes few queries, however many are told at once', async () => {
    const made = (await manyAuctions(6)).map(({ id }) => id)
    const reader = await actor('reader')
    const queries = async (ids: string[]) =>
      (await tell(reader, ids.map(opened))).headers.get('server-timing')?.match(/"(\d+)/)?.[1]
    // Two for who asks, one for the targets, three for what is written.
    expect(await queries(made.slice(0, 1))).toBe('6')
    expect(await queries(made)).toBe('6')
    expect((await tell(null, [dwelt(made[0] ?? '', 1_000)])).headers.get('server-timing')).toBe('d1;desc="0 queries"')
  })
})

describe('strong interests', () => {
  it('are remembered of those who have signed in, latest first, with what was seen', async () => {
    const [a = '', b = '', c = ''] = (await manyAuctions(3)).map(({ id }) => id)
    const reader = await actor('reader')
    must(await tell(reader, [dwelt(a), opened(b), dwelt(c, 2_000)]), 204)
    expect(await interestsOf(reader)).toEqual([
      { target: b, seenAt: null },
      { target: a, seenAt: expect.any(Number) },
    ])
    must(await tell(reader, [opened(a)]), 204)
    expect((await interestsOf(reader)).map(({ target }) => target)).toEqual([a, b])
    expect((await interestsOf(reader))[0]?.seenAt).toEqual(expect.any(Number))
  })
})

describe('a telling', () => {
  it('holds 1 to 50 signals of known kinds, and nothing that is not named', async () => {
    const id = await one()
    must(
      await tell(
        null,
        Array.from({ length: 50 }, () => opened(id)),
      ),
      204,
    )
    const refused = [
      [],
      Array.from({ length: 51 }, () => opened(id)),
      [{ target: id, kind: 'like', ms: 0 }],
      [{ target: id, kind: 'dwell', ms: -1 }],
      [{ target: id, kind: 'dwell' }],
      [{ target: 7, kind: 'dwell', ms: 0 }],
    ]
    for (const signals of refused) expectProblem(await tell(null, signals), 'invalid-fields')
    expectProblem(await tell(null, [{ ...opened(id), account: 'acc_1' }]), 'unknown-field')
  })

  it('believes no time beyond reason', async () => {
    const id = await one()
    const relay = withRelay()
    must(await tell(null, [dwelt(id, Number.MAX_VALUE)]), 204)
    expect(await viewsOf(relay, [id])).toEqual([1])
  })
})
