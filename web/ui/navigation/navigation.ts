import { batch, createContext, createSignal, onCleanup, useContext } from 'solid-js'

/** How a place is reached: by a link or a call, or by the browser's own buttons. */
export type Arrival = 'link' | 'return'

export interface NavigationOptions {
  /** The whole address to begin at. */
  url: string
  /** What stands before every path of this site's language: empty or `/en`. */
  base: string
  /** Whether an address of this origin is a page of this app; others are left to the browser. */
  isPage: (url: URL) => boolean
  /**
   * Gets the next page ready while the present one stays, and gives what puts it on the screen. Must not reject. When
   * somebody has gone elsewhere meanwhile, the result is dropped.
   */
  prepare: (url: URL, arrival: Arrival) => Promise<() => void>
  /** Somebody points at a link: what it leads to may be asked for early. */
  early?: (url: URL) => void
}

export interface NavigateOptions {
  /** Takes the place of the present entry in the history. */
  replace?: boolean
  /** False keeps the reader where they are on the page. */
  scroll?: boolean
}

/** Where one is. Reactive; `pathname` with the language's prefix, as in the address. */
export interface Place {
  readonly pathname: string
  readonly search: string
  readonly hash: string
  readonly query: Readonly<Record<string, string | undefined>>
}

export type Navigation = ReturnType<typeof createNavigation>

const pointedMs = 60

/**
 * Moves between the pages of one document. A router does this too, but ours has neither nested routes nor actions, and the
 * library with the transitions it rests on costs every page 6 kB.
 */
export function createNavigation(options: NavigationOptions) {
  const [url, setUrl] = createSignal(new URL(options.url), { equals: (a, b) => a.href === b.href })
  const [target, setTarget] = createSignal<URL | null>(null)
  const positions = new Map<string, number>()
  let latest = 0
  let key = ''

  const place: Place = {
    get pathname() {
      return url().pathname
    },
    get search() {
      return url().search
    },
    get hash() {
      return url().hash
    },
    get query() {
      return Object.fromEntries(url().searchParams)
    },
  }

  /** Address of a path of this site, in the present language. */
  function href(path: string): string {
    if (!path.startsWith('/')) return path
    return path === '/' ? options.base || '/' : options.base + path
  }

  async function go(
    to: URL,
    arrival: Arrival,
    { replace = false, scroll = true }: NavigateOptions = {},
  ): Promise<void> {
    const mine = ++latest
    setTarget(to)
    const show = await options.prepare(to, arrival)
    if (mine !== latest) return
    const next = arrival === 'link' ? enter(to, replace) : keyOf(history.state)
    key = next
    batch(() => {
      setUrl(to)
      show()
      setTarget(null)
    })
    if (scroll) scrollFor(to, arrival)
  }

  function enter(to: URL, replace: boolean): string {
    leave()
    const next = replace ? key : crypto.randomUUID()
    if (replace) history.replaceState({ key: next }, '', to)
    else history.pushState({ key: next }, '', to)
    return next
  }

  /** Remembers how far down the present page is, for the way back. */
  function leave(): void {
    positions.set(key, scrollY)
  }

  function scrollFor(to: URL, arrival: Arrival): void {
    const wanted = arrival === 'return' ? positions.get(key) : undefined
    const anchor = to.hash ? document.getElementById(decodeURIComponent(to.hash.slice(1))) : null
    if (wanted === undefined && anchor) anchor.scrollIntoView()
    else scrollTo(0, wanted ?? 0)
  }

  /** To a path of this site in the present language, query and hash included. */
  function navigate(path: string, how?: NavigateOptions): void {
    const to = new URL(href(path), url())
    const isSame = to.href === url().href
    void go(to, 'link', isSame ? { ...how, replace: true } : how)
  }

  /** Takes over links and the browser's buttons. In the browser, once; ends with its owner. */
  function listen(): void {
    history.scrollRestoration = 'manual'
    key = keyOf(history.state)
    let pointed: ReturnType<typeof setTimeout> | undefined

    const onClick = (event: MouseEvent) => {
      const to = linkOf(event)
      if (!to || event.defaultPrevented || event.button !== 0) return
      if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return
      // Within the page the browser knows its way.
      if (to.hash && to.pathname + to.search === url().pathname + url().search) return
      event.preventDefault()
      void go(to, 'link', { replace: to.href === url().href })
    }
    // A form that asks is a link whose query is typed.
    const onSubmit = (event: SubmitEvent) => {
      const form = event.target
      if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'get') return
      const to = new URL(form.action)
      if (to.origin !== url().origin || !options.isPage(to)) return
      event.preventDefault()
      const typed = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const)
      to.search = new URLSearchParams(typed.filter(([, value]) => value !== '').map((pair) => [...pair])).toString()
      void go(to, 'link')
    }
    const onPoint = (event: Event) => {
      clearTimeout(pointed)
      const to = linkOf(event)
      if (to && options.early) pointed = setTimeout(options.early, event.type === 'pointerover' ? pointedMs : 0, to)
    }
    const onReturn = () => {
      const to = new URL(location.href)
      leave()
      if (to.pathname + to.search === url().pathname + url().search) {
        // Only the place on the page is another one. A page that is on its way is of an address that was left again.
        latest++
        setTarget(null)
        key = keyOf(history.state)
        setUrl(to)
        scrollFor(to, 'return')
      } else void go(to, 'return')
    }
    // Reloading is the browser's affair, and so is the place on the page then.
    const onHide = () => (history.scrollRestoration = 'auto')

    const listeners: [EventTarget, string, (event: never) => void][] = [
      [document, 'click', onClick],
      [document, 'submit', onSubmit],
      [document, 'pointerover', onPoint],
      [document, 'focusin', onPoint],
      [document, 'touchstart', onPoint],
      [window, 'popstate', onReturn],
      [window, 'pagehide', onHide],
    ]
    for (const [on, type, listener] of listeners)
      on.addEventListener(type, listener as EventListener, { passive: type === 'touchstart' })
    onCleanup(() => {
      clearTimeout(pointed)
      for (const [on, type, listener] of listeners) on.removeEventListener(type, listener as EventListener)
    })
  }

  /** The page that a link under this event leads to; null for what is the browser's. */
  function linkOf(event: Event): URL | null {
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement)
    if (!link?.href || link.target || link.hasAttribute('download') || link.rel.split(/\s+/).includes('external'))
      return null
    const to = new URL(link.href)
    return to.origin === url().origin && options.isPage(to) ? to : null
  }

  return {
    place,
    href,
    navigate,
    listen,
    /** Reactive: on the way to another page, or to the same with another query. */
    target,
  }
}

function keyOf(state: unknown): string {
  return (state as { key?: string } | null)?.key ?? 'first'
}

const NavigationContext = createContext<Navigation>()

export const NavigationProvider = NavigationContext.Provider

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (!navigation) throw new Error('links need a NavigationProvider')
  return navigation
}

export function useLocation(): Place {
  return useNavigation().place
}

/** Goes to a path of this site, without the language's prefix. */
export function useNavigate(): (path: string, how?: NavigateOptions) => void {
  return useNavigation().navigate
}

/** Address of a path of this site in the present language. */
export function useHref(path: () => string): () => string {
  const { href } = useNavigation()
  return () => href(path())
}
