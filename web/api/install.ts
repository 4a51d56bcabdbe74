import { createSignal } from 'solid-js'

/** What Chromium says before it offers to install; others have it in their own menus. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

const [offered, setOffered] = createSignal<InstallPrompt | null>(null)

/** Listens from early on: the offer comes once, and nobody is bothered with it. */
export function awaitInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    setOffered(event as InstallPrompt)
  })
  addEventListener('appinstalled', () => setOffered(null))
}

/** Reactive. */
export const installable = () => offered() !== null

/** To be called from a click. */
export async function install(): Promise<void> {
  await offered()?.prompt()
  setOffered(null)
}
