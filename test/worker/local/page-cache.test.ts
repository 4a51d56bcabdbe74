import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PageCache } from '../../../worker/local/page-cache.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('a kept page whose time is over', () => {
  test('is kept on, whole, when the Worker says that nothing changed', async () => {
    const site = new Site('first')
    await site.get()
    vi.setSystemTime(Date.now() + 60_000)
    expect(await site.get({ 'if-none-match': '"first"' })).toEqual([304, 'REVALIDATED', ''])
    expect(await site.get()).toEqual([200, 'HIT', 'first'])
    expect(site.asked).toEqual([null, '"first"'])
  })

  test('is kept under the tags that it has now', async () => {
    const site = new Site('first')
    await site.get()
    site.tags = 'of-today'
    vi.setSystemTime(Date.now() + 60_000)
    expect(await site.get()).toEqual([200, 'REVALIDATED', 'first'])
    await site.cache.purge({ tags: ['of-today'] })
    expect(await site.get()).toEqual([200, 'MISS', 'first'])
  })

  test('is given whole once more, and kept no longer, when nothing changed but that it may not be kept', async () => {
    const site = new Site('first')
    await site.get()
    site.control = 'no-store'
    vi.setSystemTime(Date.now() + 60_000)
    expect(await site.get()).toEqual([200, 'BYPASS', 'first'])
    expect(await site.get()).toEqual([200, 'BYPASS', 'first'])
  })

  test('is replaced when it has changed, whatever the visitor has', async () => {
    const site = new Site('first')
    await site.get()
    site.page = 'second'
    vi.setSystemTime(Date.now() + 60_000)
    expect(await site.get({ 'if-none-match': '"first"' })).toEqual([200, 'EXPIRED', 'second'])
    expect(await site.get()).toEqual([200, 'HIT', 'second'])
  })
})

/** A Worker with one page behind the cache, which answers like the real one to who has the page already. */
class Site {
  page: string
  /** What each request that reached the Worker said to have. */
  readonly asked: (string | null)[] = []
  readonly cache = new PageCache()
  control = 'public, max-age=0, s-maxage=60'
  tags = 'of-yesterday'

  constructor(page: string) {
    this.page = page
  }

  async get(headers: Record<string, string> = {}) {
    const request = new Request('http://localhost/page', { headers })
    const answer = await this.cache.serve(request, (asked) => Promise.resolve(this.answer(asked)))
    return [answer.status, answer.headers.get('cf-cache-status'), await answer.text()]
  }

  private answer(request: Request): Response {
    const known = request.headers.get('if-none-match')
    this.asked.push(known)
    const headers = { etag: `"${this.page}"`, 'cache-control': this.control, 'cache-tag': this.tags }
    return known === headers.etag
      ? new Response(null, { status: 304, headers })
      : new Response(this.page, { headers: { ...headers, 'content-type': 'text/plain' } })
  }
}
