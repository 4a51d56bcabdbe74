import Users from 'lucide/dist/esm/icons/users.mjs'
import { For, Show } from 'solid-js'
import { logInHref } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'
import { type Asked, searchHref } from './queries.ts'

/**
 * In place of people: what one would get by signing in. Which face shows is decided before paint; for somebody who has signed
 * in they are on their way.
 */
export function Shut(props: { asked: Asked }) {
  const t = useTexts('search')
  const common = useTexts('common')
  const here = () => searchHref(props.asked)
  return (
    <>
      <div class="when-visiting">
        <EmptyState
          icon={Users}
          title={t.shut.title}
          text={t.shut.text}
          action={
            <div class="mt-2 flex flex-wrap justify-center gap-2">
              <ButtonLink look="main" href={logInHref(here())}>
                {common.nav.logIn}
              </ButtonLink>
              <ButtonLink href={`/sign-up?next=${encodeURIComponent(here())}`}>{common.nav.signUp}</ButtonLink>
            </div>
          }
        />
      </div>
      <Show when={session.state() !== 'visitor'}>
        <div class="when-signed-in" aria-busy="true">
          <p class="sr-only">{common.loading}</p>
          <div class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            <For each={[1, 2, 3]}>{() => <Skeleton class="h-28 w-full rounded-card" />}</For>
          </div>
        </div>
      </Show>
    </>
  )
}
