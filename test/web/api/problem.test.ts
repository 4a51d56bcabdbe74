import { describe, expect, test } from 'vitest'
import { answer } from '../../../web/api/call.ts'
import { faultsBy } from '../../../web/api/faults.ts'
import { asProblem, problemOf } from '../../../web/api/problem.ts'
import { placeAfter } from '../../../web/api/return-to.ts'
import { Register } from '../../../worker/contract/accounts.ts'

const answered = (body: unknown, init: ResponseInit) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), init)

describe('an answer', () => {
  test('gives its body', async () => {
    expect(await answer(Promise.resolve(answered({ a: 1 }, { status: 200 })))).toEqual({ a: 1 })
    expect(await answer(Promise.resolve(new Response(null, { status: 204 })))).toBe(undefined)
    expect(await answer(Promise.resolve(new Response(null, { status: 202 })))).toBe(undefined)
  })

  test('that was cut off is told apart from one that never came', async () => {
    const cut = answer(Promise.resolve(answered('{"a":', { status: 200 })))
    await expect(cut).rejects.toMatchObject({ code: 'unreadable-answer' })
  })

  test('that is a problem is thrown with all it says', async () => {
    const body = {
      type: '/problems/bid-too-low',
      title: 'x',
      code: 'bid-too-low',
      status: 409,
      instance: 'req1',
      minimumBid: 12_000,
      errors: [{ pointer: '/amount', code: 'too-small' }],
    }
    const thrown = await answer(
      Promise.resolve(answered(body, { status: 409, headers: { 'retry-after': '3' } })),
    ).catch((problem: unknown) => problem)
    expect(thrown).toMatchObject({
      code: 'bid-too-low',
      status: 409,
      request: 'req1',
      retryAfterMs: 3_000,
      extra: { minimumBid: 12_000 },
    })
    expect(asProblem(thrown).faultOf('amount')).toBe('too-small')
    expect(asProblem(thrown).faultOf('amounts')).toBe(undefined)
  })

  test.each([
    ['<html>', 502, 'unavailable'],
    ['<html>', 429, 'too-many-requests'],
    ['<html>', 404, 'unreadable-answer'],
    ['{"code":', 500, 'unavailable'],
  ])('of somebody between us (%s, %i) is %s', async (body, status, code) => {
    expect(await problemOf(answered(body, { status }))).toMatchObject({ code, status })
  })

  test('that never came says why', () => {
    expect(asProblem(new TypeError('Failed to fetch')).code).toBe('unavailable')
    expect(asProblem(new DOMException('late', 'TimeoutError')).code).toBe('timeout')
    expect(asProblem(new TypeError('Failed to fetch dynamically imported module: /assets/x.js')).code).toBe(
      'update-needed',
    )
    expect(asProblem(new RangeError('ours')).code).toBe('internal')
  })
})

describe('faults of a schema', () => {
  test('have the codes of the API', () => {
    const faults = faultsBy(Register, { email: 'x', password: 'y', name: '', acceptTerms: false, over14: true })
    expect(faults).toMatchObject({ email: 'not-an-email', name: 'too-short', acceptTerms: 'needed' })
    expect(faults).not.toHaveProperty('over14')
  })
})

describe('the way back after signing in', () => {
  test.each([
    ['/auctions/auc_1?tab=chat', '/auctions/auc_1?tab=chat'],
    ['/en/sell', '/sell'],
    ['/en', '/'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/en//evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/log-in?next=/log-in', '/'],
    ['/en/sign-up', '/'],
  ])('%s leads to %s', (next, place) => {
    expect(placeAfter(next)).toBe(place)
  })
})
