import { createSignal, onMount } from 'solid-js'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { accounts } from '../../../worker/contract/limits.ts'
import { accountsApi } from '../../api/accounts.ts'
import { answer } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { showToast } from '../../ui/toast/toast.tsx'
import { CodeField, useWrongCode } from './code-field.tsx'
import { useFaultWords } from '../../i18n/fault-words.ts'
import { ProblemOf } from './problem-of.tsx'
import { createSecondsLeft } from './seconds-left.ts'

/** The six digits from the mail. */
export function ConfirmEmail(props: {
  registration: string
  onSignedIn: (answered: LoggedIn) => void
  onBack: () => void
}) {
  const t = useTexts('accounts')
  const faults = useFaultWords()
  const wrong = useWrongCode()
  const [waitSeconds, startWait] = createSecondsLeft()
  const [isResending, setResending] = createSignal(false)
  let element: HTMLFormElement | undefined
  onMount(() => startWait(accounts.phoneCode.resendMs))

  const form = createForm({
    initial: { code: '' },
    check: ({ code }) => (/^\d{6}$/.test(code) ? {} : { code: 'not-a-code' }),
    async send({ code }) {
      const { registration } = props
      props.onSignedIn(await answer(accountsApi.registration['verify-email'].$post({ json: { registration, code } })))
    },
  })

  async function resend(): Promise<void> {
    setResending(true)
    form.setProblem(null)
    try {
      const { registration } = props
      await answer(accountsApi.registration['resend-email'].$post({ json: { registration } }))
      form.set('code', '')
      startWait(accounts.phoneCode.resendMs)
      showToast({ text: t.phone.resent, tone: 'leaf' })
    } catch (thrown) {
      form.setProblem(() => thrown)
      startWait(asProblem(thrown).retryAfterMs ?? 0)
    } finally {
      setResending(false)
    }
  }

  return (
    <form ref={element} noValidate onSubmit={form.submit} class="flex flex-col gap-4">
      <CodeField
        value={form.values.code}
        onValue={(digits) => {
          form.set('code', digits)
          form.setProblem(null)
        }}
        onComplete={() => element?.requestSubmit()}
        error={wrong(form.problem()) ?? faults(form.faultOf('code'))}
        hint={t.confirm.hint}
        waitSeconds={waitSeconds()}
        isResending={isResending()}
        onResend={() => void resend()}
      />
      <ProblemOf thrown={wrong(form.problem()) === undefined ? form.problem() : null} />
      <Button type="submit" look="main" size="large" wide busy={form.isBusy()}>
        {t.confirm.submit}
      </Button>
      <Button look="quiet" wide onClick={() => props.onBack()}>
        {t.confirm.changeAddress}
      </Button>
    </form>
  )
}
