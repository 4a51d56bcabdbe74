import { describe, expect, it } from 'vitest'
import { actor, suspend } from '../../support/worker/actors.ts'
import { ask, fetchApp, type Request } from '../../support/worker/app.ts'
import { auction, draft, inMs, must } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { found, idsOf, manyAuctions, walk, walkedIds } from '../../support/worker/search.ts'

const search = (query: string) => ask('GET', `/api/search?${query}`)

describe('searching auctions', () => {
  it('gives cards in the order of the index, best match first', async () => {
    const made = await manyAuctions(4)
    const relay = withRelay()
    const order = [made[2], made[0], made[3], made[1]].map((one) => one?.id ?? '')
    relay.find = () => found(order)
    const answer = await search('q=camera')
    expect(must(answer, 200)).toMatchObject({ type: 'auctions', nextCursor: null, degraded: false })
    expect(idsOf(answer)).toEqual(order)
    expect(answer.body.items[0]).toMatchObject({ title: '필름 카메라', seller: { name: 'seller' } })
    expect(relay.asked).toEqual([{ text: 'camera', kinds: ['auction'], limit: 300 }])
  })

  it('keeps the order over pages, whatever the index says meanwhile', async () => {
    const made = (await manyAuctions(7)).map(({ id }) => id)
    const relay = withRelay()
    relay.find = () => found(made)
    const pages = await walk('/api/search?q=lamp&limit=3', {
      between: async () => (relay.find = () => found(made.toReversed())),
    })
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1])
    expect(walkedIds(pages)).toEqual(made)
    expect(relay.asked).toHaveLength(1)
  })

  it('keeps it for 30 minutes, for the same words alone', async () => {
    const made = (await manyAuctions(3)).map(({ id }) => id)
    const relay = withRelay()
    relay.find = () => found(made)
    const { nextCursor } = must(await search('q=desk&limit=1'), 200)
    const next = (query: string, later = 0) => ask('GET', `/api/search?${query}&cursor=${nextCursor}`, { later })
    expect(idsOf(await next('q=desk&limit=2', 29 * MINUTE))).toEqual(made.slice(1))
    expectProblem(await next('q=desk&limit=2', 31 * MINUTE), 'bad-cursor')
    expectProblem(await next('q=chair&limit=2'), 'bad-cursor')
    expectProblem(await search('q=desk&cursor=nonsense'), 'bad-cursor')
  })

  it('passes over what is made up, named twice, a draft, or not on public lists any more', async () => {
    const seller = await actor('seller')
    const [one, gone, two] = [await auction(seller), await auction(seller), await auction(seller)]
    const sketch = await draft(seller)
    must(await seller.post(`/api/auctions/${gone.id}/cancel`, { reason: 'broken' }), 200)
    const relay = withRelay()
    relay.find = () =>
      found([gone.id, 'auc_nonsense', two.id, sketch.id, seller.account, two.id, one.id, '', "' or 1=1 --"])
    expect(idsOf(await search('q=x'))).toEqual([two.id, one.id])
  })

  it('takes words of 1 to 100 characters, types that there are, and pages of up to 50', async () => {
    for (const query of ['', 'q=', `q=${'가'.repeat(101)}`, 'q=x&type=posts', 'q=x&limit=51', 'q=x&limit=0'])
      expectProblem(await search(query), 'bad-query')
    withRelay().find = () => found([])
    expect((await search(`q=${'가'.repeat(100)}`)).body.items).toEqual([])
  })

  it('may be given to other visitors, and to nobody else with a token', async () => {
    withRelay()
    expect((await search('q=x')).headers.get('cache-control')).toContain('s-maxage=10')
    const reader = await actor('reader')
    expect((await reader.get('/api/search?q=x')).headers.get('cache-control')).toBe('private, no-store')
  })

  it('takes three queries for a page, and one more to keep an order', async () => {
    const made = (await manyAuctions(3)).map(({ id }) => id)
    withRelay().find = () => found(made)
    const queries = async (query: string) => (await search(query)).headers.get('server-timing')
    expect(await queries('q=chest')).toBe('d1;desc="3 queries"')
    expect(await queries('q=chest&limit=2')).toBe('d1;desc="4 queries"')
  })
})

