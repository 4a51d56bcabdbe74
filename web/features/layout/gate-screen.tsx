import LockKeyhole from 'lucide/dist/esm/icons/lock-keyhole.mjs'
import ShieldAlert from 'lucide/dist/esm/icons/shield-alert.mjs'
import { Match, Switch } from 'solid-js'
import { logInHref } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { useLocation } from '../../ui/navigation/navigation.ts'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'

/** In place of a page that needs an account: waiting until it is known who reads, an offer to sign in, or why not. */
export function GateScreen() {
  const t = useTexts('common')
  const format = useFormat()
  const location = useLocation()
  const suspension = () => session.account()?.suspension
  return (
    <Switch
      fallback={
        <div class="column max-w-2xl py-8" aria-busy="true">
          <p class="sr-only">{t.loading}</p>
          <Skeleton class="mb-6 h-9 w-48" />
          <Skeleton class="mb-3 h-24 w-full rounded-card" />
          <Skeleton class="mb-3 h-24 w-full rounded-card" />
          <Skeleton class="h-24 w-full rounded-card" />
        </div>
      }
    >
      <Match when={session.state() === 'visitor'}>
        <EmptyState
          isPage
          icon={LockKeyhole}
          title={t.needsSignIn.title}
          text={t.needsSignIn.text}
          class="min-h-[60dvh] justify-center"
          action={
            <div class="mt-2 flex flex-wrap justify-center gap-2">
              <ButtonLink look="main" href={logInHref(location.pathname + location.search)}>
                {t.nav.logIn}
              </ButtonLink>
              <ButtonLink href={`/sign-up?next=${encodeURIComponent(location.pathname + location.search)}`}>
                {t.nav.signUp}
              </ButtonLink>
            </div>
          }
        />
      </Match>
      <Match when={suspension()}>
        {(suspension) => (
          <EmptyState
            isPage
            icon={ShieldAlert}
            title={t.suspended.title}
            text={t.suspended.until(format.date(suspension().until))}
            class="min-h-[60dvh] justify-center"
            action={
              <div class="mt-2 flex flex-wrap justify-center gap-2">
                <ButtonLink look="main" href="/settings/decisions">
                  {t.suspended.why}
                </ButtonLink>
                <ButtonLink href="/settings">{t.suspended.see}</ButtonLink>
              </div>
            }
          />
        )}
      </Match>
    </Switch>
  )
}
