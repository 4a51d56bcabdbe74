import { createEffect, on, onCleanup, onMount } from 'solid-js'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { useInbox } from '../../api/inbox.ts'
import { awaitInstallOffer } from '../../api/install.ts'
import { forgetPush, isInstalled, registerServiceWorker, tendPush } from '../../api/push.ts'
import { session } from '../../api/session.ts'
import { loadTexts, textsOf } from '../../i18n/dictionaries.ts'
import { useFormat, useLanguage } from '../../i18n/i18n.ts'
import { inLanguage, type Language } from '../../i18n/language.ts'
import { useLocation, useNavigate } from '../../ui/navigation/navigation.ts'
import { showToast } from '../../ui/toast/toast.tsx'
import { kindLooks } from './kind-icon.ts'
import { markRead } from './queries.ts'
import { pathOf, sayTold } from './told.ts'

/** What notifications do on every page: tell in passing, keep push with its owner, and follow what was pressed outside. */
export function WhileHere() {
  tellInPassing()
  keepPush(useLanguage())
  goWherePressed()
  return null
}

/** A toast for what arrives while one is here; what is on the screen already is read, not told. */
function tellInPassing(): void {
  const language = useLanguage()
  const location = useLocation()
  const format = useFormat()

  const isOnScreen = ({ kind }: NotificationView, path: string) =>
    location.pathname === inLanguage(path, language).split('?')[0] ||
    ((kind === 'message' || kind === 'message-request') &&
      location.pathname.startsWith(inLanguage('/messages', language)))

  async function tell(one: NotificationView): Promise<void> {
    if (document.visibilityState !== 'visible' || one.read) return
    const href = pathOf(one)
    if (location.pathname === inLanguage('/notifications', language)) return
    const read = () => void markRead({ ids: [one.id] }).catch(() => {})
    if (isOnScreen(one, href)) return read()
    await loadTexts(language, ['notifications'])
    const { title, text } = sayTold(one, textsOf(language, 'notifications'), format)
    const tone = kindLooks[one.kind][1]
    showToast({ title, text, href, onFollow: read, tone: tone === 'brick' || tone === 'leaf' ? tone : 'sky' })
  }

  useInbox().onNotified(({ notification }) => void tell(notification).catch(() => {}))
}

function keepPush(language: Language): void {
  onMount(() => {
    awaitInstallOffer()
    if (isInstalled() && 'serviceWorker' in navigator) void registerServiceWorker().catch(() => {})
  })
  createEffect(
    on(
      () => session.account()?.handle,
      (handle, before) => {
        // Whether the server or the push service can be reached now or not: nothing of this is worth a word.
        if (handle !== undefined) void tendPush(language, before).catch(() => {})
        // Not where somebody has signed in again before this tab could hear of the end: then `tendPush` sees whose it is.
        else if (before !== undefined && !('signedIn' in document.documentElement.dataset))
          void forgetPush().catch(() => {})
      },
    ),
  )
}

/** The service worker asks this tab to go where a pressed notification leads. */
function goWherePressed(): void {
  const language = useLanguage()
  const navigate = useNavigate()
  const hear = (event: MessageEvent<{ type?: string; path?: string }>) => {
    const { type, path } = event.data
    if (type !== 'go' || path === undefined) return
    // The other language is another document: the service worker opens it.
    if (inLanguage(path, language) !== path) return
    event.ports[0]?.postMessage('gone')
    navigate(inLanguage(path, 'ko'))
  }
  onMount(() => navigator.serviceWorker?.addEventListener('message', hear))
  onCleanup(() => globalThis.navigator?.serviceWorker?.removeEventListener('message', hear))
}