describe('an order of auctions', () => {
  const from = (ip: string, token: string | null = null) => ({ limited: true, ip, token })
  let words = 0
  /** Words of their own, which no cache knows. */
  const first = (request: Request, query = '') => ask('GET', `/api/search?q=limit${(words += 1)}${query}`, request)

  it('is made thirty times a minute for each account', async () => {
    const [reader, other] = [await actor('reader'), await actor('other')]
    withRelay()
    for (let count = 0; count < 30; count += 1) must(await first(from(`198.51.100.${count % 2}`, reader.token)), 200)
    expectProblem(await first(from('198.51.100.2', reader.token)), 'too-many-requests')
    must(await first(from('198.51.100.2', other.token)), 200)
  })

  it('is made thirty times a minute for each address of visitors, by route and by page', async () => {
    withRelay()
    const page = async (ip: string) => (await fetchApp('GET', `/search?q=limit${(words += 1)}`, from(ip))).status
    for (let count = 0; count < 29; count += 1) must(await first(from('198.51.100.30')), 200)
    expect(await page('198.51.100.30')).toBe(200)
    expectProblem(await first(from('198.51.100.30')), 'too-many-requests')
    expect(await page('198.51.100.30')).toBe(429)
    expect(await page('198.51.100.31')).toBe(200)
  })

  it('is walked without a count', async () => {
    const made = (await manyAuctions(2)).map(({ id }) => id)
    withRelay().find = () => found(made)
    const reader = from('198.51.100.32')
    const { nextCursor } = must(await ask('GET', '/api/search?q=walked&limit=1', reader), 200)
    const next = () => ask('GET', `/api/search?q=walked&limit=1&cursor=${nextCursor}`, reader)
    for (let count = 0; count < 29; count += 1) must(await first(reader), 200)
    expectProblem(await first(reader), 'too-many-requests')
    expect(idsOf(await next())).toEqual(made.slice(1))
  })
})

describe('searching people', () => {
  it('is for those who have signed in, and gives person cards without oneself', async () => {
    const [reader, one, two] = [await actor('reader'), await actor('one'), await actor('two')]
    const relay = withRelay()
    relay.find = () => found([two.account, reader.account, 'acc_nonsense', one.account], 'person')
    expectProblem(await search('q=x&type=people'), 'not-signed-in')
    const { body } = await reader.get('/api/search?q=x&type=people')
    expect(body).toMatchObject({ type: 'people', nextCursor: null, degraded: false })
    expect(body.items).toMatchObject([{ handle: two.handle, name: 'two' }, { handle: one.handle }])
    expect(JSON.stringify(body)).not.toContain(one.account)
    await suspend(reader, Date.now() + HOUR)
    expectProblem(await reader.get('/api/search?q=x&type=people'), 'account-suspended')
  })

  it('walks pages in one order', async () => {
    const people = [await actor('a1'), await actor('a2'), await actor('a3')]
    const reader = await actor('reader')
    const relay = withRelay()
    relay.find = () =>
      found(
        people.map(({ account }) => account),
        'person',
      )
    const pages = await walk('/api/search?q=x&type=people&limit=2', {
      as: reader,
      between: async () => (relay.find = () => found([])),
    })
    expect(pages.flatMap(({ items }) => items.map(({ handle }: { handle: string }) => handle))).toEqual(
      people.map(({ handle }) => handle),
    )
  })

  it('stops at sixty a minute', async () => {
    const reader = await actor('reader')
    withRelay()
    const ask = () => reader.get('/api/search?q=x&type=people', { limited: true, ip: '198.51.100.20' })
    for (let count = 0; count < 60; count += 1) must(await ask(), 200)
    expectProblem(await ask(), 'too-many-requests')
  })
})

describe('suggestions', () => {
  const suggest = (words: string) => ask('GET', `/api/search/suggestions?q=${encodeURIComponent(words)}`)

  it('are titles of open auctions, each once, by beginnings of words', async () => {
    const seller = await actor('seller')
    const title = '감귤색 자전거'
    await auction(seller, { title })
    await auction(seller, { title, startsAt: inMs(HOUR) })
    const gone = await auction(seller, { title: '감귤색 의자' })
    must(await seller.post(`/api/auctions/${gone.id}/cancel`, { reason: 'x' }), 200)
    await draft(seller, { title: '감귤색 비밀' })
    expect((await suggest('감귤')).body.items).toEqual([{ kind: 'title', text: title }])
    expect((await suggest('자전거 감귤')).body.items).toEqual([{ kind: 'title', text: title }])
    // Words of the text alone are no title.
    expect((await suggest('아버지가')).body.items).toEqual([])
  })

  it('hold people for those who have signed in: handles first, then names', async () => {
    const byName = await actor('mango tree')
    const byHandle = await actor('other', { handle: 'mango.seller' })
    const reader = await actor('reader')
    const people = async (words: string) =>
      (await reader.get(`/api/search/suggestions?q=${words}`)).body.items.map(
        ({ person }: { person: { handle: string } }) => person.handle,
      )
    expect((await suggest('mango')).body.items).toEqual([])
    expect(await people('mango')).toEqual([byHandle.handle, byName.handle])
    expect(await people('@MANGO.')).toEqual([byHandle.handle])
    expect(await people('Mango+t')).toEqual([byName.handle])
    expect(await people('%25')).toEqual([])
  })

  it('take any words, and no query language', async () => {
    for (const words of ['"', 'title:x', '* OR *', "'; drop table auction", '𝒳'])
      expect((await suggest(words)).status).toBe(200)
    expectProblem(await suggest(''), 'bad-query')
  })

  it('stop at sixty a minute', async () => {
    const reader = await actor('reader')
    const type = () => reader.get('/api/search/suggestions?q=x', { limited: true, ip: '198.51.100.21' })
    for (let count = 0; count < 60; count += 1) must(await type(), 200)
    expectProblem(await type(), 'too-many-requests')
  })
})
