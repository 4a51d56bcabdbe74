import { createSignal, onMount, Show } from 'solid-js'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Progress } from '../../ui/progress/progress.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { useSignedIn } from './after-sign-in.ts'
import { AuthFrame } from './auth-frame.tsx'
import { fromFragment } from './from-fragment.ts'
import { ProblemOf } from './problem-of.tsx'

/** Where the link in the mail leads: confirms the address and signs in. */
export function ConfirmLinkPage(_props: PageProps<null>) {
  const t = useTexts('accounts')
  const signedIn = useSignedIn(() => undefined)
  const [problem, setProblem] = createSignal<unknown>(null)

  async function confirm(): Promise<void> {
    try {
      const key = fromFragment('key')
      if (!key) throw new ApiProblem('link-spent')
      const answered = await answer(accountsApi.registration['verify-email'].$post({ json: { key } }))
      signedIn(answered)
      showToast({ text: t.signUp.welcome(answered.account.name), tone: 'leaf' })
    } catch (thrown) {
      setProblem(() => thrown)
    }
  }
  onMount(() => void confirm())

  return (
    <AuthFrame title={problem() ? t.confirm.failed : t.confirm.byLink}>
      <Show when={problem()} fallback={<Progress label={t.confirm.byLink} />}>
        <ProblemOf
          thrown={problem()}
          action={
            <>
              <ButtonLink href="/sign-up">{t.confirm.again}</ButtonLink>
              <ButtonLink href="/log-in" look="quiet">
                {t.logIn.title}
              </ButtonLink>
            </>
          }
        />
      </Show>
    </AuthFrame>
  )
}

export function confirmLinkHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('accounts').signUp.title, isIndexed: false }
}
