import { expect, test } from 'vitest'
import type { Call } from '../../../web/api/call.ts'
import { followRoutes } from '../../../web/features/follows/routes.ts'
import { profileRoute } from '../../../web/features/profiles/routes.tsx'
import { reviewPages } from '../../../web/features/reviews/routes.ts'
import type { PageRoute } from '../../../web/page.ts'

const page = { items: [], nextCursor: null }
const profile = { handle: 'halla.now' }

/** An API as browsers see it: of profiles alone a former handle is known, and its redirect was followed. */
function api() {
  const asked: string[] = []
  const call: Call = {
    origin: '',
    fetch: ((input: string) => {
      asked.push(input)
      if (/\/accounts\/users\/halla\.(then|now)$/.test(input)) return Promise.resolve(Response.json(profile))
      if (input.includes('halla.now')) return Promise.resolve(Response.json(page))
      return Promise.resolve(Response.json({ code: 'not-found' }, { status: 404 }))
    }) as typeof fetch,
  }
  return { call, asked }
}

const selling = {
  texts: [],
  load: async (call: Call, handle: string) => (await call.fetch(`/api/auctions/latest/${handle}`)).status,
  part: () => Promise.reject(new Error('not needed')),
}
const at = (handle: string) => ({ path: '', params: { handle }, query: {}, language: 'ko' }) as const
const loadOf = (routes: readonly PageRoute[], path: string) => routes.find((route) => route.path === path)?.load

test.each([
  ['a profile', loadOf([profileRoute(selling, () => null)], '/users/:handle'), { profile, selling: 200 }],
  ['reviews', loadOf(reviewPages, '/users/:handle/reviews'), { profile, reviews: page }],
  ['follows', loadOf(followRoutes, '/users/:handle/follows'), { handle: 'halla.now', page }],
  ['followers', loadOf(followRoutes, '/users/:handle/followers'), { handle: 'halla.now', page }],
])('%s at a former handle are those of the new one', async (_, load, found) => {
  for (const handle of ['halla.then', 'halla.now']) {
    const { call, asked } = api()
    expect(await load?.(call, at(handle))).toMatchObject(found)
    expect(asked.filter((path) => path.includes('halla.then'))).toEqual(
      handle === 'halla.then' ? ['/api/accounts/users/halla.then'] : [],
    )
  }
})

test.each([
  ['a profile', loadOf([profileRoute(selling, () => null)], '/users/:handle')],
  ['reviews', loadOf(reviewPages, '/users/:handle/reviews')],
  ['followers', loadOf(followRoutes, '/users/:handle/followers')],
])('%s of nobody are not found', async (_, load) => {
  await expect(load?.(api().call, at('nobody'))).rejects.toMatchObject({ status: 404 })
})
