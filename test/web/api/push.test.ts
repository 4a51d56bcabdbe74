import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { forgetPush, lookAtPush, pushState, tendPush, turnPushOff, turnPushOn } from '../../../web/api/push.ts'
import { session } from '../../../web/api/session.ts'

/** A browser's push, as far as a page sees it. */
function fakePush() {
  let subscription: { endpoint: string } | null = null
  let made = 0
  const pushManager = {
    getSubscription: () => Promise.resolve(current()),
    subscribe: () => {
      made += 1
      subscription = { endpoint: `https://push.example.com/${made}` }
      return Promise.resolve(current())
    },
  }
  const registration = { pushManager }
  function current() {
    const held = subscription
    return (
      held && {
        toJSON: () => ({ ...held, keys: { p256dh: 'B', auth: 'a' } }),
        unsubscribe: () => {
          if (subscription === held) subscription = null
          return Promise.resolve(true)
        },
      }
    )
  }
  return {
    registration,
    endpoint: () => subscription?.endpoint ?? null,
  }
}

let push: ReturnType<typeof fakePush>
let permission: NotificationPermission
let asked: number
let calls: { method: string; path: string; body: unknown }[]
let answer: (path: string, method: string) => Response

function signIn(handle: string): void {
  session.signedIn({ access: 'token', expiresAt: '', account: { handle } } as unknown as LoggedIn)
}

beforeEach(() => {
  push = fakePush()
  permission = 'default'
  asked = 0
  calls = []
  answer = () => Response.json({ publicKey: 'K', items: [{ id: 'dev_1', current: true }] })
  localStorage.clear()
  vi.stubGlobal('PushManager', Object)
  vi.stubGlobal('caches', { open: () => Promise.resolve({ put: () => Promise.resolve() }) })
  vi.stubGlobal('Notification', {
    get permission() {
      return permission
    },
    requestPermission: () => {
      asked += 1
      permission = permission === 'default' ? 'granted' : permission
      return Promise.resolve(permission)
    },
  })
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: {
      register: () => Promise.resolve(push.registration),
      ready: Promise.resolve(push.registration),
      getRegistration: () => Promise.resolve(push.registration),
    },
  })
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET'
    calls.push({ method, path: input, body: init.body ? JSON.parse(init.body as string) : null })
    return Promise.resolve(answer(input, method))
  })
  signIn('minji')
})

afterEach(() => vi.unstubAllGlobals())

const told = () =>
  calls.filter(({ method }) => method === 'POST').map(({ body }) => (body as { endpoint: string }).endpoint)

describe('push', () => {
  test('is looked at without asking anybody', async () => {
    await lookAtPush()
    expect([pushState(), asked, calls]).toEqual(['off', 0, []])
  })

  test('is told to the server once the browser has allowed it', async () => {
    await turnPushOn('K', 'ko')
    expect(pushState()).toBe('on')
    expect(told()).toEqual(['https://push.example.com/1'])
  })

  test('stays off, and unsubscribed, when the server does not take it', async () => {
    answer = () => Response.json({ code: 'invalid-fields', status: 422 }, { status: 422 })
    await expect(turnPushOn('K', 'ko')).rejects.toMatchObject({ code: 'invalid-fields' })
    expect(push.endpoint()).toBeNull()
    await lookAtPush()
    expect(pushState()).toBe('off')
  })

  test('that the browser refuses is explained, not asked for again', async () => {
    permission = 'denied'
    await turnPushOn('K', 'ko')
    expect([pushState(), push.endpoint()]).toEqual(['refused', null])
  })

  test('is switched off here and on the server', async () => {
    await turnPushOn('K', 'ko')
    answer = (_path, method) =>
      method === 'DELETE'
        ? new Response(null, { status: 204 })
        : Response.json({ publicKey: 'K', items: [{ id: 'dev_1', current: true }] })
    await turnPushOff()
    expect([pushState(), push.endpoint()]).toEqual(['off', null])
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/notifications/devices/dev_1' })
  })

  test('ends for this browser with the sign-in, also without a network', async () => {
    await turnPushOn('K', 'ko')
    answer = () => Response.error()
    await forgetPush()
    expect(push.endpoint()).toBeNull()
  })

  test('of somebody else is dropped, of the reader is told anew', async () => {
    await turnPushOn('K', 'ko')
    await tendPush('ko')
    expect(told()).toEqual(['https://push.example.com/1', 'https://push.example.com/1'])
    signIn('june')
    await tendPush('ko')
    expect(push.endpoint()).toBeNull()
    expect(told()).toHaveLength(2)
  })

  test('stays with somebody who takes another handle', async () => {
    await turnPushOn('K', 'ko')
    signIn('minji.kim')
    await tendPush('ko', 'minji')
    await lookAtPush()
    expect([pushState(), push.endpoint()]).toEqual(['on', 'https://push.example.com/1'])
  })
})
