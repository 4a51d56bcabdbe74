import { createSignal, Match, onMount, Switch } from 'solid-js'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { PasswordField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Progress } from '../../ui/progress/progress.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { useSignedIn } from './after-sign-in.ts'
import { AuthFrame } from './auth-frame.tsx'
import { fromFragment } from './from-fragment.ts'
import { ProblemOf } from './problem-of.tsx'

/** Where the link in the mail leads: signs in where the sign-up began, and asks for the password anywhere else. */
export function ConfirmLinkPage(_props: PageProps<null>) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const signedIn = useSignedIn(() => undefined)
  const [end, setEnd] = createSignal<unknown>(null)
  /** Known once the password is asked for. */
  const [key, setKey] = createSignal<string | null>(null)

  async function confirm(json: { key: string; password?: string }): Promise<void> {
    const answered = await answer(accountsApi.registration['verify-email'].$post({ json }))
    signedIn(answered)
    showToast({ text: t.signUp.welcome(answered.account.name), tone: 'leaf' })
  }

  async function open(): Promise<void> {
    const given = fromFragment('key')
    try {
      if (!given) throw new ApiProblem('link-spent')
      await confirm({ key: given })
    } catch (thrown) {
      if (asProblem(thrown).code === 'fresh-proof-needed') setKey(given)
      else setEnd(() => thrown)
    }
  }
  onMount(() => void open())

  const form = createForm({
    initial: { password: '' },
    check: ({ password }) => (password ? {} : { password: 'required' }),
    async send({ password }) {
      try {
        await confirm({ key: key() ?? '', password })
      } catch (thrown) {
        if (asProblem(thrown).code !== 'link-spent') throw thrown
        setEnd(() => thrown)
      }
    },
  })

  return (
    <Switch
      fallback={
        <AuthFrame title={t.confirm.byLink}>
          <Progress label={t.confirm.byLink} />
        </AuthFrame>
      }
    >
      <Match when={end()}>
        <AuthFrame title={t.confirm.failed}>
          <ProblemOf
            thrown={end()}
            action={
              <>
                <ButtonLink href="/sign-up">{t.confirm.again}</ButtonLink>
                <ButtonLink href="/log-in" look="quiet">
                  {t.logIn.title}
                </ButtonLink>
              </>
            }
          />
        </AuthFrame>
      </Match>
      <Match when={key()}>
        <AuthFrame title={t.confirm.elsewhere} lead={t.confirm.elsewhereLead}>
          <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-4">
            <PasswordField
              label={t.logIn.password}
              error={faults(form.faultOf('password'))}
              name="password"
              autocomplete="current-password"
              required
              value={form.values.password}
              onValue={(password) => form.set('password', password)}
            />
            <ProblemOf thrown={form.problem()} />
            <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
              {t.confirm.submit}
            </Button>
          </form>
        </AuthFrame>
      </Match>
    </Switch>
  )
}

export function confirmLinkHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('accounts').signUp.title, isIndexed: false }
}
