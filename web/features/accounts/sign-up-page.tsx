import { createEffect, createSignal, Match, on, Show, Switch } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { RadioField } from '../../ui/field/radio-field.tsx'
import { Link } from '../../ui/link/link.tsx'
import { Note } from '../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { useSignedIn } from './after-sign-in.ts'
import { AuthFrame } from './auth-frame.tsx'
import { type EmailStart, SignUpForm } from './sign-up-form.tsx'
import { ConfirmEmail, PhoneProof } from './later-steps.ts'
import { withNext } from './with-next.ts'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'

/** By e-mail: form, then the code from the mail. By phone: number, code, then the form. */
export function SignUpPage(props: PageProps<null>) {
  const t = useTexts('accounts')
  const [way, setWay] = createSignal<'email' | 'phone'>('email')
  const [proven, setProven] = createSignal<{ phoneProof: string; phone: string } | null>(null)
  const [begun, setBegun] = createSignal<EmailStart | null>(null)
  const goOn = useSignedIn(() => props.at.query.next)

  // Each step begins at its top.
  createEffect(on([begun, proven], () => scrollTo(0, 0), { defer: true }))

  function welcome(answered: LoggedIn): void {
    goOn(answered)
    showToast({ text: t.signUp.welcome(answered.account.name), tone: 'leaf' })
  }

  return (
    <>
      {/* Who comes back for another address finds what was filled in. */}
      <div hidden={begun() !== null}>
        <AuthFrame
          title={t.signUp.title}
          lead={t.signUp.lead}
          below={
            <>
              {t.signUp.haveAccount} <Link href={withNext('/log-in', props.at)}>{t.signUp.logIn}</Link>
            </>
          }
        >
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
          <Switch>
            <Match when={way() === 'email'}>
              <SignUpForm onBegun={setBegun} onSignedIn={welcome} />
            </Match>
            <Match when={proven()}>
              {(proven) => (
                <>
                  <Note
                    tone="leaf"
                    title={t.signUp.phoneProven(proven().phone)}
                    class="mb-4"
                    action={
                      <button
                        type="button"
                        class="min-h-11 font-semibold underline underline-offset-4"
                        onClick={() => setProven(null)}
                      >
                        {t.signUp.changePhone}
                      </button>
                    }
                  />
                  <SignUpForm phoneProof={proven().phoneProof} onBegun={setBegun} onSignedIn={welcome} />
                </>
              )}
            </Match>
            <Match when={way() === 'phone'}>
              <PhoneProof purpose="sign-up" onProof={(phoneProof, phone) => setProven({ phoneProof, phone })} />
            </Match>
          </Switch>
        </AuthFrame>
      </div>
      <Show when={begun()}>
        {(begun) => (
          <AuthFrame title={t.confirm.title} lead={t.confirm.sent(begun().email)}>
            <ConfirmEmail registration={begun().registration} onSignedIn={welcome} onBack={() => setBegun(null)} />
          </AuthFrame>
        )}
      </Show>
    </>
  )
}

export function signUpHead({ texts }: HeadContext<null>): PageHead {
  const t = texts('accounts').signUp
  return { title: t.title, description: t.lead, canonical: '/sign-up' }
}
