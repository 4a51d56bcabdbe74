import { createSignal, onMount, Show } from 'solid-js'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { PasswordField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { Skeleton } from '../../ui/skeleton/skeleton.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { PhoneProof } from './phone-proof.tsx'
import { ProblemOf } from './problem-of.tsx'

/** Proves a number and attaches it to the account; asks for the password only where the sign-in is not fresh. */
export function AttachPhone(props: {
  purpose: 'verify' | 'change'
  onAttached: () => void
  onBusy?: (isBusy: boolean) => void
}) {
  const [proof, setProof] = createSignal<string | null>(null)
  return (
    <Show when={proof()} keyed fallback={<PhoneProof autofocus purpose={props.purpose} onProof={setProof} />}>
      {(phoneProof) => (
        <Attach
          phoneProof={phoneProof}
          onAttached={() => props.onAttached()}
          onBusy={(isBusy) => props.onBusy?.(isBusy)}
          onSpent={() => setProof(null)}
        />
      )}
    </Show>
  )
}

function Attach(props: {
  phoneProof: string
  onAttached: () => void
  onBusy: (isBusy: boolean) => void
  onSpent: () => void
}) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const [needsPassword, setNeedsPassword] = createSignal(false)
  const [problem, setProblem] = createSignal<unknown>(null)

  async function attach(password?: string): Promise<void> {
    props.onBusy(true)
    try {
      const { phoneProof } = props
      await answer(accountsApi.phone.$put({ json: password === undefined ? { phoneProof } : { phoneProof, password } }))
      session.accountChanged({ phoneVerified: true })
      // When it may be changed again only the server knows; what one came for does not wait for that.
      void session.reloadAccount().catch(() => {})
      props.onAttached()
    } finally {
      props.onBusy(false)
    }
  }

  const form = createForm({
    initial: { password: '' },
    check: ({ password }) => (password ? {} : { password: 'required' }),
    send: ({ password }) => attach(password),
  })

  async function attachAtOnce(): Promise<void> {
    setProblem(null)
    try {
      await attach()
    } catch (thrown) {
      if (asProblem(thrown).code === 'fresh-proof-needed') setNeedsPassword(true)
      else setProblem(() => thrown)
    }
  }
  onMount(() => void attachAtOnce())

  return (
    <Show
      when={needsPassword()}
      fallback={
        <Show when={problem()} fallback={<Skeleton class="h-24 w-full" />}>
          <ProblemOf thrown={problem()} />
          <div class="mt-4 flex gap-2">
            <Button onClick={() => props.onSpent()}>{t.phone.change}</Button>
          </div>
        </Show>
      }
    >
      <form noValidate onSubmit={form.submit} class="flex flex-col gap-4">
        <PasswordField
          label={t.verify.password}
          hint={t.verify.passwordHint}
          name="password"
          autocomplete="current-password"
          autofocus
          required
          error={faults(form.faultOf('password'))}
          value={form.values.password}
          onValue={(password) => form.set('password', password)}
        />
        <ProblemOf thrown={form.problem()} />
        <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
          {t.verify.confirm}
        </Button>
      </form>
    </Show>
  )
}
