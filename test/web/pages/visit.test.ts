import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { session } from '../../../web/api/session.ts'
import type { Boot } from '../../../web/boot.ts'
import { openPage } from '../../../web/open-page.ts'
import { matchKnown } from '../../../web/site.ts'
import { createVisit } from '../../../web/visit.ts'

const url = new URL('https://house.example/search?q=lamp')
const found = (title: string) => ({ type: 'auctions', items: [{ id: title }], nextCursor: null, degraded: false })

/** What the API says next; waits for `release` where one is set. */
let answer: () => Response
let release: Promise<void> | null

beforeEach(() => {
  answer = () => Response.json(found('lamp'))
  release = null
  vi.stubGlobal('fetch', async (path: string) => {
    const [said, wait] = [answer, release]
    if (!path.includes('/search')) return new Response(null, { status: 204 })
    await wait
    return said()
  })
})
afterEach(async () => {
  await session.logOut().catch(() => {})
  vi.unstubAllGlobals()
})

const refusal = (status: number, code: string) => () =>
  Response.json({ code, status }, { status, headers: { 'content-type': 'application/problem+json' } })

const signIn = (handle: string) =>
  session.signedIn({ access: `token of ${handle}`, expiresAt: '', account: { handle } } as unknown as LoggedIn)

/** A visit that began at a page of the edge. */
async function visitOfPage() {
  const { route, at } = matchKnown(url)!
  const opened = await openPage(route, at, session.call)
  expect(opened).toHaveProperty('data')
  return createRoot(() => createVisit({ opened } as Boot, url.href))
}

test.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'unavailable'],
  ['a server that is busy', refusal(429, 'too-many-requests'), 'too-many-requests'],
  ['a server that is down', refusal(503, 'unavailable'), 'unavailable'],
  ['an answer that is not ours', () => new Response('<p>Welcome to this café'), 'unreadable-answer'],
])('loading again keeps the page where there is %s, and tells who waits', async (_what, said, code) => {
  const visit = await visitOfPage()
  const before = visit.shown()
  answer = said as () => Response
  await expect(visit.reload()).rejects.toMatchObject({ code })
  expect(visit.shown()).toBe(before)
  answer = () => Response.json(found('lamp'))
  await visit.reload()
  expect(visit.shown()).not.toBe(before)
})

test.each([
  [401, 'not-signed-in'],
  [403, 'forbidden'],
  [404, 'not-found'],
])('loading again shows a refusal with %i in place of the page', async (status, code) => {
  const visit = await visitOfPage()
  answer = refusal(status, code)
  await visit.reload()
  expect(visit.shown().opened).toMatchObject({ problem: { code } })
  // There is nothing to keep any more.
  answer = refusal(503, 'unavailable')
  await visit.reload()
  expect(visit.shown().opened).toMatchObject({ problem: { code: 'unavailable' } })
})

test('a page of nobody stays for whoever has just signed in', async () => {
  const visit = await visitOfPage()
  signIn('minji')
  answer = refusal(503, 'unavailable')
  await expect(visit.reload()).rejects.toMatchObject({ code: 'unavailable' })
  expect(visit.shown().opened).toHaveProperty('data')
})

test('a page of somebody who has signed out goes, whatever the answer', async () => {
  const visit = await visitOfPage()
  signIn('minji')
  await visit.reload()
  await session.logOut()
  answer = refusal(503, 'unavailable')
  await visit.reload()
  expect(visit.shown().opened).toMatchObject({ problem: { code: 'unavailable' } })
})

test('an answer to somebody who has signed out meanwhile is not shown', async () => {
  const visit = await visitOfPage()
  signIn('minji')
  let arrive: () => void = () => {}
  release = new Promise((resolve) => (arrive = resolve))
  answer = () => Response.json(found('of minji'))
  const asked = visit.reload()
  await session.logOut()
  arrive()
  await asked
  expect(visit.shown().opened).toMatchObject({ data: { items: [{ id: 'lamp' }] } })
})

test('nobody has to wait for a page that could not be loaded again', async () => {
  const visit = await visitOfPage()
  answer = refusal(503, 'unavailable')
  // A rejection that nobody hears would fail the run.
  void visit.reload()
  await expect(visit.reload()).rejects.toMatchObject({ code: 'unavailable' })
})

test('a page whose table could not be had is looked for again', async () => {
  const deals = 'https://house.example/deals'
  ;(window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(deals)
  const opened = { problem: { code: 'offline', status: 0 } } as const
  const visit = createRoot(() => createVisit({ opened } as unknown as Boot, deals))
  expect(visit.shown().route).toBe(null)
  signIn('minji')
  await visit.reload()
  expect(visit.shown().route?.path).toBe('/deals')
})
