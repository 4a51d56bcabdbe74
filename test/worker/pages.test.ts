import { env as bindings, exports } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { LocalEnv } from '../../worker/local/doors.ts'

const env = bindings as LocalEnv

const get = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(new Request(`http://localhost${path}`, { headers }))

const purgePages = () => (exports.default as unknown as { purge(tags: string[]): Promise<void> }).purge(['pages'])

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}

describe('a page', () => {
  test('allows exactly the inline scripts it holds', async () => {
    const page = await get('/terms')
    const html = await page.text()
    const policy = page.headers.get('content-security-policy') ?? ''
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => source ?? '')
    expect(scripts.length).toBeGreaterThan(0)
    const hashes = await Promise.all(scripts.map(sha256))
    expect(new Set(policy.match(/'sha256-[^']+'/g))).toEqual(new Set(hashes))
    expect(/script-src ([^;]+)/.exec(policy)?.[1]).not.toContain('unsafe')
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/i)
  })

  test('is in the language of its address', async () => {
    expect(await (await get('/terms')).text()).toContain('<html lang="ko">')
    expect(await (await get('/en/terms')).text()).toContain('<html lang="en">')
  })

  test('that does not exist says so with 404, and is not kept', async () => {
    const page = await get('/nowhere-at-all')
    expect(page.status).toBe(404)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  test('is shown again to whoever sends its form before it has woken up', async () => {
    const body = new URLSearchParams({ login: 'somebody@example.com', password: 'secret' })
    const request = new Request('http://localhost/log-in', { method: 'POST', body, redirect: 'manual' })
    const answer = await exports.default.fetch(request)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/log-in'])
    expect((await get('/log-in')).status).toBe(200)
  })

  test('explains each problem by its code, and takes no other word for one', async () => {
    const known = await get('/problems/bid-too-low')
    expect(known.status).toBe(200)
    expect(await known.text()).toContain('다음 입찰가보다 낮아요')
    for (const code of ['constructor', '__proto__', 'of-tomorrow']) {
      const page = await get(`/problems/${code}`)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('모르는 문제 코드예요')
    }
  })

  test('is the same for whoever asks', async () => {
    // With the key the cache is passed by, so that both are rendered.
    const key = { 'x-local-key': env.LOCAL_KEY ?? '' }
    const stranger = await (await get('/terms', key)).text()
    const member = await (await get('/terms', { ...key, cookie: 'refresh=abc', 'accept-language': 'en' })).text()
    expect(member).toBe(stranger)
  })
})

describe('the cache', () => {
  test('serves the second visitor without asking the Worker, and says so', async () => {
    const first = await get('/?kept')
    expect(first.headers.get('cf-cache-status')).toBe('MISS')
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+, must-revalidate$/)
    expect(first.headers.get('set-cookie')).toBeNull()
    const second = await get('/?kept')
    expect(second.headers.get('cf-cache-status')).toBe('HIT')
    expect(await second.text()).toBe(await first.text())
  })

  test('tells a visitor who has the page already that nothing changed', async () => {
    const etag = (await get('/?etag')).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    expect((await get('/?etag', { 'if-none-match': etag })).status).toBe(304)
  })

  test('gives the whole page to the next one after a visitor who had it already', async () => {
    const whole = await get('/?whole')
    await purgePages()
    const known = { 'if-none-match': whole.headers.get('etag') ?? '' }
    expect((await get('/?whole', known)).status).toBe(304)
    const next = await get('/?whole')
    expect([next.status, next.headers.get('cf-cache-status')]).toEqual([200, 'HIT'])
    expect(await next.text()).toBe(await whole.text())
  })

  test('forgets by tag what the Worker purges', async () => {
    await get('/?purged')
    await purgePages()
    expect((await get('/?purged')).headers.get('cf-cache-status')).toBe('MISS')
  })
})

test('refuses to be reached under a foreign name', async () => {
  const answer = await exports.default.fetch('http://rebound.example/')
  expect(answer.status).toBe(421)
  expect(await answer.text()).toContain(env.ORIGIN)
})
