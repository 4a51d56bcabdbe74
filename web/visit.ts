import { createSignal, untrack } from 'solid-js'
import { ApiProblem } from './api/problem.ts'
import { session } from './api/session.ts'
import type { Boot } from './boot.ts'
import { openPage, type Opened, problemShown, type ShownProblem } from './open-page.ts'
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

/** Says nothing about the page: a moment later the answer may be another. */
function isPassing({ status }: ShownProblem): boolean {
  return status < 400 || status === 429 || status >= 500
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
  const readerNow = () => untrack(session.account)?.handle
  /** For whom the page on the screen was read; undefined is nobody. */
  let reader: string | undefined

  function show(next: Shown): void {
    reader = readerNow()
    setShown(next)
  }

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
    if (match && 'problem' in match) return () => show({ pathname: to.pathname, route: null, at: null, opened: match })
    const opened = match
      ? ((await recall(address, arrival === 'return')) ?? (await open(match.route, match.at)))
      : notFound
    return () => {
      if (opened) remember(address, opened)
      show({ pathname: to.pathname, route: match?.route ?? null, at: match?.at ?? null, opened })
    }
  }

  async function askAgain(): Promise<void> {
    const asked = shown()
    const { pathname, route, at } = asked
    if (!route || !at) {
      // It could not be found out which page it is.
      const showPage = await prepare(new URL(location.href), 'link')
      if (shown() === asked) showPage()
      return
    }
    const asker = readerNow()
    const opened = await open(route, at)
    const before = shown()
    if (!opened || before.pathname !== pathname || before.at !== at) return
    // Whoever asked has gone; who is here now has asked anew.
    if (asker !== undefined && asker !== readerNow()) return
    const isOwn = reader === undefined || reader === readerNow()
    if ('problem' in opened && isPassing(opened.problem) && isOwn && before.opened && 'module' in before.opened)
      throw new ApiProblem(opened.problem.code, opened.problem)
    show({ ...before, opened })
  }

  /**
   * Asks for the present page again; what was left meanwhile is left alone. What will pass takes no working page off the screen: the
   * page stays, and whoever waits for it is told by a rejection, which nobody has to hear.
   */
  function reload(): Promise<void> {
    const asked = askAgain()
    asked.catch(() => {})
    return asked
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
