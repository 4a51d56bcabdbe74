import { exports } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import * as limits from '../../worker/contract/limits.ts'
import { withRelay } from '../support/worker/relay.ts'

const get = (path: string, init?: RequestInit) => exports.default.fetch(new Request(`http://localhost${path}`, init))

describe('answers', () => {
  test('the time of the server', async () => {
    const answer = await get('/api/time')
    expect(answer.status).toBe(200)
    const { now } = await answer.json<{ now: string }>()
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(5_000)
  })

  test('the state of each part', async () => {
    expect(await (await get('/api/health')).json()).toEqual({ status: 'ok', parts: { database: 'ok', relay: 'ok' } })
  })

  test('that the relay is away, and works on', async () => {
    withRelay().act = 'is-away'
    const health = await get('/api/health')
    expect(health.status).toBe(200)
    expect(await health.json()).toEqual({ status: 'degraded', parts: { database: 'ok', relay: 'down' } })
  })

  test('limits, steps and legal notice', async () => {
    const rules = await (await get('/api/rules')).json<{ ladder: unknown[]; operator: object }>()
    expect(rules.ladder[0]).toEqual({ below: 10_000, step: 100 })
    expect(rules.ladder.at(-1)).toEqual({ below: null, step: 500_000 })
    expect(rules.operator).toMatchObject({ name: 'Hallabong' })
  })

  test('the limits of every area that a client has to keep to', async () => {
    const { limits: told } = await (await get('/api/rules')).json<{ limits: Record<string, object> }>()
    // How many one place holds is told to nobody, which texts are agreed to stands on their pages; the rest is above.
    const { audience, legal: _, rates: _rates, ladder: _ladder, ...areas } = limits
    expect(told).toEqual({ ...areas, audience: { most: audience.most } })
  })

  test('with and without a trailing slash, without a redirect', async () => {
    expect((await get('/api/time/')).status).toBe(200)
  })

  test('the API description as a page without a script', async () => {
    const page = await get('/api/docs')
    const html = await page.text()
    expect(html).toContain('<code><b>POST</b> /api/accounts/login</code>')
    expect(html).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/)
  })

  test('with headers that keep browsers careful', async () => {
    const { headers } = await get('/api/time')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{22}$/)
  })
})

describe('refuses', () => {
  test('an unknown path of the API with a problem', async () => {
    const answer = await get('/api/nothing')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'not-found', type: '/problems/not-found' })
  })

  test('a method that a path does not take, naming those it does', async () => {
    const answer = await get('/api/time', { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toContain('GET')
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('a write from %s', async (_name, headers) => {
    const answer = await get('/api/accounts/login', { method: 'POST', headers, body: '{}' })
    expect(await answer.json()).toMatchObject({ status: 403, code: 'foreign-origin' })
  })

  test('a body beyond 64 KiB', async () => {
    const answer = await get('/api/accounts/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'x'.repeat(70_000) }),
    })
    expect(await answer.json()).toMatchObject({ status: 413, code: 'body-too-large' })
  })
})
