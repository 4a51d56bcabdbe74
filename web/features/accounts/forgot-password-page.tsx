import { createSignal, Match, Show, Switch } from 'solid-js'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { RadioField } from '../../ui/field/radio-field.tsx'
import { TextField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { Link } from '../../ui/link/link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { NewPassword, PhoneProof } from './later-steps.ts'
import { ProblemOf } from './problem-of.tsx'

/** By e-mail a link, by phone a code; then a new password. */
export function ForgotPasswordPage(_props: PageProps<null>) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const [way, setWay] = createSignal<'email' | 'phone'>('email')
  const [phoneProof, setPhoneProof] = createSignal<string | null>(null)
  const [sentTo, setSentTo] = createSignal<string | null>(null)
  const form = createForm({
    initial: { email: '' },
    check: ({ email }) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? {} : { email: email ? 'not-an-email' : 'required' }),
    async send({ email }) {
      await answer(accountsApi.password.reset.$post({ json: { email } }))
      setSentTo(email.trim())
    },
  })
  return (
    <Switch
      fallback={
        <AuthFrame title={t.forgot.title} lead={t.forgot.lead} below={<Link href="/log-in">{t.forgot.back}</Link>}>
          <RadioField
            row
            hideLabel
            label={t.signUp.way}
            value={way()}
            onValue={setWay}
            options={[
              { value: 'email', label: t.signUp.byEmail },
              { value: 'phone', label: t.signUp.byPhone },
            ]}
            class="mb-4"
          />
          <Show
            when={way() === 'email'}
            fallback={<PhoneProof purpose="reset" onProof={(proof) => setPhoneProof(proof)} />}
          >
            <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-4">
              <TextField
                label={t.signUp.email}
                error={faults(form.faultOf('email'))}
                name="email"
                type="email"
                inputmode="email"
                autocomplete="email"
                required
                value={form.values.email}
                onValue={(email) => form.set('email', email)}
              />
              <ProblemOf thrown={form.problem()} />
              <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
                {t.forgot.submit}
              </Button>
            </form>
          </Show>
        </AuthFrame>
      }
    >
      <Match when={sentTo()}>
        {(email) => (
          <AuthFrame
            title={t.forgot.sentTitle}
            lead={t.forgot.sent(email())}
            below={<Link href="/log-in">{t.forgot.back}</Link>}
          >
            <Button wide onClick={() => setSentTo(null)}>
              {t.forgot.again}
            </Button>
          </AuthFrame>
        )}
      </Match>
      <Match when={phoneProof()}>
        {(proof) => (
          <AuthFrame title={t.reset.title} lead={t.reset.lead}>
            <NewPassword proof={{ phoneProof: proof() }} />
          </AuthFrame>
        )}
      </Match>
    </Switch>
  )
}

export function forgotPasswordHead({ texts }: HeadContext<null>): PageHead {
  return { title: texts('accounts').forgot.title, isIndexed: false }
}
