import { describe, expect, it } from 'vitest'
import type { AuctionCard, AuctionView } from '../../../worker/contract/auctions.ts'
import { actor, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask, type Answer } from '../../support/worker/app.ts'
import { auction, draft, inMs, keyed, must, publish, type Terms } from '../../support/worker/auctions.ts'
import { HOUR, MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { expectProblem } from '../../support/worker/problems.ts'

let words = 0

/** A word that stands in no other auction of this file. */
function newWord(): string {
  words += 1
  return `낱말${'가나다라마바사아자차카타파하'[words % 14]}${words}`
}

/** So many auctions, three of one seller at most, in the order of publication. */
async function many(count: number, terms: (place: number) => Terms): Promise<AuctionView[]> {
  const made: AuctionView[] = []
  let seller: Actor | null = null
  for (let place = 0; place < count; place += 1) {
    if (!seller || place % 3 === 0) seller = await actor('seller')
    made.push(await auction(seller, terms(place)))
  }
  return made
}

const idsOf = (answer: Answer): string[] => answer.body.items.map(({ id }: AuctionCard) => id)
const list = (query: string) => ask('GET', `/api/auctions?${query}`)

/** All pages of a list, and what happens between the first and the second. */
async function walk(path: string, { as, between }: { as?: Actor; between?: () => Promise<unknown> } = {}) {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = as ? await as.get(path + query) : await ask('GET', path + query)
    must(page, 200)
    pages.push(idsOf(page))
    cursor = page.body.nextCursor
    if (pages.length === 1) await between?.()
  } while (cursor !== null)
  return pages
}

