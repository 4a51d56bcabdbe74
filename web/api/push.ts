import { createSignal } from 'solid-js'
import type { Language } from '../../worker/contract/accounts.ts'
import type { AddPushDevice, PushDevices } from '../../worker/contract/notifications.ts'
import { answer } from './call.ts'
import { session } from './session.ts'

/**
 * Web push of this browser. `install-first`: an iPhone pushes only to an installed app. `refused`: the browser will not ask again;
 * only its own settings can change that.
 */
export type PushState = 'unknown' | 'unsupported' | 'install-first' | 'refused' | 'off' | 'on'

const [state, setState] = createSignal<PushState>('unknown')

/** Reactive. */
export { state as pushState }

/** Whose browser it is as far as push goes: what is pushed to it is for that account alone. */
const ownerName = 'push-owner'
const path = '/api/notifications/devices'

/** Looks at how things stand; asks nobody for anything. */
export async function lookAtPush(): Promise<void> {
  setState(await found())
}

async function found(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis) || !('Notification' in globalThis))
    return isAppleTouch() && !isInstalled() ? 'install-first' : 'unsupported'
  if (Notification.permission === 'denied') return 'refused'
  const subscription = await subscriptionNow()
  return subscription && Notification.permission === 'granted' && owner() === me() ? 'on' : 'off'
}

/** To be called from a click: browsers ask only then. Rejects with the problem when the server does not take it. */
export async function turnPushOn(publicKey: string, language: Language): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return lookAtPush()
  const registration = await registerServiceWorker()
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  try {
    await tell(subscription, language)
  } catch (thrown) {
    await subscription.unsubscribe()
    throw thrown
  }
  await keepLanguage(language)
  setOwner(me())
  setState('on')
}

/** Here and on the server. */
export async function turnPushOff(): Promise<void> {
  await forgetPush()
  await lookAtPush()
  const { items } = (await answer(session.call.fetch(path))) as PushDevices
  const here = items.find(({ current }) => current)
  if (here) await answer(session.call.fetch(`${path}/${here.id}`, { method: 'DELETE' }))
}

/** Nothing more reaches this browser, also when the server cannot be told: for whoever signs out. */
export async function forgetPush(): Promise<void> {
  setOwner(null)
  const subscription = await subscriptionNow()
  await subscription?.unsubscribe()
}

/**
 * Once a page knows who reads: what another account has left is dropped, and what is the reader's own is told anew, since push
 * services change addresses and sign-ins end. `before` is the reader's handle until now, if they have just taken another.
 */
export async function tendPush(language: Language, before?: string): Promise<void> {
  const subscription = await subscriptionNow()
  if (!subscription) return
  if (before !== undefined && owner() === before) setOwner(me())
  if (owner() !== me()) return forgetPush()
  await tell(subscription, language)
}

/** The app's own part, also for those who want no push: it says so when there is no network. */
export function registerServiceWorker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register('/sw.js', { scope: '/' }).then(() => navigator.serviceWorker.ready)
}

async function subscriptionNow(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration('/')
  return (await registration?.pushManager?.getSubscription()) ?? null
}

async function tell(subscription: PushSubscription, language: Language): Promise<void> {
  const { endpoint, keys } = subscription.toJSON()
  const device = { endpoint, keys, language } as AddPushDevice
  await answer(
    session.call.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(device),
    }),
  )
}

/** Where the service worker finds it: it has no local storage. */
async function keepLanguage(language: Language): Promise<void> {
  const cache = await caches.open('push')
  await cache.put('/push-language', new Response(language))
}

function me(): string | null {
  return session.account()?.handle ?? null
}

function owner(): string | null {
  try {
    return localStorage.getItem(ownerName)
  } catch {
    return null
  }
}

function setOwner(handle: string | null): void {
  try {
    if (handle === null) localStorage.removeItem(ownerName)
    else localStorage.setItem(ownerName, handle)
  } catch {
    // Storage is shut: push lasts as long as this page and is told anew by the next switch.
  }
}

export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
}

function isAppleTouch(): boolean {
  const { userAgent, maxTouchPoints } = navigator
  return /iP(hone|ad|od)/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
}
