import { Show } from 'solid-js'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { placeAfter } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { PasswordField, TextField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { Note } from '../../ui/problem-note/problem-note.tsx'
import { useSignedIn } from './after-sign-in.ts'
import { AuthFrame } from './auth-frame.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { ProblemOf } from './problem-of.tsx'
import { withNext } from './with-next.ts'

export function LogInPage(props: PageProps<null>) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const signedIn = useSignedIn(() => props.at.query.next)
  const form = createForm({
    initial: { login: '', password: '' },
    check: ({ login, password }) => ({
      ...(login.trim() ? {} : { login: 'required' }),
      ...(password ? {} : { password: 'required' }),
    }),
    send: async (values) => signedIn(await answer(accountsApi.login.$post({ json: { ...values } }))),
  })
  return (
    <AuthFrame
      title={t.logIn.title}
      lead={t.logIn.lead}
      below={
        <>
          {t.logIn.noAccount} <Link href={withNext('/sign-up', props.at)}>{t.logIn.signUp}</Link>
        </>
      }
    >
      <Show
        when={session.state() !== 'signed-in' || form.isBusy()}
        fallback={
          <Note
            tone="leaf"
            title={t.logIn.already}
            action={<ButtonLink href={placeAfter(props.at.query.next)}>{t.logIn.goOn}</ButtonLink>}
          />
        }
      >
        <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-4">
          <TextField
            label={t.logIn.login}
            error={faults(form.faultOf('login'))}
            name="login"
            autocomplete="username"
            autocapitalize="off"
            spellcheck={false}
            required
            value={form.values.login}
            onValue={(login) => form.set('login', login)}
          />
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
            {t.logIn.submit}
          </Button>
          <p class="text-center">
            <Link href="/forgot-password" class="inline-flex min-h-11 items-center">
              {t.logIn.forgot}
            </Link>
          </p>
        </form>
      </Show>
    </AuthFrame>
  )
}

export function logInHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('accounts').logIn.title, isIndexed: false, canonical: '/log-in' }
}
