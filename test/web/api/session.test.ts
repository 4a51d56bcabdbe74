import { createEffect, createRoot } from 'solid-js'
import { afterEach, describe, expect, test } from 'vitest'
import { createSession, type SessionDeps } from '../../../web/api/session.ts'

const account = { handle: 'bom', name: '봄이', phoneVerified: true, suspended: false, suspension: null }

/** One browser: its storage, its locks, its channel between tabs, and the server it talks to. */
function browser({ signedIn = true } = {}) {
  const stored = new Map<string, string>(signedIn ? [['signed-in', 'before']] : [])
  const listeners: ((event: MessageEvent) => void)[][] = []
  const held = new Map<string, Promise<unknown>>()
  const server = {
    refreshes: 0,
    /** What the server does with a refresh: the next token, or a status. */
    refresh: (): string | number => `token-${server.refreshes}`,
    good: new Set<string>(),
    calls: [] as string[],
    account,
    isReachable: true,
  }

  const answer = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  const refuse = (status: number, code: string) => answer(status, { code, status, instance: 'r1' })

  const fetchFrom: typeof fetch = async (input, init) => {
    await Promise.resolve()
    if (!server.isReachable) throw new TypeError('fetch failed')
    const path = String(input)
    const bearer = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '')
    server.calls.push(`${init?.method ?? 'GET'} ${path} ${bearer ?? '-'}`)
    if (path.endsWith('/token/refresh')) {
      server.refreshes++
      const next = server.refresh()
      if (typeof next === 'number') return refuse(next, next === 401 ? 'sign-in-over' : 'unavailable')
      server.good.add(next)
      return answer(200, { access: next, expiresAt: '2026-11-21T00:15:00.000Z' })
    }
    if (path.endsWith('/logout')) return new Response(null, { status: 204 })
    if (bearer !== undefined && !server.good.has(bearer)) return refuse(401, 'not-signed-in')
    if (path.endsWith('/me')) return bearer ? answer(200, server.account) : refuse(401, 'not-signed-in')
    return answer(200, { path, bearer: bearer ?? null })
  }

  let elapsed = 0
  const late: (() => void)[] = []
  function tab({ isFrozen = (): boolean => false } = {}) {
    const own: ((event: MessageEvent) => void)[] = []
    listeners.push(own)
    const deps: SessionDeps = {
      fetch: fetchFrom,
      store: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      },
      locks: {
        request: ((name: string, run: () => Promise<unknown>) => {
          const turn = (held.get(name) ?? Promise.resolve()).then(run, run)
          held.set(name, turn)
          return turn
        }) as LockManager['request'],
      },
      channel: {
        postMessage(data: unknown) {
          for (const others of listeners)
            if (others !== own) for (const listener of others) queueMicrotask(() => listener({ data } as MessageEvent))
        },
        addEventListener: ((_type: string, listener: (event: MessageEvent) => void) =>
          own.push((event) => {
            if (isFrozen()) late.push(() => listener(event))
            else listener(event)
          })) as BroadcastChannel['addEventListener'],
      },
      elapsed: () => elapsed,
    }
    return createSession(() => deps)
  }
  /** A frozen tab hears what was said meanwhile. */
  const thaw = () => {
    for (const hear of late.splice(0)) hear()
  }
  return { tab, server, stored, thaw, pass: (ms: number) => (elapsed += ms) }
}

afterEach(() => document.documentElement.removeAttribute('data-signed-in'))

describe('beginning', () => {
  test('says nothing about its reader before it has begun', () => {
    expect(browser().tab().state()).toBe('unknown')
  })

  test('asks nothing in a browser that has never signed in', async () => {
    const { tab, server } = browser({ signedIn: false })
    const session = tab()
    await session.start()
    expect(session.state()).toBe('visitor')
    expect(server.calls).toEqual([])
  })

  test('takes up the sign-in of this browser', async () => {
    const session = browser().tab()
    await session.start()
    expect(session.state()).toBe('signed-in')
    expect(session.account()?.handle).toBe('bom')
    expect(session.isTrader()).toBe(true)
  })

  test('lets a call that comes too early wait for the token', async () => {
    const session = browser().tab()
    const begun = session.start()
    const called = session.call.fetch('/api/auctions')
    await begun
    expect(await (await called).json()).toMatchObject({ bearer: 'token-1' })
  })

  test('forgets a sign-in that the server has ended, and says so to the page', async () => {
    const { tab, server, stored } = browser()
    server.refresh = () => 401
    const session = tab()
    await session.start()
    expect(session.state()).toBe('visitor')
    expect(stored.has('signed-in')).toBe(false)
    expect(document.documentElement.hasAttribute('data-signed-in')).toBe(false)
  })

  test('keeps the sign-in when only the network is away, and goes on when it is back', async () => {
    const { tab, server, stored } = browser()
    server.isReachable = false
    const session = tab()
    await session.start()
    expect(session.state()).toBe('visitor')
    expect(stored.has('signed-in')).toBe(true)
    server.isReachable = true
    await session.resume()
    expect(session.state()).toBe('signed-in')
  })
})

