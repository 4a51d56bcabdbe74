import { accessOf, post } from './access.ts'

/**
 * The push service has changed the address by itself, and no page need be open: subscribes with the same key and tells the API, as
 * the sign-in that this browser has. Without one the new address is of no use and is given back.
 */
export async function subscribeAnew(
  self: ServiceWorkerGlobalScope,
  { oldSubscription, newSubscription }: PushSubscriptionChangeEvent,
): Promise<void> {
  const key = oldSubscription?.options.applicationServerKey ?? null
  const subscription =
    newSubscription ??
    (key && (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })))
  if (!subscription) return
  const { endpoint, keys } = subscription.toJSON()
  const access = await accessOf(self)
  const told =
    access && (await post('/api/notifications/devices', access, { endpoint, keys, language: await languageKept() }))
  if (!told || told.status === 401) await subscription.unsubscribe()
}

/** Written down by the page that switched push on. */
async function languageKept(): Promise<'ko' | 'en'> {
  const kept = await caches.match('/push-language')
  return (await kept?.text()) === 'en' ? 'en' : 'ko'
}
