import { createSignal, onMount, Show } from 'solid-js'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { CheckField } from '../../ui/field/tick-field.tsx'
import { TextField } from '../../ui/field/text-field.tsx'
import { createForm, type Faults } from '../../ui/form/create-form.ts'
import { Link } from '../../ui/link/link.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { createHandleCheck } from '../../api/handle-check.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { passwordFault } from './password-rules.tsx'
import { ProblemOf } from './problem-of.tsx'

export interface EmailStart {
  registration: string
  email: string
}

interface Values {
  email: string
  name: string
  handle: string
  password: string
  acceptTerms: boolean
  over14: boolean
}

/** Who one is and what one agrees to. With a phone's proof it finishes the sign-up, without it begins one by e-mail. */
export function SignUpForm(props: {
  phoneProof?: string
  onBegun: (start: EmailStart) => void
  onSignedIn: (answered: LoggedIn) => void
}) {
  const t = useTexts('accounts')
  const f = useTexts('forms')
  const faults = useFaultWords()
  // The contract's schema weighs more than this form: it comes once the form is on the screen.
  const [schema, setSchema] = createSignal<((values: object) => Record<string, string>) | null>(null)
  onMount(() => void import('./register-schema-form.ts').then((file) => setSchema(() => file.registerFaults)))

  const form = createForm<Values>({
    initial: { email: '', name: '', handle: '', password: '', acceptTerms: false, over14: false },
    check: (values) => {
      const found: Faults<Values> = { ...schema()?.(asked(values)), ...missing(values) }
      return { ...found, ...passwordFault(values.password, values), ...handle.fault() }
    },
    async send(values) {
      const answered = await answer(accountsApi.registration.$post({ json: asked(values) }))
      if ('access' in answered) props.onSignedIn(answered)
      else props.onBegun({ registration: answered.registration, email: values.email.trim() })
    },
  })
  const handle = createHandleCheck(() => form.values.handle)

  /** An empty field is not a wrong one. */
  function missing(values: Values): Faults<Values> {
    return {
      ...(props.phoneProof !== undefined || values.email.trim() ? {} : { email: 'required' }),
      ...(values.name.trim() ? {} : { name: 'required' }),
    }
  }

  function asked(values: Values) {
    const { name, password } = values
    return {
      name,
      password,
      // The boxes are the consent; the schema takes nothing but true.
      acceptTerms: values.acceptTerms as true,
      over14: values.over14 as true,
      ...(values.handle.trim() ? { handle: values.handle } : {}),
      ...(props.phoneProof === undefined ? { email: values.email } : { phoneProof: props.phoneProof }),
    }
  }

  return (
    <form noValidate method="post" onSubmit={form.submit} class="flex flex-col gap-4">
      <Show when={props.phoneProof === undefined}>
        <TextField
          label={t.signUp.email}
          error={faults(form.faultOf('email'), { 'too-short': f.faults.required ?? '' })}
          name="email"
          type="email"
          inputmode="email"
          autocomplete="email"
          required
          value={form.values.email}
          onValue={(email) => form.set('email', email)}
          onBlur={() => form.values.email && form.leave('email')}
        />
      </Show>
      <TextField
        label={t.signUp.name}
        hint={t.signUp.nameHint}
        error={faults(form.faultOf('name'), { 'too-short': f.nameLength, 'too-long': f.nameLength })}
        name="name"
        autocomplete="nickname"
        required
        value={form.values.name}
        onValue={(name) => form.set('name', name)}
        onBlur={() => form.values.name && form.leave('name')}
      />
      <TextField
        optional
        label={t.signUp.handle}
        hint={t.signUp.handleHint}
        error={faults(form.faultOf('handle') ?? handle.fault().handle, {
          'too-short': f.handleLength,
          'too-long': f.handleLength,
        })}
        fine={handle.isFree() ? t.signUp.handleFree : undefined}
        before="@"
        name="handle"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={form.values.handle}
        onValue={(text) => form.set('handle', text)}
      />
      <NewPasswordField
        label={t.signUp.password}
        value={form.values.password}
        onValue={(password) => form.set('password', password)}
        onLeave={() => form.values.password && form.leave('password')}
        fault={form.faultOf('password')}
        owner={form.values}
      />
      <div class="flex flex-col border-t border-line pt-2">
        <CheckField
          label={t.signUp.agreeTerms}
          hint={
            <>
              <Link href="/terms" target="_blank">
                {t.signUp.readTerms}
              </Link>
              {' · '}
              <Link href="/privacy" target="_blank">
                {t.signUp.readPrivacy}
              </Link>
            </>
          }
          checked={form.values.acceptTerms}
          onChecked={(isTicked) => form.set('acceptTerms', isTicked)}
          error={faults(form.faultOf('acceptTerms'))}
        />
        <CheckField
          label={t.signUp.over14}
          checked={form.values.over14}
          onChecked={(isTicked) => form.set('over14', isTicked)}
          error={faults(form.faultOf('over14'))}
        />
      </div>
      <ProblemOf thrown={form.problem()} />
      <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
        {props.phoneProof === undefined ? t.signUp.submitEmail : t.signUp.submitPhone}
      </Button>
    </form>
  )
}
