import { keepOfflinePage, offlinePage } from './offline.ts'
import { follow, show } from './showing.ts'
import { subscribeAnew } from './subscribing.ts'

/**
 * The part of the site that runs while no page does: shows what is pushed, leads to it, and says so when there is no network. It
 * keeps one page that is the same for everyone; nothing that is anybody's own is ever stored here.
 */
declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => {
  event.waitUntil(keepOfflinePage())
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]))
})

self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(pageOrOffline(event))
})

self.addEventListener('push', (event) => event.waitUntil(show(self, event.data)))

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(follow(self, event.notification))
})

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(subscribeAnew(self, event as PushSubscriptionChangeEvent))
})

async function pageOrOffline(event: FetchEvent): Promise<Response> {
  try {
    return ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request))
  } catch (thrown) {
    const page = await offlinePage(event.request.url)
    if (page) return page
    throw thrown
  }
}
