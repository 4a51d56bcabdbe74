import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AuctionRoom } from '../../../worker/auctions/room.ts'
import { Delivery } from '../../../worker/auctions/room/delivery.ts'
import type { AuctionView } from '../../../worker/contract/auctions.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { ask, fetchApp, origin, type Request } from '../../support/worker/app.ts'
import { auction, draft, inMs, keyed, must, publish } from '../../support/worker/auctions.ts'
import { HOUR, laterBy, SECOND, setRoomClock } from '../../support/worker/clock.ts'
import { eventually, roomStub } from '../../support/worker/rooms.ts'

/** How many calls of rooms that want pages forgotten are under way. */
let forgetting = 0
const waysOut = Delivery.prototype as unknown as { purge(tags: string[]): Promise<void> }
const { purge } = waysOut
waysOut.purge = async function counted(this: Delivery, tags) {
  forgetting += 1
  await purge.call(this as never, tags)
  forgetting -= 1
}

/**
 * Waits until every room has told D1 all it knows, and what rooms want forgotten is forgotten. They gather that for a second, so it may
 * else fall between a visit and its repetition.
 */
async function allIsForgotten(): Promise<void> {
  const { results } = await env.DB.prepare("select id from auction where state <> 'draft'").all<{ id: string }>()
  for (const { id } of results) await eventually(async () => expect(await isBehind(id)).toBe(false))
  await eventually(() => expect(forgetting).toBe(0))
}

function isBehind(id: string): Promise<boolean> {
  return runInDurableObject(roomStub(id), (room: AuctionRoom) => {
    const { delivery } = Reflect.get(room, 'room') as { delivery: object }
    return Reflect.get(delivery, 'isBehind') as boolean
  })
}

/** As a visitor's browser asks: without the local key, so past the cache. */
async function visit(path: string, request: Request = {}) {
  const response = await fetchApp('GET', path, { limited: true, ...request })
  return {
    status: response.status,
    headers: response.headers,
    html: await response.text(),
    cache: response.headers.get('cf-cache-status'),
    timing: response.headers.get('server-timing'),
  }
}

const pageOf = ({ id }: Pick<AuctionView, 'id'>) => `/auctions/${id}`
const bid = (who: Actor, { id }: AuctionView, amount: number) =>
  who.post(`/api/auctions/${id}/bids`, { kind: 'exact', amount }, keyed())

/** The scalars of a page's head, by name or property. */
function metaOf(html: string): Record<string, string> {
  const tags = [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)]
  return Object.fromEntries(tags.map(([, name = '', content = '']) => [name, content]))
}

/** What a browser would make of it: scripts, inline handlers, elements. */
async function parsed(html: string) {
  const scripts: { type: string; source: string }[] = []
  const handlers: string[] = []
  const tags: string[] = []
  const rewriter = new HTMLRewriter()
    .on('*', {
      element: ({ tagName, attributes }) => {
        const all = [...attributes]
        handlers.push(...all.map(([name = '']) => name).filter((name) => name.startsWith('on')))
        tags.push(tagName, `${tagName} src=${all.find(([name]) => name === 'src')?.[1] ?? ''}`)
      },
    })
    .on('script', {
      element: (element) => {
        scripts.push({ type: element.getAttribute('type') ?? '', source: '' })
      },
      text: ({ text }) => {
        const open = scripts.at(-1)
        if (open) open.source += text
      },
    })
  await rewriter.transform(new Response(html)).text()
  expect(tags.length).toBeGreaterThan(20)
  return { scripts, handlers, tags }
}

