import { createSignal, onCleanup, Show } from 'solid-js'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { showToast } from '../../ui/toast/toast.tsx'

/** Says that the network is away, and picks up the sign-in when it is back. */
export function OfflineBanner() {
  const t = useTexts('common')
  const [isOffline, setOffline] = createSignal(!navigator.onLine)
  const goOffline = () => setOffline(true)
  const goOnline = () => {
    setOffline(false)
    showToast({ text: t.online, tone: 'leaf' })
    if (session.state() === 'visitor' && 'signedIn' in document.documentElement.dataset) void session.resume()
  }
  addEventListener('offline', goOffline)
  addEventListener('online', goOnline)
  onCleanup(() => {
    removeEventListener('offline', goOffline)
    removeEventListener('online', goOnline)
  })
  return (
    <div aria-live="polite" class="fixed inset-x-0 top-(--header-height) z-40">
      <Show when={isOffline()}>
        <p data-offline class="bg-ink px-4 py-2 text-center text-caption font-medium text-paper">
          {t.offline}
        </p>
      </Show>
    </div>
  )
}