describe('refreshing', () => {
  test('asks once for all calls of a tab', async () => {
    const { tab, server, pass } = browser()
    const session = tab()
    await session.start()
    pass(15 * 60_000)
    await Promise.all([1, 2, 3].map(() => session.call.fetch('/api/auctions')))
    expect(server.refreshes).toBe(2)
  })

  test('asks once for all tabs', async () => {
    const { tab, server, pass } = browser()
    const tabs = [tab(), tab(), tab()]
    await Promise.all(tabs.map((session) => session.start()))
    expect(tabs.map((session) => session.state())).toEqual(['signed-in', 'signed-in', 'signed-in'])
    expect(server.refreshes).toBe(1)
    pass(15 * 60_000)
    const answers = await Promise.all(tabs.map(async (session) => (await session.call.fetch('/api/x')).json()))
    expect(server.refreshes).toBe(2)
    expect(answers).toEqual(tabs.map(() => ({ path: '/api/x', bearer: 'token-2' })))
  })

  test('renews a token that was refused and asks again with the next', async () => {
    const { tab, server } = browser()
    const session = tab()
    await session.start()
    server.good.clear()
    const response = await session.call.fetch('/api/auctions/mine')
    expect(await response.json()).toMatchObject({ bearer: 'token-2' })
    expect(server.refreshes).toBe(2)
  })

  test('lets a visitor go on reading when the sign-in ends meanwhile, but not writing', async () => {
    const { tab, server } = browser()
    const session = tab()
    await session.start()
    server.good.clear()
    server.refresh = () => 401
    const written = await session.call.fetch('/api/auctions', { method: 'POST' })
    expect(written.status).toBe(401)
    expect(session.state()).toBe('visitor')
    const read = await session.call.fetch('/api/auctions')
    expect(await read.json()).toMatchObject({ bearer: null })
  })

  test('is no sign-out when the server has a bad minute', async () => {
    const { tab, server, pass, stored } = browser()
    const session = tab()
    await session.start()
    pass(15 * 60_000)
    server.refresh = () => 503
    await expect(session.call.fetch('/api/auctions')).rejects.toMatchObject({ code: 'unavailable' })
    expect(session.state()).toBe('signed-in')
    expect(stored.has('signed-in')).toBe(true)
  })
})

