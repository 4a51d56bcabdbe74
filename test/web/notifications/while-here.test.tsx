import { cleanup, render } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { session } from '../../../web/api/session.ts'
import { WhileHere } from '../../../web/features/notifications/while-here.tsx'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'

vi.mock('../../../web/api/inbox.ts', () => ({ useInbox: () => ({ onNotified: () => {} }) }))

const account = { handle: 'minji' }
const otherTab = new BroadcastChannel('session')
let isSubscribed: boolean
let told: number

beforeEach(async () => {
  isSubscribed = true
  told = 0
  const subscription = {
    toJSON: () => ({ endpoint: 'https://push.example.com/1', keys: {} }),
    unsubscribe: () => Promise.resolve((isSubscribed = false)),
  }
  const registration = {
    pushManager: { getSubscription: () => Promise.resolve(isSubscribed ? subscription : null) },
  }
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: Object.assign(new EventTarget(), { getRegistration: () => Promise.resolve(registration) }),
  })
  vi.stubGlobal('fetch', (input: string) => {
    if (input === '/api/notifications/devices') told += 1
    return Promise.resolve(Response.json(input.endsWith('/me') ? account : { access: 'token-2' }))
  })
  localStorage.setItem('push-owner', 'minji')
  await session.start()
  session.signedIn({ access: 'token-1', expiresAt: '', account } as unknown as LoggedIn)
  const navigation = createNavigation({
    url: 'https://house.example/',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  render(() => (
    <LanguageProvider value="ko">
      <NavigationProvider value={navigation}>
        <WhileHere />
      </NavigationProvider>
    </LanguageProvider>
  ))
  await expect.poll(() => told).toBe(1)
})
afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
const hearSignedOut = () => otherTab.postMessage({ type: 'signed-out' })

test('push ends with the sign-in', async () => {
  await session.logOut()
  await expect.poll(() => isSubscribed).toBe(false)
})

test('push ends in every tab where one signs out', async () => {
  localStorage.removeItem('signed-in')
  hearSignedOut()
  await expect.poll(() => isSubscribed).toBe(false)
})

test('push stays with somebody who signed in again before this tab heard of the end', async () => {
  hearSignedOut()
  await expect.poll(() => told).toBe(2)
  expect([isSubscribed, localStorage.getItem('push-owner')]).toEqual([true, 'minji'])
})
