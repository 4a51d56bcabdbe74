import { createEffect, createMemo, ErrorBoundary, Match, Show, Switch, untrack } from 'solid-js'
import { isServer } from 'solid-js/web'
import { session, type SessionState } from './api/session.ts'
import { useBoot } from './boot.ts'
import { fullTitle } from './head.ts'
import { textsOf } from './i18n/dictionaries.ts'
import { formatIn } from './i18n/format.ts'
import { useLanguage } from './i18n/i18n.ts'
import { lateParts, loadLateParts } from './late.ts'
import { problemShown, type ShownProblem } from './open-page.ts'
import type { PageAt } from './page.ts'
import { useNavigation } from './ui/navigation/navigation.ts'
import { isShut, type Shown, type Visit } from './visit.ts'

/** One page of the site: shows it or the reason why not, and keeps title and data right. */
export function Screen(props: { visit: Visit }) {
  return (
    // Another path is another page, even of the same kind: its sockets and timers begin anew.
    <Show when={props.visit.shown().pathname} keyed>
      {(pathname) => <PageScreen visit={props.visit} pathname={pathname} />}
    </Show>
  )
}

function PageScreen(props: { visit: Visit; pathname: string }) {
  // oxlint-disable-next-line solid/reactivity -- a screen is of one visit and one path for life
  const { visit, pathname } = props
  const boot = useBoot()
  const navigation = useNavigation()
  // What is shown next must not reach a page that is on its way out.
  const shown = createMemo<Shown>((before) => {
    const now = visit.shown()
    return now.pathname === pathname ? now : before
  }, untrack(visit.shown))

  const opened = () => (isShut(shown().route) ? null : shown().opened)
  const problem = () => {
    const page = opened()
    return page && 'problem' in page ? page.problem : null
  }
  // A route makes its module anew for each loading; the same component stays on the screen, with its sockets and what was typed.
  const module = createMemo(
    () => {
      const page = opened()
      return page && 'module' in page ? page.module : null
    },
    null,
    { equals: (before, now) => before?.Page === now?.Page },
  )
  const at = createMemo<PageAt | null>((before) => shown().at ?? before, null)
  const data = createMemo<unknown>((before) => {
    const page = opened()
    return page && 'data' in page ? page.data : before
  })

  // A page for its reader alone is asked for once there is one; what came with the page was read as nobody.
  let isOfNobody = boot.opened !== null && boot.opened === untrack(visit.shown).opened
  createEffect(() => {
    const { route, opened } = shown()
    if (session.state() !== 'signed-in' || isShut(route)) return
    if (opened !== null && !(isOfNobody && route?.isPersonal)) return
    isOfNobody = false
    // Where it could not be had it is still nobody's.
    visit.reload().catch(() => (isOfNobody = true))
  })

  // Nothing of who has just left stays on the screen.
  createEffect<SessionState>((before) => {
    const now = session.state()
    if (before !== 'signed-in' || now !== 'visitor') return now
    const { route } = untrack(shown)
    if (route?.access) visit.forget()
    else if (route?.isPersonal) {
      isOfNobody = true
      void visit.reload()
    }
    return now
  }, 'unknown')

  createEffect(() => {
    const { at } = shown()
    const page = opened()
    if (!page || 'problem' in page || !at) return
    const { title } = page.module.head({
      data: page.data,
      at,
      origin: boot.origin,
      texts: (area) => textsOf(at.language, area),
      format: formatIn(at.language),
    })
    document.title = fullTitle(title, textsOf(at.language, 'common').site)
  })

  return (
    <Switch fallback={<Gate />}>
      <Match when={problem()}>{(problem) => <Problem problem={problem()} onRetry={() => void visit.reload()} />}</Match>
      <Match when={module()} keyed>
        {(module) => (
          <Show when={at()}>
            {(at) => (
              <ErrorBoundary fallback={(thrown: unknown, reset) => <Broken thrown={thrown} onRetry={reset} />}>
                <module.Page
                  data={data()}
                  at={at()}
                  isReloading={navigation.target()?.pathname === pathname}
                  reload={() => visit.reload()}
                />
              </ErrorBoundary>
            )}
          </Show>
        )}
      </Match>
    </Switch>
  )
}

/** A defect of ours. On the edge it is the request's that fails; here the rest of the site goes on. */
function Broken(props: { thrown: unknown; onRetry: () => void }) {
  // oxlint-disable-next-line solid/reactivity -- said once, when it breaks
  const { thrown } = props
  if (isServer) throw thrown
  reportError(thrown)
  return <Problem problem={problemShown(thrown)} onRetry={() => props.onRetry()} />
}

function Problem(props: { problem: ShownProblem; onRetry: () => void }) {
  needLateParts()
  return (
    <Show when={lateParts()} keyed>
      {(parts) => <parts.ProblemScreen problem={props.problem} onRetry={() => props.onRetry()} />}
    </Show>
  )
}

function Gate() {
  needLateParts()
  return (
    <Show when={lateParts()} keyed>
      {(parts) => <parts.GateScreen />}
    </Show>
  )
}

/** They come by themselves a moment after the page; what needs them sooner, or once more after a failure, asks. */
function needLateParts(): void {
  const language = useLanguage()
  if (!lateParts()) void loadLateParts(language).catch(() => {})
}
