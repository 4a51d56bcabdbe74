import { createEffect, createSignal, type JSX, on, onMount, Show } from 'solid-js'
import { session } from '../../api/session.ts'
import { readTheme } from '../../api/theme.ts'
import { useLanguage, useTexts } from '../../i18n/i18n.ts'
import { lateParts, loadLateParts } from '../../late.ts'
import type { PageRoute } from '../../page.ts'
import { forgetPages } from '../../recent-pages.ts'
import { announce, LiveRegions } from '../../ui/live-region/live-region.tsx'
import { useLocation, useNavigation } from '../../ui/navigation/navigation.ts'
import { markCurrentLinks } from './current.ts'
import { Fixture } from '../../fixture.tsx'
import { Header } from './header.tsx'

/** What stays while pages come and go. */
export function Layout(props: { route: PageRoute | null; children: JSX.Element }) {
  const t = useTexts('common')
  const language = useLanguage()
  const navigation = useNavigation()
  const hasTabBar = () => props.route?.hasTabBar !== false
  const [isAwake, setAwake] = createSignal(false)
  let main: HTMLElement | undefined

  onMount(() => {
    readTheme()
    setAwake(true)
    void session.start()
    whenIdle(() => loadLateParts(language).catch(() => {}))
  })
  createEffect(
    on(
      () => session.account()?.handle,
      () => forgetPages(),
      { defer: true },
    ),
  )
  markCurrentLinks()
  moveFocusOnNavigation(() => main)

  return (
    <div
      class={`flex min-h-dvh flex-col ${hasTabBar() ? '[--bottom-bar:calc(var(--tabbar-height)+env(safe-area-inset-bottom))] md:[--bottom-bar:0px]' : ''}`}
    >
      <a
        href="#main"
        class="absolute start-2 top-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-3 font-semibold text-paper focus-visible:translate-y-0"
      >
        {t.skipToContent}
      </a>
      <Show when={navigation.target()}>
        <div
          aria-hidden="true"
          class="fixed inset-x-0 top-0 z-50 h-0.75 origin-left animate-[fill-up_8s_var(--ease)_both] bg-tangerine"
        />
      </Show>
      <Header />
      <main id="main" ref={main} tabindex="-1" class="flex-1" aria-busy={navigation.target() !== null}>
        {props.children}
      </main>
      <div class={props.route?.fillsScreen ? 'hidden' : undefined}>
        <Fixture name="Footer" />
      </div>
      <div class={hasTabBar() ? undefined : 'hidden'}>
        <Fixture name="TabBar" />
      </div>
      <LiveRegions />
      <Show when={isAwake() && lateParts()}>
        {(parts) => {
          const { OfflineBanner, PhoneCheck, Suggestions, Toasts, Told, Unread } = parts()
          return (
            <>
              <OfflineBanner />
              <Toasts />
              <PhoneCheck />
              <Suggestions />
              <Unread />
              <Told />
            </>
          )
        }}
      </Show>
    </div>
  )
}

/** Safari has no idle callback; there a short pause has to do. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 2_000 })
  else setTimeout(run, 200)
}

/** After a change of page reading goes on at its heading, and its title is said; the first page is the browser's own affair. */
function moveFocusOnNavigation(main: () => HTMLElement | undefined): void {
  const location = useLocation()
  createEffect(
    on(
      () => location.pathname,
      () => {
        if (location.hash) return
        requestAnimationFrame(() => {
          const heading = main()?.querySelector<HTMLElement>('h1') ?? main()
          if (!heading || main()?.contains(document.activeElement)) return
          heading.tabIndex = -1
          heading.focus({ preventScroll: true })
          announce(document.title)
        })
      },
      { defer: true },
    ),
  )
}