describe('between tabs', () => {
  test('a sign-in in one signs in the others', async () => {
    const { tab, server } = browser({ signedIn: false })
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    server.good.add('token-x')
    one.signedIn({ access: 'token-x', expiresAt: '2026-11-21T00:15:00.000Z', account } as never)
    expect(one.state()).toBe('signed-in')
    expect(document.documentElement.hasAttribute('data-signed-in')).toBe(true)
    await expect.poll(() => other.state()).toBe('signed-in')
  })

  test('a sign-out in one signs out the others', async () => {
    const { tab, server } = browser()
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    await one.logOut()
    await Promise.resolve()
    expect([one.state(), other.state()]).toEqual(['visitor', 'visitor'])
    expect(other.account()).toBe(null)
    expect(server.calls.at(-1)).toContain('POST /api/accounts/logout')
  })

  test('a sign-in in one shows on the page of the others', async () => {
    const { tab, server } = browser({ signedIn: false })
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    server.good.add('token-x')
    one.signedIn({ access: 'token-x', expiresAt: '2026-11-21T00:15:00.000Z', account } as never)
    // Here both tabs share one page.
    document.documentElement.removeAttribute('data-signed-in')
    await expect.poll(() => other.state()).toBe('signed-in')
    expect(document.documentElement.hasAttribute('data-signed-in')).toBe(true)
  })

  /** One tab is frozen while somebody signs out and in again in the other. */
  async function frozenMeanwhile(next: typeof account) {
    const { tab, server, stored, thaw } = browser()
    let isFrozen = false
    const [one, other] = [tab(), tab({ isFrozen: () => isFrozen })]
    await Promise.all([one.start(), other.start()])
    const states: string[] = []
    createRoot(() => createEffect(() => states.push(`${other.state()} ${other.account()?.handle}`)))
    isFrozen = true
    await one.logOut()
    server.good.clear()
    server.good.add('token-x')
    server.account = next
    one.signedIn({ access: 'token-x', expiresAt: '2026-11-21T00:15:00.000Z', account: next } as never)
    await Promise.resolve()
    isFrozen = false
    states.length = 0
    thaw()
    return { other, states, stored }
  }

  test('a sign-out heard late leaves alone who has signed in since', async () => {
    const { other, states, stored } = await frozenMeanwhile(account)
    expect(stored.has('signed-in')).toBe(true)
    expect(document.documentElement.hasAttribute('data-signed-in')).toBe(true)
    const called = await other.call.fetch('/api/auctions/mine')
    expect((await called.json()).bearer).toMatch(/^token-/)
    await expect.poll(() => other.account()?.handle).toBe('bom')
    expect(states).not.toContain('visitor undefined')
    expect(stored.has('signed-in')).toBe(true)
  })

  test('a sign-out heard late gives way to the account that has signed in since', async () => {
    const { other, states } = await frozenMeanwhile({ ...account, handle: 'yeoreum' })
    await expect.poll(() => other.account()?.handle).toBe('yeoreum')
    // Pages drop what they show of somebody when there is a visitor.
    expect(states).toEqual(['signed-in undefined', 'visitor undefined', 'visitor yeoreum', 'signed-in yeoreum'])
  })

  test('who signs in over somebody takes their place in the others, too', async () => {
    const { tab, server } = browser()
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    const states: string[] = []
    createRoot(() => createEffect(() => states.push(`${other.state()} ${other.account()?.handle}`)))
    server.good.add('token-x')
    const next = { ...account, handle: 'yeoreum' }
    one.signedIn({ access: 'token-x', expiresAt: '2026-11-21T00:15:00.000Z', account: next } as never)
    await expect.poll(() => states.at(-1)).toBe('signed-in yeoreum')
    expect(states).toEqual(['signed-in bom', 'visitor bom', 'visitor yeoreum', 'signed-in yeoreum'])
  })

  test('what one does is not sent as another who signs in meanwhile; what one reads is read anew', async () => {
    const { tab, server } = browser()
    const session = tab()
    await session.start()
    server.good.clear()
    server.refresh = () => {
      server.good.add('token-x')
      session.signedIn({
        access: 'token-x',
        expiresAt: '2026-11-21T00:15:00.000Z',
        account: { ...account, handle: 'yeoreum' },
      } as never)
      return 'token-x'
    }
    const written = session.call.fetch('/api/auctions/auc_1/bids', { method: 'POST' })
    const read = session.call.fetch('/api/auctions/mine')
    expect((await written).status).toBe(401)
    expect((await (await read).json()).bearer).toBe('token-x')
    expect(server.calls.filter((call) => call.startsWith('POST /api/auctions'))).toHaveLength(1)
  })

  test('an account that is told after its sign-out signs nobody in again', async () => {
    const { tab } = browser()
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    const told = one.reloadAccount()
    await one.logOut()
    await told
    await Promise.resolve()
    expect([one.state(), one.account(), other.state(), other.account()]).toEqual(['visitor', null, 'visitor', null])
  })

  test('who signs out while the account is asked for stays signed out', async () => {
    const { tab, server } = browser()
    const session = tab()
    const { calls } = server
    let leaving: Promise<void> | undefined
    calls.push = (call) => {
      if (call.includes('/me')) leaving = session.logOut()
      return Array.prototype.push.call(calls, call)
    }
    await session.start()
    await leaving
    expect([session.state(), session.account()]).toEqual(['visitor', null])
  })

  test('a change of the account is known to the others', async () => {
    const { tab } = browser()
    const [one, other] = [tab(), tab()]
    await Promise.all([one.start(), other.start()])
    one.accountChanged({ name: '여름이' })
    await Promise.resolve()
    expect(other.account()?.name).toBe('여름이')
  })
})