describe('the list', () => {
  it('gives cards that say what a buyer wants to know', async () => {
    const word = newWord()
    const seller = await actor('seller')
    const { id } = await auction(seller, {
      title: `빈티지 ${word}`,
      category: 'furniture',
      buyNowPrice: 50_000,
      reservePrice: 40_000,
      region: '서귀포시',
    })
    const { body } = await list(`search=${word}`)
    expect(body).toEqual({
      nextCursor: null,
      items: [
        {
          id,
          title: `빈티지 ${word}`,
          cover: expect.objectContaining({ thumbhash: 'AAAA', sources: expect.any(Array) }),
          category: 'furniture',
          event: null,
          condition: 'good',
          region: '서귀포시',
          badge: 'running',
          state: 'running',
          startsAt: expect.stringMatching(/Z$/),
          endsAt: expect.stringMatching(/Z$/),
          priceLabel: 'start',
          price: 10_000,
          buyNowPrice: 50_000,
          bidCount: 0,
          likesCount: 0,
          present: 0,
          seller: { handle: seller.handle, name: 'seller' },
        },
      ],
    })
  })

  it('neither repeats nor skips while new ones arrive', async () => {
    const word = newWord()
    const made = await many(7, () => ({ title: word }))
    let late: AuctionView[] = []
    const pages = await walk(`/api/auctions?search=${word}&limit=3`, {
      between: async () => {
        late = await many(2, () => ({ title: word }))
      },
    })
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
    expect(pages.flat()).toEqual(made.map(({ id }) => id).reverse())
    expect(idsOf(await list(`search=${word}&limit=2`))).toEqual(late.map(({ id }) => id).reverse())
  })

  it('orders by the end that was announced, soonest first', async () => {
    const word = newWord()
    const made = await many(4, (place) => ({ title: word, durationMinutes: [40, 10, 30, 20][place] }))
    const pages = await walk(`/api/auctions?search=${word}&sort=ending&limit=2`)
    expect(pages.flat()).toEqual([1, 3, 2, 0].map((place) => made[place]?.id))
  })

  it('keeps the order of popularity for whoever walks it, though likes come and go', async () => {
    const word = newWord()
    const made = await many(5, () => ({ title: word }))
    const fans = [await actor('fan'), await actor('fan')]
    const like = (place: number, fan = fans[0]) => fan?.post('/api/likes/auction-likes', { auction: made[place]?.id })
    await like(2)
    await like(2, fans[1])
    await like(4)
    const slot = Math.ceil(Date.now() / MINUTE) * MINUTE - Date.now()
    const path = `/api/auctions?search=${word}&sort=popular&limit=2`
    const walkAt = { headers: { 'x-local-clock': String(slot) } }
    const first = await ask('GET', path, walkAt)
    expect(idsOf(first)).toEqual([made[2]?.id, made[4]?.id])
    await Promise.all([like(0), like(0, fans[1]), like(1), like(3)])
    const rest = await ask('GET', `${path}&cursor=${encodeURIComponent(first.body.nextCursor)}`, walkAt)
    const last = await ask('GET', `${path}&cursor=${encodeURIComponent(rest.body.nextCursor)}`, walkAt)
    expect(new Set([first, rest, last].flatMap(idsOf))).toEqual(new Set(made.map(({ id }) => id)))
    expect([first, rest, last].flatMap(idsOf)).toHaveLength(5)
    const tooLate = { headers: { 'x-local-clock': String(slot + 32 * MINUTE) } }
    expectProblem(
      await ask('GET', `${path}&cursor=${encodeURIComponent(first.body.nextCursor)}`, tooLate),
      'bad-cursor',
    )
  })

  it('knows what is scheduled, running and ended; what was called off is on none', async () => {
    const word = newWord()
    const [running, scheduled, cancelled, ended] = await many(4, (place) => ({
      title: word,
      ...(place === 1 || place === 2 ? { startsAt: inMs(HOUR) } : {}),
    }))
    const seller = await actor('other')
    expectProblem(await seller.delete(`/api/auctions/${cancelled?.id}`), 'forbidden')
    await endNow(ended)
    const byStatus = async (status: string) => idsOf(await list(`search=${word}&status=${status}`))
    expect(await byStatus('running')).toEqual([running?.id])
    expect(new Set(await byStatus('scheduled'))).toEqual(new Set([scheduled?.id, cancelled?.id]))
    expect(await byStatus('ended')).toEqual([ended?.id])
    expect((await list(`search=${word}&status=ended`)).body.items[0]).toMatchObject({
      badge: 'ended',
      state: 'unsold',
      priceLabel: 'unsold',
    })
    expect(idsOf(await list(`search=${word}`))).toHaveLength(4)
    expect(idsOf(await list(`search=${word}&sort=ending`))).not.toContain(ended?.id)
  })

  it('leaves out what was called off, at once', async () => {
    const word = newWord()
    const seller = await actor('seller')
    const one = await auction(seller, { title: word, startsAt: inMs(HOUR) })
    expect(idsOf(await list(`search=${word}`))).toEqual([one.id])
    expect((await seller.delete(`/api/auctions/${one.id}`)).status).toBe(204)
    for (const query of ['', '&status=scheduled', '&status=ended', '&sort=ending'])
      expect(idsOf(await list(`search=${word}${query}`))).toEqual([])
  })

  it('filters by category', async () => {
    const word = newWord()
    const [sport, pet] = await many(2, (place) => ({ title: word, category: place === 0 ? 'sport' : 'pet' }))
    expect(idsOf(await list(`search=${word}&category=sport`))).toEqual([sport?.id])
    expect(idsOf(await list(`search=${word}&category=pet`))).toEqual([pet?.id])
    expect(idsOf(await list(`search=${word}&category=event`))).toEqual([])
  })

  it.each([
    'category=weapons',
    'status=draft',
    'sort=cheapest',
    'limit=0',
    'limit=51',
    'limit=x',
    `search=${'x'.repeat(81)}`,
  ])('refuses ?%s', async (query) => {
    expectProblem(await list(query), 'bad-query')
  })

  it('takes no cursor that is not its own', async () => {
    const word = newWord()
    await many(2, () => ({ title: word }))
    const { nextCursor } = (await list(`search=${word}&limit=1`)).body
    expectProblem(await list(`search=${word}&limit=1&cursor=${nextCursor}x`), 'bad-cursor')
    expectProblem(await list(`search=${word}&sort=ending&limit=1&cursor=${nextCursor}`), 'bad-cursor')
    expectProblem(await list(`limit=1&cursor=${nextCursor}`), 'bad-cursor')
    expectProblem(await list('cursor=nonsense'), 'bad-cursor')
  })
})

