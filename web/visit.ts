import { createSignal } from 'solid-js'
import { session } from './api/session.ts'
import type { Boot } from './boot.ts'
import { openPage, type Opened, problemShown } from './open-page.ts'
import type { PageAt, PageRoute } from './page.ts'
import { askEarly, recall, remember } from './recent-pages.ts'
import { findPage, isForMembers, isPage, matchKnown } from './site.ts'
import type { Arrival } from './ui/navigation/navigation.ts'

/** What is on the screen. */
export interface Shown {
  /** With the language's prefix; another path is another page. */
  pathname: string
  route: PageRoute | null
  at: PageAt | null
  /** Null while a page for signed-in people waits for its reader. */
  opened: Opened | null
}

export const notFound: Opened = { problem: { code: 'not-found', status: 404 } }

/** Whether the page is for somebody else than whoever reads now. Reactive. */
export function isShut(route: PageRoute | null): boolean {
  if (!route?.access) return false
  return session.state() !== 'signed-in' || (route.access === 'signed-in' && session.account()?.suspension != null)
}

export type Visit = ReturnType<typeof createVisit>

/** The pages of one visit: which is shown, and how the next one gets ready. */
export function createVisit(boot: Boot, url: string) {
  const first = matchKnown(new URL(url))
  const [shown, setShown] = createSignal<Shown>({
    pathname: new URL(url).pathname,
    route: first?.route ?? null,
    at: first?.at ?? null,
    opened: boot.opened,
  })

  async function open(route: PageRoute, at: PageAt): Promise<Opened | null> {
    if (route.access) {
      await session.settled
      if (isShut(route)) return null
    }
    return openPage(route, at, session.call)
  }

  async function prepare(to: URL, arrival: Arrival): Promise<() => void> {
    const address = to.pathname + to.search
    const match = await findPage(to).catch((thrown: unknown) => ({ problem: problemShown(thrown) }))
    if (match && 'problem' in match)
      return () => setShown({ pathname: to.pathname, route: null, at: null, opened: match })
    const opened = match
      ? ((await recall(address, arrival === 'return')) ?? (await open(match.route, match.at)))
      : notFound
    return () => {
      if (opened) remember(address, opened)
      setShown({ pathname: to.pathname, route: match?.route ?? null, at: match?.at ?? null, opened })
    }
  }

  /** Asks for the present page again; what was left meanwhile is left alone. */
  async function reload(): Promise<void> {
    const { pathname, route, at } = shown()
    if (!route || !at) return
    const opened = await open(route, at)
    if (opened && shown().pathname === pathname && shown().at === at) setShown((before) => ({ ...before, opened }))
  }

  /** Takes what was loaded for somebody who has gone off the screen. Whoever comes has it loaded anew. */
  function forget(): void {
    setShown((before) => ({ ...before, opened: null }))
  }

  return {
    /** Reactive. */
    shown,
    prepare,
    reload,
    forget,
    isPage,
    early(to: URL): void {
      if (to.href === location.href) return
      if (isForMembers(to))
        return void findPage(to)
          .then((match) => match?.route.module())
          .catch(() => {})
      const match = matchKnown(to)
      if (match) askEarly(to.pathname + to.search, () => openPage(match.route, match.at, session.call))
    },
  }
}
