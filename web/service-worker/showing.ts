import type { PushPayload } from '../../worker/contract/notifications.ts'
import { pathOf, sayTold } from '../features/notifications/told.ts'
import { notifications as en } from '../i18n/en/notifications.ts'
import { formatIn } from '../i18n/format.ts'
import { notifications as ko } from '../i18n/ko/notifications.ts'
import { inLanguage } from '../i18n/language.ts'
import { accessOf, post } from './access.ts'

const texts = { ko, en }

/** How long a page has to say that it goes there by itself. Firefox lets a press open a window for a second. */
const answerWithinMs = 500

/** Shows what was pushed, in the words of the list, unless it is being looked at. */
export async function show(self: ServiceWorkerGlobalScope, data: PushMessageData | null): Promise<void> {
  const pushed = data?.json() as PushPayload
  const t = texts[pushed.language]
  const path = inLanguage(pathOf(pushed), pushed.language)
  if (await isLookedAt(self, path)) return
  const { title, text } = sayTold(pushed, t, formatIn(pushed.language))
  const options = {
    body: text,
    lang: pushed.language,
    tag: pushed.tag,
    // Says it again where one of the same tag is still shown.
    renotify: true,
    timestamp: pushed.at,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    data: { path, id: pushed.id },
    actions: [{ action: 'open', title: t.actions[actionOf(pushed)] }],
  }
  await self.registration.showNotification(title, options)
}

function actionOf({ kind, data }: PushPayload): keyof typeof ko.actions {
  if (kind === 'message' || kind === 'message-request') return 'room'
  if (kind === 'offer-made') return 'offer'
  if (kind === 'outbid' || kind === 'ending-soon' || kind === 'auction-started') return 'bid'
  const isOfDeal = kind.startsWith('deal-') || kind === 'no-show' || kind === 'dispute'
  return isOfDeal || typeof data['deal'] === 'string' ? 'deal' : 'open'
}

function windowsOf(self: ServiceWorkerGlobalScope): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true })
}

const isAt = ({ url }: WindowClient, path: string) => new URL(url).pathname === path.split('?')[0]

async function isLookedAt(self: ServiceWorkerGlobalScope, path: string): Promise<boolean> {
  return (await windowsOf(self)).some((client) => client.focused && isAt(client, path))
}

/** Goes where a pressed notification leads. What could not be shown is not read. */
export async function follow(self: ServiceWorkerGlobalScope, { data }: Notification): Promise<void> {
  const { path, id } = data as { path: string; id: string }
  await open(self, path)
  await markRead(self, id)
}

/**
 * In the tab that shows it, else in a tab that is open, else in a new one. A press allows one window to be focused or opened: whether a
 * tab goes there is asked before.
 */
async function open(self: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const windows = await windowsOf(self)
  const there = windows.find((client) => isAt(client, path))
  if (there) return void (await there.focus())
  const [some] = windows
  if (some && (await goesThere(some, path))) await some.focus()
  else await self.clients.openWindow(path)
}

/** What was pressed has been read, on every device. Where that cannot be told now it stays unread, which loses nothing. */
async function markRead(self: ServiceWorkerGlobalScope, id: string): Promise<void> {
  try {
    const access = await accessOf(self)
    if (access) await post('/api/notifications/read', access, { ids: [id] })
  } catch {
    // No network.
  }
}

/** A page moves without being loaded anew; one that is not awake does not answer. */
function goesThere(client: WindowClient, path: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), answerWithinMs)
    port1.addEventListener('message', () => {
      clearTimeout(timer)
      resolve(true)
    })
    port1.start()
    client.postMessage({ type: 'go', path }, [port2])
  })
}