describe('a second visitor', () => {
  it('costs no query while the page lives, and is told so', async () => {
    const one = await auction(await actor('seller'))
    await allIsForgotten()
    for (const path of [pageOf(one), `/en${pageOf(one)}`, `${pageOf(one)}/ledger`, `/auctions?search=${one.id}`]) {
      const first = await visit(path)
      expect([first.status, first.cache]).toEqual([200, 'MISS'])
      expect(first.timing).toMatch(/^d1;desc="[1-9]\d* queries"$/)
      const second = await visit(path)
      expect([second.cache, second.timing]).toEqual(['HIT', 'd1;desc="0 queries"'])
      expect(second.html).toBe(first.html)
      const known = await visit(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
      expect([known.status, known.html]).toEqual([304, ''])
    }
  })

  it('has cost the first one three queries at most', async () => {
    const one = await auction(await actor('seller'))
    for (const path of [pageOf(one), `${pageOf(one)}/ledger`, '/auctions', '/auctions?sort=ending&category=digital'])
      expect((await visit(path)).timing).toMatch(/"[1-3] queries"/)
  })

  it('is served for five seconds of a running auction, longer of one that stands still', async () => {
    const seller = await actor('seller')
    const [running, scheduled] = [await auction(seller), await auction(seller, { startsAt: inMs(HOUR) })]
    await allIsForgotten()
    const first = await visit(pageOf(running))
    await laterBy(2 * SECOND, async () => expect((await visit(pageOf(running))).cache).toBe('HIT'))
    await laterBy(6 * SECOND, async () => expect((await visit(pageOf(running))).cache).toBe('EXPIRED'))
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=5, must-revalidate')
    expect(first.headers.get('cache-tag')?.split(',')).toContain(running.id)
    expect((await visit(pageOf(scheduled))).headers.get('cache-control')).toMatch(/s-maxage=60/)
    await laterBy(30 * SECOND, async () => expect((await visit(pageOf(scheduled))).cache).toBe('HIT'))
  })

  it('is told of a query count that stays small', async () => {
    const one = await auction(await actor('seller'))
    for (const path of [
      '/api/auctions',
      '/api/auctions/popular',
      `/api/auctions/${one.id}`,
      '/api/auctions?search=x',
    ]) {
      const { timing } = await visit(`${path}${path.includes('?') ? '&' : '?'}limit=5`)
      expect(Number(/\d+/.exec(timing?.replace('d1', '') ?? '')?.[0])).toBeLessThanOrEqual(3)
    }
    expect((await visit(`/api/auctions/cards?ids=${one.id}`)).timing).toBe('d1;desc="1 queries"')
  })
})

describe('a change', () => {
  it('is seen at once by the next visitor: a note, the end called off', async () => {
    const seller = await actor('seller')
    const one = await auction(seller)
    expect((await visit(pageOf(one))).html).not.toContain('필터도 드려요')
    must(await seller.post(`/api/auctions/${one.id}/notes`, { text: '필터도 드려요' }), 201)
    const noted = await visit(pageOf(one))
    expect(noted.cache).toBe('MISS')
    expect(noted.html).toContain('필터도 드려요')
    must(await seller.post(`/api/auctions/${one.id}/cancel`, { reason: '깨뜨렸어요' }), 200)
    const cancelled = await visit(pageOf(one))
    expect(cancelled.cache).toBe('MISS')
    expect(cancelled.html).toContain('깨뜨렸어요')
  })

  it('is seen on lists: published, called off', async () => {
    const seller = await actor('seller')
    const sketch = await draft(seller, { title: '하나뿐인 도자기', startsAt: inMs(HOUR) })
    const path = `/auctions?search=${encodeURIComponent('하나뿐인 도자기')}`
    // Of the auctions before this one.
    await allIsForgotten()
    expect((await visit(path)).html).not.toContain(sketch.id)
    expect((await visit(path)).cache).toBe('HIT')
    await publish(seller, sketch)
    expect((await visit(path)).html).toContain(sketch.id)
    expect((await seller.delete(`/api/auctions/${sketch.id}`)).status).toBe(204)
    expect((await visit(path)).html).not.toContain(sketch.id)
  })

  it('of the seller’s name is seen on the page', async () => {
    const seller = await actor('seller')
    const one = await auction(seller)
    expect((await visit(pageOf(one))).html).not.toContain('새이름이에요')
    const { version } = (await seller.get(`/api/accounts/users/${seller.handle}`)).body
    const headers = { 'if-match': `"${version}"` }
    must(await seller.patch(`/api/accounts/users/${seller.handle}`, { name: '새이름이에요' }, { headers }), 200)
    expect((await visit(pageOf(one))).html).toContain('새이름이에요')
  })

  it('is seen when the auction starts and ends by its own clock', async () => {
    const seller = await actor('seller')
    const one = await auction(seller, { startsAt: inMs(HOUR) })
    const shown = async () => /"state":"(\w+)"/.exec((await visit(pageOf(one))).html)?.[1]
    expect(await shown()).toBe('scheduled')
    await setRoomClock(one.id, HOUR)
    await ask('GET', `/api/auctions/${one.id}/state`)
    await expect.poll(shown, { timeout: 5_000 }).toBe('running')
    await setRoomClock(one.id, 2 * HOUR)
    await ask('GET', `/api/auctions/${one.id}/state`)
    await expect.poll(shown, { timeout: 5_000 }).toBe('unsold')
  })

  it('of a bid or a like makes nobody forget a page', async () => {
    const one = await auction(await actor('seller'))
    const bidder = await actor('bidder')
    await allIsForgotten()
    await visit(pageOf(one))
    must(await bid(bidder, one, 10_000), 201)
    must(await bidder.post('/api/likes/auction-likes', { auction: one.id }), 201)
    // Its five seconds may have passed; what was purged would be a MISS.
    expect(['HIT', 'EXPIRED']).toContain((await visit(pageOf(one))).cache)
  })
})

describe('a kept page', () => {
  it('holds nothing of whoever asked for it', async () => {
    const seller = await actor('seller')
    const one = await auction(seller, { reservePrice: 76_500 })
    const reader = await actor('reader')
    must(await bid(reader, one, 10_000), 201)
    must(await reader.post('/api/likes/auction-likes', { auction: one.id }), 201)
    await allIsForgotten()
    const asReader = await visit(`${pageOf(one)}?first`, {
      token: reader.token,
      cookies: reader.cookies,
      headers: { 'accept-language': 'en' },
    })
    const asNobody = await visit(`${pageOf(one)}?first`)
    expect(asNobody.cache).toBe('HIT')
    expect(asNobody.html).toBe(asReader.html)
    expect(asReader.headers.getSetCookie()).toEqual([])
    for (const secret of [reader.handle, reader.account, seller.account, '76500', '76,500'])
      expect(asReader.html).not.toContain(secret)
  })

  it('of a draft or of nothing does not exist, and is not kept', async () => {
    const sketch = await draft(await actor('seller'), { title: '아직 비밀' })
    for (const path of [pageOf(sketch), '/auctions/auc_nonsense', '/en/auctions/nonsense']) {
      const page = await visit(path)
      expect([page.status, page.headers.get('cache-control')]).toEqual([404, 'no-store'])
      expect(page.html).not.toContain('아직 비밀')
    }
  })

  it('never carries what people wrote as markup', async () => {
    const evil = [
      '</script><script>evil()</script>',
      '"><img src=x onerror=evil()>',
      "'-evil()-'",
      '<!--<script>',
      '%app% %data% ${evil} {{evil}}',
    ]
    const seller = await actor('"><script>x()</script>')
    const bidder = await actor('<img src=x onerror=1>')
    for (const title of evil) {
      const one = await auction(seller, {
        title,
        content: evil.join('\n'),
        defects: evil[0],
        region: '<b onclick=x>',
      })
      must(await seller.post(`/api/auctions/${one.id}/notes`, { text: evil.join(' ') }), 201)
      must(await bidder.post(`/api/auctions/${one.id}/messages`, { text: evil[0] }, keyed()), 201)
      const shown = { kind: 'exact', amount: 10_000, showName: true }
      must(await bidder.post(`/api/auctions/${one.id}/bids`, shown, keyed()), 201)
      for (const path of [pageOf(one), `/en${pageOf(one)}`, `/auctions?search=${encodeURIComponent('evil')}`, '/']) {
        const { html, headers } = await visit(
          `${path}${path.includes('?') ? '&' : '?'}evil=${encodeURIComponent(title)}`,
        )
        if (path.includes(one.id)) expect(html).toContain('evil()')
        const { scripts, handlers, tags } = await parsed(html)
        for (const { type, source } of scripts)
          if (/json/.test(type)) expect(() => JSON.parse(source) as unknown).not.toThrow()
          else expect(source).not.toContain('evil')
        expect(handlers).toEqual([])
        expect(tags).not.toContain('b')
        expect(tags).not.toContain('img src=x')
        expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
      }
      await setRoomClock(one.id, 2 * HOUR)
      await ask('GET', `/api/auctions/${one.id}/state`)
      await expect
        .poll(async () => (await ask('GET', `/api/auctions/cards?ids=${one.id}`)).body.items[0].badge)
        .toBe('ended')
    }
  })
})

describe('what others see of a page when it is shared', () => {
  it('is its title, its picture as JPEG, both languages and the truth about the offer', async () => {
    const seller = await actor('seller')
    const one = await auction(seller, { title: '필름 & "카메라"', content: '셔터가 잘 눌려요.\n가죽 상자도 있어요.' })
    must(await bid(await actor('bidder'), one, 12_000), 201)
    const { html } = await visit(`/en${pageOf(one)}`)
    expect(/<title>([^<]*)<\/title>/.exec(html)?.[1]).toContain('필름 &amp; &quot;카메라&quot;')
    expect(metaOf(html)).toMatchObject({
      description: expect.stringContaining('셔터가 잘 눌려요.'),
      'og:title': '필름 &amp; &quot;카메라&quot;',
      'og:type': 'product',
      'og:url': `${origin}/en${pageOf(one)}`,
      'og:image': expect.stringMatching(/^http:\/\/localhost\/media\/med_\w+\/share\.jpg$/),
      'og:image:width': '1200',
      'og:image:height': '630',
    })
    const link = (rel: string, more = '') => new RegExp(`<link rel="${rel}" href="([^"]+)"${more}>`).exec(html)?.[1]
    expect(link('canonical')).toBe(`${origin}/en${pageOf(one)}`)
    expect(link('alternate', ' hreflang="ko"')).toBe(`${origin}${pageOf(one)}`)
    expect(link('alternate', ' hreflang="en"')).toBe(`${origin}/en${pageOf(one)}`)
    const structured = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
    expect(JSON.parse(structured)).toMatchObject({
      '@type': 'Product',
      name: '필름 & "카메라"',
      offers: { '@type': 'Offer', price: 12_000, priceCurrency: 'KRW', availability: 'https://schema.org/InStock' },
    })
  })
})
