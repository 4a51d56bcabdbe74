import { describe, expect, test } from 'vitest'
import type { Call } from '../../../web/api/call.ts'
import { askedOf, loadSearch, searchHref } from '../../../web/features/search/queries.ts'
import type { PageAt } from '../../../web/page.ts'

const at = (query: PageAt['query']): PageAt => ({ path: '/search', params: {}, query, language: 'ko' })

function house(status: number, body: unknown) {
  const asked: string[] = []
  const call: Call = {
    origin: '',
    async fetch(input) {
      asked.push(decodeURIComponent(String(input)))
      return new Response(JSON.stringify(body), { status })
    },
  }
  return { asked, call }
}

describe('the address of a search', () => {
  test.each([
    [{ q: '카메라' }, '/search?q=%EC%B9%B4%EB%A9%94%EB%9D%BC'],
    [{ q: 'a b', type: 'people' as const }, '/search?q=a+b&type=people'],
    [{ q: 'lamp', cursor: 'c1' }, '/search?q=lamp&cursor=c1'],
    [{}, '/search'],
  ])('holds %j', (asked, href) => {
    expect(searchHref(asked)).toBe(href)
    const query = Object.fromEntries(new URL(href, 'https://house.example').searchParams)
    expect(askedOf(at(query))).toMatchObject({ q: '', type: 'auctions', ...asked })
  })

  test('is read as auctions when it names something that cannot be searched', () => {
    expect(askedOf(at({ q: ' lamp ', type: 'planets' }))).toMatchObject({ q: 'lamp', type: 'auctions' })
  })
})

describe('a search', () => {
  test('for nothing asks nobody', async () => {
    const { asked, call } = house(500, {})
    expect(await loadSearch(call, at({ q: '  ' }))).toEqual({ state: 'none' })
    expect(asked).toEqual([])
  })

  test('asks for what the address says and keeps the order of the answer', async () => {
    const items = [{ id: 'auc_2' }, { id: 'auc_1' }]
    const { asked, call } = house(200, { type: 'auctions', items, nextCursor: 'c2', degraded: true })
    expect(await loadSearch(call, at({ q: '카메라', cursor: 'c1' }))).toEqual({
      state: 'auctions',
      items,
      nextCursor: 'c2',
      degraded: true,
    })
    expect(asked).toEqual(['/api/search?q=카메라&type=auctions&cursor=c1'])
  })

  test('for people, by somebody who has not signed in, is shut, and nobody is asked', async () => {
    const { asked, call } = house(401, { code: 'not-signed-in', status: 401 })
    expect(await loadSearch(call, at({ q: 'minji', type: 'people' }))).toEqual({ state: 'shut' })
    expect(asked).toEqual([])
  })

  test('that fails is a problem of the page', async () => {
    const { call } = house(503, { code: 'unavailable', status: 503 })
    await expect(loadSearch(call, at({ q: 'minji' }))).rejects.toMatchObject({ code: 'unavailable' })
  })
})