describe('keywords', () => {
  it('find words of title and text, also as beginnings, all of them', async () => {
    const word = newWord()
    const [camera] = await many(2, (place) =>
      place === 0
        ? { title: `라이카 M3 ${word}`, content: '낡은 카메라를 정리합니다. Summicron lens.' }
        : { title: `다른 것 ${word}`, content: '의자' },
    )
    const finds = async (search: string) => idsOf(await list(`search=${encodeURIComponent(`${search} ${word}`)}`))
    for (const search of ['카메라', '카메', '라이카', 'm3', 'SUMMI', '라이카 카메라', 'lens 낡은'])
      expect([search, await finds(search)]).toEqual([search, [camera?.id]])
    for (const search of ['메라', '의자 카메라', '카메라 OR 의자', 'NOT 의자'])
      expect([search, await finds(search)]).toEqual([search, []])
  })

  it.each([
    '"',
    "'",
    '*',
    '-의자',
    'NOT 의자',
    '의자 OR 책상',
    'NEAR(의자 책상)',
    'title:의자',
    '^의자',
    '의자"*',
    '(',
    '%',
    '; drop table auction',
  ])('are words and nothing else: %s', async (search) => {
    const answer = await list(`search=${encodeURIComponent(search)}`)
    expect(answer.status).toBe(200)
  })

  it('of signs alone find nothing', async () => {
    expect((await list(`search=${encodeURIComponent('?!* …')}`)).body).toEqual({ items: [], nextCursor: null })
  })

  it('do not find drafts', async () => {
    const word = newWord()
    await draft(await actor('seller'), { title: word })
    expect(idsOf(await list(`search=${word}`))).toEqual([])
  })
})

describe('fixed words', () => {
  it('are codes of categories and the ladder as data', async () => {
    const { body } = await ask('GET', '/api/auctions/categories')
    expect(body.items.map(({ code }: { code: string }) => code)).toContain('digital')
    expect(body.items).toHaveLength(10)
    const { items } = (await ask('GET', '/api/auctions/increments')).body
    expect(items[0]).toEqual({ below: 10_000, step: 100 })
    expect(items.at(-1)).toEqual({ below: null, step: 500_000 })
  })

  it('answer with and without a slash at the end', async () => {
    for (const path of ['/api/auctions', '/api/auctions/categories', '/api/auctions/popular'])
      expect([(await ask('GET', path)).status, (await ask('GET', `${path}/`)).status]).toEqual([200, 200])
  })
})

describe('cards now', () => {
  it('tell the moving part, of published ones alone', async () => {
    const seller = await actor('seller')
    const one = await auction(seller)
    const hidden = await draft(seller)
    const bidder = await actor('bidder')
    must(await bidder.post(`/api/auctions/${one.id}/bids`, { kind: 'exact', amount: 12_000 }, keyed()), 201)
    const invented = one.id.replace(/^auc_.{5}/, 'auc_00000')
    const now = async () => ask('GET', `/api/auctions/cards?ids=${one.id},${hidden.id},${invented},nonsense`)
    await expect
      .poll(async () => (await now()).body.items)
      .toEqual([
        {
          id: one.id,
          state: 'running',
          badge: 'running',
          priceLabel: 'current',
          price: 12_000,
          bidCount: 1,
          endsAt: one.endsAt,
          present: 0,
        },
      ])
    expect((await now()).body.serverAt).toMatch(/Z$/)
  })

  it('take one to fifty ids', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, place) => `auc_${place}`).join(',')
    expect((await ask('GET', `/api/auctions/cards?ids=${ids(50)}`)).body.items).toEqual([])
    for (const query of ['', '?ids=', `?ids=${ids(51)}`])
      expectProblem(await ask('GET', `/api/auctions/cards${query}`), 'bad-query')
  })
})

describe('popular now', () => {
  it('gives at most ten, the most liked of the open ones first', async () => {
    const made = await many(11, () => ({}))
    const fans = await Promise.all([1, 2, 3].map(() => actor('fan')))
    for (const fan of fans) await fan.post('/api/likes/auction-likes', { auction: made[5]?.id })
    const answer = await ask('GET', '/api/auctions/popular')
    expect(answer.body.items.length).toBeLessThanOrEqual(10)
    expect(idsOf(answer)).toContain(made[5]?.id)
    const likes = answer.body.items.map(({ likesCount }: AuctionCard) => likesCount)
    expect(likes).toEqual(likes.toSorted((a: number, b: number) => b - a))
  })
})

describe('recommendations', () => {
  it('lead through everything open to the very end, each with a reason, in an order that stands', async () => {
    const made = await many(6, () => ({}))
    const fan = await actor('fan')
    await fan.post('/api/likes/auction-likes', { auction: made[0]?.id })
    const slot = Math.ceil(Date.now() / MINUTE) * MINUTE + MINUTE - Date.now()
    const at = { headers: { 'x-local-clock': String(slot) } }
    const seen: AuctionCard[] = []
    let cursor: string | null = null
    do {
      const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const { body }: Answer = await ask('GET', `/api/auctions/recommend?limit=5${query}`, at)
      seen.push(...body.items)
      cursor = body.nextCursor
      if (seen.length === 5) await many(1, () => ({}))
    } while (cursor !== null)
    const ids = seen.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id } of made) expect(ids).toContain(id)
    expect(seen.every(({ why }) => why?.code === 'popular' || why?.code === 'new')).toBe(true)
    expect(seen.find(({ id }) => id === made[0]?.id)?.why).toEqual({ code: 'popular' })
    expect(seen.find(({ id }) => id === made[5]?.id)?.why).toEqual({ code: 'new' })
  })

  it('put forward nobody who is suspended', async () => {
    const seller = await actor('seller')
    const { id } = await auction(seller)
    const at = { headers: { 'x-local-clock': String(9 * MINUTE) } }
    const recommended = async () => idsOf(await ask('GET', '/api/auctions/recommend?limit=50', at))
    expect(await recommended()).toContain(id)
    await suspend(seller, Date.now() + HOUR)
    expect(await recommended()).not.toContain(id)
    expect(idsOf(await ask('GET', '/api/auctions/popular'))).not.toContain(id)
    expect(idsOf(await ask('GET', `/api/auctions/latest/${seller.handle}`))).toEqual([id])
  })

  it('leave out one’s own and what has ended, and belong to one viewer', async () => {
    const seller = await actor('seller')
    const own = await auction(seller)
    const [other, gone] = await many(2, () => ({}))
    const at = { headers: { 'x-local-clock': String(5 * MINUTE) } }
    expect((await ask('GET', '/api/auctions/recommend?limit=50', at)).body.items.length).toBeGreaterThan(2)
    await endNow(gone)
    const mine = await seller.get('/api/auctions/recommend?limit=50', at)
    expect(idsOf(mine)).toContain(other?.id)
    expect(idsOf(mine)).not.toContain(own.id)
    expect(idsOf(mine)).not.toContain(gone?.id)
    expect(mine.headers.get('cache-control')).toBe('private, no-store')
    const { nextCursor } = (await seller.get('/api/auctions/recommend?limit=1', at)).body
    expectProblem(await ask('GET', `/api/auctions/recommend?limit=1&cursor=${nextCursor}`, at), 'bad-cursor')
  })
})

describe('of one seller', () => {
  it('lists what was published, newest first, and no drafts', async () => {
    const seller = await actor('seller')
    const [one, two] = [await auction(seller), await auction(seller, { startsAt: inMs(HOUR) })]
    await draft(seller)
    const latest = (query = '') => ask('GET', `/api/auctions/latest/${seller.handle}${query}`)
    expect(idsOf(await latest())).toEqual([two.id, one.id])
    expect(idsOf(await latest('?status=running'))).toEqual([one.id])
    expect((await walk(`/api/auctions/latest/${seller.handle}?limit=1`)).flat()).toEqual([two.id, one.id])
    expectProblem(await ask('GET', '/api/auctions/latest/nobody.here'), 'not-found')
  })
})

describe('my auctions', () => {
  it('are sorted into seven roles', async () => {
    const [seller, buyer, rival] = [await actor('seller'), await actor('buyer'), await actor('rival')]
    const [sold, running] = [await auction(seller), await auction(seller)]
    const sketch = await draft(seller)
    const bid = (who: Actor, { id }: AuctionView, amount: number, kind = 'exact') =>
      who.post(`/api/auctions/${id}/bids`, { kind, amount }, keyed())
    must(await bid(rival, sold, 10_000), 201)
    must(await bid(buyer, sold, 20_000), 201)
    must(await bid(buyer, running, 90_000, 'max'), 201)
    must(await bid(rival, running, 11_000), 201)
    must(await rival.post('/api/likes/auction-likes', { auction: running.id }), 201)
    await endNow(sold)
    const mine = async (who: Actor, role: string) => idsOf(await who.get(`/api/auctions/mine?role=${role}`))

    await expect.poll(() => mine(seller, 'sold')).toEqual([sold.id])
    expect(await mine(seller, 'selling')).toEqual([running.id])
    expect(await mine(seller, 'draft')).toEqual([sketch.id])
    expect(await mine(buyer, 'won')).toEqual([sold.id])
    expect(await mine(rival, 'lost')).toEqual([sold.id])
    expect(await mine(rival, 'liked')).toEqual([running.id])
    await expect.poll(() => mine(rival, 'bidding')).toEqual([running.id])
    for (const [who, role] of [
      [seller, 'won'],
      [buyer, 'lost'],
      [rival, 'won'],
      [buyer, 'draft'],
      [buyer, 'selling'],
    ] as const)
      expect([role, await mine(who, role)]).toEqual([role, []])

    await expect.poll(() => mine(buyer, 'bidding')).toEqual([running.id])
    expect((await buyer.get('/api/auctions/mine?role=bidding')).body.items[0].mine).toEqual({
      leading: true,
      max: 90_000,
    })
    expect((await rival.get('/api/auctions/mine?role=bidding')).body.items[0].mine).toEqual({
      leading: false,
      max: null,
    })
    const won = await buyer.get(`/api/auctions/${sold.id}`)
    expect(won.body).toMatchObject({ state: 'sold', price: 20_000, deal: expect.stringMatching(/^deal_/), winner: 2 })
    expect((await seller.get(`/api/auctions/${sold.id}`)).body.deal).toBe(won.body.deal)
    expect((await rival.get(`/api/auctions/${sold.id}`)).body.deal).toBeUndefined()
  })

  it('are read by nobody else, and need a role', async () => {
    expectProblem(await ask('GET', '/api/auctions/mine?role=draft'), 'not-signed-in')
    const seller = await actor('seller')
    for (const query of ['', '?role=', '?role=everything'])
      expectProblem(await seller.get(`/api/auctions/mine${query}`), 'bad-query')
    const sketches = [await draft(seller), await draft(seller), await draft(seller)]
    const pages = await walk('/api/auctions/mine?role=draft&limit=2', {
      as: seller,
      between: () => publish(seller, sketches[2] as AuctionView),
    })
    expect(pages.flat()).toEqual(sketches.map(({ id }) => id).reverse())
  })
})

/** Sets the room's clock behind its end and looks. */
async function endNow(one: AuctionView | undefined): Promise<void> {
  if (!one) throw new Error('nothing to end')
  await setRoomClock(one.id, 10 * HOUR)
  const { body } = await ask('GET', `/api/auctions/${one.id}/state`)
  expect(['sold', 'unsold']).toContain(body.auction.state)
  await expect
    .poll(async () => (await ask('GET', `/api/auctions/cards?ids=${one.id}`)).body.items[0].badge)
    .toBe('ended')
}
